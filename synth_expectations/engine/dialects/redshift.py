"""Amazon Redshift."""

from __future__ import annotations

from synth_expectations.engine.dialects.base import Dialect, StatementLimit, Status
from synth_expectations.engine.dialects.postgresql import FAMILIES
from synth_expectations.engine.dialects.translations import call, cast, equals_nan, keep, to_utc
from synth_expectations.engine.schema import Family

_FAMILIES = FAMILIES | {6551: Family.BINARY}
"""By the type's OID, as in PostgreSQL, whose protocol it speaks.

6551 is VARBYTE (`Oid.VARBYTE` of Redshift's JDBC driver), of which a cast to text reads UTF-8:
https://docs.aws.amazon.com/redshift/latest/dg/r_VARBYTE_type.html
"""

DIALECT = Dialect(
    name="redshift",
    status=Status.RENDERED,
    sqlglot="redshift",
    package="sqlalchemy-redshift",
    extra="redshift",
    sample_address="redshift+psycopg2://user:word@host/crm",
    doubles_percent=True,  # psycopg2 reads one as the start of a parameter
    data_source_type="redshift",
    type_family=lambda oid: _FAMILIES.get(oid, Family.OTHER),
    from_zoned=to_utc,
    from_naive=keep,
    from_date=cast("TIMESTAMP"),
    is_nan=equals_nan,  # as PostgreSQL, which it comes from
    # its function replaces every match, and takes no `g`
    regexp_replace=lambda node: call("REGEXP_REPLACE", node.this, node.expression, node.args["replacement"]),
    any_character="(.|[\r\n])",  # its manual does not say whether a dot goes past the end of a line
    shares_subexpressions=True,
    # milliseconds: https://docs.aws.amazon.com/redshift/latest/dg/r_statement_timeout.html
    statement_limit=StatementLimit("SET statement_timeout TO {}".format, "RESET statement_timeout"),
)
