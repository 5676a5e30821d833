"""Follow findings through the runs and decisions of a ledger, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

import isodate

from synth_expectations.evidence.findings.comparison import RecordChange, compare_records
from synth_expectations.evidence.findings.dispositions import RecordedDisposition, Revocation, find_dependence
from synth_expectations.evidence.findings.followed_run import AnyCheck, AnyInput, AnyResult, AnyRun
from synth_expectations.evidence.findings.model import (
    COUNTS_KEPT,
    WHOLE_CHECK,
    WHOLE_TABLE,
    BatchViolations,
    CountAt,
    FindingsState,
    FindingStatus,
    FindingTrend,
    FollowedFinding,
    ViolationBasis,
    make_finding_id,
)
from synth_expectations.evidence.findings.proof import calls_false_positive, describe_basis, list_doubts
from synth_expectations.evidence.keys.key_ring import KeyRing
from synth_expectations.evidence.records.policy import OwnershipRecord
from synth_expectations.evidence.sight import Sight
from synth_expectations.policy.governance import FindingsSection
from synth_expectations.rules.verdict import Verdict

UNKNOWN = "the ledger has no such finding"
"""Why a decision does not count that is about nothing."""
_CheckKey = tuple[str, str, str]
"""A check: its table, its scope and its id."""


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


def count_violations(result: AnyResult, index: int) -> dict[str, RuleViolations]:
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


class FindingsFollower:
    """Takes the runs and decisions of a ledger into a state, in the order of their entries.

    Args:
        state: changed in place.
    """

    def __init__(self, state: FindingsState) -> None:
        self.state = state
        self._by_check: dict[_CheckKey, list[FollowedFinding]] = {}
        for finding in state.findings.values():
            self._by_check.setdefault(_key_check(finding), []).append(finding)

    def add_plan(self, record: AnyRun) -> None:
        """Take in what a run plans: a check that no plan has any more is no longer checked."""
        planned = {_key_check(check) for check in record.plan}
        for finding in self.state.findings.values():
            is_planned = _key_check(finding) in planned
            if is_planned and record.checkpoint not in finding.planned_by:
                finding.planned_by = sorted({*finding.planned_by, record.checkpoint})
            elif not is_planned and record.checkpoint in finding.planned_by:
                finding.planned_by = [name for name in finding.planned_by if name != record.checkpoint]

    def add_run(self, record: AnyRun, sight: Sight) -> None:
        """Take in the results of a run that ended.

        Args:
            record: of its end.
            sight: where the ledger has it.
        """
        inputs = {table.table: table for table in record.inputs if table.role == "judged"}
        owners = {table.table: table.owner for table in record.tables}
        ownership = {(row.table, row.type): row for row in record.ownership}
        # where a run has a check twice, the result that found more comes first, and the other one proves nothing
        results: Sequence[AnyResult] = record.results
        for index, result in sorted(enumerate(results), key=lambda item: -(item[1].broken or 0)):
            if self._is_followed(result):
                self._add_result(_Evaluation(record, result, index, sight, inputs.get(result.table), owners, ownership))
        self.add_plan(record)

    def add_disposition(self, disposition: RecordedDisposition) -> None:
        """Take in a decision, and why it does not count: it is about no finding, a fixed one, or one of one's own."""
        terms = disposition.terms
        finding = self.state.findings.get(terms.finding)
        if finding is None or make_finding_id(terms.table, terms.scope, terms.expectation_id, terms.rule) != finding.id:
            disposition.objection = disposition.objection or UNKNOWN
            self.state.unknown_dispositions.append(disposition)
            return
        if not disposition.objection:
            disposition.objection = find_objection(finding, disposition)
        finding.dispositions.append(disposition)

    def revoke_disposition(self, entry: int, revocation: Revocation) -> bool:
        """End a decision by the number of its entry; return False if there is none of that number."""
        for disposition in self._list_dispositions():
            if disposition.entry == entry:
                disposition.revoked = disposition.revoked or revocation
                return True
        return False

    def judge_signatures(self, keyid: str, ring: KeyRing) -> None:
        """Let signatures by a key count no longer that it could not make, now that it was revoked.

        Args:
            keyid: of the key.
            ring: the keys, with the revocation.
        """
        for disposition in self._list_dispositions():
            if disposition.keyid == keyid:
                disposition.objection = disposition.objection or ring.find_objection(
                    keyid, disposition.at, disposition.entry
                )

    def _list_dispositions(self) -> Iterator[RecordedDisposition]:
        for finding in self.state.findings.values():
            yield from finding.dispositions
        yield from self.state.unknown_dispositions

    def _is_followed(self, result: AnyResult) -> bool:
        """Return whether a result says something of findings: of one that is known, or that something was found."""
        is_clean = result.verdict is Verdict.PASSED and not result.broken
        return not is_clean or _key_check(result) in self._by_check or any(rule.count for rule in result.rules)

    def _add_result(self, evaluation: _Evaluation) -> None:
        result = evaluation.result
        known = self._by_check.get(_key_check(result), [])
        if result.verdict in {Verdict.ERRORED, Verdict.NOTHING_TO_CHECK}:
            for finding in known:
                if finding.closed is None and (before := finding.batches.get(evaluation.batch)):
                    finding.doubts = list(evaluation.list_doubts(finding, before))
            return
        counted = count_violations(result, evaluation.index)
        for finding in known:
            finding.is_rule_gone = finding.rule not in counted and finding.rule != WHOLE_TABLE
            if finding.rule == WHOLE_TABLE and result.verdict is Verdict.PASSED:
                counted[WHOLE_TABLE] = RuleViolations(0, f"/results/{evaluation.index}/verdict")
        by_rule = {finding.rule: finding for finding in known}
        for rule, violations in counted.items():
            followed = by_rule.get(rule)
            if followed is None and violations.count:
                self._open(evaluation, rule, violations)
            elif followed is not None:
                evaluation.update(followed, violations)

    def _open(self, evaluation: _Evaluation, rule: str, violations: RuleViolations) -> None:
        result, sight = evaluation.result, evaluation.sight
        finding = FollowedFinding(
            table=result.table,
            scope=result.scope,
            expectation_id=result.expectation_id,
            type=result.type,
            rule=rule,
            first=sight,
            opened=sight,
            last=sight,
            evaluated=sight,
            decided_after=0 if self.state.is_partial else sight.seq,
            batches={evaluation.batch: evaluation.describe(violations)},
            counts=[CountAt(at=sight.at, count=violations.count)],
        )
        evaluation.describe_check(finding)
        finding.due = evaluation.find_due(finding)
        self.state.findings[finding.id] = finding
        self._by_check.setdefault(_key_check(result), []).append(finding)
        waiting, self.state.unknown_dispositions = self.state.unknown_dispositions, []
        for disposition in waiting:
            if disposition.terms.finding == finding.id and self.state.is_partial:
                disposition.objection = "" if disposition.objection == UNKNOWN else disposition.objection
                self.add_disposition(disposition)
            else:
                self.state.unknown_dispositions.append(disposition)


@dataclass(frozen=True)
class _Evaluation:
    """A result of a run, with all that a finding takes from it."""

    record: AnyRun
    result: AnyResult
    index: int
    sight: Sight
    table: AnyInput | None
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
        return list_doubts(finding, violations, self.record, self.result, self.table)

    def describe(self, violations: RuleViolations) -> BatchViolations:
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
            finding.counts = [*finding.counts[1 - COUNTS_KEPT :], CountAt(at=self.sight.at, count=violations.count)]

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


def find_objection(finding: FollowedFinding, disposition: RecordedDisposition) -> str:
    """Return why a decision about a finding does not count, as a clause; empty if it does."""
    terms = disposition.terms
    if finding.closed is not None:
        return "the finding was fixed by then"
    if terms.entry_seen < finding.decided_after:
        return "it is about the finding before it was fixed, and came back"
    if terms.entry_seen > disposition.entry:
        return "it names a run of later"
    operators = {
        "ran the checks": finding.operator,
        "operates the checks": finding.named_operator,
        "is accountable for the check": finding.accountable,
    }
    return find_dependence(terms.by, finding.owner, operators)


def _key_check(check: AnyCheck | AnyResult | FollowedFinding) -> _CheckKey:
    return check.table, check.scope, check.expectation_id
