"""No file of a table is left out without a word, and none is read that is not part of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from tests.gx.datasources.duckdb.reading import write
from tests.gx.datasources.duckdb.test_broken import broken
from tests.gx.datasources.lakes import NO_PART, REFUSED


def rows(source: DuckDBDatasource, glob: str | list[str], columns: str = "*") -> list[tuple[Any, ...]]:
    view = source.add_parquet_asset("t", glob).as_selectable()
    query = sa.select(sa.literal_column(columns)).select_from(view)
    return sorted(tuple(row) for row in source.get_execution_engine().execute_query(query).fetchall())


@pytest.mark.parametrize("glob", ["t/**/*.parquet", "t/day=*/**/*.parquet", "**/*", "t/*/*.parquet"])
def test_what_is_no_part_of_a_table(source: DuckDBDatasource, lake: Path, glob: str) -> None:
    source.path = str(lake / "in")
    write(lake / "in/t/day=1/a.parquet", Id=[1])
    write(lake / "in/t/_day=1/a.parquet", Id=[2]).parent.rename(lake / "aside")
    for name in NO_PART:
        write(lake / "in/t" / name, Id=[7])
    (lake / "in/t/day=1/_SUCCESS").touch()
    assert rows(source, glob, '"Id"') == [(1,)]


def test_the_fixed_part_is_named_on_purpose(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "_staging/.t/_a.parquet", Id=[1])
    write(lake / "_staging/.t/b.parquet", Id=[2])
    globs = ["_staging/.t/*.parquet", "_staging/.t/_a.parquet", "_staging/../_staging/.t/*.parquet"]
    assert rows(source, globs) == [(1,), (2,)]
    assert "has no files" in broken(source, source.add_parquet_asset("u", "_staging/.t/_*.parquet"))


def test_what_is_left_out_on_purpose(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "t/contact.parquet", Id=[1])
    for name in ("contact.parquet.gz", "Contact.parquet", "customer.parquet"):
        write(lake / "t" / name, Id=[7])
    assert rows(source, "t/[c]ontact*.parquet") == [(1,)]


def test_a_partition_may_begin_with_an_underscore(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "t/_day=1/a.parquet", Id=[1])
    assert rows(source, "t/*/*.parquet") == [(1, 1)]


@pytest.mark.parametrize(("make", "glob", "sentence"), REFUSED)
def test_what_is_refused(
    source: DuckDBDatasource, lake: Path, make: Callable[[Path], None], glob: str, sentence: str
) -> None:
    make(lake / "in")
    source.path = str(lake / "in")
    assert f"cannot be read: {sentence}" in broken(source, source.add_parquet_asset("t", glob)).replace(
        "t/day=1 is part", "is part"
    )


@pytest.mark.parametrize("glob", ["t/day=*/*.parquet", "t/**/*.parquet", "t/*/a.parquet"])
def test_a_directory_that_may_not_be_opened(
    source: DuckDBDatasource, lake: Path, monkeypatch: pytest.MonkeyPatch, glob: str
) -> None:
    write(lake / "t/day=1/a.parquet", Id=[1])
    write(lake / "t/day=2/a.parquet", Id=[2])
    scandir, lstat = os.scandir, os.lstat

    def refuse(path: Any, call: Callable[[Any], Any], above: bool) -> Any:
        if str(path).startswith(str(lake / "t/day=2") + ("/" if above else "")):
            raise PermissionError(13, "Permission denied", path)
        return call(path)

    monkeypatch.setattr(os, "scandir", lambda path: refuse(path, scandir, False))
    monkeypatch.setattr(os, "lstat", lambda path: refuse(path, lstat, True))
    said = broken(source, source.add_parquet_asset("t", glob))
    assert said.startswith("t cannot be read: t/day=2")
    assert "may not be opened. Let the user of the run read it." in said


def test_a_file_may_lie_in_two_partitions(source: DuckDBDatasource, lake: Path) -> None:
    """The partitions tell its rows apart, as where a snapshot that did not change is linked."""
    write(lake / "t/day=1/a.parquet", Id=[1])
    (lake / "t/day=2").symlink_to("day=1")
    os.link(lake / "t/day=1/a.parquet", lake / "t/day=1/b.parquet")  # a hard link is a file in its own right
    assert rows(source, "t/*/*.parquet") == [(1, 1), (1, 1), (1, 2), (1, 2)]


def test_names_that_are_links_are_read(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "elsewhere/a.parquet", Id=[1])
    (lake / "t").mkdir()
    (lake / "t/day=1").symlink_to("../elsewhere")
    assert rows(source, "t/**/*.parquet") == [(1, 1)]


def test_files_on_an_object_store(source: DuckDBDatasource) -> None:
    import fsspec

    store = fsspec.filesystem("memory")
    source.path = "memory://synth-listing"
    try:
        for name in ("day=1/a.parquet", *NO_PART):
            store.pipe(f"/synth-listing/t/{name}", _bytes(Id=[1]))
        assert rows(source, "t/**/*.parquet") == [(1, 1)]
        store.pipe("/synth-listing/t/_delta_log/0.json", b"")
        assert "/synth-listing/t is part of a Delta table" in broken(
            source, source.add_parquet_asset("delta", "t/day=1/*.parquet")
        )
    finally:
        store.rm("/synth-listing", recursive=True)


def _bytes(**columns: list[Any]) -> bytes:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    written = io.BytesIO()
    pq.write_table(pa.table(columns), written)
    return written.getvalue()
