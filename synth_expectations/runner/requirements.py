"""The requirements that a run gives evidence for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from synth_expectations.controls import Coverage, Finding, MappingFinding, Regulation, compute_coverage, withhold
from synth_expectations.controls.load import load_installed
from synth_expectations.controls.statuses import EvidenceCounts, EvidenceStatus
from synth_expectations.report.findings import judge_table, list_left_out
from synth_expectations.report.model import RunReport
from synth_expectations.report.requirement_evidence import Evidence, EvidenceReason, RequirementEvidence

_MOST_REASONS = 20
"""How many reasons a requirement names; a policy of hundreds of tables has thousands."""
_STATUSES = list(EvidenceStatus)
_OF_ONE_TABLE = {EvidenceStatus.CONTRARY, EvidenceStatus.INCONCLUSIVE, EvidenceStatus.SUPPORTS_IN_PART}
"""Words whose reasons differ from table to table; the others are counted."""


def add_evidence(run: RunReport) -> RunReport:
    """Return a run with what it shows of each requirement, and of each for which of its expectations.

    Raises:
        ControlsError: the files of controls cannot be used.
    """
    by_table = [judge_table(run, table) for table in run.tables]
    all_findings = [*(finding for findings in by_table for finding in findings), *list_left_out(run)]
    evidence: dict[int, list[Evidence]] = {}
    requirements = []
    for regulation in load_installed():
        for covered in compute_coverage(regulation, run.as_of, all_findings, run.standing.manual):
            requirements.append(_summarize(regulation, covered))
            for finding, item in _list_evidence(regulation, covered):
                evidence.setdefault(id(finding), []).append(item)
    tables = [
        replace(
            table,
            expectations=tuple(
                replace(expectation, controls=tuple(evidence.get(id(finding), ())))
                for expectation, finding in zip(table.expectations, findings, strict=True)
            ),
        )
        for table, findings in zip(run.tables, by_table, strict=True)
    ]
    return replace(run, tables=tuple(tables), requirements=tuple(requirements))


def _list_evidence(regulation: Regulation, covered: Coverage) -> Iterator[tuple[Finding, Evidence]]:
    for mapping in covered.mappings:
        for judged in mapping.judged:
            yield (
                judged.finding,
                Evidence(
                    regulation=regulation.id,
                    requirement=covered.requirement.id,
                    title=covered.requirement.title,
                    strength=mapping.mapping.strength,
                    applies=covered.applies.value,
                    status=withhold(judged.status, covered.applies),
                    check=judged.status,
                    why=judged.why,
                ),
            )


def _summarize(regulation: Regulation, covered: Coverage) -> RequirementEvidence:
    reasons: Counter[tuple[EvidenceStatus, str]] = Counter(
        (item.status, _format_reason(item))
        for mapping in covered.mappings
        for item in mapping.judged
        if item.status is not EvidenceStatus.SUPPORTS
    )
    reasons.update((item.status, item.why) for item in covered.manual)
    counts = covered.counts or EvidenceCounts()
    listed = [EvidenceReason(status, why, count) for (status, why), count in reasons.items()]
    return RequirementEvidence(
        regulation=regulation.id,
        requirement=covered.requirement.id,
        title=covered.requirement.title,
        applies=covered.applies.value,
        status=withhold(counts.weakest, covered.applies),
        counts=counts,
        strength=covered.strength,
        reasons=tuple(sorted(listed, key=lambda reason: _STATUSES.index(reason.status))[:_MOST_REASONS]),
    )


def _format_reason(item: MappingFinding) -> str:
    """Return which check it is, and why; of what was found or doubted, also in which table."""
    names = [item.finding.type]
    if item.status in _OF_ONE_TABLE and item.finding.table:
        names.insert(0, item.finding.table)
    return ": ".join([*names, *filter(None, ["; ".join(reason.rstrip(".") for reason in item.why)])])
