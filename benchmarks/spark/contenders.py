"""The contenders on Spark: each is a module that runs the twenty checks in a process of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SparkContender:
    """One way to run the twenty checks on Spark.

    Attributes:
        title: its title in the table.
        module: its module in this package.
        project: the compiled project that it runs; None for any other than this package.
    """

    title: str
    module: str
    project: str | None = None


BY_HAND, COUNTS, KEYS = "by-hand", "counts", "keys"
CONTENDERS = {
    BY_HAND: SparkContender("SQL by hand", "by_hand"),
    COUNTS: SparkContender("**this package**, counts only", "this_package", "counts"),
    KEYS: SparkContender("**this package**, 20 keys per rule", "this_package", "keys"),
    "gx": SparkContender("stock Great Expectations, counts only", "stock_gx"),
}
"""The contenders by name, in the order of the table."""
