"""Count the rows of a table that a batch leaves out, and refuse those of no day unless the policy allows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.result import CheckResult
from synth_expectations.engine.row_account import DayCounts, account_for_rows, count_rows
from synth_expectations.engine.rows_of_no_day import RowsOfNoDay, build_no_day_error, count_days
from synth_expectations.errors import SynthError
from synth_expectations.rules.acceptances import NO_DAY
from synth_expectations.rules.census import ALL
from synth_expectations.rules.partitions import ALL_ROWS
from synth_expectations.validation.acceptances import is_accepted


@dataclass(frozen=True)
class TableRows:
    """The rows of a table around a batch.

    Attributes:
        table: its name in sentences.
        source: how many rows there are before `where`; None for a table without it.
        days: how many rows belong to the batch and to no day; None for a batch that is not a day, month or year.
        no_day: the rows of no day, and whether the policy allows them; None likewise.
    """

    table: str
    source: int | None = None
    days: DayCounts | None = None
    no_day: RowsOfNoDay | None = None

    def complete(self, result: CheckResult) -> CheckResult:
        """Return a result with what becomes of each row of the table; an error if the rows do not add up."""
        if result.error or ALL not in result.census:
            return result
        try:
            rows = account_for_rows(self.table, result.census[ALL], self.source, self.days)
        except SynthError as error:
            return CheckResult(error=error)
        return replace(result, rows=rows)

    def refuse_no_day(self) -> None:
        """Refuse rows of no day that the policy does not allow.

        Raises:
            ConditionError: there are such rows.
        """
        rows = self.no_day
        if rows and rows.count and not rows.allowed:
            raise build_no_day_error(self.table, rows)


def count_table_rows(
    asset: Any,
    date_range: tuple[str, date, date] | None,
    table: str,
    adapter: Adapter,
    open_table: Callable[[Any], Adapter],
) -> TableRows:
    """Return the rows of the table of a batch.

    No query is needed for a whole table without `where`: all its rows are judged.

    Args:
        asset: the table, as its data source has it.
        date_range: the column of the batch, its first day and the day after its last; None if it is not a date range.
        table: its name in sentences.
        adapter: of the batch.
        open_table: gives the adapter of another selection of rows.

    Raises:
        SynthError: the table cannot be read.
    """

    def read(selectable: Any) -> Adapter:
        rows = open_table(selectable)
        rows.statements = adapter.statements  # the query counts as one of the batch's
        return rows

    source = find_unnarrowed(asset)
    counted = TableRows(table, None if source is None else count_rows(read(source.as_selectable())))
    if date_range is None:
        return counted
    days = count_days(read(asset.as_selectable()), adapter.columns(), *date_range)
    return replace(counted, days=days, no_day=RowsOfNoDay(days.no_day, date_range[0], is_accepted(asset, NO_DAY)))


def find_unnarrowed(asset: Any) -> Any:
    """Return the asset with the rows that `where` leaves out, which compile makes; None if there is none."""
    name, source = f"{asset.name}{ALL_ROWS}", asset.datasource
    return source.get_asset(name) if any(other.name == name for other in source.assets) else None
