"""The page of each table, and the line that the first page has of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from synth_expectations.controls.statuses import EvidenceCounts, EvidenceStatus
from synth_expectations.evidence.site.charts import LineChart, draw_lines
from synth_expectations.evidence.site.check_state import CheckState
from synth_expectations.evidence.site.coverage import CheckCoverage
from synth_expectations.evidence.site.file_names import find_table_page
from synth_expectations.evidence.site.findings import FindingPages
from synth_expectations.evidence.site.page import Page
from synth_expectations.evidence.site.state import RUNS_KEPT, SiteState, TableState

if TYPE_CHECKING:
    from synth_expectations.evidence.site.samples import SampleRow

KINDS_OF_RECORDS = ("real", "synthetic", "partial", "masked", "untagged")


@dataclass(frozen=True)
class TableRow:
    """A table, as the first page lists it.

    Attributes:
        counts: the statuses of its checks.
        unmapped: how many more passed that are mapped to no requirement.
        findings: how many of it are open.
    """

    table: str
    state: TableState | None
    counts: EvidenceCounts
    unmapped: int
    findings: int


class TablePages:
    """Makes the pages of tables.

    Args:
        state: of the ledger.
        coverage: what was checked and what not.
        findings: the findings, as they stand at the head of the ledger.
        samples: every draw of a sample.
    """

    def __init__(
        self, state: SiteState, coverage: CheckCoverage, findings: FindingPages, samples: Sequence[SampleRow]
    ) -> None:
        self._state = state
        self._coverage = coverage
        self._findings = findings
        self._samples = samples

    @cached_property
    def names(self) -> list[str]:
        """Every table that a run read or planned to read."""
        state = self._state
        planned = {table for plan in state.plans.values() for table in plan.tables.values()}
        checked = {check.table for check in state.checks.values()}
        return sorted({*state.tables, *planned, *checked, *(f.table for f in state.findings.findings.values())})

    @property
    def rows(self) -> list[TableRow]:
        """The line of each table."""
        return [self._make_row(table) for table in self.names]

    def make_pages(self, touched: set[str] | None = None) -> Iterator[Page]:
        """Yield the page of each table, or of those that runs touched."""
        for table in self.names:
            if touched is None or table in touched:
                yield self._make_page(table)

    @cached_property
    def _checks_by_table(self) -> dict[str, list[CheckState]]:
        grouped: dict[str, list[CheckState]] = {}
        for key in self._state.planned_checks:
            if check := self._state.checks.get(key):
                grouped.setdefault(check.table, []).append(check)
        return {table: sorted(checks, key=lambda check: check.type) for table, checks in grouped.items()}

    @cached_property
    def _missing_by_table(self) -> dict[str, int]:
        missing: dict[str, int] = {}
        for plan in self._state.plans.values():
            for key, table in plan.tables.items():
                missing[table] = missing.get(table, 0) + (key not in self._state.checks)
        return missing

    def _make_row(self, table: str) -> TableRow:
        findings = [finding for finding in self._state.findings.findings.values() if finding.table == table]
        return TableRow(
            table,
            self._state.tables.get(table),
            self._count_statuses(table),
            self._count_unmapped(table),
            sum(finding.closed is None for finding in findings),
        )

    def _count_unmapped(self, table: str) -> int:
        return sum(check.is_unmapped for check in self._checks_by_table.get(table, []))

    def _count_statuses(self, table: str) -> EvidenceCounts:
        statuses = [check.status for check in self._checks_by_table.get(table, []) if not check.is_unmapped]
        return EvidenceCounts.of([*statuses, *[EvidenceStatus.NOT_RUN] * self._missing_by_table.get(table, 0)])

    def _make_page(self, table: str) -> Page:
        checks, state = self._checks_by_table.get(table, []), self._state.tables.get(table)
        content: dict[str, Any] = {
            "table": state,
            "statuses": self._count_statuses(table),
            "unmapped": self._count_unmapped(table),
            "checks": checks,
            "left_out": [row.exclusion for row in self._coverage.exclusions if row.exclusion.table == table],
            "census": self._draw_census(table),
            "findings": [row for row in self._findings.rows if row.finding.table == table],
            "samples": [row for row in self._samples if row.details.get("table") == table],
        }
        seen = [check.seen.seq for check in checks] + ([state.seen.seq] if state else [])
        seen += [note.seq for row in content["samples"] for note in (row.drawn, row.recorded, row.withdrawn) if note]
        return Page(find_table_page(table), "table.html", f"Table {table}", max(seen, default=1), content)

    def _draw_census(self, table: str) -> LineChart | None:
        counted = [
            item.records for run in self._state.runs for item in run.tables if item.table == table and item.records
        ][-RUNS_KEPT:]
        names = [kind for kind in KINDS_OF_RECORDS if any(kind in records for records in counted)]
        names += sorted({name for records in counted for name in records} - set(names))
        return draw_lines([(name, [records.get(name) for records in counted]) for name in names]) if names else None
