"""Why a peer is faster than this package, from a profile. The page prints a reason only where the peer is ahead."""

from __future__ import annotations

_IMPORTS = (
    "Importing Great Expectations takes this package two to three seconds, which dominates a run with few records."
)

REASONS = {
    "soda": (
        "Soda Core gets the SQL by hand, and evaluates all row checks and the unique key in one scan. This package needs less "
        "time for rows, copies and unique keys. It needs more time for decisions, because it also checks whether their subject "
        "is known, tagged and named: it reads all contacts, and not only the synthetic ones. It also needs time to trim every "
        "kind of white space from each address and id. Describing the files takes a few hundredths of a second, which counts "
        f"with few records. {_IMPORTS}"
    ),
    "pandera": (
        "Polars reads the ten columns once, keeps them in memory, and runs each expression on all cores. "
        f"Its memory grows with the records. {_IMPORTS}"
    ),
    "pointblank-polars": f"As with pandera, the time is that of Polars. {_IMPORTS}",
    "pointblank-duckdb": _IMPORTS,
    "gx": "Both import Great Expectations. This package also opens a project, starts DuckDB and writes Data Docs.",
}
"""The reasons by peer."""
