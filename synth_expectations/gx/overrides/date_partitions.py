"""Read the days and months of database tables as ranges of UTC.

Great Expectations compares the year, the month and the day of the column. For a time with zone these depend on the
session's time zone, and neither indexes nor partitions help to find them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from great_expectations.core.batch import Batch
from great_expectations.core.partitioners import (
    ColumnPartitionerDaily,
    ColumnPartitionerMonthly,
    ColumnPartitionerYearly,
)
from great_expectations.datasource.fluent.interfaces import DataAsset
from great_expectations.datasource.fluent.sql_datasource import (
    SqlPartitionerYear,
    SqlPartitionerYearAndMonth,
    SqlPartitionerYearAndMonthAndDay,
)
from great_expectations.execution_engine import ExecutionEngine, SqlAlchemyExecutionEngine

from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.engine.date_ranges import compile_date_range
from synth_expectations.errors import SynthError
from synth_expectations.gx import internals
from synth_expectations.gx.datasources.duckdb.engine import DuckDBParquetEngine
from synth_expectations.validation.sources.date_partitions import find_date_range_of
from synth_expectations.validation.sources.unreadable_table import UnreadableTable
from synth_expectations.validation.time_limits import read_time_limit

_NARROWED = "_synth_narrowed"
_LISTING = {
    ColumnPartitionerYearly: SqlPartitionerYear,
    ColumnPartitionerMonthly: SqlPartitionerYearAndMonth,
    ColumnPartitionerDaily: SqlPartitionerYearAndMonthAndDay,
}
"""Great Expectations' partitioners, which read the whole column to find all days, months or years."""


def use_partition(asset: DataAsset[Any, Any], chosen: Mapping[str, int]) -> None:
    """Let an asset of a database use a given day, month or year without reading the column to find it.

    A day without records is then an empty batch, as on DuckDB.

    Args:
        asset: the asset; one that is not a table of a database is left alone.
        chosen: the year, month and day, as far as they name a batch of the asset.
    """
    if not isinstance(asset, internals.SqlAsset):
        return
    taken = {
        partitioner: type(listing.__name__, (listing,), {"param_defaults": lambda *_: [dict(chosen)]})
        for partitioner, listing in _LISTING.items()
    }
    internals.set_partitioners(asset, taken)


def narrow_to_partition(engine: ExecutionEngine, batch: Batch | None) -> None:
    """Let a daily, monthly or yearly batch be read as a range, by every expectation of its suite.

    Other batches are left alone, and so are those of DuckDB, which are ranges already. If the range cannot be made,
    every query on the batch raises why.
    """
    if batch is None or not isinstance(engine, SqlAlchemyExecutionEngine) or isinstance(engine, DuckDBParquetEngine):
        return
    data: Any = batch.data
    if "partitioner_method" not in batch.batch_spec or hasattr(data, _NARROWED):
        return
    setattr(data, _NARROWED, True)
    name = str(batch.batch_definition.data_asset_name)
    try:
        date_range = find_date_range_of(batch.batch_spec)
        if date_range is None:
            return
        table = batch.data_asset.as_selectable()  # type: ignore[attr-defined]
        limit = read_time_limit(batch.data_asset)  # type: ignore[attr-defined]
        adapter = SqlAdapter(engine.get_connection, table, sa.table, name, limit=limit)
        condition = compile_date_range(adapter.columns(), adapter.dialect, *date_range)
    except SynthError as error:
        internals.set_selectable(data, UnreadableTable(name, error))
        return
    rows: sa.Select[Any] = sa.select(sa.literal_column("*")).select_from(table)
    internals.set_selectable(data, rows.where(sa.literal_column(condition)).alias())
