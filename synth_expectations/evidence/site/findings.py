"""Findings: violations of a rule on a table, followed from the first run that saw them to the last."""

from __future__ import annotations

from synth_expectations.evidence.record import ResultRecord
from synth_expectations.evidence.site.state import RUNS_KEPT, CheckState, FindingState, Sight, join_key
from synth_expectations.rules.verdict import Verdict

WHOLE_CHECK = "any rule"
"""The rule of a result that counts broken records, and names no rule."""


def update_findings(
    findings: dict[str, FindingState],
    key: str,
    result: ResultRecord,
    index: int,
    sight: Sight,
    before: CheckState | None,
) -> None:
    """Follow the findings of a check through one more result; one that errored says nothing of them.

    Args:
        findings: by the keys of check and rule; changed in place.
        key: of the check.
        result: of the run.
        index: its place in the record.
        sight: the run.
        before: the check as the runs before left it.
    """
    if result.verdict is Verdict.ERRORED:
        return
    counts = {
        rule.name: (rule.count, f"/results/{index}/rules/{number}/count")
        for number, rule in enumerate(result.rules)
        if rule.judged
    }
    if not counts:
        counts = {WHOLE_CHECK: (result.broken or 0, f"/results/{index}/broken")}
    for rule, (count, pointer) in counts.items():
        _update(findings, join_key(key, rule), result, rule, count, pointer, sight)
    for former in before.rules if before else ():
        finding = None if former.name in counts else findings.get(join_key(key, former.name))
        if finding and finding.gone is None:  # the check no longer has the rule
            finding.gone = sight


def _update(
    findings: dict[str, FindingState], key: str, result: ResultRecord, rule: str, count: int, pointer: str, sight: Sight
) -> None:
    finding = findings.get(key)
    if finding is None:
        if count:
            findings[key] = FindingState(
                table=result.table,
                scope=result.scope,
                expectation_id=result.expectation_id,
                type=result.type,
                sentence=result.sentence,
                severity=result.severity,
                rule=rule,
                first=sight,
                last=sight,
                count=count,
                pointer=pointer,
                counts=[count],
            )
        return
    finding.counts = [*finding.counts[1 - RUNS_KEPT :], count]
    if count:
        finding.last, finding.count, finding.pointer, finding.gone = sight, count, pointer, None
        finding.times_seen += 1
    elif finding.gone is None:
        finding.gone = sight
