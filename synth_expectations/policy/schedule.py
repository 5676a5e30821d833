"""When checkpoints and tables are due, and how periods are closed: `schedule` and `cycle` of policy.yml."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, available_timezones

import isodate
from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from synth_expectations.errors import nearest
from synth_expectations.expectations.argument_types import Duration
from synth_expectations.policy.types import ClosedModel, Day, Text, Texts, reject_number

FIRST_DAY = date(2024, 1, 1)
"""From where intervals are counted unless a schedule says otherwise: a Monday, and the first day of a month and a year."""


@lru_cache(maxsize=64)
def _parse(duration: str) -> Any:
    """Return a duration: a timedelta, or a Duration of isodate if it has months or years. A year of days is parsed once."""
    return isodate.parse_duration(duration)


def _check_days(value: str) -> str:
    duration = _parse(value)
    if isinstance(duration, timedelta):
        is_whole = duration > timedelta() and not (duration.seconds or duration.microseconds)
    else:
        months = duration.years * 12 + duration.months
        is_whole = months > 0 and months == int(months) and not duration.tdelta
    if not is_whole:
        raise ValueError(f"{value} is not a number of whole days, or of whole months: write P1D, P7D, P1M or P3M")
    return value


def _check_length(value: str) -> str:
    if not isinstance(_parse(value), timedelta):
        raise ValueError(f"{value} has months or years, which differ in length: write days or hours, such as PT2H")
    return value


def _check_time(value: str) -> str:
    if not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", value, re.ASCII):
        raise ValueError(f'{value!r} is not a time of a day: write "06:00"')
    return value


def _check_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # a directory of the zones is an OSError
        guess = nearest(value, sorted(available_timezones()))
        raise ValueError(
            f"there is no time zone {value}: {f'did you mean {guess}?' if guess else 'write Europe/Berlin, for example'}"
        ) from None
    return value


Interval = Annotated[Duration, AfterValidator(_check_days)]
Length = Annotated[Duration, AfterValidator(_check_length)]
TimeOfDay = Annotated[str, BeforeValidator(reject_number, json_schema_input_type=str), AfterValidator(_check_time)]
Zone = Annotated[Text, AfterValidator(_check_zone)]


class Schedule(ClosedModel):
    """When a checkpoint or a table is due."""

    every: Interval = Field(description="The time between two deadlines: whole days or months, such as P1D or P1M.")
    by: TimeOfDay = Field(description="The time of day by which a run must have ended, such as 06:00.")
    zone: Zone = Field("UTC", description="The time zone of the time and the days, such as Europe/Berlin.")
    grace: Length = Field("PT0S", description="How much later still counts as on time.")
    first: Day | None = Field(
        None,
        alias="from",
        description="A day on which it is due; by default, days are counted from Monday, 1 January 2024.",
    )

    @property
    def delay(self) -> timedelta:
        """How much later than its deadline a run may end."""
        delay: timedelta = _parse(self.grace)
        return delay

    def find_deadline(self, number: int) -> tuple[date, datetime]:
        """Return the day and the time of a deadline; number 0 is the first.

        The time is that of clocks in the zone. Of a time that a day has twice, the later one counts; one that a day skips
        is as many minutes after the change as it would have been before.

        Raises:
            OverflowError: it is beyond the years that dates have.
        """
        day = self._find_day(number)
        zone = ZoneInfo(self.zone)
        local = datetime.combine(day, time.fromisoformat(self.by), zone)
        utc = ZoneInfo("UTC")
        return day, max(local.astimezone(utc), local.replace(fold=1).astimezone(utc))

    def find_number(self, at: datetime) -> int:
        """Return the number of the last deadline at or before a time; -1 if there is none."""
        first = self.first or FIRST_DAY
        days = (at.astimezone(ZoneInfo(self.zone)).date() - first).days + 1
        number = days // self._days if self._days else days // (28 * self._months) + 1
        while number >= 0 and self.find_deadline(number)[1] > at:
            number -= 1
        return max(number, -1)

    def _find_day(self, number: int) -> date:
        first = self.first or FIRST_DAY
        if self._days:
            return first + timedelta(days=number * self._days)
        # of a month without that day, isodate takes the last
        day: date = first + isodate.Duration(months=number * self._months)
        return day

    @property
    def _days(self) -> int:
        duration = _parse(self.every)
        return int(duration.days) if isinstance(duration, timedelta) else 0

    @property
    def _months(self) -> int:
        duration = _parse(self.every)
        return 0 if isinstance(duration, timedelta) else int(duration.years * 12 + duration.months)


class Cycle(ClosedModel):
    """How periods are closed and signed."""

    every: Interval = Field("P3M", description="How long a period is: P3M for quarters, P1M for months, P1Y for years.")
    closes: Length = Field("P15D", description="How long after its end a period must be closed.")
    signers: Texts = Field(description="The roles that sign a closed period, each with its own key.")

    @model_validator(mode="after")
    def _check_cycle(self) -> Self:
        if self.every not in {"P1M", "P3M", "P1Y", "P12M"}:
            raise ValueError(f"a period is a month, a quarter or a year: write P1M, P3M or P1Y instead of {self.every}")
        if not self.signers:
            raise ValueError("signers is empty: nobody would sign")
        if len({role.casefold() for role in self.signers}) < len(self.signers):
            raise ValueError("signers names a role twice")
        return self

    @property
    def time_to_close(self) -> timedelta:
        """How long after its end a period must be closed."""
        length: timedelta = _parse(self.closes)
        return length
