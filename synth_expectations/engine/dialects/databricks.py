"""Databricks SQL: Spark's SQL behind an address."""

from __future__ import annotations

from dataclasses import replace

from synth_expectations.engine.dialects.base import StatementLimit, Status
from synth_expectations.engine.dialects.spark import DIALECT as SPARK

DIALECT = replace(
    SPARK,
    name="databricks",
    status=Status.RENDERED,
    sqlglot="databricks",
    package="databricks-sqlalchemy",
    extra="databricks",
    sample_address="databricks://token:word@host?http_path=path&catalog=crm&schema=public",
    data_source_type="databricks_sql",
    strict_address=True,  # addresses without http_path, catalog and schema
    is_interrupted=False,
    # whole seconds: https://docs.databricks.com/sql/language-manual/parameters/statement_timeout.html
    statement_limit=StatementLimit(lambda ms: f"SET STATEMENT_TIMEOUT = {-(-ms // 1000)}", "RESET STATEMENT_TIMEOUT"),
)
