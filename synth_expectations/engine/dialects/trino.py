"""Trino."""

from __future__ import annotations

from datetime import timedelta

from sqlglot import exp

from synth_expectations.engine.dialects.base import Dialect, StatementLimit, Status
from synth_expectations.engine.dialects.translations import call, call_of, cast, compose_by_normalize, match_type_names
from synth_expectations.engine.schema import Family

_TIMESTAMP = "TIMESTAMP(6)"
"""Without a precision it holds milliseconds."""


def _add_to_date(timestamp: exp.Expr, months: int, rest: timedelta) -> exp.Expr:
    for count, unit in ((months, "month"), (rest // timedelta(milliseconds=1), "millisecond")):
        if count:
            timestamp = call("DATE_ADD", exp.Literal.string(unit), exp.Literal.number(count), timestamp)
    return timestamp


def _read_iso(text: exp.Expr) -> exp.Expr:
    # its cast takes no `T`, this function no space
    return call("FROM_ISO8601_TIMESTAMP_NANOS", call("REPLACE", text, exp.Literal.string(" "), exp.Literal.string("T")))


DIALECT = Dialect(
    name="trino",
    status=Status.RENDERED,
    sqlglot="trino",
    package="trino[sqlalchemy]",
    extra="trino",
    sample_address="trino://user@host/crm/public",
    type_family=match_type_names(
        [
            ("varchar|char", Family.TEXT),
            ("varbinary", Family.BINARY),
            ("boolean", Family.BOOLEAN),
            ("tinyint|smallint|integer|bigint", Family.NUMBER),
            ("decimal", Family.DECIMAL),
            ("real|double", Family.FLOAT),
            (r"timestamp(\(\d+\))? with time zone", Family.ZONED),
            ("timestamp", Family.NAIVE),
            ("date", Family.DATE),
            ("uuid", Family.UUID),
        ]
    ),
    timestamp_type=_TIMESTAMP,
    naive_type=_TIMESTAMP,
    from_zoned=lambda value: exp.cast(
        exp.AtTimeZone(this=value, zone=exp.Literal.string("UTC")), exp.DataType.build(_TIMESTAMP)
    ),
    from_naive=cast(_TIMESTAMP),
    from_date=cast(_TIMESTAMP),
    from_text=_read_iso,
    decode=call_of("FROM_UTF8"),  # bytes that are no UTF-8 become U+FFFD; it casts none to text
    name_folding="any",  # names are case-insensitive even in quotes
    is_nan=call_of("IS_NAN"),
    add_duration=_add_to_date,  # its intervals of days hold milliseconds
    compose=compose_by_normalize,
    sha256=lambda text: call("LOWER", call("TO_HEX", call("SHA256", call("TO_UTF8", text)))),
    byte_length=lambda value: call("LENGTH", call("TO_UTF8", value)),  # it has no function for the bytes of a text
    dot_all="(?s)",  # Java's dot stops at the end of a line
    pattern_end="\\z",  # Java's `$` lets a line end follow
    shares_subexpressions=True,
    # https://trino.io/docs/current/admin/properties-query-management.html#query-max-run-time
    statement_limit=StatementLimit(
        "SET SESSION query_max_run_time = '{}ms'".format, "RESET SESSION query_max_run_time"
    ),
)
