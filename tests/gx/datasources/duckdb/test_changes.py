"""Files that change while they are read: what was counted is no whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import great_expectations as gx
import pytest
import sqlalchemy as sa

import synth_expectations as se
from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from tests.gx.datasources.duckdb.reading import why, write


def _appear(lake: Path) -> None:
    write(lake / "t/day=2/b.parquet", Id=["b"], origin=["real"])


def _grow(lake: Path) -> None:
    write(lake / "t/day=1/a.parquet", Id=["a", "b"], origin=["real", "real"])


def _vanish(lake: Path) -> None:
    (lake / "t/day=1/gone.parquet").unlink()


def _reference(lake: Path) -> None:
    write(lake / "people/b.parquet", Email=["b@x.example"])


@pytest.mark.parametrize("change", [_appear, _grow, _vanish, _reference, None])
def test_a_change_between_two_queries_is_errored(
    source: DuckDBDatasource, lake: Path, change: Callable[[Path], None] | None
) -> None:
    for name in ("a", "gone"):
        write(lake / f"t/day=1/{name}.parquet", Id=[name], origin=["synthetic"], Email=[f"{name}@y.example"])
    write(lake / "people/a.parquet", Email=["x@x.example"])
    source.add_parquet_asset("people", "people/*.parquet")
    batch = source.add_parquet_asset("t", "t/*/*.parquet").add_batch_definition_whole_table("all").get_batch()
    marker = {"marker_column": "origin", "synthetic_values": ["synthetic"], "real_values": ["real"], "record_key": "Id"}
    email = [[{"columns": ["Email"], "kind": "email"}]]
    copies = se.ExpectSyntheticRecordsToNotCopyRealRecords(**marker, reference="people", match=email)
    made: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if not made and change and "synth_flags" in statement:
            made.append(statement)
            change(lake)

    sa.event.listen(source.get_engine(), "after_cursor_execute", note)
    [result] = batch.validate(gx.ExpectationSuite("s", expectations=[copies])).results
    if change is None:
        assert result.result["details"]["verdict"] == "passed"
        return
    assert made
    table = "people" if change is _reference else "t"
    assert f"The files of {table} changed during the run" in why(result)
