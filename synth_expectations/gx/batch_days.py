"""Count the rows of a batched table that belong to no day, and refuse them unless the policy allows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from great_expectations.core.batch import Batch

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.rows_of_no_day import RowsOfNoDay, count_rows_of_no_day
from synth_expectations.errors import ConditionError
from synth_expectations.gx.acceptances import is_accepted
from synth_expectations.gx.datasources.date_partitions import find_date_range_of
from synth_expectations.rules.acceptances import NO_DAY

_COUNTED = "_synth_rows_of_no_day"


def count_rows(batch: Batch | None, adapter: Adapter, open_table: Callable[[Any], Adapter]) -> RowsOfNoDay | None:
    """Return the rows of no day of a batch's table; None for a batch that is no day, month or year.

    They are counted once for each batch that Great Expectations loads.

    Args:
        batch: as it was loaded.
        adapter: of the batch.
        open_table: gives the adapter of the whole table.

    Raises:
        SynthError: the table cannot be read.
    """
    asset = getattr(batch, "data_asset", None)
    if batch is None or asset is None or not hasattr(asset, "as_selectable"):
        return None
    if (date_range := find_date_range_of(batch.batch_spec)) is None:
        return None
    data: Any = batch.data
    if not hasattr(data, _COUNTED):
        table = open_table(asset.as_selectable())
        table.statements = adapter.statements  # the query counts as one of the batch's
        found = count_rows_of_no_day(table, adapter.columns(), date_range[0])
        setattr(data, _COUNTED, RowsOfNoDay(found, date_range[0], is_accepted(asset, NO_DAY)))
    rows: RowsOfNoDay = getattr(data, _COUNTED)
    return rows


def refuse_rows(table: str, rows: RowsOfNoDay) -> None:
    """Refuse rows of no day that the policy does not allow.

    Raises:
        ConditionError: there are such rows.
    """
    if rows.count and not rows.allowed:
        raise ConditionError(
            f"{table} has {rows.format_count()}: {rows.column} is empty there, or cannot be read as a day. "
            f"No run by day would ever evaluate {'it' if rows.count == 1 else 'them'}.",
            "Mend the column, or allow it in the policy: batch: {no_day: {allowed: {reason, approved_by, until}}}.",
        )
