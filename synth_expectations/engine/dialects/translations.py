"""Functions from SQL to SQL and from types to families, of which the engines' files are made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cache, reduce
from typing import Any

from sqlglot import exp

from synth_expectations.engine.schema import Family
from synth_expectations.engine.trees import conjoin, disjoin, enclose

Translation = Callable[[exp.Expr], exp.Expr]


def call(function: str, *arguments: exp.Expr) -> exp.Expr:
    """Return the call of a function that sqlglot need not know."""
    return exp.Anonymous(this=function, expressions=list(arguments))


def call_of(function: str) -> Translation:
    """Return the translation of a value to the call of a function with it."""
    return lambda value: call(function, value)


def keep(value: exp.Expr) -> exp.Expr:
    """Return the value unchanged."""
    return value


def is_column(value: exp.Expr) -> bool:
    """Return whether a value is a column, in whatever collation: to read it again costs nothing."""
    return isinstance(value.this if isinstance(value, exp.Collate) else value, exp.Column)


def is_printable(text: exp.Expr) -> exp.Expr:
    """Return whether a text, compared by bytes, begins with a printable ASCII character: it costs a tenth of trimming it."""
    return exp.Between(this=text.copy(), low=exp.Literal.string("!"), high=exp.Literal.string("~"))


def begins_small(text: exp.Expr) -> exp.Expr:
    """Return whether a text, compared by bytes, begins with a small letter of ASCII, or is `{`."""
    return exp.Between(this=text.copy(), low=exp.Literal.string("a"), high=exp.Literal.string("{"))


def begins_and_ends(ends: Sequence[exp.Expr], lowest: str) -> exp.Expr:
    """Return whether a text begins and ends with an ASCII character from `lowest` to `~`.

    Args:
        ends: the text, compared by bytes, and its last character, in the order in which they are tested.
        lowest: the first of the characters.
    """
    bounds = {"low": exp.Literal.string(lowest), "high": exp.Literal.string("~")}
    return conjoin(*(exp.Between(this=end, **{name: bound.copy() for name, bound in bounds.items()}) for end in ends))


def is_plain_key(
    key: exp.Expr, longest_nothing: int, byte_length: str, ends: Sequence[exp.Expr], last: exp.Expr | None = None
) -> exp.Expr:
    """Return whether a key is shorter than a Salesforce id and has no fraction (`.0`), and is no word for nothing.

    Args:
        key: as text.
        longest_nothing: how many bytes the longest word for nothing has.
        byte_length: the engine's function for the bytes of a text.
        ends: of the key, as for `begins_and_ends`.
        last: the last character of the key, where that is at hand: no word for nothing begins or ends with a digit, and a
            fraction ends with a zero. None where it would be computed again.
    """
    length = call(byte_length, key.copy())
    is_long = exp.GT(this=length.copy(), expression=exp.Literal.number(longest_nothing))
    has_digit = [exp.LT(this=end.copy(), expression=exp.Literal.string(":")) for end in (key, last) if end is not None]
    has_no_fraction: exp.Expr = exp.Not(this=exp.Like(this=key.copy(), expression=exp.Literal.string("%.0%")))
    if last is not None:
        has_no_fraction = disjoin(exp.GT(this=last.copy(), expression=exp.Literal.string("0")), has_no_fraction)
    return conjoin(
        begins_and_ends(ends, "0"),
        exp.LT(this=length, expression=exp.Literal.number(18)),
        disjoin(is_long, *has_digit),
        has_no_fraction,
    )


def cast(kind: str) -> Translation:
    """Return the translation of a value to its cast to a type."""
    return lambda value: exp.cast(value, kind)


def cast_to_text(value: exp.Expr) -> exp.Expr:
    """Return a value as the engine writes it."""
    return exp.cast(value, "TEXT")


def cast_to_zoned(value: exp.Expr) -> exp.Expr:
    """Return the cast of a text to a timestamp with zone."""
    return exp.cast(value, "TIMESTAMPTZ")


def to_utc(value: exp.Expr) -> exp.Expr:
    """Return a value with zone as a timestamp without zone, in UTC."""
    return exp.AtTimeZone(this=value, zone=exp.Literal.string("UTC"))


def equals_nan(value: exp.Expr) -> exp.Expr:
    """Return the comparison with NaN as a double, for engines without ISNAN whose NaN equals itself."""
    return exp.EQ(this=exp.cast(value, "DOUBLE"), expression=exp.cast(exp.Literal.string("NaN"), "DOUBLE"))


def concatenate(*parts: exp.Expr) -> exp.Expr:
    """Return texts as one, with nothing between them; NULL where any of them is."""
    return reduce(lambda one, other: exp.DPipe(this=one, expression=other), parts)


def lower(value: exp.Expr) -> exp.Expr:
    """Return a text in small letters."""
    return exp.Lower(this=value)


def lower_all(value: exp.Expr, _: Mapping[str, str]) -> exp.Expr:
    """Return a text in small letters, for engines whose own function knows those of all scripts."""
    return lower(value)


def compose_by_normalize(value: exp.Expr) -> exp.Expr:
    """Return a text with its letters and marks composed, by SQL's own function."""
    return call("NORMALIZE", value, exp.var("NFC"))


def sha2(value: exp.Expr) -> exp.Expr:
    """Return the SHA-256 of a text in UTF-8, in small hexadecimal digits."""
    return call("SHA2", value, exp.Literal.number(256))


def octet_length(value: exp.Expr) -> exp.Expr:
    """Return the number of bytes of a text."""
    return call("OCTET_LENGTH", value)


def format_second(timestamp: exp.Expr) -> exp.Expr:
    """Return a timestamp truncated to its second, as text."""
    return exp.cast(exp.TimestampTrunc(this=timestamp, unit=exp.var("SECOND")), "TEXT")


def format_day(timestamp: exp.Expr) -> exp.Expr:
    """Return the day of a timestamp, as text."""
    return exp.cast(exp.cast(timestamp, "DATE"), "TEXT")


def add_intervals(timestamp: exp.Expr, months: int, rest: timedelta) -> exp.Expr:
    """Return a timestamp plus months, at most to the end of the month, and then plus the rest."""
    microseconds = rest // timedelta(microseconds=1)
    for count, unit in ((months, "MONTH"), (microseconds, "MICROSECOND")):
        if count:
            interval = exp.Interval(this=exp.Literal.string(str(count)), unit=exp.var(unit))
            timestamp = enclose(exp.Add(this=timestamp, expression=interval))
    return timestamp


def match_type_names(families: list[tuple[str, Family]]) -> Callable[[Any], Family]:
    """Return the function from a type's name to its family, made of patterns of names without their precision."""

    @cache  # a process imports the dialects of all engines, and reads types of one
    def compile_patterns() -> list[tuple[re.Pattern[str], Family]]:
        # The whole name: `INTEGER[]` is no number, nor is an `INTERVAL`.
        return [(re.compile(rf"({pattern})(\(.*\))?", re.IGNORECASE), family) for pattern, family in families]

    def find_family(kind: Any) -> Family:
        return next((family for pattern, family in compile_patterns() if pattern.fullmatch(str(kind))), Family.OTHER)

    return find_family
