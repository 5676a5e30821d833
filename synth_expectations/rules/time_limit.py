"""How long one query may take, as the policy's `timeout` says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import isodate

TIMEOUT = "synth_timeout"
"""The name under which compile writes the timeout of a table into the metadata of its asset."""

LONGEST = timedelta(days=1)
"""The longest timeout: a run is judged day by day, and every engine takes a limit of that length."""


@dataclass(frozen=True)
class TimeLimit:
    """The longest time that a query may take.

    Attributes:
        written: in ISO 8601, as the policy has it.
        length: of that duration.
    """

    written: str
    length: timedelta

    @classmethod
    def parse(cls, written: str) -> TimeLimit:
        """Return the limit of an ISO 8601 duration.

        Raises:
            ValueError: it is not a duration of a fixed length, or none from a millisecond to a day.
        """
        try:
            length = isodate.parse_duration(written)
        except isodate.ISO8601Error:
            raise ValueError(f"{written!r} is not an ISO 8601 duration, such as PT90S, PT5M or PT1H") from None
        if not isinstance(length, timedelta):
            raise ValueError(f"{written!r} has months or years, whose length varies: write PT5M or PT1H")
        if not timedelta(milliseconds=1) <= length <= LONGEST:
            raise ValueError(f"{written!r} is not a timeout: write a duration from PT0.001S to P1D, such as PT5M")
        return cls(written, length)

    @property
    def seconds(self) -> float:
        """The limit in seconds."""
        return self.length.total_seconds()

    @property
    def milliseconds(self) -> int:
        """The limit in whole milliseconds."""
        return self.length // timedelta(milliseconds=1)
