"""Which files are a table on Spark, and which partitions are columns: the same as on DuckDB."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import great_expectations as gx
import pytest

from synth_expectations.errors import ConditionError
from synth_expectations.gx.datasources.spark.datasource import SparkParquetDatasource
from tests.gx.datasources.duckdb.reading import write
from tests.gx.datasources.lakes import NO_PART, REFUSED

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.xdist_group("spark")


@pytest.fixture
def source(tmp_path: Path, session: SparkSession) -> SparkParquetDatasource:
    made = gx.get_context(mode="ephemeral").data_sources.add_spark_parquet("lake", path=str(tmp_path / "in"))
    assert isinstance(made, SparkParquetDatasource)
    return made


@pytest.mark.parametrize(("make", "glob", "sentence"), REFUSED)
def test_what_is_refused(
    source: SparkParquetDatasource, make: Callable[[Path], None], glob: str, sentence: str
) -> None:
    make(Path(source.path))
    with pytest.raises(ConditionError, match="cannot be read") as raised:
        source.add_parquet_asset("t", glob).as_selectable()
    assert sentence in str(raised.value).replace("t/day=1 is part", "is part")


def test_what_is_no_part_of_a_table(source: SparkParquetDatasource) -> None:
    for name in ("day=1/a.parquet", *NO_PART):
        write(Path(source.path) / "t" / name, Id=[1])
    assert source.add_parquet_asset("t", "t/**/*.parquet").as_selectable().count() == 1


@pytest.mark.parametrize("glob", ["t/*.parquet", "t/**/n=*/*.parquet"])
def test_partitions_above_are_none(source: SparkParquetDatasource, tmp_path: Path, glob: str) -> None:
    source.path = str(tmp_path / "origin=real/in")
    directory = Path(source.path) / ("t/n=1" if "n=" in glob else "t")
    write(directory / "a.parquet", Id=["a"], origin=["synthetic"])
    [row] = source.add_parquet_asset("t", glob).as_selectable().collect()
    assert row.asDict() == {"Id": "a", "origin": "synthetic", **({"n": 1} if "n=" in glob else {})}


@pytest.mark.parametrize(
    ("directory", "column", "agrees"),
    [
        pytest.param("origin=real", ["real", "real"], True, marks=pytest.mark.full),
        ("origin=real", ["real", "synthetic"], False),
        pytest.param("origin=real", ["real", None], False, marks=pytest.mark.full),
        ("origin=a+b%2F", ["a+b/"], True),
        pytest.param("origin=01", [1], True, marks=pytest.mark.full),
    ],
)
def test_a_path_that_contradicts_a_column(
    source: SparkParquetDatasource, directory: str, column: list[object], agrees: bool
) -> None:
    write(Path(source.path) / "t/origin=real/first.parquet", Id=[0])
    write(Path(source.path) / "t" / directory / "a.parquet", Id=list(range(len(column))), origin=column)
    asset = source.add_parquet_asset("t", "t/*/*.parquet")
    if agrees:
        assert asset.as_selectable().count() == 1 + len(column)
        return
    with pytest.raises(ConditionError, match=f"{directory}/a.parquet lies in a partition origin, and its column"):
        asset.as_selectable()
