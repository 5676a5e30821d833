"""Which schedule was in force when: by the policies that a ledger knows, and by the policy as it is now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from synth_expectations.evidence.cycle.deadlines import ScheduledSubject, ScheduleSpan, SubjectKind
from synth_expectations.evidence.cycle.run_history import RunHistory
from synth_expectations.evidence.ledger.errors import VERIFY, LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.schedule import Schedule

Schedules = Mapping[ScheduledSubject, Schedule]


@dataclass(frozen=True)
class PolicyVersion:
    """A policy, and from when on it was that of the project.

    Attributes:
        sha256: of what it says; empty for a run without a policy.
    """

    since: datetime
    sha256: str


def list_versions(log: RunHistory, approvals: Iterable[tuple[datetime, str]]) -> list[PolicyVersion]:
    """Return the policies of a project in their order, by its runs and approvals.

    Args:
        log: the runs of the ledger.
        approvals: when a policy was approved, and its digest.
    """
    versions = [PolicyVersion(run.started_at, run.policy_sha256) for run in log.runs]
    versions += [PolicyVersion(at, sha256) for at, sha256 in approvals]
    return sorted(versions, key=lambda version: version.since)


def find_spans(
    versions: Iterable[PolicyVersion], schedules: Mapping[str, Schedules]
) -> dict[ScheduledSubject, list[ScheduleSpan]]:
    """Return for each checkpoint and table its schedules, and when each was in force.

    Args:
        versions: of the policy, in their order.
        schedules: of each policy, by its digest.
    """
    spans: dict[ScheduledSubject, list[ScheduleSpan]] = {}
    for version in versions:
        now = schedules.get(version.sha256, {})
        for subject, listed in spans.items():
            last = listed[-1]
            if last.until is None and now.get(subject) != last.schedule:
                listed[-1] = replace(last, until=version.since)
        for subject, schedule in now.items():
            listed = spans.setdefault(subject, [])
            if not listed or listed[-1].until is not None:
                listed.append(ScheduleSpan(schedule, version.since))
    return spans


def read_schedules(ledger: EvidenceLedger, digests: Iterable[str]) -> dict[str, Schedules]:
    """Return the schedules of policies of a ledger, by their digest.

    Raises:
        LedgerError: the text of a policy is missing, or none that this version knows.
    """
    return {digest: parse_schedules(ledger.read_object(digest), digest) for digest in digests if digest}


def parse_schedules(content: bytes, digest: str) -> Schedules:
    """Return the schedules of the content of a policy.

    Raises:
        LedgerError: it is none of a policy that this version knows.
    """
    try:
        document = json.loads(content)
    except ValueError:  # a policy that could not be compiled is kept as it was written: it has no schedule
        return {}
    try:
        return dict(_list_schedules(document)) if isinstance(document, dict) else {}
    except (ValidationError, AttributeError, TypeError):
        message = f"The policy {digest[:12]}… of the ledger has a schedule that this version does not know."
        raise LedgerError(message, VERIFY) from None


def collect_schedules(policy: Policy) -> Schedules:
    """Return the schedules of a policy."""
    found: dict[ScheduledSubject, Schedule] = {}
    for name, checkpoint in policy.words.checkpoints.items():
        if checkpoint.schedule:
            found[ScheduledSubject("checkpoint", name)] = checkpoint.schedule
    for name, table in policy.tables.items():
        if table.schedule:
            found[ScheduledSubject("table", name)] = table.schedule
    return found


def find_current_spans(
    versions: list[PolicyVersion], schedules: dict[str, Schedules], policy: Policy, now: datetime
) -> dict[ScheduledSubject, list[ScheduleSpan]]:
    """Return for each checkpoint and table its schedules up to the policy as it is now.

    When a policy was changed is not on record: it counts from the last run or approval on. If there is none, the last
    deadline of each schedule counts, so that a project in which nobody ever ran anything is overdue.

    Args:
        versions: those that the ledger knows.
        schedules: of each of them, by digest.
        policy: as it is now.
        now: the time.
    """
    current = collect_schedules(policy)
    if not versions:
        return {
            subject: [ScheduleSpan(schedule, _find_last_deadline(schedule, now))]
            for subject, schedule in current.items()
        }
    if versions[-1].sha256 != policy.sha256:
        versions = [*versions, PolicyVersion(versions[-1].since, policy.sha256)]
    return find_spans(versions, {**schedules, policy.sha256: current})


def _find_last_deadline(schedule: Schedule, now: datetime) -> datetime:
    number = schedule.find_number(now)
    return schedule.find_deadline(number)[1] - timedelta(seconds=1) if number >= 0 else now


def _list_schedules(document: Mapping[str, Any]) -> Iterator[tuple[ScheduledSubject, Schedule]]:
    sections: dict[SubjectKind, str] = {"checkpoint": "checkpoints", "table": "tables"}
    for kind, section in sections.items():
        for name, entry in (document.get(section) or {}).items():
            if isinstance(entry, dict) and entry.get("schedule"):
                subject = ScheduledSubject(kind, str(name))
                yield subject, Schedule.model_validate(entry["schedule"])
