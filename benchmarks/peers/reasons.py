"""Why a peer is ahead of this package where it is: found with a profile, and said in the table only where it is so."""

from __future__ import annotations

_IMPORTS = "Importing Great Expectations takes this package about four seconds, which few records never pay back."

REASONS = {
    "soda": (
        "It is given the SQL by hand, and asks all row checks and the unique key in one scan. This package asks its row "
        "rules in about the time of the queries by hand; what it takes beyond them is, for two fifths, Great Expectations' "
        "own expectations of unique keys and of the form of addresses, two more scans, one of them with a window; for one "
        "fifth the decisions, of which it also asks whether their subject is known, tagged and named; and the trimming of "
        f"every e-mail address and id of white space of all kinds. {_IMPORTS}"
    ),
    "pandera": (
        "Polars reads the ten columns once, keeps them in memory, and runs each expression on all cores. "
        f"Memory grows with the records instead. {_IMPORTS}"
    ),
    "pointblank-polars": f"As pandera: the time is that of Polars. {_IMPORTS}",
    "pointblank-duckdb": _IMPORTS,
    "gx": "Both import Great Expectations; this package also opens a project, starts DuckDB, and writes Data Docs.",
}
"""By peer."""
