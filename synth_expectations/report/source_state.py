"""What a run says of a table beside its source: whether all rows arrived, and whether they still arrive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import isodate


@dataclass(frozen=True)
class SourceRows:
    """How many rows the source of a table says that it has.

    Attributes:
        count: the number; None if it cannot be told.
        origin: who says so.
        difference: rows that were read, less those of the source; None if either is not known.
        tolerance: how many rows they may differ by.
        error: why it cannot be told, as a sentence.
    """

    count: int | None
    origin: str
    difference: int | None = None
    tolerance: int = 0
    error: str = ""

    @property
    def is_reconciled(self) -> bool | None:
        """Whether all rows of the source were read, and no others; None if that is not shown."""
        return None if self.difference is None else abs(self.difference) <= self.tolerance

    def format_difference(self) -> str:
        """Return what is missing or too much, as a clause; empty if it is reconciled, or not shown."""
        if self.is_reconciled is not False or self.difference is None:
            return ""
        noun = "row" if abs(self.difference) == 1 else "rows"
        what = "missing" if self.difference < 0 else "too much"
        return f"{abs(self.difference):,} {noun} {what}: its source has {self.count:,} ({self.origin})"


@dataclass(frozen=True)
class Freshness:
    """How old the newest row of a table is, against the limit of the policy.

    Attributes:
        limit: how old it may be, as an ISO 8601 duration.
        as_of: the time at which its age is taken, in UTC.
        watermark: the time of the newest row that is not newer than `as_of`, in UTC; None if no row has one.
        error: why it cannot be told, as a sentence.
    """

    limit: str
    as_of: datetime
    watermark: datetime | None = None
    error: str = ""

    @property
    def age(self) -> timedelta | None:
        """The time since the newest row; None if no row has a time."""
        return self.as_of - self.watermark if self.watermark else None

    @property
    def is_fresh(self) -> bool | None:
        """Whether the newest row is young enough; None if that cannot be told. A table without a newest row is not."""
        if self.error:
            return None
        if self.watermark is None:
            return False
        try:
            return bool(self.watermark >= self.as_of - isodate.parse_duration(self.limit))
        except (OverflowError, ValueError):  # the limit reaches back before the year 1
            return True

    def format_age(self) -> str:
        """Return the age as an ISO 8601 duration in whole seconds; empty if no row has a time."""
        return (
            isodate.duration_isoformat(timedelta(seconds=int(self.age.total_seconds()))) if self.age is not None else ""
        )

    def format_staleness(self) -> str:
        """Return why the table is too old, as a clause; empty if it is fresh, or if that cannot be told."""
        if self.is_fresh is not False:
            return ""
        if self.watermark is None:
            return f"no row has a time by {self.as_of:%Y-%m-%d %H:%M} UTC, and the newest may be {self.limit} old"
        return f"the newest row is of {self.watermark:%Y-%m-%d %H:%M} UTC, and may be {self.limit} old"
