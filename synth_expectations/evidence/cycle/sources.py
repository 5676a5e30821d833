"""The sources of open items that a close looks at; each new one is a line in SOURCES."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.controls.coverage import Applies, compute_coverage
from synth_expectations.controls.load import load_installed
from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.anchors.anchor import count_unanchored
from synth_expectations.evidence.anchors.confirmation import find_confirmed
from synth_expectations.evidence.cycle.closing import read_closings
from synth_expectations.evidence.cycle.deadlines import DeadlineGap, Outcome, find_gaps
from synth_expectations.evidence.cycle.document_reviews import judge_all_reviews
from synth_expectations.evidence.cycle.open_items import CycleState, OpenItem, OpenItemSource
from synth_expectations.evidence.cycle.periods import list_periods
from synth_expectations.evidence.cycle.status import StatusError, read_status
from synth_expectations.evidence.findings.open_items import OPEN_FINDINGS
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.sampling.samples import find_open_samples
from synth_expectations.policy.claims import judge_standing


def list_missing_runs(state: CycleState) -> Iterator[OpenItem]:
    """Yield that nothing was checked in the period: without a schedule, no deadline says so."""
    headers = (entry.header for entry in state.ledger.read_entries())
    if not any(header.kind is EntryKind.RUN_STARTED and state.period.has(header.at) for header in headers):
        yield OpenItem(
            f"No run started in {state.period.name}: nothing was checked in it.",
            "nobody can run it now: close it with this on the cover, --with-reservations",
        )


def list_earlier_periods(state: CycleState) -> Iterator[OpenItem]:
    """Yield the periods before this one that are over and were not closed: a later pack would hold their close."""
    cycle = state.policy.words.cycle
    headers = [entry.header for entry in state.ledger.read_entries()]
    if cycle is None or not headers:
        return
    first = next((header for header in headers if header.kind is EntryKind.RUN_STARTED), headers[0])
    closed = read_closings(state.ledger)
    for known in list_periods(cycle, first.at, state.at):
        period = known.period
        if period.last < state.period.first and period.name not in closed:
            yield OpenItem(
                f"{period.name} is before {state.period.name}, and was not closed.",
                f"synth-expectations audit close {period.name}",
            )


def list_gaps(state: CycleState) -> Iterator[OpenItem]:
    """Yield the deadlines of the period that no run met, and that nobody explained; also those still within their grace."""
    try:
        status = read_status(state.ledger, state.policy, state.at)
    except StatusError as error:
        yield OpenItem(error.message, error.hint)
        return
    if not status.deadlines:
        yield OpenItem(
            "The policy has no schedule, so nothing says on which days a run was due.",
            'add a schedule to a checkpoint: schedule: {every: P1D, by: "06:00"}',
        )
    for deadlines in status.deadlines.values():
        for gap in find_gaps(deadline for deadline in deadlines if state.period.has(deadline.at)):
            yield OpenItem(f"{gap.subject.title} was due on {gap.days}, and was not checked: {gap.why}.", _suggest(gap))
        for deadline in deadlines:
            if deadline.outcome is Outcome.DUE and state.period.has(deadline.at):
                yield OpenItem(
                    f"{deadline.subject.title} was due on {deadline.day}, and was not checked yet: it is in time until "
                    f"{deadline.limit:%Y-%m-%d %H:%M} UTC.",
                    "run it, or close the period after that",
                )


def _suggest(gap: DeadlineGap) -> str:
    """Return the command that explains a gap."""
    until = f" --to {gap.last}" if gap.count > 1 else ""
    return f"synth-expectations audit explain-gap {gap.subject.kind} {gap.subject.name} --from {gap.first}{until} --reason …"


def list_open_samples(state: CycleState) -> Iterator[OpenItem]:
    """Yield the draws of samples that nobody returned or gave up."""
    for sample in find_open_samples(state.ledger, state.at):
        drawn = f"{sample.drawn.header.at:%Y-%m-%d}"
        yield OpenItem(
            f"Sample #{sample.number} of {sample.body.table} ({sample.body.stratum}), drawn on {drawn}: "
            f"{sample.name_state(state.at)}.",
            f"synth-expectations audit record SHEET, or: audit sample --withdraw {sample.number} --reason …",
        )


def list_manual_items(state: CycleState) -> Iterator[OpenItem]:
    """Yield the requirements in force that only a person can judge, and for which no review counts."""
    reviews = judge_all_reviews(state.ledger, state.policy, state.at.date())
    for regulation in load_installed():
        for coverage in compute_coverage(regulation, state.period.last, (), reviews):
            is_open = any(item.status is EvidenceStatus.MANUAL_OPEN for item in coverage.manual)
            if coverage.applies is Applies.YES and is_open:
                name = f"{regulation.id}/{coverage.requirement.id}"
                reasons = "; ".join(item.why for item in coverage.manual if item.status is EvidenceStatus.MANUAL_OPEN)
                yield OpenItem(
                    f"{name} is open: {reasons}.", f"synth-expectations audit manual '{name}' --document … --by …"
                )


def list_policy_items(state: CycleState) -> Iterator[OpenItem]:
    """Yield that the review of the policy is overdue."""
    standing = judge_standing(state.policy, state.at.date())
    if standing.review == "overdue":
        since = f"was due on {standing.review_by}" if standing.review_by else "never took place"
        yield OpenItem(f"The review of the policy {since}.", "review it, and write the day into review.last")


def list_unanchored(state: CycleState) -> Iterator[OpenItem]:
    """Yield that nobody whom the policy names holds the head of the ledger, whatever the ledger says of them."""
    confirmed = find_confirmed(state.ledger, state.anchors, state.policy.directory).values()
    held = [anchor.body.seq for anchor in confirmed]
    count = count_unanchored((entry.header for entry in state.ledger.read_entries()), max(held, default=0))
    if count:
        named = f"behind #{max(held)}" if held else "of the ledger"
        remedy = "name an authority, a store or a repository: evidence.anchor in the policy"
        if state.anchors:
            remedy = "synth-expectations audit anchor"
        yield OpenItem(
            f"{count:,} {'entry' if count == 1 else 'entries'} {named} {'is' if count == 1 else 'are'} not anchored: "
            "unaltered as far as the owner of the ledger is trusted.",
            remedy,
        )


SOURCES = (
    OpenItemSource("a period without a run", list_missing_runs),
    OpenItemSource("earlier periods that were not closed", list_earlier_periods),
    OpenItemSource("gaps of the schedule that nobody explained", list_gaps),
    OPEN_FINDINGS,
    OpenItemSource("samples that were drawn and not recorded", list_open_samples),
    OpenItemSource("requirements that a person must judge", list_manual_items),
    OpenItemSource("an overdue review of the policy", list_policy_items),
    OpenItemSource("entries that are not anchored", list_unanchored),
)
"""In the order in which a close lists them."""
