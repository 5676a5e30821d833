"""Follow findings through the runs and decisions of a ledger, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from synth_expectations.evidence.findings.dispositions import RecordedDisposition, Revocation, find_dependence
from synth_expectations.evidence.findings.evaluation import ResultEvaluation, RuleViolations, count_violations
from synth_expectations.evidence.findings.model import (
    WHOLE_TABLE,
    CountAt,
    FindingsState,
    FollowedFinding,
    make_finding_id,
)
from synth_expectations.evidence.keys.key_ring import KeyRing
from synth_expectations.evidence.records.results import ShortResult
from synth_expectations.evidence.records.run import ShortCheck, ShortRun
from synth_expectations.evidence.sight import Sight
from synth_expectations.rules.verdict import Verdict

UNKNOWN = "the ledger has no such finding"
"""Why a decision does not count that is about nothing."""
_CheckKey = tuple[str, str, str]
"""A check: its table, its scope and its id."""


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

    def add_plan(self, record: ShortRun) -> None:
        """Take in what a run plans: a check that no plan has any more is no longer checked."""
        planned = {_key_check(check) for check in record.plan}
        for finding in self.state.findings.values():
            is_planned = _key_check(finding) in planned
            if is_planned and record.checkpoint not in finding.planned_by:
                finding.planned_by = sorted({*finding.planned_by, record.checkpoint})
            elif not is_planned and record.checkpoint in finding.planned_by:
                finding.planned_by = [name for name in finding.planned_by if name != record.checkpoint]

    def add_run(self, record: ShortRun, sight: Sight) -> None:
        """Take in the results of a run that ended.

        Args:
            record: of its end.
            sight: where the ledger has it.
        """
        inputs = {table.table: table for table in record.inputs if table.role == "judged"}
        owners = {table.table: table.owner for table in record.tables}
        ownership = {(row.table, row.type): row for row in record.ownership}
        # where a run has a check twice, the result that found more comes first, and the other one proves nothing
        results: Sequence[ShortResult] = record.results
        for index, result in sorted(enumerate(results), key=lambda item: -(item[1].broken or 0)):
            if self._is_followed(result):
                self._add_result(
                    ResultEvaluation(record, result, index, sight, inputs.get(result.table), owners, ownership)
                )
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

    def _is_followed(self, result: ShortResult) -> bool:
        """Return whether a result says something of findings: of one that is known, or that something was found."""
        is_clean = result.verdict is Verdict.PASSED and not result.broken
        return not is_clean or _key_check(result) in self._by_check or any(rule.count for rule in result.rules)

    def _add_result(self, evaluation: ResultEvaluation) -> None:
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

    def _open(self, evaluation: ResultEvaluation, rule: str, violations: RuleViolations) -> None:
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
            counts=[CountAt(sight.at, sight.started_at, violations.count)],
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


def _key_check(check: ShortCheck | ShortResult | FollowedFinding) -> _CheckKey:
    return check.table, check.scope, check.expectation_id
