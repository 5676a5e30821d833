"""Where engines differ: one line a difference, each with its reason. Rules never ask for the engine."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlglot import ErrorLevel, exp

from synth_expectations.engines.columns import Family
from synth_expectations.errors import ConditionError

REPEATS = "repeats"
"""How a text is marked that holds few different values: in columnar files they are a dictionary, and trimmed once each."""

Translation = Callable[[exp.Expr], exp.Expr]


def _call(function: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=function, expressions=list(arguments))


def _same(value: exp.Expr) -> exp.Expr:
    return value


def _cast(kind: str) -> Translation:
    return lambda value: exp.cast(value, kind)


def _text_in_utc(suffix: str) -> Translation:
    def cast(value: exp.Expr) -> exp.Expr:
        text = exp.DPipe(this=exp.cast(value, "TEXT"), expression=exp.Literal.string(suffix))
        return exp.cast(text, "TIMESTAMPLTZ")

    return cast


def _second_as_text(moment: exp.Expr) -> exp.Expr:
    return exp.cast(exp.TimestampTrunc(this=moment, unit=exp.var("SECOND")), "TEXT")


def _day_as_text(moment: exp.Expr) -> exp.Expr:
    return exp.cast(exp.cast(moment, "DATE"), "TEXT")


def _plus_intervals(moment: exp.Expr, months: int, rest: timedelta) -> exp.Expr:
    microseconds = rest // timedelta(microseconds=1)
    for count, unit in ((months, "MONTH"), (microseconds, "MICROSECOND")):
        if count:
            interval = exp.Interval(this=exp.Literal.string(str(count)), unit=exp.var(unit))
            moment = exp.paren(exp.Add(this=moment, expression=interval))
    return moment


_DAY = exp.Literal.number(timedelta(days=1) // timedelta(microseconds=1))


def _plus_microseconds(moment: exp.Expr, months: int, rest: timedelta) -> exp.Expr:
    """By the number of the day, which has no time zone, and the microseconds of that day."""
    since = _call("UNIX_MICROS", moment)
    of_day = _call("PMOD", since.copy(), _DAY.copy())
    number = _call("ROUND", exp.paren(since - of_day.copy()) / _DAY.copy())
    day = _call("ADD_MONTHS", _call("DATE_FROM_UNIX_DATE", exp.cast(number, "INT")), exp.Literal.number(months))
    microseconds = exp.Literal.number(rest // timedelta(microseconds=1))
    return _call("TIMESTAMP_MICROS", _call("UNIX_DATE", day) * _DAY.copy() + of_day + microseconds)


def _unless_printed_at_both_ends(trimmed: exp.Trim) -> exp.Expr:
    """A column's text as it is, where it starts and ends with a letter of ASCII; else trimmed."""
    value, first, last = trimmed.this, exp.Literal.string("!"), exp.Literal.string("~")
    ends = [value, _call("RIGHT", value.copy(), exp.Literal.number(1))]
    clean = exp.and_(*(exp.Between(this=each.copy(), low=first.copy(), high=last.copy()) for each in ends))
    return exp.Case().when(clean, value.copy()).else_(trimmed.copy())


@dataclass(frozen=True)
class Dialect:
    """What an engine does in its own way.

    Attributes:
        name: SQLAlchemy's name of it, or `spark`.
        family: the kind of value of a column, from the type that the engine reports.
        from_zoned: a value with zone, as a moment.
        from_naive: a value without zone, as a moment in UTC.
        from_date: a date, as the moment it begins in UTC.
        nan: whether a floating-point value is not a number.
        folds: how a name written without quotes is stored (see `Columns`).
        moment_type: the type of a moment in UTC.
        zoned_type: the type of a value with zone.
        literal_suffix: what a moment's text needs behind it to be read in UTC.
        needs_seconds: whether text without seconds must get some before it is read as a time.
        later: a moment plus months, then plus what is always equally long.
        second: a moment cut to its second, as text.
        day: the day of a moment in UTC, as text.
        dot_all: what a pattern begins with, where else its dot stops at the end of a line.
        end: what stands for the end of the text in a pattern.
        dollar: how `${` is written in a text.
        byte_length: the function for the number of bytes of a text.
        shares: whether values that many conditions read are computed once a row (see `sharing`).
        screens: whether a text is asked for a pattern before it is trimmed, and again only if it has it.
        trims: what a text trimmed by a list of characters is instead; None for that itself.
        fences: whether what a subquery computes must be kept from being computed again wherever it is read.
        most_patterns: how many regular expressions one query may hold; None for any.
    """

    name: str
    family: Callable[[Any], Family]
    from_zoned: Translation
    from_naive: Translation
    from_date: Translation
    nan: Translation
    folds: str | None = None
    moment_type: str = "TIMESTAMP"
    zoned_type: str = "TIMESTAMPTZ"
    literal_suffix: str = ""
    needs_seconds: bool = False
    later: Callable[[exp.Expr, int, timedelta], exp.Expr] = _plus_intervals
    second: Translation = _second_as_text
    day: Translation = _day_as_text
    dot_all: str = ""
    end: str = "$"
    dollar: str = "${"
    byte_length: str = "OCTET_LENGTH"
    shares: bool = False
    screens: bool = False
    trims: Callable[[exp.Trim], exp.Expr] | None = None
    fences: bool = False
    most_patterns: int | None = None

    @property
    def sqlglot(self) -> str:
        """What sqlglot calls it."""
        return {"postgresql": "postgres"}.get(self.name, self.name)

    def render(self, tree: exp.Expr) -> str:
        """The SQL of a lowered tree, names quoted.

        Raises:
            sqlglot.errors.UnsupportedError: the engine has no such thing.
        """
        adapted = tree.copy()
        for node in adapted.find_all(exp.RegexpLike, exp.RegexpReplace):
            node.set("expression", exp.Literal.string(self.pattern(node.expression.name)))
        for node in list(adapted.find_all(exp.ByteLength)):
            node.replace(_call(self.byte_length, node.this))
        if self.trims:
            for node in list(adapted.find_all(exp.Trim)):
                # anything else than a column would be computed four times
                if node.expression and isinstance(node.this, exp.Column) and not node.meta.get(REPEATS):
                    replaced = self.trims(node)
                    adapted = replaced if node is adapted else adapted
                    node.replace(replaced)
        if self.dollar != "${" and (odd := [each.name for each in tree.find_all(exp.Identifier) if "${" in each.name]):
            raise ConditionError(f"Column {odd[0]} holds ${{, which this engine reads as a variable.", "Rename it.")
        sql = adapted.sql(dialect=self.sqlglot, unsupported_level=ErrorLevel.RAISE)
        return sql.replace("${", self.dollar)

    def pattern(self, written: str) -> str:
        """A pattern so that it means the same here as elsewhere: a dot is any letter, the end is the end."""
        whole = written.removesuffix("$") + self.end if written.endswith("$") else written
        return self.dot_all + whole if "." in written.replace("[.]", "") else whole


def by_name(name: str) -> Dialect:
    """The dialect of an engine.

    Raises:
        ConditionError: we do not know the engine.
    """
    if name not in DIALECTS:
        raise ConditionError(f"No rules can be run on {name!r} yet.", f"Known: {', '.join(sorted(DIALECTS))}.")
    return DIALECTS[name]


def _by_whole_name(kinds: list[tuple[str, Family]]) -> Callable[[Any], Family]:
    # The whole name: `INTEGER[]` is no number, nor is an `INTERVAL`.
    compiled = [(re.compile(rf"({pattern})(\(.*\))?", re.IGNORECASE), family) for pattern, family in kinds]

    def family(kind: Any) -> Family:
        return next((each for pattern, each in compiled if pattern.fullmatch(str(kind))), Family.OTHER)

    return family


_POSTGRES_TYPES = {
    **dict.fromkeys((18, 19, 25, 1042, 1043), Family.TEXT),  # char, name, text, bpchar, varchar
    **dict.fromkeys((20, 21, 23, 26), Family.NUMBER),  # int8, int2, int4, oid
    **dict.fromkeys((700, 701, 1700), Family.FLOAT),  # float4, float8, and numeric, which may be NaN too
    16: Family.BOOLEAN,
    1082: Family.DATE,
    1114: Family.NAIVE,
    1184: Family.ZONED,
}

DUCKDB = Dialect(
    name="duckdb",
    family=_by_whole_name(
        [
            ("VARCHAR|TEXT|STRING|ENUM", Family.TEXT),
            ("BOOLEAN", Family.BOOLEAN),
            ("U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER", Family.NUMBER),
            ("DECIMAL", Family.DECIMAL),
            ("FLOAT|DOUBLE", Family.FLOAT),
            ("TIMESTAMP(_NS)? WITH TIME ZONE", Family.ZONED),
            ("TIMESTAMP(_S|_MS|_NS)?", Family.NAIVE),
            ("DATE", Family.DATE),
        ]
    ),
    folds="any",  # names are case-insensitive even in quotes
    # `AT TIME ZONE` goes through ICU, row by row; a moment with zone is microseconds since 1970 in UTC already.
    from_zoned=lambda value: _call("MAKE_TIMESTAMP", _call("EPOCH_US", value)),
    from_naive=_cast("TIMESTAMP"),  # TIMESTAMP_S, _MS and _NS too
    from_date=_cast("TIMESTAMP"),
    # ISNAN is folded to false by the statistics of Parquet files, which leave NaN out (DuckDB 2.0: NaN passed unseen).
    nan=lambda value: exp.paren(exp.and_(~_call("ISFINITE", value.copy()), ~_call("ISINF", value.copy()))),
    dot_all="(?s)",
    byte_length="STRLEN",  # its OCTET_LENGTH takes no text
    trims=_unless_printed_at_both_ends,  # trimming by a list of characters takes three times as long as looking
    shares=True,
    screens=True,  # trimming a text and finding no pattern in it takes twice as long as finding none in it as it is
)

POSTGRESQL = Dialect(
    name="postgresql",
    family=lambda oid: _POSTGRES_TYPES.get(oid, Family.OTHER),
    from_zoned=lambda value: exp.AtTimeZone(this=value, zone=exp.Literal.string("UTC")),
    from_naive=_same,
    from_date=_cast("TIMESTAMP"),
    # PostgreSQL has no isnan, and its NaN equals itself.
    nan=lambda value: exp.EQ(this=exp.cast(value, "DOUBLE"), expression=exp.cast(exp.Literal.string("NaN"), "DOUBLE")),
    shares=True,
    fences=True,  # it pulls subqueries up, and computes what they computed again wherever it is read
    most_patterns=30,  # it caches 32 compiled ones; the 33rd in a query made it 14 times slower
)

SPARK = Dialect(
    name="spark",
    family=_by_whole_name(
        [
            ("string|char|varchar", Family.TEXT),
            ("boolean", Family.BOOLEAN),
            ("tinyint|smallint|int|bigint", Family.NUMBER),
            ("decimal", Family.DECIMAL),
            ("float|double", Family.FLOAT),
            ("timestamp_ntz", Family.NAIVE),
            ("timestamp", Family.ZONED),  # an instant, whatever the session's time zone
            ("date", Family.DATE),
        ]
    ),
    folds="any",  # unless spark.sql.caseSensitive is on
    moment_type="TIMESTAMPLTZ",  # what TIMESTAMP is depends on spark.sql.timestampType
    zoned_type="TIMESTAMPLTZ",
    literal_suffix="Z",  # a text without one is read in the session's time zone
    needs_seconds=True,  # `09:30Z` cannot be cast
    from_zoned=_same,
    from_naive=_text_in_utc("Z"),  # its cast to TIMESTAMP reads in the session's time zone
    from_date=_text_in_utc(" 00:00:00Z"),
    nan=lambda value: exp.IsNan(this=value),
    later=_plus_microseconds,  # months are added in the session's time zone, where another day may be the last
    # Casts to text and date show the session's time zone, in which one hour of the year comes twice.
    second=lambda moment: exp.cast(_call("UNIX_SECONDS", moment), "TEXT"),
    day=lambda moment: exp.cast(_call("FLOOR", _call("UNIX_SECONDS", moment) / exp.Literal.number(86400)), "TEXT"),
    dot_all="(?s)",
    end="(?![^a]|a)",  # Java's `$` lets a line end follow
    dollar="\\u0024{",  # `${x}` is a variable, also within quotes
    shares=True,
)

DIALECTS = {dialect.name: dialect for dialect in (DUCKDB, POSTGRESQL, SPARK)}
"""By name: what rules can be run on today."""
