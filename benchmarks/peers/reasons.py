"""Why a peer is ahead of this package where it is: found with a profile, and said in the table only where it is so."""

from __future__ import annotations

_IMPORTS = "Importing Great Expectations takes this package about four seconds, which few records never pay back."

REASONS = {
    "soda": (
        "It is given the SQL by hand, with `trim` of blanks, and asks all row checks and the unique key in one scan. "
        "This package trims white space of every kind, and DuckDB's `trim` with a list of characters takes twice as long: "
        "on a million distinct addresses and ids that is two fifths of its time, most of it in the check of reserved "
        "e-mail domains, which trims twice, and in the key of the decisions. Unique keys and the form of "
        f"addresses are Great Expectations' own expectations here: two more scans, one with a window. {_IMPORTS}"
    ),
    "pandera": (
        "Polars reads the ten columns once, keeps them in memory, and runs each expression on all cores; trimming text "
        f"takes it a tenth of what it takes DuckDB. Memory grows with the records instead. {_IMPORTS}"
    ),
    "pointblank-polars": f"As pandera: the time is that of Polars. {_IMPORTS}",
    "pointblank-duckdb": _IMPORTS,
    "gx": "Both import Great Expectations; this package also opens a project, starts DuckDB, and writes Data Docs.",
}
"""By peer."""
