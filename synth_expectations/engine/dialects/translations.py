"""How values and types are said in the SQL of an engine: what the tables of dialects are made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlglot import exp

from synth_expectations.engine.schema import Family

Translation = Callable[[exp.Expr], exp.Expr]


def call(function: str, *arguments: exp.Expr) -> exp.Expr:
    """A function by its name."""
    return exp.Anonymous(this=function, expressions=list(arguments))


def same(value: exp.Expr) -> exp.Expr:
    """As it is."""
    return value


def cast(kind: str) -> Translation:
    """The cast to a type."""
    return lambda value: exp.cast(value, kind)


def call_of(function: str) -> Translation:
    """The call of a function that sqlglot need not know."""
    return lambda value: call(function, value)


def as_zoned(value: exp.Expr) -> exp.Expr:
    """The cast of a text with its offset."""
    return exp.cast(value, "TIMESTAMPTZ")


def octet_length(value: exp.Expr) -> exp.Expr:
    """The number of bytes of a text."""
    return call("OCTET_LENGTH", value)


def text_in_utc(suffix: str) -> Translation:
    """A moment by way of its text, with what says that it is in UTC."""

    def cast(value: exp.Expr) -> exp.Expr:
        text = exp.DPipe(this=exp.cast(value, "TEXT"), expression=exp.Literal.string(suffix))
        return exp.cast(text, "TIMESTAMPLTZ")

    return cast


def second_as_text(moment: exp.Expr) -> exp.Expr:
    """A moment cut to its second, as text."""
    return exp.cast(exp.TimestampTrunc(this=moment, unit=exp.var("SECOND")), "TEXT")


def day_as_text(moment: exp.Expr) -> exp.Expr:
    """The day of a moment, as text."""
    return exp.cast(exp.cast(moment, "DATE"), "TEXT")


def plus_intervals(moment: exp.Expr, months: int, rest: timedelta) -> exp.Expr:
    """A moment plus months, at most to the end of the month, then the rest."""
    microseconds = rest // timedelta(microseconds=1)
    for count, unit in ((months, "MONTH"), (microseconds, "MICROSECOND")):
        if count:
            interval = exp.Interval(this=exp.Literal.string(str(count)), unit=exp.var(unit))
            moment = exp.paren(exp.Add(this=moment, expression=interval))
    return moment


_DAY = exp.Literal.number(timedelta(days=1) // timedelta(microseconds=1))


def plus_microseconds(moment: exp.Expr, months: int, rest: timedelta) -> exp.Expr:
    """By the number of the day, which has no time zone, and the microseconds of that day."""
    since = call("UNIX_MICROS", moment)
    of_day = call("PMOD", since.copy(), _DAY.copy())
    number = call("ROUND", exp.paren(since - of_day.copy()) / _DAY.copy())
    day = call("ADD_MONTHS", call("DATE_FROM_UNIX_DATE", exp.cast(number, "INT")), exp.Literal.number(months))
    microseconds = exp.Literal.number(rest // timedelta(microseconds=1))
    return call("TIMESTAMP_MICROS", call("UNIX_DATE", day) * _DAY.copy() + of_day + microseconds)


def unless_printed_at_both_ends(trimmed: exp.Trim) -> exp.Expr:
    """A column's text as it is, where it starts and ends with a letter of ASCII; else trimmed.

    Its end is asked first: taking it from some of the records costs DuckDB twice what it costs from all of them. (RIGHT
    takes three times as long.)
    """
    value, first, last = trimmed.this, exp.Literal.string("!"), exp.Literal.string("~")
    ends = [call("SUBSTR", value.copy(), exp.Literal.number(-1)), value]
    clean = exp.and_(*(exp.Between(this=each.copy(), low=first.copy(), high=last.copy()) for each in ends))
    return exp.Case().when(clean, value.copy()).else_(trimmed.copy())


def by_whole_name(kinds: list[tuple[str, Family]]) -> Callable[[Any], Family]:
    """The kind of a type by its name, from patterns of names without their precision."""
    # The whole name: `INTEGER[]` is no number, nor is an `INTERVAL`.
    compiled = [(re.compile(rf"({pattern})(\(.*\))?", re.IGNORECASE), family) for pattern, family in kinds]

    def family(kind: Any) -> Family:
        return next((each for pattern, each in compiled if pattern.fullmatch(str(kind))), Family.OTHER)

    return family
