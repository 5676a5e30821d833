"""Why a peer is ahead of this package where it is: found with a profile, and said in the table only where it is so."""

from __future__ import annotations

_IMPORTS = "Importing Great Expectations takes this package two to three seconds, which few records never pay back."

REASONS = {
    "soda": (
        "It is given the SQL by hand, and asks all row checks and the unique key in one scan. This package takes less for "
        "the rows, copies and unique keys; what it takes beyond them is the decisions, of which it also asks whether their "
        "subject is known, tagged and named, so that all contacts are looked through and not the synthetic ones alone; and "
        "the trimming of every address and id of white space of all kinds. Describing the files takes a few hundredths of "
        f"a second, which counts where there are few records. {_IMPORTS}"
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
