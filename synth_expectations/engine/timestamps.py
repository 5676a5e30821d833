"""Timestamps in text: which texts are timestamps, the same on every engine, whatever its casts accept.

A timestamp is exactly `YYYY-MM-DD`, optionally followed by `T` or a space and `HH:MM`, `HH:MM:SS` or
`HH:MM:SS.f` (one to six digits), and then optionally by `Z`, `+HH:MM` or `+HHMM` (Salesforce writes `+0000`).
The day must exist, hours go from 00 to 23, seconds to 59, offsets to 14:59; no offset means UTC.
The pattern alone decides, before any cast: casts accept `now`, `20261122` or `12:00`, or abort on 30 February.
"""

from __future__ import annotations

from datetime import datetime

import isodate
from sqlglot import exp

from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.errors import ConditionError
from synth_expectations.rules.expressions import literal

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

_HAS_OFFSET = f"{_OFFSET}$"
_DATE_LENGTH = len("2026-11-01")


def read(text: exp.Expr, dialect: Dialect) -> exp.Expr:
    """Return a timestamp from text, NULL where it is none: the pattern decides before the text is cast."""

    def is_like(pattern: str) -> exp.Expr:
        return exp.RegexpLike(this=text.copy(), expression=literal(pattern))

    def append(start: exp.Expr, suffix: str) -> exp.Expr:
        return exp.DPipe(this=start.copy(), expression=literal(suffix))

    is_date = exp.EQ(this=exp.Length(this=text.copy()), expression=literal(_DATE_LENGTH))
    timed = _add_seconds(text) if dialect.needs_seconds else text
    explicit = exp.Case().when(is_date, append(text, " 00:00:00Z")).when(is_like(_HAS_OFFSET), timed.copy())
    timestamp = dialect.from_text(explicit.else_(append(timed, "Z")))
    return exp.Case().when(is_like(PATTERN), dialect.from_zoned(timestamp))


def shift(as_of: datetime, offset: str) -> datetime:
    """Return a time moved by an ISO 8601 duration such as `-P90D`; the same time for an empty one.

    Raises:
        ConditionError: the result is before year 1 or after year 9999.
    """
    if not offset:
        return as_of
    window = offset.removeprefix("-")
    try:
        duration = isodate.parse_duration(window)
        shifted: datetime = as_of - duration if offset.startswith("-") else as_of + duration
    except (OverflowError, ValueError):
        raise ConditionError(f"{window} from {as_of:%Y-%m-%d} is not a valid time: years go from 1 to 9999.") from None
    return shifted


def _add_seconds(text: exp.Expr) -> exp.Expr:
    """Return a text such as `…09:30` or `…09:30Z` with `:00` after the minutes."""

    def part(start: int, length: int | None = None) -> exp.Expr:
        return exp.Substring(this=text.copy(), start=literal(start), length=literal(length) if length else None)

    has_seconds = exp.EQ(this=part(17, 1), expression=literal(":"))
    parts = [part(1, 16), literal(":00"), part(17)]
    longer = exp.DPipe(this=exp.DPipe(this=parts[0], expression=parts[1]), expression=parts[2])
    return exp.Case().when(has_seconds, text.copy()).else_(longer)
