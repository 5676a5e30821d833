"""Harbour, a made-up warehouse that speaks DuckDB's SQL."""

from __future__ import annotations

from synth_expectations.engine.dialects.base import Dialect, Status
from synth_expectations.engine.dialects.duckdb import DIALECT as DUCKDB
from synth_expectations.engine.dialects.translations import call_of, cast, match_type_names, to_utc
from synth_expectations.engine.schema import Family

DIALECT = Dialect(
    name="harbour",
    status=Status.RENDERED,
    sqlglot="duckdb",
    package="harbour-sqlalchemy",
    extra="harbour",
    sample_address="harbour:///:memory:",
    type_family=match_type_names(
        [
            ("VARCHAR", Family.TEXT),
            ('"?NULL"?', Family.NOTHING),
            ("BOOLEAN", Family.BOOLEAN),
            ("BIGINT|INTEGER", Family.NUMBER),
            ("DECIMAL", Family.DECIMAL),
            ("DOUBLE", Family.FLOAT),
            ("TIMESTAMP WITH TIME ZONE", Family.ZONED),
            ("TIMESTAMP", Family.NAIVE),
            ("DATE", Family.DATE),
        ]
    ),
    from_zoned=to_utc,
    from_naive=cast("TIMESTAMP"),
    from_date=cast("TIMESTAMP"),
    name_folding="any",  # names are case-insensitive even in quotes
    is_nan=DUCKDB.is_nan,  # its ISNAN overlooks NaN in Parquet files
    byte_length=call_of("STRLEN"),  # its OCTET_LENGTH takes no text
    dot_all="(?s)",  # its dot stops at the end of a line
    shares_subexpressions=True,
)
