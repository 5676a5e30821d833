"""The table of ownership: a line for each check, with who answers for it by the policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from synth_expectations.evidence.pack.period_entries import PackedRun
from synth_expectations.evidence.pack.scope import PackScope
from synth_expectations.evidence.pack.tables.table import PackTable, list_columns
from synth_expectations.evidence.records.policy import OwnershipRecord
from synth_expectations.policy.ownership import RESPONSIBILITIES

_COLUMNS = list_columns(
    ("table", "the table"),
    ("check", "the type of the expectation"),
    ("accountable", "who answers for the check; of a table by default its owner"),
    ("operator", "who runs it"),
    ("approver", "who may accept what it finds"),
    ("reviewer", "who reviews samples of its records"),
    ("empty", "what of this nobody is named for"),
    ("run", "the run whose policy says so: the newest of the period that planned the check"),
)


def make_ownership_table(runs: Sequence[PackedRun], scope: PackScope) -> PackTable:
    """Return who answers for each check that a run of the period planned, in order of table and check."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for run in runs:
        rows.update({(row["table"], row["check"]): row for row in _make_rows(run, scope)})
    about = "A line for each check that a run of the period planned: who answers for it, by the policy of that run."
    return PackTable("ownership", about, _COLUMNS, [rows[key] for key in sorted(rows)])


def _make_rows(run: PackedRun, scope: PackScope) -> Iterator[dict[str, Any]]:
    named = {(row.table, row.type): row for row in run.record.ownership}
    for check in run.record.plan:
        if scope.has_table(check.table):
            row = (
                named.get((check.table, check.type))
                or named.get((check.table, ""))
                or OwnershipRecord(table=check.table)
            )
            cells = {name: getattr(row, name) for name in RESPONSIBILITIES}
            yield {
                "table": check.table,
                "check": check.type,
                **cells,
                "empty": [name for name, value in cells.items() if not value],
                "run": run.record.run_id,
            }
