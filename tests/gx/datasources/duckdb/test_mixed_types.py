"""A column that has several types in the files of a table: each value is read as what it is."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from synth_expectations.validation.sources.duckdb.file_types import group_by_schema
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError
from tests.gx.datasources.duckdb.reading import statements, write
from tests.gx.datasources.mixed_types import READ_AS_TEXT, REFUSED, TIME, sort_texts, write_both


def read(source: DuckDBDatasource, *columns: str) -> list[tuple[object, ...]]:
    view = source.add_parquet_asset("t", "t/**/*.parquet").as_selectable()
    query = sa.select(*map(sa.column, columns)).select_from(view)
    return [tuple(row) for row in source.get_execution_engine().execute_query(query).fetchall()]


@pytest.mark.parametrize(("first", "second", "values"), READ_AS_TEXT)
def test_each_value_is_read_as_what_it_is(
    source: DuckDBDatasource, lake: Path, first: pa.Array, second: pa.Array, values: list[str | None]
) -> None:
    write_both(lake, first, second)
    rows = read(source, "Id", "c", "day")
    assert sort_texts([value for _, value, _ in rows]) == values
    assert sorted((number, day) for number, _, day in rows) == [(1, "2026-11-01"), (2, "none")]


@pytest.mark.parametrize(("first", "second", "sentence"), REFUSED)
def test_what_cannot_be_read_as_one(
    source: DuckDBDatasource, lake: Path, first: pa.Array, second: pa.Array, sentence: str
) -> None:
    write_both(lake, first, second)
    with pytest.raises(UnreadableTableError, match=sentence):
        source.add_parquet_asset("t", "t/**/*.parquet").as_selectable()


def test_times_with_and_without_zone_are_in_utc(source: DuckDBDatasource, lake: Path) -> None:
    write_both(lake, pa.array([TIME], pa.timestamp("us")), pa.array([TIME], pa.timestamp("us", "UTC")))
    assert len({value for (value,) in read(source, "c")}) == 1


def test_a_time_with_zone_beside_text_has_its_zone(source: DuckDBDatasource, lake: Path) -> None:
    write_both(lake, pa.array([TIME], pa.timestamp("us", "UTC")), pa.array(["x"]))
    assert {value for (value,) in read(source, "c")} == {"2026-11-01 09:30:00+00", "x"}


def test_many_files_of_one_schema_take_one_query_more(source: DuckDBDatasource, lake: Path) -> None:
    for number in range(3):
        write(lake / f"t/{number}.parquet", Id=[number] * (number + 1), c=["x"] * (number + 1))
    asset = source.add_parquet_asset("t", "t/*.parquet")
    with statements(source) as sent:
        asset.as_selectable()
    # it compares their schemas, describes the files, and makes the view
    assert [each.split(" ", 1)[0] for each in sent] == ["SELECT", "DESCRIBE", "CREATE"]


def test_files_of_one_schema_are_a_group(tmp_path: Path) -> None:
    kinds = {"c": pa.decimal128(9, 2), "t": pa.timestamp("us", "UTC"), "m": pa.map_(pa.string(), pa.list_(pa.int8()))}
    wide = pa.schema({**kinds, **{f"c{number}": pa.string() for number in range(40)}})
    paths = [str(tmp_path / name) for name in ("a", "b's", "c[1]", "d", "e")]
    for path, rows in zip(paths, (0, 3, 200), strict=False):
        pq.write_table(pa.table({field.name: pa.nulls(rows, field.type) for field in wide}), path, row_group_size=2)
    for path, precision in zip(paths[3:], (9, 10), strict=True):
        pq.write_table(pa.table({"c": pa.nulls(1, pa.decimal128(precision, 2))}), path)
    groups = group_by_schema(paths, lambda query: duckdb.sql(query).fetchall())
    assert sorted(map(sorted, groups)) == [paths[:3], paths[3:4], paths[4:]]
