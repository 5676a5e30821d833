"""The rows of a table, and why each is judged or not: a run that does not add up proves nothing."""

from __future__ import annotations

from dataclasses import dataclass

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.errors import ConditionError


@dataclass(frozen=True)
class RowAccount:
    """The rows of a table by what becomes of them.

    Attributes:
        source: all rows, before `where`.
        judged: the rows of the batch.
        left_out: the rows that `where` leaves out.
        other_day: the rows of another day, month or year.
        no_day: the rows that belong to no day.
    """

    source: int
    judged: int
    left_out: int = 0
    other_day: int = 0
    no_day: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether each row is judged, or left out for one reason."""
        parts = (self.judged, self.left_out, self.other_day, self.no_day)
        return min(parts) >= 0 and sum(parts) == self.source

    def format_parts(self) -> str:
        """Return the rows that are not judged, such as "10 left out by where, 3 of no day"; empty if there are none."""
        parts = {"left out by where": self.left_out, "of another day": self.other_day, "of no day": self.no_day}
        return ", ".join(f"{count:,} {reason}" for reason, count in parts.items() if count)


@dataclass(frozen=True)
class DayCounts:
    """The rows of a table that is checked by day, month or year, after `where`.

    Attributes:
        rows: all of them.
        in_batch: those of the batch.
        no_day: those of no day.
    """

    rows: int
    in_batch: int
    no_day: int


def count_rows(table: Adapter) -> int:
    """Return how many rows a table has; of Parquet files, engines read no more than the footers.

    Raises:
        SynthError: the query fails.
    """
    [counts] = table.count([CountQuery()])
    return counts.rows


def account_for_rows(table: str, judged: int, source: int | None, days: DayCounts | None) -> RowAccount:
    """Return what becomes of each row of a table.

    Args:
        table: its name in sentences.
        judged: how many rows were judged.
        source: how many rows there are before `where`; None for a table without it.
        days: of a table that is checked by day, month or year; None for others.

    Raises:
        ConditionError: the rows do not add up.
    """
    narrowed = days.rows if days else judged
    everything = narrowed if source is None else source
    account = RowAccount(
        source=everything,
        judged=judged,
        left_out=everything - narrowed,
        other_day=days.rows - days.in_batch - days.no_day if days else 0,
        no_day=days.no_day if days else 0,
    )
    if not account.adds_up:
        parts = account.format_parts()
        raise ConditionError(
            f"The rows of {table} do not add up: it has {everything:,}, and {judged:,} were judged"
            f"{f', {parts}' if parts else ''}.",
            "Somebody wrote to it during the run: run it again when that is done.",
        )
    return account
