"""Snowflake."""

from __future__ import annotations

from sqlglot import exp

from synth_expectations.engine.dialects.base import Dialect, StatementLimit, Status
from synth_expectations.engine.dialects.translations import call, cast
from synth_expectations.engine.schema import Family

_FAMILIES = {
    0: Family.DECIMAL,
    1: Family.FLOAT,
    2: Family.TEXT,
    3: Family.DATE,
    6: Family.ZONED,  # TIMESTAMP_LTZ
    7: Family.ZONED,  # TIMESTAMP_TZ
    8: Family.NAIVE,
    11: Family.BINARY,
    13: Family.BOOLEAN,
}
"""By the connector's `type_code`."""

_QUOTES = "the emulator takes a double quote in the name of a column for the end of it"


def _convert_to_utc(value: exp.Expr) -> exp.Expr:
    # with two arguments it keeps the zone, and the cast then drops it
    return exp.cast(call("CONVERT_TIMEZONE", exp.Literal.string("UTC"), value), "TIMESTAMPNTZ")


def _decode(value: exp.Expr) -> exp.Expr:
    """Return bytes as text, and as hexadecimal digits where they are no UTF-8; its cast always writes the digits."""
    digits = call("HEX_ENCODE", value)
    return exp.Coalesce(this=call("TRY_HEX_DECODE_STRING", digits), expressions=[digits.copy()])


def _find_position(text: exp.Expr, pattern: exp.Expr) -> exp.Expr:
    return exp.GT(this=call("REGEXP_INSTR", text, pattern), expression=exp.Literal.number(0))


DIALECT = Dialect(
    name="snowflake",
    status=Status.RENDERED,
    sqlglot="snowflake",
    package="snowflake-sqlalchemy",
    extra="snowflake",
    sample_address="snowflake://user:word@account/crm/public",
    doubles_percent=True,  # the connector puts parameters in with Python's `%`
    data_source_type="snowflake",
    emulator="fakesnow",
    gaps={
        "table_to_contain_no_synthetic_records: a column name with a space and quotes": _QUOTES,
        "records_to_be_tagged: every column name is quoted": _QUOTES,
        "synthetic_tags_to_persist: every column name is quoted": _QUOTES,
        "synthetic_provenance_to_be_well_formed: a number is no time": (
            "the emulator's whole numbers are decimals, and the message says so"
        ),
        "synthetic_provenance_to_be_well_formed: every writing of a moment that counts": (
            "the emulator reads at most six digits of a second"
        ),
        "synthetic_records_to_have_provenance: bytes are text in UTF-8, and blank where they are empty": (
            "the emulator writes a tab in bytes as its number"
        ),
    },
    type_family=lambda code: _FAMILIES.get(code, Family.OTHER),
    timestamp_type="TIMESTAMPNTZ",  # what TIMESTAMP is depends on TIMESTAMP_TYPE_MAPPING
    naive_type="TIMESTAMPNTZ",  # for the same reason
    from_zoned=_convert_to_utc,
    from_naive=cast("TIMESTAMPNTZ"),
    from_date=cast("TIMESTAMPNTZ"),
    decode=_decode,
    name_folding="upper",
    # it has no ISNAN; its NaN equals itself
    is_nan=lambda value: exp.EQ(this=value, expression=exp.cast(exp.Literal.string("NaN"), "DOUBLE")),
    regexp_like=_find_position,  # its REGEXP_LIKE asks whether the whole text matches
    any_character="(.|[\r\n])",  # its dot stops at the end of a line, unless a parameter says otherwise
    shares_subexpressions=True,
    # what AT (TIMESTAMP => ...) takes: https://docs.snowflake.com/en/sql-reference/constructs/at-before
    snapshot='SELECT TO_VARCHAR(SYSDATE(), \'YYYY-MM-DD"T"HH24:MI:SS.FF6"Z"\')',
    # whole seconds: https://docs.snowflake.com/sql-reference/parameters#statement-timeout-in-seconds
    statement_limit=StatementLimit(
        lambda ms: f"ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = {-(-ms // 1000)}",
        "ALTER SESSION UNSET STATEMENT_TIMEOUT_IN_SECONDS",
    ),
)
