"""The pages of a state: which there are, and what each of them shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from synth_expectations.controls.coverage import Applies
from synth_expectations.controls.model import Regulation
from synth_expectations.controls.statuses import EvidenceCounts, EvidenceStatus
from synth_expectations.evidence.cycle.deadlines import Outcome
from synth_expectations.evidence.findings.model import FollowedFinding
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.site.charts import LineChart, draw_lines
from synth_expectations.evidence.site.coverage import LEGEND, CheckCoverage, draw_month, read_coverage
from synth_expectations.evidence.site.cycle import CELLS, SiteCycle
from synth_expectations.evidence.site.file_names import find_regulation_page, find_requirement_page, find_table_page
from synth_expectations.evidence.site.findings import FindingPages
from synth_expectations.evidence.site.page import Page
from synth_expectations.evidence.site.policy_text import find_policy_differences
from synth_expectations.evidence.site.questions import answer_questions, count_days_without_run
from synth_expectations.evidence.site.requirements import RequirementState, find_day, read_requirements
from synth_expectations.evidence.site.samples import (
    SampleRow,
    make_sample_page,
    measure_rates,
    read_sample_rows,
)
from synth_expectations.evidence.site.state import (
    MONTHS_KEPT,
    RUNS_KEPT,
    CheckState,
    RunSummary,
    SiteState,
    TableState,
)
from synth_expectations.evidence.site.static_text import (
    GLOSSARY,
    MISSING_PAGES,
    OUR_RATES,
    STRENGTH_MEANINGS,
    VERIFY_COMMANDS,
)
from synth_expectations.policy.ownership import RESPONSIBILITIES

KINDS_OF_RECORDS = ("real", "synthetic", "partial", "masked", "untagged")


@dataclass(frozen=True)
class TableRow:
    """A table, as the first page lists it.

    Attributes:
        counts: the statuses of its checks.
        unmapped: how many more passed that are mapped to no requirement.
    """

    table: str
    state: TableState | None
    counts: EvidenceCounts
    unmapped: int
    findings: int


@dataclass(frozen=True)
class RegulationRow:
    """A regulation, as the page of all of them lists it."""

    regulation: Regulation
    requirements: tuple[RequirementState, ...]

    @property
    def in_force(self) -> int:
        """How many of its requirements are in force."""
        return sum(row.applies is Applies.YES for row in self.requirements)

    @property
    def counts(self) -> EvidenceCounts:
        """The statuses of all items of requirements in force."""
        return sum((row.counts for row in self.requirements if row.applies is Applies.YES), EvidenceCounts())


class SitePages:
    """Makes the pages of a state that are not of a single run.

    Args:
        state: of the ledger.
        ledger: has the texts of policies.
        regulations: as they are installed.
        installed: the digest of each regulation's file, by its id.
    """

    def __init__(
        self,
        state: SiteState,
        ledger: EvidenceLedger,
        regulations: Sequence[Regulation],
        installed: dict[str, str],
    ) -> None:
        self.state = state
        self._ledger = ledger
        self._regulations = regulations
        self._installed = installed
        self._day = find_day(state)
        self._last_day = state.head_at.astimezone(UTC).date() if state.head_at else self._day

    @cached_property
    def requirements(self) -> list[RequirementState]:
        """Every requirement with its evidence."""
        return read_requirements(self.state, self._regulations)

    @cached_property
    def coverage(self) -> CheckCoverage:
        """What was checked and what not."""
        return read_coverage(self.state, self._day)

    @cached_property
    def findings(self) -> FindingPages:
        """The findings, as they stand at the head of the ledger."""
        state = self.state
        at = state.head_at or datetime(1970, 1, 1, tzinfo=UTC)
        return FindingPages(state.findings, at, state.head)

    @cached_property
    def _checks_by_table(self) -> dict[str, list[CheckState]]:
        grouped: dict[str, list[CheckState]] = {}
        for key in self.state.planned_checks:
            if check := self.state.checks.get(key):
                grouped.setdefault(check.table, []).append(check)
        return {table: sorted(checks, key=lambda check: check.type) for table, checks in grouped.items()}

    @cached_property
    def _missing_by_table(self) -> dict[str, int]:
        missing: dict[str, int] = {}
        for plan in self.state.plans.values():
            for key, table in plan.tables.items():
                missing[table] = missing.get(table, 0) + (key not in self.state.checks)
        return missing

    @property
    def tables(self) -> list[str]:
        """Every table that a run read or planned to read."""
        planned = {table for plan in self.state.plans.values() for table in plan.tables.values()}
        checked = {check.table for check in self.state.checks.values()}
        return sorted(
            {*self.state.tables, *planned, *checked, *(f.table for f in self.state.findings.findings.values())}
        )

    def make_common(self) -> Iterator[Page]:
        """Yield the pages that every new entry may change."""
        yield self._make_index()
        yield self._make_coverage()
        yield from self._make_regulations()
        yield self._make(
            "runs/index.html",
            "runs_index.html",
            "Runs",
            problems=self.state.problems,
            redacted=self.state.redacted,
            months=self._months,
        )
        yield self._make("changes.html", "changes.html", "Changes", runs=self.state.changes[::-1])
        yield self._make_findings()
        yield self._make_method()
        yield self._make_samples()
        yield self._make_policy()
        yield from self._cycle.make_pages()
        yield self._make_people()
        yield self._make(
            "integrity.html",
            "integrity.html",
            "Integrity of the ledger",
            kinds=sorted(self.state.kinds.items()),
            commands=VERIFY_COMMANDS,
        )

    def make_tables(self, touched: set[str] | None = None) -> Iterator[Page]:
        """Yield the page of each table, or of those that runs touched."""
        for table in self.tables:
            if touched is None or table in touched:
                yield self._make_table(table)

    def make_fixed(self) -> Iterator[Page]:
        """Yield the pages that no entry changes."""
        for missing in MISSING_PAGES:
            sentences = {"sentence": missing.sentence, "remedy": missing.remedy}
            yield Page(missing.path, "missing.html", missing.title, 0, sentences)

    def make_sample(self, row: SampleRow) -> Page | None:
        """Return the page of a draw; None if the ledger, or the part of it that a pack has, cannot show it."""
        return make_sample_page(row, self._ledger)

    @cached_property
    def _cycle(self) -> SiteCycle:
        return SiteCycle(self.state, self._ledger)

    @cached_property
    def samples(self) -> list[SampleRow]:
        """Every draw of a sample."""
        return read_sample_rows(self.state)

    def make_requirement(self, row: RequirementState) -> Page:
        """Return the page of a requirement."""
        path = find_requirement_page(row.regulation.id, row.requirement.id)
        return Page(
            path, "requirement.html", row.requirement.id, row.until, {"row": row, "strengths": STRENGTH_MEANINGS}
        )

    def make_months(self, months: set[str], runs: Iterable[RunSummary]) -> Iterator[Page]:
        """Yield the pages of some months.

        Args:
            months: which ones.
            runs: all that started in them, and others.
        """
        by_month: dict[str, list[RunSummary]] = {month: [] for month in months}
        for run in sorted(runs, key=lambda run: (run.started_at, run.started_seq or run.finished_seq or 0)):
            by_month.get(run.month, []).append(run)
        for month, listed in sorted(by_month.items()):
            newest = max(listed, key=lambda run: run.finished_seq or run.started_seq)
            calendar = draw_month(month, listed, newest.started_at.astimezone(UTC).date())
            yield Page(
                f"runs/{month}.html",
                "runs_month.html",
                f"Runs of {month}",
                newest.finished_seq or newest.started_seq,
                {"month": month, "runs": listed, "legend": LEGEND, "calendar": calendar},
                policy=newest.policy_sha256,
            )

    @property
    def _months(self) -> list[tuple[str, Any]]:
        return sorted(self.state.months.items(), reverse=True)

    def _make(self, path: str, template: str, title: str, **content: Any) -> Page:
        return Page(path, template, title, self.state.head, {"state": self.state, **content})

    def _make_index(self) -> Page:
        state = self.state
        ended = [run for run in state.runs if run.finished_seq][-RUNS_KEPT:]
        return self._make(
            "index.html",
            "index.html",
            "Overview",
            answers=answer_questions(state, self.coverage, self.requirements, self._cycle.rows),
            open_plans=[(name, plan) for name, plan in sorted(state.plans.items()) if not plan.is_finished],
            tables=[self._make_row(table) for table in self.tables],
            not_checked=self.coverage.not_checked,
            trend=draw_lines([("contrary", [run.contrary for run in ended])]),
        )

    def _make_row(self, table: str) -> TableRow:
        return TableRow(
            table,
            self.state.tables.get(table),
            self._count_statuses(table),
            self._count_unmapped(table),
            sum(finding.closed is None for finding in self._find(table)),
        )

    def _count_unmapped(self, table: str) -> int:
        return sum(check.is_unmapped for check in self._checks_by_table.get(table, []))

    def _count_statuses(self, table: str) -> EvidenceCounts:
        statuses = [check.status for check in self._checks_by_table.get(table, []) if not check.is_unmapped]
        return EvidenceCounts.of([*statuses, *[EvidenceStatus.NOT_RUN] * self._missing_by_table.get(table, 0)])

    def _find(self, table: str) -> list[FollowedFinding]:
        return [finding for finding in self.state.findings.findings.values() if finding.table == table]

    def _make_coverage(self) -> Page:
        state = self.state
        tables = [*state.tables.items(), *state.references.items()]
        runs = [run for run in state.runs if run.finished_seq]
        return self._make(
            "coverage.html",
            "coverage.html",
            "Coverage",
            coverage=self.coverage,
            calendars=self._draw_calendars(),
            legend=LEGEND,
            days_without=count_days_without_run(state),
            schedules=self._cycle.rows,
            gap_cells=[CELLS[Outcome.MISSED], CELLS[Outcome.EXPLAINED]],
            open_runs=sorted(state.open_runs.values(), key=lambda run: run.started_at, reverse=True),
            partial_runs=[run for run in reversed(runs) if run.selected < run.planned],
            unapproved_runs=[run for run in reversed(runs) if run.policy_state != "approved"],
            inputs=[table for _, table in sorted(tables, key=lambda item: item[0]) if table.input],
        )

    def _draw_calendars(self) -> list[Any]:
        gaps = self._cycle.find_cells()
        months = sorted({*self.state.months, *(f"{day:%Y-%m}" for _, day in gaps)})[-MONTHS_KEPT:]
        by_month: dict[str, list[RunSummary]] = {month: [] for month in months}
        for run in self.state.runs:
            by_month.get(run.month, []).append(run)
        return [draw_month(month, by_month[month], self._last_day, gaps) for month in reversed(months)]

    def _make_regulations(self) -> Iterator[Page]:
        rows = [
            RegulationRow(regulation, tuple(row for row in self.requirements if row.regulation.id == regulation.id))
            for regulation in self._regulations
        ]
        recorded = {
            (item.regulation, item.requirement) for check in self.state.checks.values() for item in check.evidence
        }
        known = {regulation.id for regulation in self._regulations}
        changed = [
            name
            for name, digest in sorted(self.state.control_digests.items())
            if self._installed.get(name.removesuffix(".yml"), digest) != digest
        ]
        yield self._make(
            "controls/index.html",
            "controls_index.html",
            "Requirements",
            regulations=rows,
            day=self._day,
            unknown=sorted({regulation for regulation, _ in recorded} - known),
            changed=changed,
        )
        for row in rows:
            ids = {requirement.requirement.id for requirement in row.requirements}
            named = {requirement for regulation, requirement in recorded if regulation == row.regulation.id}
            yield self._make(
                find_regulation_page(row.regulation.id),
                "regulation.html",
                row.regulation.title,
                regulation=row.regulation,
                requirements=row.requirements,
                unknown=sorted(named - ids),
                day=self._day,
            )

    def _make_findings(self) -> Page:
        page = self.findings.make_list()
        return replace(page, content={**page.content, "state": self.state})

    def _make_method(self) -> Page:
        content = {
            "statuses": list(EvidenceStatus),
            "strengths": STRENGTH_MEANINGS,
            "glossary": GLOSSARY,
            "rates": list(measure_rates(self.samples)),
            "our_rates": OUR_RATES,
        }
        return Page("method.html", "method.html", "Terms and method", self._find_last_sample(), content)

    def _make_samples(self) -> Page:
        content = {
            "rows": self.samples,
            "tables": self.tables,
            "rates": list(measure_rates(self.samples)),
            "readable": {row.path for row in self.samples if row.path in self.state.pages},
        }
        return Page("sampling/index.html", "sampling_index.html", "Samples", self._find_last_sample(), content)

    def _find_last_sample(self) -> int:
        notes = [note for row in self.samples for note in (row.drawn, row.recorded, row.withdrawn) if note]
        return max((note.seq for note in notes), default=0)

    def _make_people(self) -> Page:
        rows = self.state.ownership
        empty = {name: sum(not getattr(row, name) for row in rows) for name in RESPONSIBILITIES}
        return self._make(
            "people.html",
            "people.html",
            "People",
            rows=rows,
            responsibilities=RESPONSIBILITIES,
            known=set(self.tables),
            empty=[(name, count) for name, count in empty.items() if count],
        )

    def _make_policy(self) -> Page:
        kinds = {"policy_approved", "policy_revoked"}
        return self._make(
            "policy.html",
            "policy.html",
            "Policy",
            policy=self.state.policy,
            periods=self.state.policies[::-1],
            differences=list(find_policy_differences(self._ledger, self.state.policies)),
            entries=[note for note in self.state.notes if note.kind in kinds][::-1],
        )

    def _make_table(self, table: str) -> Page:
        checks, state = self._checks_by_table.get(table, []), self.state.tables.get(table)
        content: dict[str, Any] = {
            "table": state,
            "statuses": self._count_statuses(table),
            "unmapped": self._count_unmapped(table),
            "checks": checks,
            "left_out": [row.exclusion for row in self.coverage.exclusions if row.exclusion.table == table],
            "census": self._draw_census(table),
            "findings": [row for row in self.findings.rows if row.finding.table == table],
            "samples": [row for row in self.samples if row.details.get("table") == table],
        }
        seen = [check.seen.seq for check in checks] + ([state.seen.seq] if state else [])
        seen += [note.seq for row in content["samples"] for note in (row.drawn, row.recorded, row.withdrawn) if note]
        return Page(find_table_page(table), "table.html", f"Table {table}", max(seen, default=1), content)

    def _draw_census(self, table: str) -> LineChart | None:
        counted = [
            item.records for run in self.state.runs for item in run.tables if item.table == table and item.records
        ][-RUNS_KEPT:]
        names = [kind for kind in KINDS_OF_RECORDS if any(kind in records for records in counted)]
        names += sorted({name for records in counted for name in records} - set(names))
        return draw_lines([(name, [records.get(name) for records in counted]) for name in names]) if names else None
