"""What of a period a pack is about: all of it, some regulations, some tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from synth_expectations.controls.load import find_regulation
from synth_expectations.errors import nearest
from synth_expectations.evidence.pack.period_entries import PackedRun, PackError
from synth_expectations.evidence.records.results import ResultRecord


@dataclass(frozen=True)
class PackScope:
    """The limits of a pack; what is empty limits nothing.

    Attributes:
        regulations: ids, in order.
        tables: names, in order.
    """

    regulations: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()

    def has_table(self, table: str) -> bool:
        """Return whether the pack is about a table."""
        return not self.tables or table in self.tables

    def has_regulation(self, regulation: str) -> bool:
        """Return whether the pack is about a regulation."""
        return not self.regulations or regulation in self.regulations

    def has_result(self, result: ResultRecord) -> bool:
        """Return whether the pack is about a result: its table, and a requirement for which it is evidence."""
        regulations = {evidence.regulation for evidence in result.evidence}
        is_evidence = not self.regulations or not regulations.isdisjoint(self.regulations)
        return self.has_table(result.table) and is_evidence


def make_scope(regulations: Iterable[str], tables: Iterable[str], runs: Iterable[PackedRun]) -> PackScope:
    """Return the scope of a pack.

    Raises:
        ControlsError: there is no such regulation.
        PackError: no run of the period plans a check on such a table.
    """
    wanted = tuple(sorted(set(regulations)))
    for regulation in wanted:
        find_regulation(regulation)
    known = sorted({check.table for run in runs for check in run.record.plan})
    for table in tables:
        if table not in known:
            guess = nearest(table, known)
            more = f" and {len(known) - 20} more" if len(known) > 20 else ""
            raise PackError(
                f"No run of the period plans a check on a table {table}.",
                f"Did you mean {guess}?" if guess else f"There are {', '.join(known[:20])}{more}.",
            )
    return PackScope(wanted, tuple(sorted(set(tables))))
