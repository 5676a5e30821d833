"""Batches of days and months on Spark: of UTC, and no more read than their files and row groups."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import great_expectations as gx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synth_expectations.gx.datasources.spark.datasource import SparkParquetDatasource
from tests.gx.datasources.duckdb.reading import DAYS, count, why, write
from tests.gx.datasources.duckdb.test_periods import KINDS

pytestmark = pytest.mark.xdist_group("spark")  # one JVM for all of them, and for the cases


def executed(frame: Any) -> str:
    return str(frame._jdf.queryExecution().executedPlan().toString())


def test_a_day_reads_its_partition_only(source: SparkParquetDatasource) -> None:
    by_day = source.add_parquet_asset("contact", "contact/*/*.parquet").add_batch_definition_daily(
        "day", "extract_date"
    )
    frame = by_day.get_batch({"year": 2026, "month": 11, "day": "022"}).data.dataframe
    assert "PartitionFilters: [isnotnull(extract_date#" in executed(frame)
    assert frame.count() == 2
    plan = frame._jdf.queryExecution().executedPlan()
    frame._jdf.collectToPython()
    metrics = plan.collectLeaves().head().metrics()
    assert metrics.apply("numFiles").value() == 1


def test_a_day_is_pushed_down_to_row_groups(source: SparkParquetDatasource, lake: Path) -> None:
    days = [datetime(2026, 11, day, 12, tzinfo=UTC) for day in (21, 22, 23) for _ in range(1000)]
    (lake / "event").mkdir()
    pq.write_table(pa.table({"at": days, "x": range(3000)}), lake / "event/e.parquet", row_group_size=1000)
    by_day = source.add_parquet_asset("e", "event/*").add_batch_definition_daily("day", "at")
    frame = by_day.get_batch({"year": 2026, "month": 11, "day": 22}).data.dataframe
    assert "GreaterThanOrEqual(at,2026-11-21 19:00:00" in executed(frame).partition("PushedFilters: [")[2]  # New York
    assert frame.count() == 1000


@pytest.mark.parametrize("kind", KINDS)
def test_a_day_is_a_day_of_utc_whatever_the_column_is(source: SparkParquetDatasource, lake: Path, kind: str) -> None:
    (lake / "t").mkdir()
    values = KINDS[kind]
    whole = (
        pa.array(values, pa.timestamp("us", "UTC" if kind == "zoned" else None)) if kind in ("zoned", "naive") else None
    )
    pq.write_table(pa.table({"the at": whole if whole is not None else values}), lake / "t/t.parquet")
    asset = source.add_parquet_asset("t", "t/*.parquet")
    by_day = asset.add_batch_definition_daily("day", "the at")
    assert count(by_day.get_batch({"year": 2026, "month": 11, "day": 22})) == {"text": 3}.get(kind, 2)
    readable = sum(value not in (None, "today") for value in values)
    assert count(asset.add_batch_definition_monthly("m", "the at").get_batch({"year": 2026, "month": 11})) == readable
    listed = [(each["month"], each["day"]) for each in by_day.get_batch_identifiers_list()]
    expected = {"text": [(11, 21), (11, 22)], "salesforce": [(11, 22), (11, 23)]}
    assert listed == expected.get(kind, [(11, 21), (11, 22)])


def test_a_partition_of_text_is_pruned_too(source: SparkParquetDatasource, lake: Path) -> None:
    for day in (*DAYS, "unknown"):
        write(lake / f"u/day={day}/a.parquet", Id=[1])
    by_day = source.add_parquet_asset("u", "u/*/*.parquet").add_batch_definition_daily("day", "day")
    frame = by_day.get_batch({"year": 2026, "month": 11, "day": 23}).data.dataframe
    assert frame.count() == 1
    assert "(day#" in executed(frame).partition("PartitionFilters: [")[2]


@pytest.mark.parametrize(
    ("column", "day", "message"),
    [
        ("extract_date", 31, "The batch 2026-11-31 is not a day"),
        ("extract_dat", 22, "Column extract_dat is not in contact. Nearest: extract_date"),
        ("Id", 22, "Column Id of contact is a number, where a time is needed"),
    ],
)
def test_a_wrong_period_errs_with_a_sentence(
    source: SparkParquetDatasource, column: str, day: Any, message: str
) -> None:
    asset = source.add_parquet_asset("contact", "contact/*/*.parquet")
    batch = asset.add_batch_definition_daily("day", column).get_batch({"year": 2026, "month": 11, "day": day})
    assert message in why(batch.validate(gx.expectations.ExpectTableRowCountToEqual(value=0)))
