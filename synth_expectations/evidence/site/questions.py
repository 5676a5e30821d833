"""The six questions that decide whether an auditor can rely on the records, each with a status, a number and a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from synth_expectations.controls.coverage import Applies
from synth_expectations.controls.statuses import EvidenceCounts, EvidenceStatus
from synth_expectations.evidence.findings.model import UNDISPOSED, FindingStatus, FollowedFinding
from synth_expectations.evidence.site.answer import Answer, Shown
from synth_expectations.evidence.site.coverage import CheckCoverage
from synth_expectations.evidence.site.cycle import ScheduleRow
from synth_expectations.evidence.site.requirements import RequirementState
from synth_expectations.evidence.site.state import SiteState

DAYS_LOOKED_AT = 30


def answer_questions(
    state: SiteState,
    coverage: CheckCoverage,
    requirements: Sequence[RequirementState],
    schedules: Sequence[ScheduleRow] = (),
) -> list[Answer]:
    """Return the answers to the six questions, in their order."""
    return [
        _answer_complete(state, coverage, schedules),
        _answer_unaltered(state),
        _answer_authorised(state),
        _answer_population(state),
        _answer_findings(state, coverage),
        _answer_requirements(requirements),
    ]


def count_days_without_run(state: SiteState) -> int:
    """Return how many of the last thirty days of the ledger, in UTC, no run started on."""
    if state.head_at is None or state.first_run_at is None:
        return 0
    last = state.head_at.astimezone(UTC).date()
    days = {run.started_at.astimezone(UTC).date() for run in state.runs}
    looked_at = [last - timedelta(days=age) for age in range(DAYS_LOOKED_AT)]
    first = state.first_run_at.astimezone(UTC).date()
    return sum(day >= first and day not in days for day in looked_at)


def _answer_complete(state: SiteState, coverage: CheckCoverage, schedules: Sequence[ScheduleRow]) -> Answer:
    reasons = list(_find_gaps(state, coverage))
    if coverage.not_planned:
        reasons.append(f"{_count(len(coverage.not_planned), 'table')} of the policy without a planned check.")
    done, planned = len(coverage.done), coverage.planned
    reasons.append("No run looks for tables that the policy does not name, or for columns that no check reads.")
    if not planned:
        reasons = ["No run is on record."]
    days = count_days_without_run(state)
    missed = sum(deadline.is_gap for row in schedules for deadline in row.deadlines)
    if missed:
        reasons.insert(
            0, f"{_count(missed, 'deadline')} of the schedule missed without an explanation: see the audit cycle."
        )
    if days and not schedules:
        reasons.append(
            f"On {days} of the last {DAYS_LOOKED_AT} days no run started. The policy has no schedule, so nothing says whether "
            "one was due."
        )
    return Answer(
        name="Q1",
        question="Complete? What was not checked?",
        status=Shown.IN_PART if done else Shown.NOT_SHOWN,
        figure=f"{done:,} of {planned:,}",
        counts="planned checks were evaluated by the newest run of their checkpoint",
        page="coverage.html",
        reasons=reasons,
    )


def _find_gaps(state: SiteState, coverage: CheckCoverage) -> Iterator[str]:
    for checkpoint, plan in sorted(state.plans.items()):
        if not plan.is_finished:
            yield (
                f"The newest run of {checkpoint}, {plan.seen.run_id}, was started and has no end on record: "
                f"it was aborted, or is still running."
            )
        elif plan.not_selected:
            yield (
                f"The newest run of {checkpoint} evaluated a selection: "
                f"{_count(len(plan.not_selected), 'planned check')} of {len(plan.checks):,} not selected."
            )
    open_runs = set(state.open_runs) - {plan.seen.run_id for plan in state.plans.values()}
    if open_runs:
        yield f"{_count(len(open_runs), 'earlier run')} started and never ended."
    runs = [note for note in state.redacted if note.kind.startswith("run_")]
    if runs:
        were = "it was" if len(runs) == 1 else "they were"
        yield f"{_count(len(runs), 'record')} of runs cannot be shown: {were} redacted, on record."
    if coverage.not_read:
        yield f"{_count(len(coverage.not_read), 'planned check')} had a table that no query read."
    if coverage.errored:
        yield f"{_count(len(coverage.errored), 'check')} errored."
    if coverage.exclusions:
        expired = sum(row.is_expired for row in coverage.exclusions)
        yield (
            f"The policy leaves out or narrows {_count(len(coverage.exclusions), 'check')}"
            + (f"; {expired} beyond the last day of the exclusion." if expired else ".")
        )
    if coverage.nothing:
        yield f"{_count(len(coverage.nothing), 'check')} had nothing to check."
    if coverage.not_covered:
        yield f"{_count(len(coverage.not_covered), 'check')} that a role requires cannot be derived from the policy."


def _answer_unaltered(state: SiteState) -> Answer:
    answer = Answer(
        name="Q2",
        question="Unaltered?",
        status=Shown.IN_PART if state.head else Shown.NOT_SHOWN,
        figure=f"{state.head:,}",
        counts="entries, each containing the digest of the previous one",
        page="integrity.html",
    )
    if state.problems:
        answer.status = Shown.CONTRARY
        answer.reasons = [f"Entry {note.seq}: {note.sentence}" for note in state.problems[:3]]
        if len(state.problems) > 3:
            answer.reasons.append(f"And {len(state.problems) - 3} more.")
        return answer
    if not state.head:
        answer.reasons.append("The ledger has no entry.")
    else:
        answer.reasons.append(state.anchoring)
    if state.clock_jumps:
        answer.reasons.append(f"The time goes back at {_count(len(state.clock_jumps), 'entry', 'entries')}.")
    return answer


def _answer_authorised(state: SiteState) -> Answer:
    ended = [run for run in state.runs if run.finished_seq]
    approved = [run for run in ended if run.policy_state == "approved"]
    policy = state.policy
    answer = Answer(
        name="Q3",
        question="Authorised? Which policy, approved by whom, before the run?",
        status=Shown.SHOWN,
        figure=f"{len(approved):,} of {len(ended):,}",
        counts="ended runs on these pages had a policy that was approved when they started",
        page="policy.html",
    )
    if policy is None:
        answer.status = Shown.NOT_SHOWN
        answer.reasons.append("The newest run names no policy." if ended else "No run has ended.")
        return answer
    if policy.state != "approved":
        answer.status = Shown.NOT_SHOWN
        answer.reasons.append(f"The policy of the newest run is {policy.state}.")
    elif not policy.signed:
        answer.status = Shown.IN_PART
        answer.reasons.append(f"{policy.approved_by or 'Nobody named'} is asserted as approver, without a signature.")
    if policy.review == "overdue":
        answer.status = Shown.NOT_SHOWN
        answer.reasons.append(f"The review of the policy is overdue since {policy.review_by}.")
    if len(approved) < len(ended):
        answer.status = Shown.IN_PART if answer.status is Shown.SHOWN else answer.status
        answer.reasons.append(f"{_count(len(ended) - len(approved), 'run')} had another state of approval.")
    return answer


def _answer_population(state: SiteState) -> Answer:
    inputs = [(name, table.input) for name, table in sorted(state.tables.items()) if table.input]
    whole = [name for name, table in inputs if table.reconciled == "yes"]
    differing = [name for name, table in inputs if table.reconciled == "no"]
    stale = [name for name, table in inputs if table.fresh == "no"]
    unread = [name for name, table in inputs if not table.read]
    unknown = [name for name, table in inputs if table.identity.kind == "none"]
    answer = Answer(
        name="Q4",
        question="The right population? Extract against source",
        status=Shown.NOT_SHOWN if not whole else Shown.SHOWN if len(whole) == len(inputs) else Shown.IN_PART,
        figure=f"{len(whole):,} of {len(inputs):,}",
        counts="tables had as many rows as their source",
        page="coverage.html#inputs",
    )
    compared = len(whole) + len(differing)
    if compared < len(inputs):
        answer.reasons.append(
            f"For {_count(len(inputs) - compared, 'table')} the number of rows in the source is unknown."
        )
    if differing:
        answer.status = Shown.CONTRARY
        answer.reasons.append(f"{_list(differing)}: the number of rows differs from the source.")
    if unread:
        answer.status = Shown.CONTRARY if differing else Shown.IN_PART if whole else Shown.NOT_SHOWN
        answer.reasons.append(f"{_list(unread)}: not read.")
    if stale:
        answer.status = Shown.CONTRARY
        answer.reasons.append(f"{_list(stale)}: older than the policy allows.")
    if undated := [name for name, table in inputs if table.fresh == "not shown"]:
        answer.status = Shown.IN_PART if answer.status is Shown.SHOWN else answer.status
        answer.reasons.append(f"{_list(undated)}: the age of the newest row could not be determined.")
    if unknown:
        answer.reasons.append(f"{_list(unknown)}: cannot be identified afterwards.")
    return answer


def _answer_findings(state: SiteState, coverage: CheckCoverage) -> Answer:
    found = state.findings.list_open()
    answer = Answer(
        name="Q5",
        question="What was found, since when, and what happened to it?",
        status=Shown.CONTRARY if found else Shown.SHOWN if coverage.is_whole else Shown.IN_PART,
        figure=f"{len(found):,}",
        counts=f"{'finding is' if len(found) == 1 else 'findings are'} open; {len(state.findings.findings) - len(found):,} "
        "fixed",
        page="findings.html",
    )
    if not coverage.done:
        answer.status = Shown.CONTRARY if found else Shown.NOT_SHOWN
    if found and state.head_at:
        answer.reasons += _find_decisions(found, state.head_at)
    if not coverage.is_whole:
        answer.reasons.append("There may be more in what was not checked (Q1).")
    return answer


def _find_decisions(found: Sequence[FollowedFinding], at: datetime) -> Iterator[str]:
    oldest = min(found, key=lambda finding: finding.opened.at)
    yield f"The oldest has been open since {oldest.opened.at:%Y-%m-%d}."
    statuses = Counter(finding.find_status(at) for finding in found)
    undisposed = [finding for finding in found if finding.find_status(at) in UNDISPOSED]
    if undisposed:
        yield f"{_count(len(undisposed), 'finding')} without a valid decision."
    for status in (FindingStatus.EXPIRED, FindingStatus.EXCEEDED, FindingStatus.ACCEPTED, FindingStatus.FALSE_POSITIVE):
        if statuses[status]:
            yield f"{_count(statuses[status], 'finding')}: {status.value}."
    day = at.astimezone(UTC).date()
    if overdue := [finding for finding in undisposed if finding.due and finding.due < day]:
        yield f"{_count(len(overdue), 'finding')} should have been fixed by now."
    if unchecked := [finding for finding in found if not finding.is_checked]:
        yield f"{_count(len(unchecked), 'finding')} cannot be proved fixed: no checkpoint plans the check any more."


def _answer_requirements(requirements: Sequence[RequirementState]) -> Answer:
    in_force = [state for state in requirements if state.applies is Applies.YES]
    counts = sum((state.counts for state in in_force), EvidenceCounts())
    supporting = counts[EvidenceStatus.SUPPORTS] + counts[EvidenceStatus.SUPPORTS_IN_PART]
    answer = Answer(
        name="Q6",
        question="What does it show about each requirement, and what not?",
        status=Shown.NOT_SHOWN,
        figure=f"{counts[EvidenceStatus.SUPPORTS]:,} of {counts.total:,}",
        counts="items of requirements in force have supporting evidence",
        page="controls/index.html",
    )
    if supporting:
        answer.status = Shown.SHOWN if counts[EvidenceStatus.SUPPORTS] == counts.total else Shown.IN_PART
    if counts[EvidenceStatus.CONTRARY]:
        answer.status = Shown.CONTRARY
    others = [
        f"{status.value} {count:,}" for status, count in counts.by_status if status is not EvidenceStatus.SUPPORTS
    ]
    if others:
        answer.reasons.append(f"The others: {', '.join(others)}.")
    return answer


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _list(names: Sequence[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more
