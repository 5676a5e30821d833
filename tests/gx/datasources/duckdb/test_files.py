"""One asset is one batch, nothing is copied, and only what is needed is read."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import great_expectations as gx
import great_expectations.expectations as gxe
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from tests.gx.datasources.duckdb.reading import DAYS, count, plan_of, statements, write


def test_all_files_are_one_batch(source: DuckDBDatasource) -> None:
    asset = source.add_parquet_asset("contact", "contact/extract_date=*/*.parquet")
    definition = asset.add_batch_definition_whole_table("all")
    assert len(definition.get_batch_identifiers_list()) == 1
    assert count(definition.get_batch()) == 6


def test_several_globs_overlapping_read_each_file_once(source: DuckDBDatasource) -> None:
    asset = source.add_parquet_asset("contact", ["contact/*/*.parquet", "**/extract_date=2026-11-22/*.parquet"])
    assert count(asset.add_batch_definition_whole_table("all").get_batch()) == 6


def test_files_with_other_columns_are_read_by_name(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "two/a.parquet", Id=[1], Email=["a"])
    write(lake / "two/b.parquet", email=["b"], Phone=["1"], Id=[2])
    view = source.add_parquet_asset("two", "two/*.parquet").as_selectable()
    rows = source.get_execution_engine().execute_query(sa.select(sa.text("*")).select_from(view)).fetchall()
    assert sorted(map(tuple, rows)) == [(1, "a", None), (2, "b", "1")]


@pytest.mark.parametrize("name", ["odd name", 'qu"ote', "select", "Ünï.code", "UPPER", "per%cent", "co:lon"])
def test_odd_names_of_assets(source: DuckDBDatasource, name: str) -> None:
    asset = source.add_parquet_asset(name, "contact/*/*.parquet")
    assert count(asset.add_batch_definition_whole_table("all").get_batch()) == 6
    day = asset.add_batch_definition_daily("day", "extract_date").get_batch({"year": 2026, "month": 11, "day": 22})
    assert count(day) == 2


def test_odd_names_of_files(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "odd/it's [1] *?.parquet", Id=[1])
    write(lake / "odd/its 1 xy.parquet", Id=[2])
    assert count(source.add_parquet_asset("odd", "odd/it's*").add_batch_definition_whole_table("all").get_batch()) == 1


def test_brackets_in_the_name_of_a_file_are_no_pattern(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "odd/b[1].parquet", Id=[1])
    write(lake / "odd/b1.parquet", Id=[2, 3])
    view = source.add_parquet_asset("odd", "odd/b[[]*.parquet").as_selectable()
    rows = source.get_execution_engine().execute_query(sa.select(sa.text("*")).select_from(view)).fetchall()
    assert [tuple(row) for row in rows] == [(1,)]


def test_where_narrows_and_may_end_in_a_comment(source: DuckDBDatasource) -> None:
    asset = source.add_parquet_asset("contact", "contact/*/*.parquet", where="Id = 0 OR Id = 1 -- not deleted")
    assert count(asset.add_batch_definition_whole_table("all").get_batch()) == 5
    day = asset.add_batch_definition_daily("day", "extract_date").get_batch({"year": 2026, "month": 11, "day": 23})
    assert count(day) == 2


def test_a_second_run_sees_fresh_files(source: DuckDBDatasource, lake: Path) -> None:
    definition = source.add_parquet_asset("contact", "contact/*/*.parquet").add_batch_definition_whole_table("all")
    assert count(definition.get_batch()) == 6
    write(lake / "contact/extract_date=2026-11-24/part.parquet", Id=[1], Phone=["1"])
    write(lake / f"contact/extract_date={DAYS[0]}/part.parquet", Id=[1] * 5)  # replaced in place
    batch = definition.get_batch()
    assert count(batch) == 11
    assert batch.validate(gxe.ExpectColumnToExist(column="Phone")).success


def test_two_data_sources_do_not_mix(source: DuckDBDatasource, tmp_path: Path) -> None:
    write(tmp_path / "other/contact.parquet", Id=[1])
    other = gx.get_context(mode="ephemeral").data_sources.add_duckdb("other", path=str(tmp_path / "other"))
    one = source.add_parquet_asset("contact", "contact/*/*.parquet").add_batch_definition_whole_table("all")
    two = other.add_parquet_asset("contact", "contact.parquet").add_batch_definition_whole_table("all")
    batches = [one.get_batch(), two.get_batch()]
    assert [count(each) for each in batches] == [6, 1]


def test_nothing_is_materialised(source: DuckDBDatasource) -> None:
    asset = source.add_parquet_asset("contact", "contact/*/*.parquet")
    count(asset.add_batch_definition_whole_table("all").get_batch())
    with source.get_execution_engine().get_connection() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]


def test_one_day_of_a_hive_partition_reads_one_file_and_lists_nothing(source: DuckDBDatasource) -> None:
    asset = source.add_parquet_asset("contact", "contact/*/*.parquet")
    definition = asset.add_batch_definition_daily("day", "extract_date")
    with statements(source) as sent:
        batch = definition.get_batch({"year": 2026, "month": 11, "day": 22})
    # the schemas of the files are compared, their columns with the partitions' keys, then both are described
    assert [each.split(" ", 1)[0] for each in sent] == ["SELECT", "DESCRIBE", "DESCRIBE", "CREATE"]
    plan = plan_of(source, sa.select(sa.func.count()).select_from(batch.data.selectable))
    assert "Scanning Files: 1/3" in plan
    assert count(batch) == 2


def test_one_day_leaves_other_row_groups_unread(source: DuckDBDatasource, lake: Path) -> None:
    days = [datetime(2026, 11, day, 12, tzinfo=UTC) for day in (21, 22, 23) for _ in range(1000)]
    (lake / "event").mkdir()
    pq.write_table(
        pa.table({"at": days, "x": range(3000), "unasked": range(3000)}), lake / "event/e.parquet", row_group_size=1000
    )
    definition = source.add_parquet_asset("event", "event/*.parquet").add_batch_definition_daily("day", "at")
    batch = definition.get_batch({"year": 2026, "month": 11, "day": 22})
    plan = plan_of(source, sa.select(sa.func.sum(sa.literal_column("x"))).select_from(batch.data.selectable))
    assert "Row Groups Scanned: 1 / 3" in plan
    assert "unasked" not in plan  # only the columns that are asked for


def test_statements_of_one_run(source: DuckDBDatasource) -> None:
    asset = source.add_parquet_asset("contact", "contact/*/*.parquet")
    batch = asset.add_batch_definition_whole_table("all").get_batch()
    suite = gx.ExpectationSuite("s", expectations=[gxe.ExpectTableRowCountToEqual(value=6)])
    with statements(source) as sent:
        assert batch.validate(suite).success
    # the files are looked at again, and did not change; then one scan
    assert [each.split(" ", 1)[0] for each in sent] == ["SELECT"]


def test_a_view_is_made_again_once_a_file_or_what_is_asked_of_it_changes(source: DuckDBDatasource, lake: Path) -> None:
    asset = source.add_parquet_asset("contact", "contact/*/*.parquet")
    with statements(source) as sent:
        asset.as_selectable()
        assert len(sent) == 4
        asset.as_selectable()
        assert len(sent) == 4
        os.utime(lake / f"contact/extract_date={DAYS[0]}/part.parquet", (1, 1))
        asset.as_selectable()
        assert len(sent) == 8
        asset.where = "Id = 0"
        asset.as_selectable()
    assert [each.split(" ", 1)[0] for each in sent] == ["SELECT", "DESCRIBE", "DESCRIBE", "CREATE"] * 3
    assert "Id = 0" in sent[-1]
