"""Date partitions: the units that a table is split by, and Great Expectations' names for them."""

from __future__ import annotations

from collections.abc import Mapping

PARTS: Mapping[str, tuple[str, ...]] = {
    "year": ("year",),
    "month": ("year", "month"),
    "day": ("year", "month", "day"),
}
"""The numbers that name a partition, by its unit."""

PARTITIONERS: Mapping[str, str] = {
    "year": "partition_on_year",
    "month": "partition_on_year_and_month",
    "day": "partition_on_year_and_month_and_day",
}
"""Great Expectations' name of the partitioner, by the unit."""

ALL_ROWS = "__all_rows"
"""What ends the name of an asset that also holds what `where` leaves out."""
