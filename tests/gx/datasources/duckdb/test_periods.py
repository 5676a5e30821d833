"""Days and months of Parquet files."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import great_expectations.expectations as gxe
import pytest
import sqlalchemy as sa

from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from tests.gx.datasources.duckdb.reading import DAYS, count, plan_of, why, write

KINDS = {
    "date": [date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 22), None],
    "naive": [datetime(2026, 11, 21, 23, 59, 59), datetime(2026, 11, 22), datetime(2026, 11, 22, 23, 59, 59), None],
    "zoned": [
        datetime(2026, 11, 21, 23, 59, 59, tzinfo=UTC),
        datetime(2026, 11, 22, tzinfo=UTC),
        datetime(2026, 11, 22, 23, 59, 59, 999999, tzinfo=UTC),
        None,
    ],
    "text": ["2026-11-21T23:30:00-05:00", "2026-11-22", "2026-11-22T00:30:00+01:00", "2026-11-22T23:59:59Z"],
    "salesforce": ["2026-11-22T10:00:00.000+0000", "2026-11-22 10:00", "2026-11-23T00:00:00Z", "today"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_day_is_a_day_of_utc_whatever_the_column_is(source: DuckDBDatasource, lake: Path, kind: str) -> None:
    write(lake / "t/t.parquet", **{"the at": KINDS[kind]})
    asset = source.add_parquet_asset("t", "t/*.parquet")
    by_day = asset.add_batch_definition_daily("day", "the at")
    expected = {"text": 3}.get(kind, 2)
    assert count(by_day.get_batch({"year": 2026, "month": 11, "day": 22})) == expected
    readable = sum(value not in (None, "today") for value in KINDS[kind])
    by_month = asset.add_batch_definition_monthly("month", "the at")
    assert count(by_month.get_batch({"year": 2026, "month": 11})) == readable
    assert count(asset.add_batch_definition_yearly("year", "the at").get_batch({"year": 2026})) == readable


@pytest.mark.parametrize("kind", KINDS)
def test_batches_are_listed_for_every_kind(source: DuckDBDatasource, lake: Path, kind: str) -> None:
    write(lake / "t/t.parquet", at=KINDS[kind])
    by_day = source.add_parquet_asset("t", "t/*.parquet").add_batch_definition_daily("day", "at")
    listed = [(each["month"], each["day"]) for each in by_day.get_batch_identifiers_list()]
    expected = {"text": [(11, 21), (11, 22)], "salesforce": [(11, 22), (11, 23)]}
    assert listed == expected.get(kind, [(11, 21), (11, 22)])
    assert by_day.get_batch().metadata["day"] == listed[-1][1]  # without parameters: the last


def test_text_partitions_are_pruned_too(source: DuckDBDatasource, lake: Path) -> None:
    for day in (*DAYS, "unknown"):
        write(lake / f"u/day={day}/a.parquet", Id=[1])
    by_day = source.add_parquet_asset("u", "u/*/*.parquet").add_batch_definition_daily("day", "day")
    batch = by_day.get_batch({"year": 2026, "month": 11, "day": 23})
    plan = plan_of(source, sa.select(sa.func.count()).select_from(batch.data.selectable))
    assert count(batch) == 1
    assert re.search(r"Scanning Files: [12]/4", plan)


def test_december_ends_with_the_year(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "t/t.parquet", at=[date(2026, 12, 31), date(2027, 1, 1)])
    asset = source.add_parquet_asset("t", "t/*.parquet")
    assert count(asset.add_batch_definition_monthly("m", "at").get_batch({"year": 2026, "month": 12})) == 1


def test_an_absent_day_is_a_batch_of_no_rows(source: DuckDBDatasource) -> None:
    asset = source.add_parquet_asset("contact", "contact/*/*.parquet")
    by_day = asset.add_batch_definition_daily("day", "extract_date")
    assert count(by_day.get_batch({"year": 2026, "month": 12, "day": 24})) == 0


def test_digits_as_text_are_the_same_batch(source: DuckDBDatasource) -> None:
    asset = source.add_parquet_asset("contact", "contact/*/*.parquet")
    by_day = asset.add_batch_definition_daily("day", "extract_date")
    one = by_day.get_batch({"year": "2026", "month": "11", "day": "022"})
    assert one.id == by_day.get_batch({"year": 2026, "month": 11, "day": 22}).id
    assert count(one) == 2


@pytest.mark.parametrize(
    ("column", "day", "message"),
    [
        ("extract_date", 31, "The batch 2026-11-31 is not a day"),
        ("extract_date", 0, "The batch 2026-11-0 is not a day"),
        ("extract_date", "2O", "The day of the batch is '2O', which is not a number"),
        ("extract_dat", 22, "Column extract_dat is not in contact. Nearest: extract_date"),
        ("Id", 22, "Column Id of contact is a number, where a time is needed"),
    ],
)
def test_a_wrong_period_errs_with_a_sentence(source: DuckDBDatasource, column: str, day: Any, message: str) -> None:
    asset = source.add_parquet_asset("contact", "contact/*/*.parquet")
    batch = asset.add_batch_definition_daily("day", column).get_batch({"year": 2026, "month": 11, "day": day})
    assert message in why(batch.validate(gxe.ExpectTableRowCountToEqual(value=0)))
