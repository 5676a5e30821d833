"""The period of a pack: whole days, in UTC."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from synth_expectations.errors import SynthError

_FORMS = "Write 2026Q4, 2026-11, 2026, or two days: 2026-10-01..2026-12-31."


class PeriodError(SynthError):
    """Text that names no period."""


@dataclass(frozen=True)
class PackPeriod:
    """Some days that follow each other.

    Attributes:
        name: as it was written.
        first: the first day.
        last: the last day; it belongs to the period.
    """

    name: str
    first: date
    last: date

    @property
    def start(self) -> datetime:
        """When it starts."""
        return datetime.combine(self.first, time(), UTC)

    @property
    def end(self) -> datetime:
        """When it is over: the first moment that no longer belongs to it."""
        return datetime.combine(self.last, time(), UTC) + timedelta(days=1)

    def has(self, moment: datetime) -> bool:
        """Return whether a time with a zone is in the period."""
        return self.start <= moment < self.end


def parse_period(text: str) -> PackPeriod:
    """Return the period that is written as `2026Q4`, `2026-11`, `2026` or `2026-10-01..2026-12-31`.

    Raises:
        PeriodError: it is none of these, or ends before it starts.
    """
    text = text.strip()
    try:
        if match := re.fullmatch(r"(\d{4})-?[Qq]([1-4])", text, re.ASCII):
            year, last_month = int(match[1]), 3 * int(match[2])
            first, last = date(year, last_month - 2, 1), _find_last_day(year, last_month)
            return _limit(PackPeriod(f"{match[1]}Q{match[2]}", first, last))
        if match := re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII):
            year, month = int(match[1]), int(match[2])
            return _limit(PackPeriod(text, date(year, month, 1), _find_last_day(year, month)))
        if match := re.fullmatch(r"(\d{4})", text, re.ASCII):
            return _limit(PackPeriod(text, date(int(text), 1, 1), date(int(text), 12, 31)))
        if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", text, re.ASCII):
            first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2])
            if last < first:
                raise PeriodError(f"The period {text} ends before it starts.", _FORMS)
            return _limit(PackPeriod(text, first, last))
    except (ValueError, OverflowError):  # no such day, or month
        pass
    if not text.strip():
        raise PeriodError("The name of the period is empty.", _FORMS)
    raise PeriodError(f"{text} is not a period.", _FORMS)


def _find_last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _limit(period: PackPeriod) -> PackPeriod:
    """Return a period whose end can be written as a time of a file in a zip archive, from 1980 to 2107."""
    if not 1980 <= period.last.year <= 2107:
        raise PeriodError(f"The period {period.name} is outside the years 1980 to 2107.", _FORMS)
    return period
