"""BigQuery."""

from __future__ import annotations

from datetime import timedelta

from sqlglot import exp

from synth_expectations.engine.dialects.base import Dialect, Status
from synth_expectations.engine.dialects.translations import call, call_of, compose_by_normalize, keep, match_type_names
from synth_expectations.engine.schema import Family


def _add_to_datetime(timestamp: exp.Expr, months: int, rest: timedelta) -> exp.Expr:
    for count, unit in ((months, "MONTH"), (rest // timedelta(microseconds=1), "MICROSECOND")):
        if count:
            timestamp = exp.DatetimeAdd(this=timestamp, expression=exp.Literal.number(count), unit=exp.var(unit))
    return timestamp


def _decode(value: exp.Expr) -> exp.Expr:
    """Return bytes as text, and as hexadecimal digits where they are no UTF-8: its cast fails there."""
    text = call("SAFE_CONVERT_BYTES_TO_STRING", value)
    return exp.Coalesce(this=text, expressions=[call("TO_HEX", value.copy())])


DIALECT = Dialect(
    name="bigquery",
    status=Status.RENDERED,
    sqlglot="bigquery",
    package="sqlalchemy-bigquery",
    extra="bigquery",
    sample_address="bigquery://project/crm",
    doubles_percent=True,  # the driver puts parameters in with Python's `%`
    data_source_type="bigquery",
    forbidden_in_names=".",  # it takes the dot for that between a record and its field
    type_family=match_type_names(
        [
            ("STRING", Family.TEXT),
            ("BYTES", Family.BINARY),
            ("BOOL(EAN)?", Family.BOOLEAN),
            ("INT64|INTEGER", Family.NUMBER),
            ("(BIG)?NUMERIC", Family.DECIMAL),
            ("FLOAT(64)?", Family.FLOAT),
            ("TIMESTAMP", Family.ZONED),
            ("DATETIME", Family.NAIVE),
            ("DATE", Family.DATE),
        ]
    ),
    # A DATETIME has no zone, and months can be added to it; to a TIMESTAMP they cannot.
    timestamp_type="DATETIME",
    naive_type="DATETIME",
    from_zoned=lambda value: call("DATETIME", value, exp.Literal.string("UTC")),
    from_naive=keep,
    from_date=call_of("DATETIME"),
    # its TIMESTAMP has a zone; sqlglot reads the name without one unless the dialect is named
    from_text=lambda value: exp.cast(value, exp.DataType.build("TIMESTAMP", dialect="bigquery")),
    needs_seconds=True,  # `09:30Z` cannot be cast
    decode=_decode,
    name_folding="any",  # names of columns are case-insensitive even in quotes
    is_nan=lambda value: exp.IsNan(this=value),
    add_duration=_add_to_datetime,  # it adds no interval of microseconds to a DATETIME by `+`
    # its TIMESTAMP_TRUNC takes no DATETIME
    format_second=lambda timestamp: exp.cast(call("DATETIME_TRUNC", timestamp, exp.var("SECOND")), "TEXT"),
    compose=compose_by_normalize,
    sha256=lambda text: call("TO_HEX", call("SHA256", text)),
    byte_length=call_of("BYTE_LENGTH"),
    dot_all="(?s)",  # RE2's dot stops at the end of a line
    shares_subexpressions=True,
)
