"""The days of a table that is checked by day or month, for `check`: rows of no day make each run errored."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.rows_of_no_day import RowsOfNoDay, build_no_day_error, count_without_day
from synth_expectations.errors import SynthError
from synth_expectations.policy.table_entry import Batch
from synth_expectations.rules.as_of import current_as_of


def check_days(table: str, adapter: Adapter, batch: Batch) -> Iterator[str]:
    """Yield a sentence if the column of a table's batches holds no day, in any row or in some; count the rows for it.

    Args:
        table: the name of the table in sentences.
        adapter: of all its rows.
        batch: what the policy says of its batches.
    """
    try:
        rows, without = count_without_day(adapter, batch.column)
    except SynthError as error:
        yield f"{table}: {error}"
        return
    if rows and rows == without:
        yield (
            f"{table}: Column {batch.column} holds no day in any of {rows:,} rows, so no run by {batch.by} finds a record. "
            "Name another column in batch.column, or fix this one."
        )
    elif without and not (batch.no_day and batch.no_day.allowed.until >= current_as_of().date()):
        yield f"{table}: {build_no_day_error(table, RowsOfNoDay(without, batch.column, allowed=False))}"
