"""CSV and JSON Lines as assets: what Parquet can do, on files in text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import fsspec
import great_expectations as gx
import great_expectations.expectations as gxe
import pytest
import sqlalchemy as sa

import synth_expectations as se
from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError
from tests.gx.datasources.duckdb.reading import count, why, write

MARKER = {"marker_column": "origin", "synthetic_values": ["synthetic"], "real_values": ["real"], "record_key": "Id"}
EMAIL = [[{"columns": ["Email"], "kind": "email"}]]


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding=encoding, newline="")
    return path


def whole(asset: Any) -> Any:
    [definition] = asset.batch_definitions or [asset.add_batch_definition_whole_table("all")]
    return definition.get_batch()


def rows(source: DuckDBDatasource, asset: Any, order: str = "Id") -> list[tuple[Any, ...]]:
    query = (
        sa.select(sa.literal_column("*")).select_from(asset.as_selectable()).order_by(sa.literal_column(f'"{order}"'))
    )
    return [tuple(row) for row in source.get_execution_engine().execute_query(query).fetchall()]


def test_files_of_a_glob_are_one_table(source: DuckDBDatasource, lake: Path) -> None:
    text(lake / "t/a[1]'s.csv", "Id;Email\n1;ä@x\n", "cp1252")
    text(lake / "t/b.csv", "City;ID\nYork;2\n", "cp1252")
    asset = source.add_csv_asset(
        "t", "t/*.csv", format={"delimiter": ";", "encoding": "cp1252"}, types={"Id": "integer"}
    )
    assert rows(source, asset) == [(1, "ä@x", None), (2, None, "York")]
    assert count(whole(asset)) == 2


def test_csv_looks_up_parquet_and_json_looks_up_csv(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "people/p.parquet", Id=["9"], Email=["ann@x.example"])
    text(lake / "t/a.csv", "Id,origin,Email\nA,synthetic,Ann@x.example\nB,synthetic,b@y.example\n")
    text(lake / "j/a.jsonl", '{"Id": 1, "origin": "synthetic", "Email": "b@y.example"}\n')
    source.add_parquet_asset("people", "people/*.parquet")
    csv, json = source.add_csv_asset("t", "t/*.csv"), source.add_json_asset("j", "j/*.jsonl")
    for asset, reference, key in ((csv, "people", "A"), (json, "t", "1")):
        copies = se.ExpectSyntheticRecordsToNotCopyRealRecords(**MARKER, reference=reference, match=EMAIL)
        result = whole(asset).validate(copies)
        assert result.result["unexpected_count"] == 1
        assert key in str(result.result)


def test_hive_partitions_are_columns(source: DuckDBDatasource, lake: Path) -> None:
    for day in (21, 22):
        text(lake / f"t/day=2026-11-{day}/region=a%20b/x.csv", f"Id\n{day}\n")
    asset = source.add_csv_asset("t", "t/*/*/*.csv")
    assert [(row[0], str(row[1]), row[2]) for row in rows(source, asset)] == [
        ("21", "2026-11-21", "a b"),
        ("22", "2026-11-22", "a b"),
    ]
    daily = asset.add_batch_definition_daily("daily", column="day")
    assert count(daily.get_batch({"year": 2026, "month": 11, "day": 21})) == 1
    assert count(daily.get_batch({"year": 2026, "month": 11, "day": 29})) == 0


@pytest.mark.parametrize(("value", "refused"), [("2026-11-21", False), ("2026-11-20", True), ("", True)])
def test_a_partition_that_contradicts_a_column(source: DuckDBDatasource, lake: Path, value: str, refused: bool) -> None:
    text(lake / "t/day=2026-11-21/x.csv", f"Id,day\n1,{value}\n")
    text(lake / "t/day=2026-11-22/x.csv", "Id\n2\n")
    asset = source.add_csv_asset("t", "t/*/*.csv")
    if not refused:
        assert len(rows(source, asset)) == 2
        return
    with pytest.raises(UnreadableTableError, match=r"day=2026-11-21/x.csv lies in a partition day"):
        asset.as_selectable()


def test_where_and_query(source: DuckDBDatasource, lake: Path) -> None:
    text(lake / "j/a.jsonl", '{"Id": 1, "c": {"email": "a@x"}}\n{"Id": 2, "c": {"email": "b@x"}}\n')
    asset = source.add_json_asset("j", "j/*.jsonl", where="c.email = 'b@x' -- only one")
    assert count(whole(asset)) == 1
    assert count(whole(source.add_query_asset("q", 'SELECT "Id" FROM j'))) == 1


def test_damage_errs_its_own_table_by_line(source: DuckDBDatasource, lake: Path) -> None:
    bad = text(lake / "bad/a.csv", "Id,Email\n1,x\nsecret@x.example\n")
    text(lake / "good/a.csv", "Id,Email\n1,x\n")
    result = whole(source.add_csv_asset("bad", "bad/*.csv")).validate(gxe.ExpectColumnToExist(column="Id"))
    assert why(result) == (
        f"bad cannot be read: {bad}, line 3: it has 1 field, too few for 2 columns. "
        "Extract it again, or correct the delimiter."
    )
    assert count(whole(source.add_csv_asset("good", "good/*.csv"))) == 1
    text(bad, "Id,Email\n1,x\n2,y\n")
    assert count(whole(source.get_asset("bad"))) == 2


@pytest.mark.parametrize("kind", ["format", "types"])
def test_what_is_no_asset(source: DuckDBDatasource, kind: str) -> None:
    wrong: dict[str, Any] = {"format": {"delimeter": ";"}, "types": {"a": "int8"}}
    with pytest.raises(ValueError, match="did you mean delimiter" if kind == "format" else "is not a type"):
        source.add_csv_asset("t", "t/*.csv", **{kind: wrong[kind]})


def test_it_is_read_once_for_all_that_ask(
    source: DuckDBDatasource, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = text(lake / "t/a.csv", "Id\n1\n2\n")
    opened: list[str] = []
    from synth_expectations.validation.sources.duckdb import extract_tables

    read = extract_tables.load_table
    monkeypatch.setattr(extract_tables, "load_table", lambda *given: opened.append("") or read(*given))  # type: ignore[func-returns-value]
    whole_table = source.add_csv_asset("t", "t/*.csv")
    narrowed = source.add_csv_asset("t_one", "t/*.csv", where="\"Id\" = '1'")
    assert [count(whole(asset)) for asset in (whole_table, narrowed, whole_table)] == [2, 1, 2]
    assert len(opened) == 1
    file.write_text("Id\n1\n2\n3\n")
    assert [count(whole(asset)) for asset in (whole_table, narrowed)] == [3, 1]
    assert len(opened) == 2
    engine = source.get_execution_engine()
    tables = engine.execute_query(sa.text("SELECT count(*) FROM duckdb_tables()")).fetchall()
    assert tables[0][0] == 1  # what was read before is gone


def _appear(lake: Path) -> None:
    text(lake / "t/b.csv", "Id,origin,Email\nb,real,\n")


def _grow(lake: Path) -> None:
    with (lake / "t/a.csv").open("a") as opened:
        opened.write("b,real,\n")


@pytest.mark.parametrize("change", [_appear, _grow])
def test_a_change_during_the_run_is_errored(
    source: DuckDBDatasource, lake: Path, change: Callable[[Path], None]
) -> None:
    text(lake / "t/a.csv", "Id,origin,Email\na,synthetic,a@y.example\n")
    write(lake / "people/a.parquet", Email=["x@x.example"])
    source.add_parquet_asset("people", "people/*.parquet")
    batch = whole(source.add_csv_asset("t", "t/*.csv"))
    copies = se.ExpectSyntheticRecordsToNotCopyRealRecords(**MARKER, reference="people", match=EMAIL)
    made: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if not made and "synth_flags" in statement:
            made.append(statement)
            change(lake)

    sa.event.listen(source.get_engine(), "after_cursor_execute", note)
    [result] = batch.validate(gx.ExpectationSuite("s", expectations=[copies])).results
    assert made
    assert "The files of t changed during the run" in why(result)


def test_an_object_store(lake: Path) -> None:
    store = fsspec.filesystem("memory")
    store.pipe("/extracts/t/day=1/a.csv", b"Id\n1\n")
    store.pipe("/extracts/t/day=2/b.csv", b"Id\n2\n3\n")
    try:
        made = gx.get_context(mode="ephemeral").data_sources.add_duckdb("far", path="memory://extracts")
        asset = made.add_csv_asset("t", "t/*/*.csv")
        assert rows(made, asset) == [("1", 1), ("2", 2), ("3", 2)]
        store.pipe("/extracts/t/day=2/b.csv", b'Id\n"2\n')
        with pytest.raises(UnreadableTableError, match=r"day=2/b.csv, line 2: a quote is not closed"):
            asset.as_selectable()
    finally:
        store.rm("/extracts", recursive=True)


def test_a_project_reads_it_back(tmp_path: Path) -> None:
    text(tmp_path / "data/a.csv", "Id;d\n1;2026-11-22\n")
    root = tmp_path / "gx"
    project = gx.get_context(mode="file", project_root_dir=root)
    source = project.data_sources.add_duckdb_parquet("lake", path=str(tmp_path / "data"))
    source.add_csv_asset("t", "*.csv", format={"delimiter": ";"}, types={"d": "date"})
    again = gx.get_context(mode="file", project_root_dir=root).data_sources.get("lake")
    assert isinstance(again, DuckDBDatasource)
    assert count(whole(again.get_asset("t"))) == 1
