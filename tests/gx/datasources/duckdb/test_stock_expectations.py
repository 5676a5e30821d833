"""Every expectation of Great Expectations on DuckDB does what docs/stock_expectations.md says of it."""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import pytest
import sqlalchemy as sa
from great_expectations.expectations.registry import get_expectation_impl
from packaging.version import Version

from synth_expectations.gx import EXPECTATIONS as OURS
from tests.gx.datasources.stock import EXPECTATIONS, add_tables, find_differences, write_tables
from tools.docs.stock import class_name
from tools.gx_expectations import FILE, arguments_of, installed_types


@pytest.fixture
def data(tmp_path: Path) -> Any:
    write_tables(tmp_path)
    return add_tables(gx.get_context(mode="ephemeral").data_sources.add_duckdb("lake", path=str(tmp_path)))


def test_each_does_what_is_said_of_it(data: Any) -> None:
    assert sorted(EXPECTATIONS) == installed_types()
    assert [class_name(name) for name in EXPECTATIONS] == [get_expectation_impl(name).__name__ for name in EXPECTATIONS]
    assert find_differences(data, "duckdb") == []


def test_the_compiler_knows_the_arguments_of_each() -> None:
    assert json.loads(FILE.read_text())["types"] == {name: arguments_of(name) for name in installed_types()}


def test_a_word_of_a_pattern_is_ascii(data: Any) -> None:
    query = data.data_asset.datasource.add_query_asset("q", "SELECT 'Müller' AS name")
    batch = query.add_batch_definition_whole_table("all").get_batch()
    assert not batch.validate(gxe.ExpectColumnValuesToMatchRegex(column="name", regex=r"^\w+$")).success
    assert batch.validate(gxe.ExpectColumnValuesToMatchRegex(column="name", regex=r"^[\p{L}\d_]+$")).success


def validate(data: Any, *expectations: Any) -> list[Any]:
    """Return the results of a validation definition, which Great Expectations' own store has taken."""
    context = data.data_asset.datasource.data_context
    suite = context.suites.add(gx.ExpectationSuite("s", expectations=list(expectations)))
    definition = context.validation_definitions.add(gx.ValidationDefinition(name="v", data=data, suite=suite))
    return list(definition.run(result_format="COMPLETE").results)


def test_a_span_of_time_does_not_stop_the_store(data: Any) -> None:
    query = "SELECT Id, INTERVAL 1 DAY AS span, [INTERVAL 2 HOUR] AS spans, 'false' AS is_synthetic FROM record"
    asset = data.data_asset.datasource.add_query_asset("spans", query).add_batch_definition_whole_table("all")
    results = validate(
        asset,
        gxe.ExpectColumnValuesToBeNull(column="span"),
        gxe.ExpectColumnMaxToBeBetween(column="span"),
        gxe.UnexpectedRowsExpectation(unexpected_rows_query="SELECT * FROM {batch}"),
        OURS["ExpectTableToContainNoSyntheticRecords"](marker_column="is_synthetic", record_key="Id"),
    )
    assert sorted(bool(result.success) for result in results) == [False, False, True, True]
    assert not [result for result in results if result.exception_info.get("raised_exception") is not False]


OLDER = Version(sa.__version__) < Version("2.1") and Version(version("marshmallow")) < Version("4")
needs_bounds = pytest.mark.skipif(not OLDER, reason="newer releases than pyproject.toml allows, which says why")


@needs_bounds
def test_a_row_condition_works_with_each(data: Any) -> None:
    conditions = {"row_condition": 'col("Id") > 1', "condition_parser": "great_expectations"}
    results = validate(
        data,
        gxe.ExpectColumnMedianToBeBetween(column="amount", min_value=3, max_value=3, **conditions),
        gxe.ExpectColumnDistinctValuesToBeInSet(column="name", value_set=["Bob", "Cy", "Dee", "Eve"], **conditions),
        gxe.ExpectColumnQuantileValuesToBeBetween(
            column="Id", quantile_ranges={"quantiles": [0.0], "value_ranges": [[2, 2]]}, **conditions
        ),
    )
    assert [bool(result.success) for result in results] == [True, True, True], results


@needs_bounds
def test_quantiles_are_stored_beside_ours(data: Any) -> None:
    ours = OURS["ExpectTableToContainNoSyntheticRecords"](
        marker_column="name", synthetic_values=["Zoe"], real_values=["Ann", "Bob", "Cy", "Dee", "Eve"], record_key="Id"
    )
    ranges = {"quantiles": [0.5], "value_ranges": [[9, 9]]}
    results = validate(data, ours, gxe.ExpectColumnQuantileValuesToBeBetween(column="Id", quantile_ranges=ranges))
    assert {result.expectation_config.type: bool(result.success) for result in results} == {
        "expect_table_to_contain_no_synthetic_records": True,
        "expect_column_quantile_values_to_be_between": False,
    }


def test_the_bounds_stand_in_what_pip_reads() -> None:
    root = Path(__file__).parents[4]
    bounds = tomllib.loads((root / "pyproject.toml").read_text())["project"]["dependencies"]
    assert {"sqlalchemy>=2.0.40,<2.1", "marshmallow>=3.18,<4"} <= set(bounds)
    for constraints in root.glob("constraints*.txt"):
        pins = dict(line.split("==") for line in constraints.read_text().splitlines() if "==" in line)
        assert Version(pins["SQLAlchemy"]) < Version("2.1") and Version(pins["marshmallow"]) < Version("4")
