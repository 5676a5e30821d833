"""Deadlines of a schedule, and what became of each: done, late, missed, explained, or still due."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Literal

from synth_expectations.evidence.cycle.gap_explanations import GapExplanation
from synth_expectations.evidence.cycle.run_history import LoggedRun
from synth_expectations.policy.schedule import Schedule

SubjectKind = Literal["checkpoint", "table"]


class Outcome(StrEnum):
    """What became of a deadline.

    Overdue is a missed one that is the last of its subject: nothing was checked since.
    """

    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    OVERDUE = "overdue"
    EXPLAINED = "explained"
    DUE = "due"


@dataclass(frozen=True, order=True)
class ScheduledSubject:
    """A checkpoint or a table that a policy has a schedule for."""

    kind: SubjectKind
    name: str

    @property
    def title(self) -> str:
        """What it is, for people."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class ScheduleSpan:
    """Some time in which a schedule was in force.

    Attributes:
        until: None while it still is.
    """

    schedule: Schedule
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Deadline:
    """A deadline, and what became of it.

    Attributes:
        day: in the zone of the schedule.
        at: in UTC, without the grace.
        limit: in UTC, with it.
        run: the run that met it, or that should have.
        repeated: how many more runs did.
        why: why it was not met; or how it was explained.
        explained_by: the entry that explains it.
    """

    subject: ScheduledSubject
    day: date
    at: datetime
    limit: datetime
    outcome: Outcome
    run: LoggedRun | None = None
    repeated: int = 0
    why: str = ""
    explained_by: int | None = None

    @property
    def is_gap(self) -> bool:
        """Whether it was not met, and nobody explained why."""
        return self.outcome in {Outcome.MISSED, Outcome.OVERDUE}


def judge_deadlines(
    subject: ScheduledSubject,
    spans: Sequence[ScheduleSpan],
    runs: Sequence[LoggedRun],
    explanations: Mapping[int, GapExplanation],
    now: datetime,
) -> list[Deadline]:
    """Return what became of each deadline of a checkpoint or a table up to a time, in their order.

    A run belongs to the nearest deadline, by its end. It meets that of a checkpoint if it evaluated the whole of it and
    did not error, and that of a table if it checked the whole of the table.

    Args:
        subject: the checkpoint or the table.
        spans: its schedules, in their order.
        runs: of the ledger, in the order of their starts.
        explanations: of gaps, by the number of their entry.
        now: the time.
    """
    times = [time for span in spans for time in _list_times(span, now)]
    own = [run for run in runs if _is_about(run, subject)]
    own.sort(key=_find_end)
    bounds = [_find_start(spans, times), *(before.at + (after.at - before.at) / 2 for before, after in pairwise(times))]
    bounds.append(_find_end_of_last(spans, times))
    ends = [_find_end(run) for run in own]
    deadlines = [
        _judge(subject, time, own[bisect_left(ends, start) : bisect_left(ends, end)], now)
        for time, (start, end) in zip(times, pairwise(bounds), strict=True)
    ]
    is_in_force = bool(spans) and spans[-1].until is None
    for number, deadline in enumerate(deadlines):
        if deadline.outcome is Outcome.MISSED:
            explained = _find_explanation(deadline, explanations)
            if explained:
                entry, body = explained
                why = f"{deadline.why}; explained by {body.by}: {body.reason}"
                deadlines[number] = _replace(deadline, Outcome.EXPLAINED, why, entry)
            elif is_in_force and not any(other.outcome is not Outcome.DUE for other in deadlines[number + 1 :]):
                deadlines[number] = _replace(deadline, Outcome.OVERDUE, deadline.why, None)
    return deadlines


@dataclass(frozen=True)
class _DeadlineTime:
    day: date
    at: datetime
    limit: datetime


def _list_times(span: ScheduleSpan, now: datetime) -> Iterator[_DeadlineTime]:
    """Yield the deadlines of a schedule while it was in force; of those that are still to come, the next one."""
    number = span.schedule.find_number(span.since) + 1
    while True:
        try:
            day, at = span.schedule.find_deadline(number)
        except OverflowError:
            return
        if span.until is not None and at > span.until:
            return
        yield _DeadlineTime(day, at, at + span.schedule.delay)
        if at > now:
            return
        number += 1


def _find_start(spans: Sequence[ScheduleSpan], times: Sequence[_DeadlineTime]) -> datetime:
    """Return from when on a run may belong to the first deadline: half an interval before it."""
    if not times:
        return datetime.min.replace(tzinfo=UTC)
    number = spans[0].schedule.find_number(times[0].at)
    with suppress(OverflowError):
        return times[0].at - (spans[0].schedule.find_deadline(number + 1)[1] - times[0].at) / 2
    return times[0].at


def _find_end_of_last(spans: Sequence[ScheduleSpan], times: Sequence[_DeadlineTime]) -> datetime:
    """Return until when a run may belong to the last deadline: half an interval behind it."""
    if not times:
        return datetime.max.replace(tzinfo=UTC)
    schedule, last = spans[-1].schedule, times[-1].at
    with suppress(OverflowError):
        return last + (schedule.find_deadline(schedule.find_number(last) + 1)[1] - last) / 2
    return last


def _is_about(run: LoggedRun, subject: ScheduledSubject) -> bool:
    return run.checkpoint == subject.name if subject.kind == "checkpoint" else subject.name in run.tables


def _find_end(run: LoggedRun) -> datetime:
    return run.finished_at or run.started_at


def _judge(subject: ScheduledSubject, time: _DeadlineTime, runs: Sequence[LoggedRun], now: datetime) -> Deadline:
    objections = [(run, _object_to(run, subject)) for run in runs]
    good = [run for run, objection in objections if not objection]
    if good:
        first = good[0]
        is_late = _find_end(first) > time.limit
        why = f"run {first.run_id} ended on {_find_end(first):%Y-%m-%d %H:%M} UTC" if is_late else ""
        outcome = Outcome.LATE if is_late else Outcome.DONE
        return Deadline(subject, time.day, time.at, time.limit, outcome, first, len(good) - 1, why)
    reasons = "; ".join(objection for _, objection in objections[-3:])
    outcome = Outcome.DUE if now <= time.limit else Outcome.MISSED
    why = reasons or ("" if outcome is Outcome.DUE else "no run started")
    return Deadline(subject, time.day, time.at, time.limit, outcome, runs[-1] if runs else None, 0, why)


def _object_to(run: LoggedRun, subject: ScheduledSubject) -> str:
    """Return why a run does not meet a deadline, as a clause; empty if it does."""
    if run.finished_at is None:
        return f"run {run.run_id} never ended: it was killed, or is still going on"
    if subject.kind == "table":
        reason = run.tables[subject.name]
        return f"run {run.run_id}: {reason}" if reason else ""
    if run.is_errored:
        return f"run {run.run_id} was errored"
    return f"run {run.run_id} evaluated a part of the checkpoint" if run.is_partial else ""


def _find_explanation(
    deadline: Deadline, explanations: Mapping[int, GapExplanation]
) -> tuple[int, GapExplanation] | None:
    return next(
        (
            (entry, body)
            for entry, body in explanations.items()
            if (body.subject, body.name) == (deadline.subject.kind, deadline.subject.name)
            and body.first <= deadline.day <= body.last
        ),
        None,
    )


def _replace(deadline: Deadline, outcome: Outcome, why: str, entry: int | None) -> Deadline:
    return replace(deadline, outcome=outcome, why=why, explained_by=entry)


@dataclass(frozen=True)
class DeadlineGap:
    """Deadlines in a row that were missed for the same reason, and that nobody explained.

    Attributes:
        first: the day of the first one.
        last: the day of the last one.
        count: how many they are.
    """

    subject: ScheduledSubject
    first: date
    last: date
    count: int
    why: str

    @property
    def days(self) -> str:
        """The days, for people."""
        return f"{self.first}" if self.count == 1 else f"{self.count} days from {self.first} to {self.last}"


def find_gaps(deadlines: Iterable[Deadline]) -> list[DeadlineGap]:
    """Return the gaps among the deadlines of one checkpoint or table, in their order."""
    gaps: list[DeadlineGap] = []
    before: Deadline | None = None
    for deadline in deadlines:
        if deadline.is_gap:
            if before and before.is_gap and before.why == deadline.why:
                gaps[-1] = replace(gaps[-1], last=deadline.day, count=gaps[-1].count + 1)
            else:
                gaps.append(DeadlineGap(deadline.subject, deadline.day, deadline.day, 1, deadline.why))
        before = deadline
    return gaps
