"""Timestamps in text: which texts are timestamps, the same on every engine, whatever its casts accept.

A timestamp is exactly `YYYY-MM-DD`, optionally followed by `T` or a space and `HH:MM`, `HH:MM:SS` or `HH:MM:SS.f` (one to
six digits; up to nine where the engine casts them), and then optionally by `Z`, `+HH:MM`, `+HHMM` (Salesforce writes
`+0000`) or `+HH` (as DuckDB and PostgreSQL write times with zone). Or it is a time in the basic format of ISO 8601,
`YYYYMMDDTHHMM` and so on; `20261122` without a time is none, for it may be a number.
The day must exist, hours go from 00 to 23, seconds to 59, offsets to 14:59; no offset means UTC.
The pattern alone decides, before any cast: casts accept `now`, `20261122` or `12:00`, or abort on 30 February.
"""

from __future__ import annotations

from datetime import datetime

import isodate
from sqlglot import exp

from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.translations import concatenate
from synth_expectations.engine.trees import choose
from synth_expectations.errors import ConditionError
from synth_expectations.rules.expressions import literal

_YEAR = "(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_LEAP = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)"
_OFFSET = "(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)"

_HAS_OFFSET = f"{_OFFSET}$"
_DATE_LENGTH = len("2026-11-01")


def _match_day(hyphen: str) -> str:
    return (
        f"({_YEAR}{hyphen}("
        f"(0[13578]|1[02]){hyphen}(0[1-9]|[12][0-9]|3[01])"
        f"|(0[469]|11){hyphen}(0[1-9]|[12][0-9]|30)"
        f"|02{hyphen}(0[1-9]|1[0-9]|2[0-8]))"
        f"|{_LEAP}{hyphen}02{hyphen}29)"
    )


def _match_time(colon: str, digits: int) -> str:
    return f"([01][0-9]|2[0-3]){colon}[0-5][0-9]({colon}[0-5][0-9]([.][0-9]{{1,{digits}}})?)?"


def match_timestamp(digits: int) -> str:
    """Return the pattern of a timestamp with at most so many digits after the second."""
    extended = f"{_match_day('-')}([T ]{_match_time(':', digits)}{_OFFSET}?)?"
    return f"^({extended}|{_match_day('')}T{_match_time('', digits)}{_OFFSET}?)$"


def read(text: exp.Expr, dialect: Dialect) -> exp.Expr:
    """Return a timestamp from text, NULL where it is none: the pattern decides before the text is cast."""

    def is_like(pattern: str) -> exp.Expr:
        return exp.RegexpLike(this=text.copy(), expression=literal(pattern))

    def append(start: exp.Expr, suffix: str) -> exp.Expr:
        return exp.DPipe(this=start.copy(), expression=literal(suffix))

    is_date = exp.EQ(this=exp.Length(this=text.copy()), expression=literal(_DATE_LENGTH))
    is_basic = exp.NEQ(this=_cut(text, 5, 1), expression=literal("-"))
    timed = choose((is_basic, _extend(text)), otherwise=_add_seconds(text) if dialect.needs_seconds else text.copy())
    offset = choose((is_like(_HAS_OFFSET), literal("")), otherwise=literal("Z"))
    explicit = choose((is_date, append(text, " 00:00:00Z")), otherwise=concatenate(timed, offset))
    timestamp = dialect.from_text(explicit)
    return choose((is_like(match_timestamp(dialect.second_digits)), dialect.from_zoned(timestamp)))


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


def _cut(text: exp.Expr, start: int, length: int | None = None) -> exp.Expr:
    return exp.Substring(this=text.copy(), start=literal(start), length=literal(length) if length else None)


def _add_seconds(text: exp.Expr) -> exp.Expr:
    """Return a text such as `…09:30` or `…09:30Z` with `:00` after the minutes."""
    has_seconds = exp.EQ(this=_cut(text, 17, 1), expression=literal(":"))
    return choose((has_seconds, text.copy()), otherwise=concatenate(_cut(text, 1, 16), literal(":00"), _cut(text, 17)))


def _extend(text: exp.Expr) -> exp.Expr:
    """Return a text in the basic format, such as `20261101T0930Z`, as `2026-11-01T09:30:00Z`."""
    after_minutes = [literal(sign) for sign in ("", "Z", "+", "-")]
    lacks_seconds = exp.In(this=_cut(text, 14, 1), expressions=after_minutes)
    separators = ["-", "-", "T", ":"]
    starts = [(1, 4), (5, 2), (7, 2), (10, 2), (12, 2)]
    pieces = [_cut(text, *starts[0])]
    for separator, start in zip(separators, starts[1:], strict=True):
        pieces += [literal(separator), _cut(text, *start)]
    seconds = choose((lacks_seconds, literal(":00")), otherwise=literal(":"))
    return concatenate(*pieces, seconds, _cut(text, 14))
