"""A column that has several types in the files of a table: each value is read as what it is, in any time zone."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from synth_expectations.gx.datasources.spark.datasource import SparkParquetDatasource
from tests.gx.datasources.duckdb.reading import write
from tests.gx.datasources.mixed_types import READ_AS_TEXT, REFUSED, TIME, sort_texts, write_both
from tests.gx.datasources.spark.reading import refused, rows

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.xdist_group("spark")
NOT_READ = {"half floats beside text"}  # Spark has no such type


def test_each_value_is_read_as_what_it_is(source: SparkParquetDatasource, lake: Path, session: SparkSession) -> None:
    cases = {str(case.id): case.values for case in READ_AS_TEXT if case.id not in NOT_READ}
    zoned = pa.array([TIME.replace(tzinfo=UTC)], pa.timestamp("us", "UTC"))
    cases["times with zone beside text"] = (zoned, pa.array(["x"]), ["2026-11-01 09:30:00", "x"])
    for number, name in enumerate(("a", "b")):
        write(lake / f"t/{name}.parquet", **{case: values[number] for case, values in cases.items()})
    found = rows(source, "t/*.parquet", *(f"`{case}`" for case in cases))
    read = {case: sort_texts([row[number] for row in found]) for number, case in enumerate(cases)}
    assert read == {case: values[2] for case, values in cases.items()}


@pytest.mark.parametrize(("first", "second", "sentence"), REFUSED)
def test_what_cannot_be_read_as_one(
    source: SparkParquetDatasource, lake: Path, first: pa.Array, second: pa.Array, sentence: str
) -> None:
    write_both(lake, first, second)
    assert sentence in refused(source, "t/**/*.parquet")
