"""The data source beside one of Great Expectations that has its short name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import great_expectations as gx
import pytest

from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from tests.gx.datasources.duckdb.reading import write

THEIRS = """
import warnings
from typing import Literal
import great_expectations as gx, great_expectations.expectations as gxe
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource, TableAsset
from great_expectations.execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    "Stands for that of Great Expectations."


class DuckDBDatasource(SQLDatasource):
    "Stands for that of Great Expectations."
    asset_types = [TableAsset]
    type: Literal["duckdb"] = "duckdb"

    @property
    def execution_engine_type(self):
        return DuckDBExecutionEngine


class TheirTypes(TableMetricProvider):
    metric_name = "table.column_types"
    value_keys = ("include_nested",)

    @metric_value(engine=DuckDBExecutionEngine)
    def _duckdb(cls, **_):
        raise AssertionError("a metric of theirs, on our engine")


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    import synth_expectations.gx
said = [str(warning.message) for warning in caught if "duckdb_parquet" in str(warning.message)]
assert len(said) == 1 and "add_duckdb_parquet" in said[0], said
sources = gx.get_context(mode="ephemeral").data_sources
theirs = sources.add_duckdb("theirs", connection_string="duckdb:///:memory:")
assert type(theirs) is DuckDBDatasource
ours = sources.add_duckdb_parquet("ours", path=LAKE)
assert type(ours) is synth_expectations.gx.DuckDBDatasource
ours.add_parquet_asset("record", "*.parquet")
batch = ours.get_asset("record").add_batch_definition_whole_table("all").get_batch()
result = batch.validate(gxe.ExpectColumnTypeToBe(column="Id", type_="bigint"))
assert result.success, result
"""


@pytest.mark.full
def test_ours_steps_aside_and_says_so(tmp_path: Path) -> None:
    write(tmp_path / "record.parquet", Id=[1])
    script = THEIRS.replace("LAKE", repr(str(tmp_path)))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_both_names_are_one_data_source(tmp_path: Path) -> None:
    sources = gx.get_context(mode="ephemeral").data_sources
    short = sources.add_duckdb("short", path=str(tmp_path))
    assert isinstance(short, DuckDBDatasource)
    assert isinstance(sources.add_duckdb_parquet("long", path=str(tmp_path)), DuckDBDatasource)
    assert (short.type, sources.get("long").type) == ("duckdb", "duckdb_parquet")
