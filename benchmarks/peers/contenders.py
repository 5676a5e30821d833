"""The contenders: each is a script in `ways` with an environment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Contender:
    """One way to run the twenty checks.

    Attributes:
        name: its name on the command line.
        title: its title in the table.
        script: its module in `ways`.
        requirements: its file in `requirements`, which defines the environment. None is the environment of the benchmark.
        sampled: the failing records that it also shows.
        project: the compiled project that it runs, for this package.
    """

    name: str
    title: str
    script: str
    requirements: str | None
    sampled: str
    project: str | None = None


THIS_PACKAGE = "this-package"
"""The environment with this package and its dependencies, but without those of its tests."""
BY_HAND = "by-hand"
PARQUET, POSTGRES = "Parquet", "PostgreSQL"
COUNTS = "this-package-counts"
SAMPLES = "this-package"
STOCK = "this-package-stock"
WHOLE = "by-hand-whole"
"""The SQL by hand that asks all questions that this package answers, for records in PostgreSQL."""

CONTENDERS = {
    contender.name: contender
    for contender in (
        Contender(BY_HAND, "SQL by hand", "by_hand", None, "none"),
        Contender(COUNTS, "**this package**, counts only", "this_package", THIS_PACKAGE, "none", "counts"),
        Contender(SAMPLES, "**this package**", "this_package", THIS_PACKAGE, "20 keys per rule", "samples"),
        Contender(
            STOCK,
            "**this package**, two expectations by Great Expectations",
            "this_package",
            THIS_PACKAGE,
            "20 keys per rule",
            "stock",
        ),
        Contender("soda", "Soda Core 4, on DuckDB", "soda", "soda", "none"),
        Contender("pandera", "pandera, on Polars", "pandera_polars", "pandera", "all"),
        Contender(
            "pointblank-polars", "pointblank, on Polars", "pointblank_polars", "pointblank", "500 rows per check"
        ),
        Contender(
            "pointblank-duckdb", "pointblank, on DuckDB", "pointblank_duckdb", "pointblank", "500 rows per check"
        ),
        Contender("gx", "stock Great Expectations, on pandas", "gx_pandas", "gx", "20 values per check"),
    )
}
"""The contenders by name, in the order of the table."""

IN_POSTGRES = (
    Contender(BY_HAND, "SQL by hand", "by_hand_postgres", None, "none"),
    Contender(WHOLE, "SQL by hand, the same questions as this package", "by_hand_postgres_whole", None, "none"),
    CONTENDERS[COUNTS],
    CONTENDERS[SAMPLES],
)
"""The contenders for records in PostgreSQL."""

TITLES = {contender.name: contender.title for contender in (*CONTENDERS.values(), *IN_POSTGRES)}
"""The titles in the table by name, whatever the records lie in."""

OURS = (COUNTS, SAMPLES, STOCK)
PEERS = tuple(name for name in CONTENDERS if name not in (BY_HAND, *OURS))
