"""The table of deadlines: what was due in the period by the schedules of its policies, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from synth_expectations.evidence.cycle.deadlines import Deadline, judge_deadlines
from synth_expectations.evidence.cycle.gap_explanations import GapExplanation
from synth_expectations.evidence.cycle.run_history import parse_run
from synth_expectations.evidence.cycle.schedule_history import PolicyVersion, find_spans, parse_schedules
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.pack.period_entries import PeriodEntries
from synth_expectations.evidence.pack.tables.table import PackTable, list_columns
from synth_expectations.policy.schedule import Schedule

_COLUMNS = list_columns(
    ("kind", "whether a checkpoint or a table was due"),
    ("name", "of the checkpoint or the table"),
    ("day", "of the deadline, in the zone of the schedule"),
    ("deadline", "by when a run had to end, in UTC"),
    ("limit", "the deadline with its grace, in UTC"),
    ("outcome", "done, late, missed, overdue (missed, and nothing was checked since), explained, or due"),
    ("run_id", "the run that met it, or that should have; empty if none started"),
    ("more_runs", "further runs that met the same deadline"),
    ("why", "why it was not met, and how somebody explained that"),
    ("explained_by_entry", "the entry that explains it"),
    ("every", "of the schedule: between two deadlines"),
    ("by", "of the schedule: the time of the day"),
    ("zone", "of the schedule"),
    ("grace", "of the schedule"),
)


def make_schedule_table(entries: PeriodEntries, files: Mapping[str, bytes]) -> PackTable:
    """Return the table of deadlines, in the order of what was due and the days.

    The schedule of the first run counts from the first day of the period on, if the ledger has earlier runs; else from
    that run on.

    Args:
        entries: of the pack.
        files: of the pack: records, policies and explanations.
    """
    about = "A line for each deadline of the period, by the schedules in the policies of its runs."
    rows = [_make_row(deadline, schedule) for deadline, schedule in _judge(entries, files)]
    return PackTable("schedule", about, _COLUMNS, rows)


def _judge(entries: PeriodEntries, files: Mapping[str, bytes]) -> Iterator[tuple[Deadline, Schedule]]:
    runs = [parse_run(run.finished or run.started, files[f"objects/{run.record_sha256}"]) for run in entries.runs]
    digests = {run.policy_sha256 for run in runs if run.policy_sha256}
    schedules = {digest: parse_schedules(files[f"policy/{digest}.yml"], digest) for digest in digests}
    versions = [PolicyVersion(run.started_at, run.policy_sha256) for run in runs]
    is_older = any(
        entry.header.kind is EntryKind.RUN_STARTED and entry.header.at < entries.period.start
        for entry in entries.entries
    )
    if is_older and versions:
        versions.insert(0, PolicyVersion(entries.period.start, versions[0].sha256))
    now = min(entries.period.end, max(entry.header.at for entry in entries.entries))
    explanations = dict(_read_explanations(entries, files))
    for subject, spans in sorted(find_spans(versions, schedules).items()):
        for deadline in judge_deadlines(subject, spans, runs, explanations, now):
            if entries.period.has(deadline.at):
                used = [span for span in spans if span.since <= deadline.at]
                yield deadline, (used or spans)[-1].schedule


def _read_explanations(entries: PeriodEntries, files: Mapping[str, bytes]) -> Iterator[tuple[int, GapExplanation]]:
    for entry in entries.entries:
        content = files.get(f"objects/{entry.header.body_sha256}")
        if entry.header.kind is EntryKind.GAP_EXPLAINED and content is not None:
            with suppress(ValidationError):
                yield entry.header.seq, GapExplanation.model_validate_json(content)


def _make_row(deadline: Deadline, schedule: Schedule) -> dict[str, Any]:
    return {
        "kind": deadline.subject.kind,
        "name": deadline.subject.name,
        "day": deadline.day,
        "deadline": deadline.at,
        "limit": deadline.limit,
        "outcome": deadline.outcome.value,
        "run_id": deadline.run and deadline.run.run_id,
        "more_runs": deadline.repeated,
        "why": deadline.why,
        "explained_by_entry": deadline.explained_by,
        "every": schedule.every,
        "by": schedule.by,
        "zone": schedule.zone,
        "grace": schedule.grace,
    }
