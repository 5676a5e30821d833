"""The expressions that rules are written in.

An expression is a tree of `sqlglot` nodes: a few of SQL's own (and, or, not, comparisons) and those of `nodes.py`.

A predicate answers true or false, never NULL: a comparison with something missing is false. So `~` (not) is safe on
all of them. Build values and names with the functions of this module only, never from text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

from sqlglot import exp

from synth_expectations.rules.canonical import Scalar, require_portable, spellings
from synth_expectations.rules.nodes import (
    AsNumber,
    AsOf,
    AsSecond,
    AsTimestamp,
    CompositeKey,
    Concatenation,
    Condition,
    Guarded,
    IsBlank,
    IsOneOf,
    IsTrue,
    KeyRank,
    LacksColumn,
    Letter,
    LookupAttribute,
    LoweredText,
    MatchesAny,
    Normalized,
    PlusDuration,
    RecordKey,
    Remainder,
    SaltedHash,
    TimestampLiteral,
)


def field(name: str) -> Condition:
    """Return the value of a column, by its name in the table."""
    return exp.column(name, quoted=True)


def literal(value: Scalar) -> Condition:
    """Return a constant."""
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if isinstance(value, int | float):
        return exp.Literal(this=repr(value), is_string=False)
    return exp.Literal.string(value)


def is_blank(value: Condition) -> Condition:
    """Return whether a value is missing: NULL, NaN, `""` or white space."""
    return IsBlank(this=value.copy())


def is_given(value: Condition) -> Condition:
    """Return whether a value is present: the opposite of `is_blank`."""
    return ~is_blank(value)


def is_one_of(value: Condition, values: Iterable[Scalar]) -> Condition:
    """Return whether a value is in a list; text is trimmed, case ignored, and `true`, `1` and `" True "` are one."""
    texts = sorted({text for scalar in values for text in spellings(scalar)})
    return IsOneOf(this=value.copy(), expressions=[literal(text) for text in texts]) if texts else exp.false()


def matches(value: Condition, *patterns: str) -> Condition:
    r"""Return whether a text, trimmed, matches a pattern as a whole. Case counts.

    Args:
        value: the text.
        patterns: any of them may match; limited to what RE2, Java, POSIX and PostgreSQL read alike: no look-around, no
            `\d`, no back reference.

    Raises:
        ValueError: a pattern has something that they read differently.
    """
    for pattern in patterns:
        require_portable(pattern)
    if not patterns:
        return exp.false()
    return MatchesAny(this=value.copy(), expressions=[literal(pattern) for pattern in patterns])


def lower(value: Condition) -> Condition:
    """Return a text, trimmed, in lower case."""
    return LoweredText(this=value.copy())


def to_timestamp(value: Condition) -> Condition:
    """Return a value as a timestamp in UTC; naive ones are UTC, text is ISO 8601 (see `engine.timestamps`)."""
    return AsTimestamp(this=value.copy())


def is_readable(value: Condition) -> Condition:
    """Return whether a value can be read as a timestamp."""
    return ~exp.Is(this=to_timestamp(value), expression=exp.Null())


def is_unreadable(value: Condition) -> Condition:
    """Return whether a value is present and is not a timestamp."""
    return is_given(value) & exp.Is(this=to_timestamp(value), expression=exp.Null())


def as_of(offset: str | None = None) -> Condition:
    """Return the time for which checks are run, moved by an ISO 8601 duration such as `-P90D`."""
    return AsOf(this=literal(offset)) if offset else AsOf()


def timestamp_literal(value: datetime) -> Condition:
    """Return a constant timestamp; without a zone, UTC."""
    in_utc = value if value.tzinfo is None else value.astimezone(UTC)
    return TimestampLiteral(this=literal(format_timestamp(in_utc)))


def plus_duration(value: Condition, duration: str) -> Condition:
    """Return a value as a timestamp plus an ISO 8601 duration such as `P6M`: the end of a window of each record."""
    return PlusDuration(this=to_timestamp(value), expression=literal(duration))


def to_second(value: Condition) -> Condition:
    """Return a value as a timestamp truncated to its second, as text for comparison."""
    return AsSecond(this=to_timestamp(value))


def is_before(earlier: Condition, later: Condition) -> Condition:
    """Return whether one timestamp is before another; false where either is missing."""
    return IsTrue(this=exp.LT(this=earlier.copy(), expression=later.copy()))


def is_more_than(value: Condition, limit: int) -> Condition:
    """Return whether a number is above a limit; false where it is missing."""
    return IsTrue(this=exp.GT(this=value.copy(), expression=literal(limit)))


def is_equal(one: Condition, other: Condition) -> Condition:
    """Return whether two values of one type are the same; false where either is missing."""
    return IsTrue(this=exp.EQ(this=one.copy(), expression=other.copy()))


def normalize(value: Condition, kind: str, calling_code: str | None = None) -> Condition:
    """Return a value in its comparable form.

    Args:
        value: the value of a column.
        kind: `exact` (trimmed only), `text`, `email`, `phone`, `name`, `letters`, `lowered`, `postcode`, `digits` or `date` (see
            `engine.normalize`).
        calling_code: for phones, the country calling code of national numbers, digits only.
    """
    code = literal(calling_code) if calling_code else None
    return Normalized(this=value.copy(), kind=literal(kind), calling_code=code)


def normalize_key(value: Condition, kind: str = "") -> Condition:
    """Return the key of a record in its comparable form: `42` and `42.0`, a UUID in any case, a Salesforce id are one.

    Two keys of different records stay different (see `engine.record_keys`).

    Args:
        value: the key as it is written.
        kind: what it is declared to be; empty where nothing is.
    """
    return RecordKey(this=value.copy(), kind=literal(kind))


def rank_record(key: Condition, prefix: str) -> Condition:
    """Return the SHA-256 of a prefix and the comparable key of a record, in hexadecimal digits; NULL without a key."""
    return KeyRank(this=key.copy(), prefix=literal(prefix))


def to_number(value: Condition) -> Condition:
    """Return the value of a numeric column as a floating-point number."""
    return AsNumber(this=value.copy())


def hash_text(text: Condition, salt: str) -> Condition:
    """Return the hash of a text, which another salt changes; NULL where the text is missing."""
    return SaltedHash(this=text.copy(), salt=literal(salt))


def concatenate(*texts: Condition) -> Condition:
    """Return several texts as one, with nothing between them."""
    return Concatenation(expressions=[text.copy() for text in texts]) if len(texts) > 1 else texts[0].copy()


def letter_at(text: Condition, place: int) -> Condition:
    """Return the letter of a comparable text at a place, counted from 1."""
    return Letter(this=text.copy(), place=literal(place))


def only_where(condition: Condition, value: Condition) -> Condition:
    """Return a costly value where a cheap condition is true, and NULL elsewhere."""
    return Guarded(this=value.copy(), condition=condition.copy())


def text_after(text: Condition, part: Condition, place: int) -> Condition:
    """Return what follows in a comparable text after a part at a place; NULL, which matches nothing, if it is not there."""
    return Remainder(this=text.copy(), expression=part.copy(), place=literal(place))


def make_key(*parts: Condition) -> Condition:
    """Return several comparable values as one key; NULL, so never equal to anything, where a part is missing."""
    return CompositeKey(expressions=[part.copy() for part in parts])


def look_up(lookup: str, attribute: str = "found") -> Condition:
    """Return an attribute of what the lookup of that name found; false where it found nothing."""
    return LookupAttribute(this=literal(lookup), attribute=literal(attribute))


def lacks_column(column: str, kind: Literal["time", "text"] | None = None) -> Condition:
    """Return whether the table has no column of that name, or one of another kind; text may be a time."""
    return LacksColumn(this=literal(column), kind=literal(kind or ""))


def all_of(conditions: Iterable[Condition]) -> Condition:
    """Return whether all conditions are true; true for none."""
    return exp.and_(*conditions) if (conditions := list(conditions)) else exp.true()


def any_of(conditions: Iterable[Condition]) -> Condition:
    """Return whether one condition is true; false for none."""
    return exp.or_(*conditions) if (conditions := list(conditions)) else exp.false()


def format_timestamp(value: datetime) -> str:
    """Return a UTC timestamp as text without an offset: `2026-11-01 00:00:00`, with microseconds where it has some."""
    return value.replace(tzinfo=None).isoformat(sep=" ")
