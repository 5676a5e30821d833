"""Days and months of tables in databases: as ranges of UTC, instead of Great Expectations' own way.

Great Expectations asks for the year, the month and the day of the column. Of a time with zone these are those of the
session, and neither indexes nor partitions help to find them.
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
    _SQLAsset,
)
from great_expectations.execution_engine import ExecutionEngine, SqlAlchemyExecutionEngine

from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.engine.date_ranges import compile_date_range
from synth_expectations.errors import SynthError
from synth_expectations.gx.datasources.date_partitions import asked_of
from synth_expectations.gx.datasources.duckdb.engine import DuckDBExecutionEngine
from synth_expectations.gx.datasources.unreadable_table import UnreadableTable

_NARROWED = "_synth_narrowed"
_LISTING = {
    ColumnPartitionerYearly: SqlPartitionerYear,
    ColumnPartitionerMonthly: SqlPartitionerYearAndMonth,
    ColumnPartitionerDaily: SqlPartitionerYearAndMonthAndDay,
}
"""Great Expectations' own, which read the whole column for all periods that there are."""


def take(asset: DataAsset[Any, Any], chosen: Mapping[str, int]) -> None:
    """Let an asset of a database take a period that is given in full as it is, and read nothing to find it.

    An absent one is then a batch of no records, as on DuckDB.

    Args:
        asset: others than those of databases are left alone.
        chosen: year, month and day, as far as the asset's batches are told apart by them.
    """
    if not isinstance(asset, _SQLAsset) or not hasattr(asset, "_partitioner_implementation_map"):
        return
    taken = {
        partitioner: type(listing.__name__, (listing,), {"param_defaults": lambda *_: [dict(chosen)]})
        for partitioner, listing in _LISTING.items()
    }
    asset._partitioner_implementation_map = {**asset._partitioner_implementation_map, **taken}


def narrow(engine: ExecutionEngine, batch: Batch | None) -> None:
    """Let a batch that is a day, month or year be read as a range: by our expectations, and by others of its suite.

    Does nothing to other batches, to those of DuckDB, which are ranges already, and to one that is a range by now.
    What is wrong is raised by every query on the batch.
    """
    if batch is None or not isinstance(engine, SqlAlchemyExecutionEngine) or isinstance(engine, DuckDBExecutionEngine):
        return
    data: Any = batch.data
    if "partitioner_method" not in batch.batch_spec or hasattr(data, _NARROWED):
        return
    setattr(data, _NARROWED, True)
    name = str(batch.batch_definition.data_asset_name)
    try:
        asked = asked_of(batch.batch_spec)
        if asked is None:
            return
        table = batch.data_asset.as_selectable()  # type: ignore[attr-defined]
        adapter = SqlAdapter(engine.get_connection, table, sa.table, name)
        condition = compile_date_range(adapter.columns(), adapter.dialect, *asked)
    except SynthError as error:
        data._selectable = UnreadableTable(name, error)
        return
    rows: sa.Select[Any] = sa.select(sa.literal_column("*")).select_from(table)
    data._selectable = rows.where(sa.literal_column(condition)).alias()
