"""Where a project stands in its audit cycle: what is due, what was missed, and which periods are to be closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from synth_expectations.errors import SynthError
from synth_expectations.evidence.approvals import read_approvals
from synth_expectations.evidence.cycle.closing import read_closings
from synth_expectations.evidence.cycle.deadlines import Deadline, Outcome, ScheduledSubject, judge_deadlines
from synth_expectations.evidence.cycle.gap_explanations import GapExplanation
from synth_expectations.evidence.cycle.periods import CyclePeriod, list_periods
from synth_expectations.evidence.cycle.run_history import LoggedRun, RunHistory, read_run_history
from synth_expectations.evidence.cycle.schedule_history import find_current_spans, list_versions, read_schedules
from synth_expectations.evidence.cycle.sign_off import count_runs, read_sign_offs
from synth_expectations.evidence.cycle.sign_off_terms import find_contradiction
from synth_expectations.evidence.keys.key_ring import format_time
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.schedule import Cycle


class StatusError(SynthError):
    """A status that cannot be told."""


@dataclass(frozen=True)
class PeriodStatus:
    """A period of the cycle, and whether it is closed.

    Attributes:
        closed_by: the entry that closes it; None if none does.
        signed_as: the roles that signed it.
        missing: the roles that have not.
        is_overdue: whether it should have been closed and signed by now.
    """

    period: CyclePeriod
    closed_by: int | None
    signed_as: tuple[str, ...]
    missing: tuple[str, ...]
    is_overdue: bool


@dataclass(frozen=True)
class CycleStatus:
    """Where a project stands.

    Attributes:
        now: the time for which it is told.
        deadlines: of each checkpoint and table that has or had a schedule, in their order.
        gone: those that no longer have one.
        runs: of the ledger.
        periods: of the cycle that are over, and the present one; none if the policy has no cycle.
    """

    now: datetime
    deadlines: dict[ScheduledSubject, list[Deadline]]
    gone: frozenset[ScheduledSubject]
    runs: Sequence[LoggedRun]
    periods: tuple[PeriodStatus, ...] = ()

    @property
    def overdue(self) -> list[Deadline]:
        """The deadlines that were missed, and behind which nothing was checked."""
        return [deadline for deadline in self._all if deadline.outcome is Outcome.OVERDUE]

    @property
    def gaps(self) -> list[Deadline]:
        """All deadlines that were missed, and that nobody explained."""
        return [deadline for deadline in self._all if deadline.is_gap]

    @property
    def killed(self) -> list[LoggedRun]:
        """The runs that never ended."""
        return [run for run in self.runs if run.finished_at is None]

    @property
    def is_overdue(self) -> bool:
        """Whether anything is: a run, or the close of a period."""
        return bool(self.overdue) or any(period.is_overdue for period in self.periods)

    @property
    def _all(self) -> Iterator[Deadline]:
        return (deadline for deadlines in self.deadlines.values() for deadline in deadlines)

    def to_document(self) -> dict[str, Any]:
        """Return the status for machines."""
        return {
            "schema": "cycle-status/1",
            "now": self.now.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "overdue": self.is_overdue,
            "subjects": [
                {
                    "kind": subject.kind,
                    "name": subject.name,
                    "in_force": subject not in self.gone,
                    "deadlines": [_document_deadline(deadline) for deadline in deadlines],
                }
                for subject, deadlines in sorted(self.deadlines.items())
            ],
            "killed_runs": [run.run_id for run in self.killed],
            "periods": [
                {
                    "name": status.period.period.name,
                    "close_by": f"{status.period.close_by:%Y-%m-%dT%H:%M:%SZ}",
                    "closed_by_entry": status.closed_by,
                    "signed_as": list(status.signed_as),
                    "missing_signers": list(status.missing),
                    "overdue": status.is_overdue,
                }
                for status in self.periods
            ],
        }


def read_status(ledger: EvidenceLedger, policy: Policy, now: datetime) -> CycleStatus:
    """Return where a project stands, also if nobody ever ran anything.

    Raises:
        StatusError: the policy has neither a schedule nor a cycle, the ledger of one without a schedule has no run, or a
            clock was set back.
        LedgerError: the ledger cannot be read.
    """
    log = read_run_history(ledger, frozenset({EntryKind.GAP_EXPLAINED}))
    _check_clock(log, now)
    versions = list_versions(
        log, [(approval.at, approval.terms.policy_sha256) for approval in read_approvals(ledger, now)]
    )
    schedules = read_schedules(ledger, {version.sha256 for version in versions})
    spans = find_current_spans(versions, schedules, policy, now)
    if not spans and policy.words.cycle is None:
        raise StatusError(
            "The policy has no schedule, so nothing says when a run is due.",
            'Add one to a checkpoint: schedule: {every: P1D, by: "06:00", zone: Europe/Berlin, grace: PT2H}',
        )
    if not spans and not log.runs:
        raise StatusError(
            "The ledger has no run, and the policy has no schedule, so nothing says what is due.",
            "Name the ledger with --ledger if it is another one. A run begins it: synth-expectations run",
        )
    explanations = read_explanations(log)
    deadlines = {
        subject: judge_deadlines(subject, listed, log.runs, explanations, now)
        for subject, listed in sorted(spans.items())
    }
    gone = frozenset(subject for subject, listed in spans.items() if listed[-1].until is not None)
    periods = tuple(_judge_periods(ledger, policy.words.cycle, log, now)) if policy.words.cycle else ()
    return CycleStatus(now, deadlines, gone, log.runs, periods)


def _judge_periods(ledger: EvidenceLedger, cycle: Cycle, log: RunHistory, now: datetime) -> Iterator[PeriodStatus]:
    """Yield the periods since the first run, who closed them, and who signed: sign-offs that do not hold count for nothing.

    If nobody ever ran anything, they are those since the ledger began.
    """
    if not log.entries:
        return
    first = log.runs[0].started_at if log.runs else log.entries[0].header.at
    closings = read_closings(ledger, log.entries)
    by_entry = {closing.header.seq: closing for closing in closings.values()}
    signed: dict[int, list[str]] = {}
    for sign_off in read_sign_offs(ledger, log.entries):
        terms = sign_off.terms
        signed_close = by_entry.get(terms.closing)
        if signed_close is None or sign_off.objection or find_contradiction(terms, signed_close):
            continue
        if not count_runs(log.runs, signed_close, terms.by):
            signed.setdefault(terms.closing, []).append(terms.role)
    for period in list_periods(cycle, first, now):
        closing = closings.get(period.period.name)
        roles = tuple(signed.get(closing.header.seq, ())) if closing else ()
        known = {role.casefold() for role in roles}
        missing = tuple(role for role in cycle.signers if role.casefold() not in known)
        is_overdue = now > period.close_by and (closing is None or bool(missing))
        yield PeriodStatus(period, closing.header.seq if closing else None, roles, missing, is_overdue)


def read_explanations(log: RunHistory) -> dict[int, GapExplanation]:
    """Return the explanations of gaps, by the number of their entry; one that cannot be read explains nothing."""
    explanations = {}
    for noted in log.noted:
        if noted.header.kind is EntryKind.GAP_EXPLAINED:
            try:
                explanations[noted.header.seq] = GapExplanation.model_validate_json(noted.body)
            except ValidationError:
                continue
    return explanations


def _check_clock(log: RunHistory, now: datetime) -> None:
    last = max(log.entries, key=lambda entry: entry.header.at, default=None)
    if last and last.header.at > now:
        raise StatusError(
            f"Entry {last.header.seq} of the ledger is of {format_time(last.header.at)}, and it is {format_time(now)} now.",
            "A clock was set back, or one was wrong: it is unknown what is overdue. Set the clock of this machine.",
        )


def _document_deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "day": deadline.day.isoformat(),
        "at": f"{deadline.at:%Y-%m-%dT%H:%M:%SZ}",
        "limit": f"{deadline.limit:%Y-%m-%dT%H:%M:%SZ}",
        "outcome": deadline.outcome.value,
        "run": deadline.run.run_id if deadline.run else None,
        "repeated": deadline.repeated,
        "why": deadline.why,
        "explained_by_entry": deadline.explained_by,
    }
