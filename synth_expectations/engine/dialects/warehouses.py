"""Warehouses whose SQL is written and read back, but not run in our tests: one line a difference, each with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlglot import exp

from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.proven import POSTGRES_TYPES, SPARK
from synth_expectations.engine.dialects.translations import by_whole_name, call, call_of, cast, same
from synth_expectations.engine.schema import Family

_SNOWFLAKE_TYPES = {
    0: Family.DECIMAL,
    1: Family.FLOAT,
    2: Family.TEXT,
    3: Family.DATE,
    6: Family.ZONED,  # TIMESTAMP_LTZ
    7: Family.ZONED,  # TIMESTAMP_TZ
    8: Family.NAIVE,
    13: Family.BOOLEAN,
}
"""By the connector's `type_code`."""


def _found_by_position(text: exp.Expr, pattern: exp.Expr) -> exp.Expr:
    return exp.GT(this=call("REGEXP_INSTR", text, pattern), expression=exp.Literal.number(0))


def _at_zero_hours(function: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.cast(call(function, *arguments), "TIMESTAMPNTZ")


def _plus_with_datetime_add(moment: exp.Expr, months: int, rest: timedelta) -> exp.Expr:
    for count, unit in ((months, "MONTH"), (rest // timedelta(microseconds=1), "MICROSECOND")):
        if count:
            moment = exp.DatetimeAdd(this=moment, expression=exp.Literal.number(count), unit=exp.var(unit))
    return moment


def _plus_with_date_add(moment: exp.Expr, months: int, rest: timedelta) -> exp.Expr:
    for count, unit in ((months, "month"), (rest // timedelta(milliseconds=1), "millisecond")):
        if count:
            moment = call("DATE_ADD", exp.Literal.string(unit), exp.Literal.number(count), moment)
    return moment


SNOWFLAKE = Dialect(
    name="snowflake",
    family=lambda code: _SNOWFLAKE_TYPES.get(code, Family.OTHER),
    folds="upper",
    moment_type="TIMESTAMPNTZ",  # what TIMESTAMP is depends on TIMESTAMP_TYPE_MAPPING
    naive_type="TIMESTAMPNTZ",  # for the same reason
    # with two arguments it keeps the zone, and the cast then drops it
    from_zoned=lambda value: _at_zero_hours("CONVERT_TIMEZONE", exp.Literal.string("UTC"), value),
    from_naive=cast("TIMESTAMPNTZ"),
    from_date=cast("TIMESTAMPNTZ"),
    # it has no isnan; its NaN equals itself
    nan=lambda value: exp.EQ(this=value, expression=exp.cast(exp.Literal.string("NaN"), "DOUBLE")),
    matches=_found_by_position,  # its REGEXP_LIKE asks whether the whole text matches
    any_letter="(.|[\r\n])",  # its dot stops at the end of a line, unless a parameter says otherwise
    shares=True,
)

BIGQUERY = Dialect(
    name="bigquery",
    family=by_whole_name(
        [
            ("STRING", Family.TEXT),
            ("BOOL(EAN)?", Family.BOOLEAN),
            ("INT64|INTEGER", Family.NUMBER),
            ("(BIG)?NUMERIC", Family.DECIMAL),
            ("FLOAT(64)?", Family.FLOAT),
            ("TIMESTAMP", Family.ZONED),
            ("DATETIME", Family.NAIVE),
            ("DATE", Family.DATE),
        ]
    ),
    folds="any",
    # A DATETIME has no zone, and months can be added to it; to a TIMESTAMP they cannot.
    moment_type="DATETIME",
    naive_type="DATETIME",
    needs_seconds=True,  # `09:30Z` cannot be cast
    from_text=lambda value: exp.cast(value, exp.DataType.build("TIMESTAMP", dialect="bigquery")),
    from_zoned=lambda value: call("DATETIME", value, exp.Literal.string("UTC")),
    from_naive=same,
    from_date=call_of("DATETIME"),
    nan=lambda value: exp.IsNan(this=value),
    later=_plus_with_datetime_add,
    second=lambda moment: exp.cast(call("DATETIME_TRUNC", moment, exp.var("SECOND")), "TEXT"),
    dot_all="(?s)",
    byte_length=call_of("BYTE_LENGTH"),
    shares=True,
)

REDSHIFT = Dialect(
    name="redshift",
    family=lambda oid: POSTGRES_TYPES.get(oid, Family.OTHER),
    from_zoned=lambda value: exp.AtTimeZone(this=value, zone=exp.Literal.string("UTC")),
    from_naive=same,
    from_date=cast("TIMESTAMP"),
    nan=lambda value: exp.EQ(this=exp.cast(value, "DOUBLE"), expression=exp.cast(exp.Literal.string("NaN"), "DOUBLE")),
    replaced=lambda node: call("REGEXP_REPLACE", node.this, node.expression, node.args["replacement"]),  # no `g`
    any_letter="(.|[\r\n])",  # its manual does not say whether a dot goes past the end of a line
    shares=True,
)

DATABRICKS = replace(SPARK, name="databricks")

TRINO = Dialect(
    name="trino",
    family=by_whole_name(
        [
            ("varchar|char", Family.TEXT),
            ("boolean", Family.BOOLEAN),
            ("tinyint|smallint|integer|bigint", Family.NUMBER),
            ("decimal", Family.DECIMAL),
            ("real|double", Family.FLOAT),
            (r"timestamp(\(\d+\))? with time zone", Family.ZONED),
            ("timestamp", Family.NAIVE),
            ("date", Family.DATE),
        ]
    ),
    folds="any",
    moment_type="TIMESTAMP(6)",  # without a precision it holds milliseconds
    naive_type="TIMESTAMP(6)",
    from_text=lambda value: call(
        # its cast takes no `T`, this function no space
        "FROM_ISO8601_TIMESTAMP_NANOS",
        call("REPLACE", value, exp.Literal.string(" "), exp.Literal.string("T")),
    ),
    from_zoned=lambda value: exp.cast(
        exp.AtTimeZone(this=value, zone=exp.Literal.string("UTC")), exp.DataType.build("TIMESTAMP(6)")
    ),
    from_naive=cast("TIMESTAMP(6)"),
    from_date=cast("TIMESTAMP(6)"),
    nan=call_of("IS_NAN"),
    later=_plus_with_date_add,  # its intervals of days hold milliseconds
    dot_all="(?s)",
    end="\\z",  # Java's `$` lets a line end follow
    byte_length=lambda value: call("LENGTH", call("TO_UTF8", value)),
    shares=True,
)
