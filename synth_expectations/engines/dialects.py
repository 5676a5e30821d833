"""Where engines differ: one line a difference, each with its reason. Rules never ask for the engine."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from synth_expectations.engines.columns import Family
from synth_expectations.errors import ConditionError


@dataclass(frozen=True)
class Dialect:
    """What an engine does in its own way.

    Attributes:
        name: SQLAlchemy's name of it, or `spark`.
        family: the kind of value of a column, from the type that the engine reports.
        folds: how a name written without quotes is stored (see `Columns`).
        literal_suffix: what a moment's text needs behind it to be read in UTC.
        from_zoned: a value with zone, as a moment.
        from_naive: a value without zone, as a moment in UTC.
        from_date: a date, as the moment it begins in UTC.
        nan: whether a floating-point value is not a number.
        most_patterns: how many regular expressions one query may hold; None for any.
    """

    name: str
    family: Callable[[Any], Family]
    from_zoned: Callable[[exp.Expr], exp.Expr]
    from_naive: Callable[[exp.Expr], exp.Expr]
    from_date: Callable[[exp.Expr], exp.Expr]
    nan: Callable[[exp.Expr], exp.Expr]
    folds: str | None = None
    literal_suffix: str = ""
    most_patterns: int | None = None

    @property
    def sqlglot(self) -> str:
        """sqlglot's name of it."""
        return {"postgresql": "postgres"}.get(self.name, self.name)

    def render(self, tree: exp.Expr) -> str:
        """The SQL of a lowered tree, names quoted.

        Raises:
            sqlglot.errors.UnsupportedError: the engine has no such thing.
        """
        from sqlglot import ErrorLevel

        return tree.sql(dialect=self.sqlglot, unsupported_level=ErrorLevel.RAISE)


def by_name(name: str) -> Dialect:
    """The dialect of an engine.

    Raises:
        ConditionError: we do not know the engine.
    """
    if name not in DIALECTS:
        raise ConditionError(f"No rules can be run on {name!r} yet.", f"Known: {', '.join(sorted(DIALECTS))}.")
    return DIALECTS[name]


def _call(function: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=function, expressions=list(arguments))


def _same(value: exp.Expr) -> exp.Expr:
    return value


def _cast(kind: str) -> Callable[[exp.Expr], exp.Expr]:
    return lambda value: exp.cast(value, kind)


def _text_in_utc(suffix: str) -> Callable[[exp.Expr], exp.Expr]:
    def cast(value: exp.Expr) -> exp.Expr:
        text = exp.DPipe(this=exp.cast(value, "TEXT"), expression=exp.Literal.string(suffix))
        return exp.cast(text, "TIMESTAMP")

    return cast


def _first_match(kinds: list[tuple[str, Family]]) -> Callable[[Any], Family]:
    compiled = [(re.compile(pattern, re.IGNORECASE), family) for pattern, family in kinds]

    def family(kind: Any) -> Family:
        return next((each for pattern, each in compiled if pattern.match(str(kind))), Family.OTHER)

    return family


_POSTGRES_TYPES = {
    **dict.fromkeys((18, 19, 25, 1042, 1043), Family.TEXT),  # char, name, text, bpchar, varchar
    **dict.fromkeys((20, 21, 23, 26, 1700), Family.NUMBER),  # int8, int2, int4, oid, numeric
    **dict.fromkeys((700, 701), Family.FLOAT),
    16: Family.BOOLEAN,
    1082: Family.DATE,
    1114: Family.NAIVE,
    1184: Family.ZONED,
}

DUCKDB = Dialect(
    name="duckdb",
    family=_first_match(
        [
            ("VARCHAR|TEXT|STRING|ENUM|UUID", Family.TEXT),
            ("BOOL", Family.BOOLEAN),
            ("(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|U?INT[0-9]*|DECIMAL|NUMERIC|NUMBER)", Family.NUMBER),
            ("FLOAT|DOUBLE|REAL", Family.FLOAT),
            ("TIMESTAMP.*WITH TIME ZONE|TIMESTAMPTZ|TIMESTAMP_TZ", Family.ZONED),
            ("TIMESTAMP|DATETIME", Family.NAIVE),
            ("DATE", Family.DATE),
        ]
    ),
    folds="any",  # names are case-insensitive even in quotes
    # `AT TIME ZONE` goes through ICU, row by row; a moment with zone is microseconds since 1970 in UTC already.
    from_zoned=lambda value: _call("MAKE_TIMESTAMP", _call("EPOCH_US", value)),
    from_naive=_cast("TIMESTAMP"),  # TIMESTAMP_S, _MS and _NS too
    from_date=_cast("TIMESTAMP"),
    nan=lambda value: exp.IsNan(this=value),
)

POSTGRESQL = Dialect(
    name="postgresql",
    family=lambda oid: _POSTGRES_TYPES.get(oid, Family.OTHER),
    from_zoned=lambda value: exp.AtTimeZone(this=value, zone=exp.Literal.string("UTC")),
    from_naive=_same,
    from_date=_cast("TIMESTAMP"),
    # PostgreSQL has no isnan, and its NaN equals itself.
    nan=lambda value: exp.EQ(this=exp.cast(value, "DOUBLE"), expression=exp.cast(exp.Literal.string("NaN"), "DOUBLE")),
    most_patterns=30,  # it caches 32 compiled ones; the 33rd in a query made it 14 times slower
)

SPARK = Dialect(
    name="spark",
    family=_first_match(
        [
            ("string|char|varchar", Family.TEXT),
            ("boolean", Family.BOOLEAN),
            ("tinyint|smallint|int|bigint|decimal", Family.NUMBER),
            ("float|double", Family.FLOAT),
            ("timestamp_ntz", Family.NAIVE),
            ("timestamp", Family.ZONED),  # an instant, whatever the session's time zone
            ("date", Family.DATE),
        ]
    ),
    folds="any",  # spark.sql.caseSensitive is off by default
    literal_suffix="Z",  # a text without one is read in the session's time zone
    from_zoned=_same,
    from_naive=_text_in_utc("Z"),  # its cast to TIMESTAMP reads in the session's time zone
    from_date=_text_in_utc(" 00:00:00Z"),
    nan=lambda value: exp.IsNan(this=value),
)

DIALECTS = {dialect.name: dialect for dialect in (DUCKDB, POSTGRESQL, SPARK)}
"""By name: what rules can be run on today."""
