"""Which engines rules can be run on, and why on others they cannot."""

from __future__ import annotations

from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.proven import DUCKDB, POSTGRESQL, SPARK
from synth_expectations.engine.dialects.warehouses import BIGQUERY, DATABRICKS, REDSHIFT, SNOWFLAKE, TRINO
from synth_expectations.errors import ConditionError

PROVEN = {dialect.name: dialect for dialect in (DUCKDB, POSTGRESQL, SPARK)}
"""By name: what every case is run on."""

RENDERED = {dialect.name: dialect for dialect in (SNOWFLAKE, BIGQUERY, REDSHIFT, DATABRICKS, TRINO)}
"""By name: what every expectation's SQL is written for and read back."""

DIALECTS = {**PROVEN, **RENDERED}
"""By name: what rules can be run on."""

NOT_SUPPORTED = {
    "mssql": "SQL Server: T-SQL has no regular expressions (before SQL Server 2025)",
    "mysql": "MySQL: its `||` means `or`, and its timestamps have no time zone",
    "mariadb": "MariaDB: its `||` means `or`, and its timestamps have no time zone",
    "oracle": "Oracle: it takes an empty text for NULL",
    "sqlite": "SQLite: it has no regular expressions of its own, and its moments are text",
}
"""By SQLAlchemy's name: what rules cannot be run on, with the reason."""


INSTEAD = f"Known are {', '.join(sorted(DIALECTS))}; or write the tables to Parquet, and check these."
"""What to do where no rules can be run."""


def by_name(name: str) -> Dialect:
    """The dialect of an engine.

    Raises:
        ConditionError: no rules can be run on it.
    """
    if name not in DIALECTS:
        raise ConditionError(f"No rules can be run on {NOT_SUPPORTED.get(name, repr(name))}.", INSTEAD)
    return DIALECTS[name]
