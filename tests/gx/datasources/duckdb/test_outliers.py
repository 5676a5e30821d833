"""Outliers on DuckDB are those that pandas finds."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
import pytest

from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from tests.gx.datasources.duckdb.reading import why, write

NUMBERS: dict[str, list[Any]] = {
    "whole": [1, 2, 2, 3, 3, 4, 5, 90, None],
    "real": [1.25, 2.5, 2.75, 3.0, 3.1, 4.0, -55.5, 3.3, None],
    "cents": [Decimal("1.00"), Decimal("1.01"), Decimal("1.02"), Decimal("9.99"), None, *[Decimal("1.01")] * 4],
    "large": [2**53, 2**53 + 2, 2**53 + 4, 2**53 + 6, 2**53 + 8, None, None, None, 0],
    "same": [7] * 9,
}


@pytest.mark.parametrize("method", ["iqr", "std"])
@pytest.mark.parametrize("column", NUMBERS)
def test_pandas_finds_the_same(source: DuckDBDatasource, lake: Path, column: str, method: str) -> None:
    write(lake / "n.parquet", **NUMBERS)
    asset = source.add_parquet_asset("n", "n.parquet").add_batch_definition_whole_table("all")
    frame = pd.DataFrame({column: pd.Series(NUMBERS[column]).astype("float64")})
    other = gx.get_context(mode="ephemeral").data_sources.add_pandas("p").add_dataframe_asset("n")
    expectation = gxe.ExpectColumnValuesToNotBeOutliers(column=column, method=method)
    ours = asset.get_batch().validate(expectation, result_format="COMPLETE")
    theirs = (
        other.add_batch_definition_whole_dataframe("all")
        .get_batch({"dataframe": frame})
        .validate(expectation.copy(), result_format="COMPLETE")
    )
    assert not any(map(bool, [why_errored(ours), why_errored(theirs)])), (ours, theirs)
    assert bool(ours.success) is bool(theirs.success)
    found = [sorted(map(float, result.result["unexpected_list"])) for result in (ours, theirs)]
    assert found[0] == found[1]


def why_errored(result: Any) -> Any:
    info = result.exception_info
    return info.get("raised_exception", True)


def test_rows_of_a_condition_are_measured_alone(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "n.parquet", Id=[1, 2, 3, 4, 5, 6], x=[1.0, 1.1, 1.2, 1.3, 1.4, 900.0])
    batch = source.add_parquet_asset("n", "n.parquet").add_batch_definition_whole_table("all").get_batch()
    few = gxe.ExpectColumnValuesToNotBeOutliers(
        column="x", method="iqr", row_condition='col("Id") < 6', condition_parser="great_expectations"
    )
    assert batch.validate(few).success
    assert not batch.validate(gxe.ExpectColumnValuesToNotBeOutliers(column="x", method="iqr")).success


@pytest.mark.parametrize("values", [["1", "2", "900"], [datetime.date(2026, 11, day) for day in (1, 2, 3)]])
def test_what_is_no_number_has_no_outliers(source: DuckDBDatasource, lake: Path, values: list[Any]) -> None:
    write(lake / "n.parquet", x=values)
    batch = source.add_parquet_asset("n", "n.parquet").add_batch_definition_whole_table("all").get_batch()
    assert why(batch.validate(gxe.ExpectColumnValuesToNotBeOutliers(column="x", method="iqr")))


def test_a_column_without_values_has_no_outliers(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "n.parquet", x=[None, None])
    query = source.add_query_asset("q", "SELECT x::DOUBLE AS x FROM n")
    source.add_parquet_asset("n", "n.parquet")
    batch = query.add_batch_definition_whole_table("all").get_batch()
    assert batch.validate(gxe.ExpectColumnValuesToNotBeOutliers(column="x", method="iqr")).success
