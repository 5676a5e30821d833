"""Assets of Parquet files on Spark: their rows, or why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import great_expectations as gx
import pytest

from synth_expectations.errors import ConditionError
from synth_expectations.gx.datasources.spark.datasource import SparkParquetAsset, SparkParquetDatasource
from tests.gx.datasources.duckdb.reading import why

if TYPE_CHECKING:
    pass


def table(source: SparkParquetDatasource, glob: str | list[str], **more: Any) -> SparkParquetAsset:
    """The asset `t`, made anew."""
    source.assets = []
    asset = source.add_parquet_asset("t", glob, more.get("where"))
    asset.first_of = more.get("first_of", {})
    return asset


def rows(source: SparkParquetDatasource, glob: str | list[str], *columns: str, **more: Any) -> list[tuple[Any, ...]]:
    asset = table(source, glob, **more)
    found = asset.as_selectable().select(*columns) if columns else asset.as_selectable()
    return sorted((tuple(row) for row in found.collect()), key=str)


def refused(source: SparkParquetDatasource, glob: str | list[str], **more: Any) -> str:
    """What a run says, and `as_selectable` too."""
    asset = table(source, glob, **more)
    with pytest.raises(ConditionError) as raised:
        asset.as_selectable()
    batch = asset.add_batch_definition_whole_table("all").get_batch()
    assert str(raised.value) in why(batch.validate(gx.expectations.ExpectTableRowCountToEqual(value=1)))
    return str(raised.value)
