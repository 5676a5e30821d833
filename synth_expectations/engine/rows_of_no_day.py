"""Count the rows of a table by day, and those that belong to no day: no daily run would ever evaluate them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.engine.date_ranges import compile_date_range, compile_no_day
from synth_expectations.engine.row_account import DayCounts
from synth_expectations.engine.schema import Columns
from synth_expectations.errors import ConditionError


@dataclass(frozen=True)
class RowsOfNoDay:
    """The rows whose batch column is NULL, or cannot be read as a day.

    Attributes:
        count: how many there are in the whole table.
        column: of the batches.
        allowed: whether the policy allows them.
    """

    count: int
    column: str
    allowed: bool

    def format_count(self) -> str:
        """Return the number in words, such as "1 row of no day"."""
        return f"{self.count:,} row{'' if self.count == 1 else 's'} of no day"


def build_no_day_error(table: str, rows: RowsOfNoDay) -> ConditionError:
    """Return the error for rows of no day that the policy does not allow."""
    return ConditionError(
        f"{table} has {rows.format_count()}: {rows.column} is empty there, or cannot be read as a day. "
        f"No run by day would ever evaluate {'it' if rows.count == 1 else 'them'}.",
        "Fix the column, or allow it in the policy: batch: {no_day: {allowed: {reason, approved_by, until}}}.",
    )


def count_without_day(table: Adapter, column: str) -> tuple[int, int]:
    """Return how many rows a whole table has, and how many of them belong to no day, by one query.

    Raises:
        SynthError: the column is missing or holds no time, or the query fails.
    """
    query = CountQuery()
    no_day = query.add(compile_no_day(table.columns(), table.dialect, column))
    [counts] = table.count([query])
    return counts.rows, counts.by_condition[no_day]


def count_days(table: Adapter, columns: Columns, column: str, start: date, end: date) -> DayCounts:
    """Return how many rows of a whole table belong to a date range, and to no day, by one query.

    Args:
        table: all rows, of all days.
        columns: of the table.
        column: of its batches.
        start: the first day of the range.
        end: the day after its last.

    Raises:
        SynthError: the column is missing or holds no time, or the query fails.
    """
    query = CountQuery()
    no_day = query.add(compile_no_day(columns, table.dialect, column))
    in_batch = query.add(compile_date_range(columns, table.dialect, column, start, end))
    [counts] = table.count([query])
    return DayCounts(counts.rows, counts.by_condition[in_batch], counts.by_condition[no_day])
