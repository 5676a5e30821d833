"""Hive partitions come from below the glob's fixed part, and never hide a column of the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from tests.gx.datasources.duckdb.reading import write
from tests.gx.datasources.duckdb.test_broken import broken
from tests.gx.datasources.duckdb.test_listing import rows


@pytest.mark.parametrize("above", ["", "origin=real/", "day=2020-01-01/origin=real/"])
@pytest.mark.parametrize(
    ("file", "glob", "found"),
    [
        ("t/a.parquet", "t/*.parquet", [("a", "synthetic")]),
        ("t/a.parquet", "**/*.parquet", [("a", "synthetic")]),
        ("t/day=2026-11-01/a.parquet", "t/day=2026-11-01/*.parquet", [("a", "synthetic")]),
        ("t/day=2026-11-01/a.parquet", "t/*/*.parquet", [("a", "synthetic", date(2026, 11, 1))]),
        ("t/n=7/a.parquet", "t/*/*.parquet", [("a", "synthetic", 7)]),
        ("t/n=a%20b/a.parquet", "t/*/*.parquet", [("a", "synthetic", "a b")]),
        ("t/n=__HIVE_DEFAULT_PARTITION__/a.parquet", "t/*/*.parquet", [("a", "synthetic", None)]),
    ],
)
def test_partitions_above_are_none(
    source: DuckDBDatasource, lake: Path, above: str, file: str, glob: str, found: list[tuple[Any, ...]]
) -> None:
    write(lake / above / "in" / file, Id=["a"], origin=["synthetic"])
    source.path = str(lake / above / "in")
    assert rows(source, glob) == found


def test_files_in_several_partitions_below_another(source: DuckDBDatasource, lake: Path) -> None:
    source.path = str(lake / "day=2020-01-01")
    write(lake / "day=2020-01-01/t/n=1/a.parquet", Id=[1])
    write(lake / "day=2020-01-01/t/n=x/a.parquet", Id=[2])
    assert rows(source, "t/*/*.parquet") == [(1, "1"), (2, "x")]
    write(lake / "day=2020-01-01/t/a.parquet", Id=[3])
    assert "do not all lie in the same Hive partitions (n)" in broken(
        source, source.add_parquet_asset("mixed", "t/**/*.parquet")
    )


@pytest.mark.parametrize("above", ["", "day=2020-01-01"])
@pytest.mark.parametrize(
    ("directory", "column", "agrees"),
    [
        ("origin=real", ["real", "real"], True),
        ("origin=real", ["real", "synthetic"], False),
        ("origin=real", ["real", None], False),
        ("origin=a%20b", ["a b", "a b"], True),
        ("origin=01", [1, 1], True),
        ("origin=2026-11-01", [date(2026, 11, 1)] * 2, True),
        ("origin=2026-11-01", [date(2026, 11, 1), date(2026, 11, 2)], False),
        ("origin=__HIVE_DEFAULT_PARTITION__", pa.array([None, None], pa.string()), True),
    ],
)
def test_a_path_that_contradicts_a_column(
    source: DuckDBDatasource, lake: Path, above: str, directory: str, column: Any, agrees: bool
) -> None:
    source.path = str(lake / above)
    write(lake / above / "t" / "origin=real" / "first.parquet", Id=[0])
    write(lake / above / "t" / directory / "a.parquet", Id=[1, 2], origin=column)
    if agrees:
        assert len(rows(source, "t/*/*.parquet")) == 3
    else:
        said = broken(source, source.add_parquet_asset("t", "t/*/*.parquet"))
        assert f"{directory}/a.parquet lies in a partition origin, and its column origin holds other values" in said


def test_a_column_of_some_files_only_is_null_in_the_others(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "t/a.parquet", Id=[1], origin=["synthetic"])
    write(lake / "t/b.parquet", Id=[2])
    assert rows(source, "t/*.parquet") == [(1, "synthetic"), (2, None)]
