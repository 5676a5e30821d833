"""Every expectation of Great Expectations on Spark does what docs/stock_expectations.md says of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import great_expectations as gx
import pytest

from tests.gx.datasources.stock import add_tables, find_differences, write_tables

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.mark.full
@pytest.mark.xdist_group("spark")
def test_each_does_what_is_said_of_it(session: SparkSession, tmp_path: Path) -> None:
    write_tables(tmp_path)
    source = gx.get_context(mode="ephemeral").data_sources.add_spark_parquet("lake", path=str(tmp_path))
    assert find_differences(add_tables(source), "spark") == []
