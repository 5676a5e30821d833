"""Spark SQL, over DataFrames."""

from __future__ import annotations

from datetime import timedelta

from sqlglot import exp

from synth_expectations.engine.dialects.base import Dialect, Status
from synth_expectations.engine.dialects.translations import (
    Translation,
    begins_and_ends,
    call,
    cast,
    is_plain_key,
    is_printable,
    keep,
    match_type_names,
)
from synth_expectations.engine.schema import Family
from synth_expectations.engine.trees import choose, enclose
from synth_expectations.rules.folding import compositions

_DAY = exp.Literal.number(timedelta(days=1) // timedelta(microseconds=1))


def _cast_text_in_utc(suffix: str) -> Translation:
    """Return the translation of a value to a timestamp by way of its text, with a suffix that says UTC."""

    def cast_text(value: exp.Expr) -> exp.Expr:
        text = exp.DPipe(this=exp.cast(value, "TEXT"), expression=exp.Literal.string(suffix))
        return exp.cast(text, "TIMESTAMPLTZ")

    return cast_text


def _add_microseconds(timestamp: exp.Expr, months: int, rest: timedelta) -> exp.Expr:
    """Return a timestamp plus a duration by the number of its day, which has no zone, and its microseconds."""
    since_epoch = call("UNIX_MICROS", timestamp)
    of_day = call("PMOD", since_epoch.copy(), _DAY.copy())
    number = call("ROUND", enclose(since_epoch - of_day.copy()) / _DAY.copy())
    day = call("ADD_MONTHS", call("DATE_FROM_UNIX_DATE", exp.cast(number, "INT")), exp.Literal.number(months))
    microseconds = exp.Literal.number(rest // timedelta(microseconds=1))
    return call("TIMESTAMP_MICROS", call("UNIX_DATE", day) * _DAY.copy() + of_day + microseconds)


_PARTS = [[exp.Literal.number(start), exp.Literal.number(length)] for start, length in ((1, 2), (3, 1))]


def _compose(text: exp.Expr) -> exp.Expr:
    """Return a text with its letters and marks composed, pair by pair, if it has a mark: Spark has no function for it."""
    pairs = " ".join(pair + letter for pair, letter in compositions())
    replaced = call("REPLACE", exp.column("t"), *(call("SUBSTRING", exp.column("p"), *part) for part in _PARTS))
    step = exp.Lambda(this=replaced, expressions=[exp.to_identifier("t"), exp.to_identifier("p")])
    composed = call("AGGREGATE", call("SPLIT", exp.Literal.string(pairs), exp.Literal.string(" ")), text, step)
    marks = "".join(sorted({pair[1] for pair, _ in compositions()}))
    has_marks = exp.RegexpLike(this=text.copy(), expression=exp.Literal.string(f"[{marks}]"))
    return choose((has_marks, composed), otherwise=text.copy())


def _list_ends(text: exp.Expr) -> list[exp.Expr]:
    """Return a text, which Spark compares by bytes, and its last character."""
    return [text.copy(), call("SUBSTRING", text.copy(), exp.Literal.number(-1))]


def _is_trimmed(text: exp.Expr) -> exp.Expr:
    """Return whether a text begins and ends with a printable ASCII character."""
    return begins_and_ends(_list_ends(text), "!")


def _compute_once(value: exp.Expr, function: Translation) -> exp.Expr:
    """Return a function of a value, as that of the one element of an array.

    Written out, it is so much Java that the Java virtual machine no longer compiles it, and interprets the whole scan.
    """
    element = exp.column("synth_v")
    applied = exp.Lambda(this=function(element), expressions=[element.this.copy()])
    return call("ELEMENT_AT", call("TRANSFORM", call("ARRAY", value), applied), exp.Literal.number(1))


def _trim_unless_clean(trim: exp.Trim) -> exp.Expr:
    """Return a column's text as it is where it begins and ends with a printable ASCII character; else trimmed."""
    if not isinstance(trim.this, exp.Column):  # anything else would be computed four times
        return trim.copy()
    return choose((_is_trimmed(trim.this), trim.this.copy()), otherwise=trim.copy())


DIALECT = Dialect(
    name="spark",
    status=Status.PROVEN,
    sqlglot="spark",
    package="pyspark",
    extra="spark",
    type_family=match_type_names(
        [
            ("string|char|varchar", Family.TEXT),
            ("boolean", Family.BOOLEAN),
            ("tinyint|smallint|int|bigint", Family.NUMBER),
            ("decimal", Family.DECIMAL),
            ("float|double", Family.FLOAT),
            ("timestamp_ntz", Family.NAIVE),
            ("timestamp", Family.ZONED),  # an instant, whatever the session's time zone
            ("date", Family.DATE),
            ("binary", Family.BINARY),  # its cast to text never fails
            ("void", Family.NOTHING),
        ]
    ),
    timestamp_type="TIMESTAMPLTZ",  # what TIMESTAMP is depends on spark.sql.timestampType
    naive_type="TIMESTAMPNTZ",  # for the same reason
    from_zoned=keep,
    from_naive=_cast_text_in_utc("Z"),  # its cast to TIMESTAMP reads in the session's time zone
    from_date=_cast_text_in_utc(" 00:00:00Z"),  # for the same reason
    from_text=cast("TIMESTAMPLTZ"),  # as timestamp_type
    literal_suffix="Z",  # a text without one is read in the session's time zone
    empty_values=("[]", "{}"),  # arrays and maps
    map_sign=" -> ",
    second_digits=9,  # it cuts off those after the sixth
    needs_seconds=True,  # `09:30Z` cannot be cast
    name_folding="any",  # unless spark.sql.caseSensitive is on
    is_nan=lambda value: exp.IsNan(this=value),
    add_duration=_add_microseconds,  # months are added in the session's time zone, where another day may be the last
    # Casts to text and date show the session's time zone, in which one hour of the year comes twice.
    format_second=lambda timestamp: exp.cast(call("UNIX_SECONDS", timestamp), "TEXT"),
    format_day=lambda timestamp: exp.cast(
        call("FLOOR", call("UNIX_SECONDS", timestamp) / exp.Literal.number(86400)), "TEXT"
    ),
    dot_all="(?s)",  # Java's dot stops at the end of a line
    compose_any=_compose,
    pattern_end="(?![^a]|a)",  # Java's `$` lets a line end follow
    dollar_brace="\\u0024{",  # `${x}` is a variable, also within quotes
    is_trimmed=_is_trimmed,
    is_surely_given=is_printable,
    is_plain_key=lambda key, longest_nothing: is_plain_key(key, longest_nothing, "OCTET_LENGTH", _list_ends(key)),
    compute_once=_compute_once,
    trim=_trim_unless_clean,  # trimming by a list of characters looks up each letter in the list, from both ends
    keeps_dictionaries=False,  # values are computed row by row
    is_interrupted=True,  # it has no setting for it; a session cancels the jobs of a tag
    shares_subexpressions=True,
    prefilter="endings",  # Java tries one alternative after the other
)
