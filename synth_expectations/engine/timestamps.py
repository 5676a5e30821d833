"""Timestamps in text: which texts are timestamps, the same on every engine, whatever its casts accept.

A timestamp is exactly `YYYY-MM-DD`, optionally followed by `T` or a space and `HH:MM`, `HH:MM:SS` or
`HH:MM:SS.f` (one to six digits), and then optionally by `Z`, `+HH:MM` or `+HHMM` (Salesforce writes `+0000`).
The day must exist, hours go from 00 to 23, seconds to 59, offsets to 14:59; no offset means UTC.
The pattern alone decides, before any cast: casts accept `now`, `20261122` or `12:00`, or abort on 30 February.
"""

from __future__ import annotations

_YEAR = "(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_LEAP = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)"
_DAY = (
    f"({_YEAR}-("
    "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    "|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    "|02-(0[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP}-02-29)"
)
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?"
_OFFSET = "(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])"

PATTERN = f"^{_DAY}([T ]{_TIME}{_OFFSET}?)?$"
"""Matches a timestamp."""

HAS_OFFSET = f"{_OFFSET}$"
"""Matches a timestamp with an offset."""

DATE_LENGTH = 10
"""The length of a timestamp that is only a date."""
