"""Who is compared: each a script of `ways`, and the environment that it runs in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Contender:
    """One way to ask the twenty checks.

    Attributes:
        name: on the command line.
        title: in the table.
        script: the module in `ways`.
        requirements: the file in `requirements`, so the environment; None for that of the benchmark.
        sampled: which failing records it also shows.
        project: for this package: which compiled project it runs.
    """

    name: str
    title: str
    script: str
    requirements: str | None
    sampled: str
    project: str | None = None


THIS_PACKAGE = "this-package"
"""The environment that holds this package and what it depends on, and nothing that only its tests need."""
BY_HAND = "by-hand"
PARQUET, POSTGRES = "Parquet", "PostgreSQL"
COUNTS = "this-package-counts"
SAMPLES = "this-package"

CONTENDERS = {
    contender.name: contender
    for contender in (
        Contender(BY_HAND, "SQL by hand", "by_hand", None, "none"),
        Contender(COUNTS, "**this package**, counts alone", "this_package", THIS_PACKAGE, "none", "counts"),
        Contender(SAMPLES, "**this package**", "this_package", THIS_PACKAGE, "20 keys a rule", "samples"),
        Contender("soda", "Soda Core 4, on DuckDB", "soda", "soda", "none"),
        Contender("pandera", "pandera, on Polars", "pandera_polars", "pandera", "all"),
        Contender("pointblank-polars", "pointblank, on Polars", "pointblank_polars", "pointblank", "500 rows a check"),
        Contender("pointblank-duckdb", "pointblank, on DuckDB", "pointblank_duckdb", "pointblank", "500 rows a check"),
        Contender("gx", "Great Expectations as it comes, on pandas", "gx_pandas", "gx", "20 values a check"),
    )
}
"""By name, in the order of the table."""

IN_POSTGRES = (
    Contender(BY_HAND, "SQL by hand", "by_hand_postgres", None, "none"),
    CONTENDERS[COUNTS],
    CONTENDERS[SAMPLES],
)
"""Who is compared where the records are in PostgreSQL."""

OURS = (COUNTS, SAMPLES)
PEERS = tuple(name for name in CONTENDERS if name not in (BY_HAND, *OURS))
