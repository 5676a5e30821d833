"""What each result of a run may be counted as, before a requirement asks for its parameters."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.controls import EvidenceWord, Finding
from synth_expectations.report.model import ExpectationReport, RunReport, TableReport
from synth_expectations.rules.verdict import Verdict


def read_findings(run: RunReport) -> Iterator[Finding]:
    """Yield a finding for each expectation of a run, in its order."""
    narrowed = {(exclusion.table, exclusion.type): exclusion.reason for exclusion in run.excluded}
    for table in run.tables:
        for expectation in table.expectations:
            reason = narrowed.get((table.table, expectation.type), "")
            word, why = _judge(table, expectation, reason)
            parameters = expectation.details.get("parameters") or {}
            yield Finding(expectation.type, word, parameters, table.table, why)


def _judge(table: TableReport, expectation: ExpectationReport, narrowed: str) -> tuple[EvidenceWord, tuple[str, ...]]:
    """Return the word of a result, and why; a violation is contrary whatever `fail_on` and `mostly` let pass."""
    if expectation.verdict is Verdict.ERRORED:
        return EvidenceWord.INCONCLUSIVE, (f"errored: {expectation.error or table.error}",)
    if expectation.verdict is Verdict.FAILED or expectation.unexpected_count:
        return EvidenceWord.CONTRARY, tuple(filter(None, (expectation.format_count(), *expectation.table_findings)))
    if expectation.verdict is Verdict.NOTHING_TO_CHECK or expectation.element_count == 0:
        return EvidenceWord.NOTHING_TO_CHECK, tuple(filter(None, (expectation.reason,)))
    if narrowed:
        return EvidenceWord.INCONCLUSIVE, (f"too loose: the policy narrows it: {narrowed}",)
    return EvidenceWord.SUPPORTS, ()
