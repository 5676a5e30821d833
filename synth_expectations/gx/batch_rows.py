"""The rows of a table around a batch, counted once for each batch that Great Expectations loads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from great_expectations.core.batch import Batch

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.validation.sources.date_partitions import find_date_range_of
from synth_expectations.validation.table_rows import TableRows, count_table_rows

_COUNTED = "_synth_table_rows"


def count_batch_rows(
    batch: Batch | None, table: str, adapter: Adapter, open_table: Callable[[Any], Adapter]
) -> TableRows:
    """Return the rows of a batch's table; see `count_table_rows`.

    Args:
        batch: as it was loaded.
        table: its name in sentences.
        adapter: of the batch.
        open_table: gives the adapter of another selection of rows.

    Raises:
        SynthError: the table cannot be read.
    """
    asset = getattr(batch, "data_asset", None)
    if batch is None or asset is None or not hasattr(asset, "as_selectable"):
        return TableRows(table)
    data: Any = batch.data
    if not hasattr(data, _COUNTED):
        date_range = find_date_range_of(batch.batch_spec)
        setattr(data, _COUNTED, count_table_rows(asset, date_range, table, adapter, open_table))
    rows: TableRows = getattr(data, _COUNTED)
    return rows
