"""What is wrong is said in a sentence, and errs only its own table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from synth_expectations.errors import ConditionError
from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from synth_expectations.gx.datasources.duckdb.file_assets import ParquetAsset
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError
from tests.gx.datasources.duckdb.reading import count, why, write


def broken(source: DuckDBDatasource, asset: ParquetAsset) -> str:
    """What a run says, and `as_selectable` too."""
    with pytest.raises(UnreadableTableError) as raised:
        asset.as_selectable()
    assert isinstance(raised.value, ConditionError)
    result = asset.add_batch_definition_whole_table("all").get_batch().validate(gxe.ExpectColumnToExist(column="Id"))
    assert not result.success
    assert str(raised.value) in why(result)
    return str(raised.value)


def test_no_file(source: DuckDBDatasource, lake: Path) -> None:
    said = broken(source, source.add_parquet_asset("gone", ["contact/*/*.parquet", "gone/*.parquet"]))
    assert said.startswith(f"gone has no files: nothing matches {lake}/gone/*.parquet.")


@pytest.mark.parametrize("content", [b"", b"no parquet, but long enough", "half"])
def test_a_damaged_file_is_named(source: DuckDBDatasource, lake: Path, content: Any) -> None:
    good = write(lake / "bad/good.parquet", Id=[1])
    data = good.read_bytes()
    (lake / "bad/worse.parquet").write_bytes(data[: len(data) // 2] if content == "half" else content)
    said = broken(source, source.add_parquet_asset("bad", "bad/*.parquet"))
    assert said.startswith("bad cannot be read: ")
    assert "worse.parquet" in said
    assert "good.parquet" not in said


def test_a_file_damaged_inside_is_named_when_it_is_read(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "bad/good.parquet", Id=[1])
    worse = write(lake / "bad/worse.parquet", Id=list(range(100)))
    data = worse.read_bytes()
    worse.write_bytes(data[:4] + b"\xff" * 60 + data[64:])
    asset = source.add_parquet_asset("bad", "bad/*.parquet")
    result = (
        asset.add_batch_definition_whole_table("all")
        .get_batch()
        .validate(gxe.ExpectColumnSumToBeBetween(column="Id", max_value=1))
    )
    assert f"bad cannot be read: the file {worse} is damaged or gone." in why(result)


def test_a_file_that_disappears(source: DuckDBDatasource, lake: Path) -> None:
    file = write(lake / "brief/a.parquet", Id=[1])
    view = source.add_parquet_asset("brief", "brief/*").as_selectable()
    file.unlink()
    with pytest.raises(ConditionError, match=r"brief/a[.]parquet is damaged or gone"):
        source.get_execution_engine().execute_query(sa.select(sa.text('max("Id")')).select_from(view))


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["A", "x", "a"], "Columns A and a of twin differ only by case"),
        (["A", "A"], "Columns A and A of twin have the same name"),
    ],
)
def test_twins_are_refused(source: DuckDBDatasource, lake: Path, names: list[str], said: str) -> None:
    (lake / "twin").mkdir()
    pq.write_table(pa.table([[1]] * len(names), names=names), lake / "twin/t.parquet")
    assert said in broken(source, source.add_parquet_asset("twin", "twin/*.parquet"))


def test_a_column_that_is_a_twin_of_its_partition(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "h/day=2026-11-22/a.parquet", Id=[1], Day=["x"])
    assert "Column Day of h and its partition day differ" in broken(source, source.add_parquet_asset("h", "h/*/*"))


def test_names_that_only_look_like_twins(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "line/t.parquet", line=[1], line_1=[2], LINE_2=[3])
    assert count(source.add_parquet_asset("line", "line/*").add_batch_definition_whole_table("all").get_batch()) == 1


def test_a_wrong_where_is_quoted(source: DuckDBDatasource) -> None:
    said = broken(source, source.add_parquet_asset("contact", "contact/*/*.parquet", where="IsDelted = false"))
    assert said.startswith("The where of contact is refused: ")
    assert "IsDelted" in said


def test_mixed_partitions(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "contact/loose.parquet", Id=[1])
    assert "Hive partition mismatch" in broken(source, source.add_parquet_asset("contact", "contact/**/*.parquet"))


def test_addresses_are_refused(source: DuckDBDatasource) -> None:
    assert "the package for gs:// is not installed" in broken(
        source, source.add_parquet_asset("far", "gs://b/*.parquet")
    )


def test_assets_that_differ_only_by_case(source: DuckDBDatasource) -> None:
    source.add_parquet_asset("contact", "contact/*/*.parquet")
    other = source.add_parquet_asset("Contact", "contact/*/*.parquet")
    assert "The assets Contact and contact of lake differ only by case" in broken(source, other)


def test_a_table_that_is_fixed_is_read(source: DuckDBDatasource, lake: Path) -> None:
    definition = source.add_parquet_asset("late", "late/*.parquet").add_batch_definition_whole_table("all")
    assert "no files" in why(definition.get_batch().validate(gxe.ExpectTableRowCountToEqual(value=1)))
    write(lake / "late/a.parquet", Id=[1])
    assert count(definition.get_batch()) == 1


def test_variables_are_read_when_the_data_is(tmp_path: Path, lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = gx.get_context(mode="ephemeral").data_sources.add_duckdb("v", path="${SYNTH_LAKE}")
    asset = source.add_parquet_asset("contact", "${SYNTH_DIR:-contact}/*/*.parquet")
    assert "The variable SYNTH_LAKE is not set." in broken(source, asset)
    monkeypatch.setenv("SYNTH_LAKE", str(lake))
    assert len(asset.find_files().paths) == 3
    monkeypatch.setenv("SYNTH_DIR", "elsewhere")
    assert "elsewhere" in broken(source, source.add_parquet_asset("again", asset.glob))


def test_a_relative_path_needs_a_project() -> None:
    source = gx.get_context(mode="ephemeral").data_sources.add_duckdb("r", path="extracts")
    assert "is relative, and this context has no directory" in broken(
        source, source.add_parquet_asset("a", "*.parquet")
    )
