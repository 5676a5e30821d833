"""PostgreSQL."""

from __future__ import annotations

from synth_expectations.engine.dialects.base import Dialect, Status
from synth_expectations.engine.dialects.translations import cast, equals_nan, keep, to_utc
from synth_expectations.engine.schema import Family

FAMILIES = {
    **dict.fromkeys((18, 19, 25, 1042, 1043), Family.TEXT),  # char, name, text, bpchar, varchar
    **dict.fromkeys((20, 21, 23, 26), Family.NUMBER),  # int8, int2, int4, oid
    **dict.fromkeys((700, 701, 1700), Family.FLOAT),  # float4, float8, and numeric, which may be NaN too
    16: Family.BOOLEAN,
    1082: Family.DATE,
    1114: Family.NAIVE,
    1184: Family.ZONED,
}
"""By the type's OID."""

DIALECT = Dialect(
    name="postgresql",
    status=Status.PROVEN,
    sqlglot="postgres",
    package="psycopg[binary]",
    extra="postgres",
    sample_address="postgresql+psycopg://user:word@host/crm",
    doubles_percent=True,  # psycopg reads one as the start of a parameter
    data_source_type="postgres",
    strict_address=True,  # addresses of Unix sockets
    quotes_capitals=True,  # it folds a name without quotes to small letters, and compares exactly
    type_family=lambda oid: FAMILIES.get(oid, Family.OTHER),
    from_zoned=to_utc,
    from_naive=keep,
    from_date=cast("TIMESTAMP"),
    is_nan=equals_nan,  # it has no ISNAN, and its NaN equals itself
    # https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-ROW-SECURITY
    row_security_off="SET LOCAL row_security = off",
    shares_subexpressions=True,
    prefilter="words",  # trimming is costly beside lower case, a pattern three times as much as four words
    # It pulls subqueries up, and computes what they computed again wherever it is read. In quotes: a number is made a
    # bigint so late that the planner thinks of a limit, under which no workers read in parallel.
    optimizer_fence="'0'",
    reads_distinct_values=True,  # trimming and lower case take four times as long as reading a record
    rules_worth_a_scan=3,  # a condition is computed anew wherever it stands: what rows share is worth a scan
    max_patterns=30,  # it caches 32 compiled ones; the 33rd in a query made it 14 times slower
)
