"""The periods of an audit cycle: months, quarters or years, by their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from synth_expectations.evidence.pack.period import PackPeriod, parse_period
from synth_expectations.policy.schedule import Cycle


@dataclass(frozen=True)
class CyclePeriod:
    """A period of a cycle.

    Attributes:
        close_by: the time by which it must be closed, in UTC.
    """

    period: PackPeriod
    close_by: datetime


def find_period(cycle: Cycle, day: date) -> CyclePeriod:
    """Return the period of a cycle that a day is in."""
    if cycle.every == "P1M":
        name = f"{day:%Y-%m}"
    elif cycle.every == "P3M":
        name = f"{day.year}Q{(day.month + 2) // 3}"
    else:
        name = f"{day.year}"
    period = parse_period(name)
    return CyclePeriod(period, period.end + cycle.time_to_close)


def list_periods(cycle: Cycle, first: datetime, now: datetime) -> Iterator[CyclePeriod]:
    """Yield the periods of a cycle from that of a time to the present one, in their order."""
    found = find_period(cycle, first.astimezone(UTC).date())
    yield found
    while found.period.end <= now:
        found = find_period(cycle, found.period.end.date())
        yield found
