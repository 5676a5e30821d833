"""Take the result of a check into the findings of its rules: how many records break each, which are new, what is proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

import isodate

from synth_expectations.evidence.findings.comparison import RecordChange, compare_records
from synth_expectations.evidence.findings.model import (
    COUNTS_KEPT,
    WHOLE_CHECK,
    WHOLE_TABLE,
    BatchViolations,
    CountAt,
    FindingStatus,
    FindingTrend,
    FollowedFinding,
    ViolationBasis,
)
from synth_expectations.evidence.findings.proof import calls_false_positive, describe_basis, list_doubts
from synth_expectations.evidence.records.inputs import ShortInput
from synth_expectations.evidence.records.policy import OwnershipRecord
from synth_expectations.evidence.records.results import ShortResult
from synth_expectations.evidence.records.run import ShortRun
from synth_expectations.evidence.sight import Sight
from synth_expectations.policy.governance import FindingsSection
from synth_expectations.rules.verdict import Verdict


@dataclass(frozen=True)
class RuleViolations:
    """How many records break a rule in a result.

    Attributes:
        pointer: of the count in the record of the run, as a JSON pointer.
        digests: of the records that the result names.
    """

    count: int
    pointer: str
    digests: tuple[str, ...] = ()


def count_violations(result: ShortResult, index: int) -> dict[str, RuleViolations]:
    """Return how many records break each rule that is judged, by the name of the rule.

    A check that counts broken records and names no rule has one, and so has a check that fails by the table as a whole.

    Args:
        result: of a run.
        index: its place in the record.
    """
    rules = {
        rule.name: RuleViolations(rule.count, f"/results/{index}/rules/{number}/count", rule.digests)
        for number, rule in enumerate(result.rules)
        if rule.judged
    }
    has_failed = result.verdict is Verdict.FAILED
    if not rules:
        least = int(has_failed)
        return {WHOLE_CHECK: RuleViolations(max(result.broken or 0, least), f"/results/{index}/broken")}
    if has_failed and not any(rule.count for rule in rules.values()):
        rules[WHOLE_TABLE] = RuleViolations(1, f"/results/{index}/verdict")
    return rules


@dataclass(frozen=True)
class ResultEvaluation:
    """A result of a run, with all that a finding takes from it."""

    record: ShortRun
    result: ShortResult
    index: int
    sight: Sight
    table: ShortInput | None
    owners: dict[str, str]
    ownership: dict[tuple[str, str], OwnershipRecord]

    @property
    def batch(self) -> str:
        """The batch that was judged; empty for a whole table."""
        return (self.result.batch or "") if self.result.scope == "batch" else ""

    @cached_property
    def basis(self) -> ViolationBasis:
        """Under what the result was found."""
        return describe_basis(self.result, self.table)

    def list_doubts(self, finding: FollowedFinding, violations: BatchViolations) -> Iterator[str]:
        """Yield why the result does not prove that a finding is fixed, a sentence each."""
        return list_doubts(finding, violations, self.record, self.result, self.table)

    def describe(self, violations: RuleViolations) -> BatchViolations:
        """Return the violations of a rule as a finding keeps them."""
        return BatchViolations(
            count=violations.count,
            seen=self.sight,
            pointer=violations.pointer,
            basis=self.basis,
            digests=violations.digests,
            digest_key=self.record.digest_key or "",
        )

    def describe_check(self, finding: FollowedFinding) -> None:
        """Take over what a person reads of the check."""
        finding.sentence, finding.severity = self.result.sentence, self.result.severity
        finding.owner = self.owners.get(self.result.table, finding.owner)
        finding.operator = self.record.actor.claimed
        finding.type = self.result.type
        row = self.ownership.get((self.result.table, self.result.type)) or self.ownership.get((self.result.table, ""))
        finding.accountable, finding.named_operator = (row.accountable, row.operator) if row else ("", "")

    def find_due(self, finding: FollowedFinding) -> date:
        """Return the day by which a finding that is opened now is to be fixed; the last of all days if it lies beyond."""
        durations: dict[str, str] = FindingsSection().fix_within.model_dump()
        durations |= {str(severity): duration for severity, duration in self.record.fix_within.items()}
        opened: date = finding.opened.at.astimezone(UTC).date()
        try:
            end = opened + isodate.parse_duration(durations.get(finding.severity, durations["critical"]))
        except (OverflowError, ValueError):
            return date.max
        return end.date() if isinstance(end, datetime) else end

    def update(self, finding: FollowedFinding, violations: RuleViolations) -> None:
        """Take a result of the rule of a known finding into it."""
        before = finding.batches.get(self.batch)
        was_open = finding.closed is None
        self.describe_check(finding)
        if violations.count:
            self._add_violations(finding, before, violations)
        elif finding.closed is None and before is not None and before.seen != self.sight:
            self._add_absence(finding, before)
        finding.evaluated = self.sight
        if was_open or violations.count:
            finding.counts = [
                *finding.counts[1 - COUNTS_KEPT :],
                CountAt(self.sight.at, self.sight.started_at, violations.count),
            ]

    def _add_violations(
        self, finding: FollowedFinding, before: BatchViolations | None, violations: RuleViolations
    ) -> None:
        finding.doubts = []
        finding.change = self._compare(finding, before, violations)
        if finding.closed is not None:
            finding.opened, finding.closed, finding.trend = self.sight, None, FindingTrend.BACK
            finding.decided_after = self.sight.seq
            finding.times_opened += 1
            finding.due = self.find_due(finding)
        elif before is None:
            finding.trend = FindingTrend.MORE
        else:
            difference = violations.count - before.count
            finding.trend = (
                FindingTrend.MORE if difference > 0 else FindingTrend.FEWER if difference < 0 else FindingTrend.SAME
            )
        finding.batches = {**finding.batches, self.batch: self.describe(violations)}
        finding.times_seen += finding.last != self.sight
        finding.last = self.sight

    def _add_absence(self, finding: FollowedFinding, before: BatchViolations) -> None:
        finding.change = None
        finding.doubts = list(self.list_doubts(finding, before))
        if finding.doubts:
            finding.trend = FindingTrend.NOT_PROVEN
            return
        finding.closed_as = FindingStatus.CLEARED if calls_false_positive(finding) else FindingStatus.FIXED
        finding.batches = {name: batch for name, batch in finding.batches.items() if name != self.batch}
        finding.trend = FindingTrend.FEWER if finding.batches else FindingTrend.FIXED
        finding.closed = None if finding.batches else self.sight

    def _compare(
        self, finding: FollowedFinding, before: BatchViolations | None, violations: RuleViolations
    ) -> RecordChange | None:
        """Return which records are new since the result before of the same batch; None for a batch not judged before."""
        if before is None:
            if finding.closed is None and self.batch:
                return None
            return compare_records(finding.evaluated.at, (0, ()), (violations.count, violations.digests))
        why_not = ""
        if before.digest_key != (self.record.digest_key or ""):
            why_not = "the key of the digests is another one"
        elif before.basis.parameters.get("record_key") != self.basis.parameters.get("record_key"):
            why_not = "records are named by another column"
        now = (violations.count, violations.digests)
        return compare_records(before.seen.at, (before.count, before.digests), now, why_not)
