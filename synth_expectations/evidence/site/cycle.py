"""The pages of the audit cycle: deadlines and what became of them, closed periods and sign-offs, reviewed documents.

They are of the time of the last entry, not of today: the same ledger gives the same pages. `audit status` is of today.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date

from pydantic import ValidationError

from synth_expectations.evidence.cycle.deadlines import (
    Deadline,
    Outcome,
    ScheduledSubject,
    ScheduleSpan,
    find_gaps,
    judge_deadlines,
)
from synth_expectations.evidence.cycle.document_reviews import DocumentReview
from synth_expectations.evidence.cycle.gap_explanations import GapExplanation
from synth_expectations.evidence.cycle.run_history import LoggedRun
from synth_expectations.evidence.cycle.schedule_history import PolicyVersion, Schedules, find_spans, parse_schedules
from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.site.coverage import CalendarCell
from synth_expectations.evidence.site.page import Page
from synth_expectations.evidence.site.run_summary import RunSummary
from synth_expectations.evidence.site.state import ClosedPeriod, SignedPeriod, SiteState
from synth_expectations.policy.governance import ManualReview
from synth_expectations.rules.verdict import Verdict

CELLS = {
    Outcome.MISSED: CalendarCell("missed", "M"),
    Outcome.OVERDUE: CalendarCell("missed", "M"),
    Outcome.EXPLAINED: CalendarCell("explained", "x"),
}


@dataclass(frozen=True)
class ScheduleRow:
    """A checkpoint or a table with a schedule, as the page lists it.

    Attributes:
        span: its newest schedule.
        deadlines: as far back as the pages know runs, the newest first.
    """

    subject: ScheduledSubject
    span: ScheduleSpan
    deadlines: tuple[Deadline, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many deadlines have which outcome."""
        counted = Counter(deadline.outcome for deadline in self.deadlines)
        return [(outcome.value, counted[outcome]) for outcome in Outcome if counted[outcome]]

    @property
    def noteworthy(self) -> list[Deadline]:
        """The deadlines that were not met in time, or more than once."""
        return [d for d in self.deadlines if d.repeated or d.outcome not in {Outcome.DONE, Outcome.DUE}]


@dataclass(frozen=True)
class PeriodRow:
    """A closed period with its sign-offs."""

    closed: ClosedPeriod
    sign_offs: tuple[SignedPeriod, ...]


@dataclass(frozen=True)
class ReviewRow:
    """A document that somebody reviewed.

    Attributes:
        seq: the entry that records it; None if the policy has it.
        is_open: why it does not count on the day of the last entry; empty if it does.
    """

    review: ManualReview
    seq: int | None
    is_open: str


class SiteCycle:
    """What the pages show of the audit cycle.

    Args:
        state: of the ledger.
        ledger: has the texts of policies.
    """

    def __init__(self, state: SiteState, ledger: EvidenceLedger) -> None:
        self._state = state
        self._ledger = ledger
        self.rows = list(self._judge()) if state.head_at else []

    @property
    def gaps(self) -> int:
        """How many deadlines were missed, and not explained."""
        return sum(deadline.is_gap for row in self.rows for deadline in row.deadlines)

    def find_cells(self) -> dict[tuple[str, date], CalendarCell]:
        """Return the days on which a table was due and not checked, by table and day in the zone of its schedule."""
        cells: dict[tuple[str, date], CalendarCell] = {}
        for row in self.rows:
            plan = self._state.plans.get(row.subject.name) if row.subject.kind == "checkpoint" else None
            tables = sorted(set(plan.tables.values())) if plan else [row.subject.name]
            for deadline in row.deadlines:
                if cell := CELLS.get(deadline.outcome):
                    cells.update({(table, deadline.day): cell for table in tables})
        return cells

    def make_pages(self) -> Iterator[Page]:
        """Yield the pages of the cycle and of the reviews."""
        state = self._state
        periods = [
            PeriodRow(closed, tuple(signed for signed in state.sign_offs if signed.terms.closing == closed.seq))
            for closed in reversed(state.closings)
        ]
        gaps = [gap for row in self.rows for gap in find_gaps(reversed(row.deadlines))]
        content = {"state": state, "rows": self.rows, "periods": periods, "gaps": gaps}
        yield Page("cycle.html", "cycle.html", "The audit cycle", state.head, content)
        reviews = sorted(self._list_reviews(), key=lambda row: (row.review.requirement, row.review.on))
        yield Page("manual.html", "manual.html", "Reviewed documents", state.head, {"state": state, "reviews": reviews})

    def _judge(self) -> Iterator[ScheduleRow]:
        state = self._state
        assert state.head_at
        now = state.head_at.astimezone(UTC)
        schedules = self._read_schedules()
        versions = [
            PolicyVersion(period.first.started_at, period.policy.sha256 if period.policy else "")
            for period in state.policies
        ]
        runs = sorted(map(_to_logged_run, state.runs), key=lambda run: run.started_at)
        explanations = {}
        for note in state.notes:
            if note.kind == "gap_explained":
                with suppress(ValidationError):
                    explanations[note.seq] = GapExplanation.model_validate(dict(note.details))
        for subject, spans in sorted(find_spans(versions, schedules).items()):
            known = [
                _clip(span, runs) for span in spans if span.until is None or not runs or span.until > runs[0].started_at
            ]
            if known:
                deadlines = judge_deadlines(subject, known, runs, explanations, now)
                yield ScheduleRow(subject, spans[-1], tuple(reversed(deadlines)))

    def _read_schedules(self) -> Mapping[str, Schedules]:
        schedules: dict[str, Schedules] = {}
        for period in self._state.policies:
            if period.policy and period.policy.sha256 not in schedules:
                digest = period.policy.sha256
                with suppress(LedgerError):  # the page of the ledger says what of it cannot be read
                    schedules[digest] = parse_schedules(self._ledger.read_object(digest), digest)
        return schedules

    def _list_reviews(self) -> Iterator[ReviewRow]:
        state = self._state
        day = state.head_at.astimezone(UTC).date() if state.head_at else date.min
        for note in state.notes:
            if note.kind == "manual_done":
                with suppress(ValidationError):
                    review = DocumentReview.model_validate(dict(note.details)).to_review()
                    yield ReviewRow(review, note.seq, _find_end(review, day))
        if policy := state.policy:
            with suppress(LedgerError, ValueError, TypeError, AttributeError):
                for entry in json.loads(self._ledger.read_object(policy.sha256)).get("manual", ()):
                    review = ManualReview.model_validate(entry)
                    yield ReviewRow(review, None, _find_end(review, day))


def _find_end(review: ManualReview, day: date) -> str:
    if review.on > day:
        return f"reviewed on {review.on}, after {day}"
    return f"ended on {review.until}" if review.until and review.until < day else ""


def _clip(span: ScheduleSpan, runs: Sequence[LoggedRun]) -> ScheduleSpan:
    """Return a span from the oldest run that the pages know on: of earlier days they know none."""
    return replace(span, since=max(span.since, runs[0].started_at)) if runs else span


def _to_logged_run(run: RunSummary) -> LoggedRun:
    tables = dict.fromkeys(run.planned_tables, "the run has no result for it")
    for outcome in run.tables:
        if not outcome.is_read:
            tables[outcome.table] = "no query reached it"
        else:
            tables[outcome.table] = "it was errored" if outcome.verdict in {None, Verdict.ERRORED} else ""
    return LoggedRun(
        run_id=run.run_id,
        checkpoint=run.checkpoint,
        started_at=run.started_at.astimezone(UTC),
        finished_at=run.finished_at.astimezone(UTC) if run.finished_at and run.finished_seq else None,
        is_errored=run.verdict is Verdict.ERRORED,
        is_partial=run.selected < run.planned,
        tables=tables,
        actor=run.claimed,
        policy_sha256=run.policy_sha256,
    )
