"""The pages of a state: which there are, and what each of them shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from synth_expectations.controls.model import Regulation
from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.cycle.deadlines import Outcome
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.site.charts import draw_lines
from synth_expectations.evidence.site.coverage import LEGEND, CheckCoverage, draw_month, read_coverage
from synth_expectations.evidence.site.cycle import CELLS, SiteCycle
from synth_expectations.evidence.site.findings import FindingPages
from synth_expectations.evidence.site.page import Page
from synth_expectations.evidence.site.policy_text import find_policy_differences
from synth_expectations.evidence.site.questions import answer_questions, count_days_without_run
from synth_expectations.evidence.site.regulation_pages import RegulationPages
from synth_expectations.evidence.site.requirements import find_day
from synth_expectations.evidence.site.run_summary import RunSummary
from synth_expectations.evidence.site.state import MONTHS_KEPT, RUNS_KEPT, SiteState
from synth_expectations.evidence.site.static_text import (
    GLOSSARY,
    MISSING_PAGES,
    OUR_RATES,
    STRENGTH_MEANINGS,
    VERIFY_COMMANDS,
)
from synth_expectations.evidence.site.table_pages import TablePages
from synth_expectations.policy.ownership import RESPONSIBILITIES

if TYPE_CHECKING:
    from synth_expectations.evidence.site.samples import MeasuredRate, SampleRow  # imported for ledgers that have draws


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
        self.regulations = RegulationPages(state, regulations, installed)
        self._day = find_day(state)
        self._last_day = state.head_at.astimezone(UTC).date() if state.head_at else self._day

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
    def tables(self) -> TablePages:
        """The pages of tables."""
        return TablePages(self.state, self.coverage, self.findings, self.samples)

    def make_common(self) -> Iterator[Page]:
        """Yield the pages that every new entry may change."""
        yield self._make_index()
        yield self._make_coverage()
        yield from self.regulations.make_pages()
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

    def make_fixed(self) -> Iterator[Page]:
        """Yield the pages that no entry changes."""
        for missing in MISSING_PAGES:
            sentences = {"sentence": missing.sentence, "remedy": missing.remedy}
            yield Page(missing.path, "missing.html", missing.title, 0, sentences)

    def make_sample(self, row: SampleRow) -> Page | None:
        """Return the page of a draw; None if the ledger, or the part of it that a pack has, cannot show it."""
        from synth_expectations.evidence.site.samples import make_sample_page

        return make_sample_page(row, self._ledger)

    @cached_property
    def _cycle(self) -> SiteCycle:
        return SiteCycle(self.state, self._ledger)

    @cached_property
    def samples(self) -> list[SampleRow]:
        """Every draw of a sample."""
        if EntryKind.SAMPLE_DRAWN not in self.state.kinds:
            return []
        from synth_expectations.evidence.site.samples import read_sample_rows

        return read_sample_rows(self.state)

    @cached_property
    def _rates(self) -> list[MeasuredRate]:
        """How often the checks erred, by the samples."""
        if not self.samples:
            return []
        from synth_expectations.evidence.site.samples import measure_rates

        return list(measure_rates(self.samples))

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
            answers=answer_questions(state, self.coverage, self.regulations.requirements, self._cycle.rows),
            open_plans=[(name, plan) for name, plan in sorted(state.plans.items()) if not plan.is_finished],
            tables=self.tables.rows,
            not_checked=self.coverage.not_checked,
            trend=draw_lines([("contrary", [run.contrary for run in ended])]),
        )

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

    def _make_findings(self) -> Page:
        page = self.findings.make_list()
        return replace(page, content={**page.content, "state": self.state})

    def _make_method(self) -> Page:
        content = {
            "statuses": list(EvidenceStatus),
            "strengths": STRENGTH_MEANINGS,
            "glossary": GLOSSARY,
            "rates": self._rates,
            "our_rates": OUR_RATES,
        }
        return Page("method.html", "method.html", "Terms and method", self._find_last_sample(), content)

    def _make_samples(self) -> Page:
        content = {
            "rows": self.samples,
            "tables": self.tables.names,
            "rates": self._rates,
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
            known=set(self.tables.names),
            divided={row.table for row in rows if row.type},
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
