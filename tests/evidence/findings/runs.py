"""A project whose runs find what a test says, and the findings that its ledger then has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.findings.dispositions import (
    ENTRY_KINDS,
    DispositionKind,
    DispositionTerms,
    encode_disposition,
)
from synth_expectations.evidence.findings.model import FindingsState, FollowedFinding
from synth_expectations.evidence.findings.reader import STATE, read_findings
from synth_expectations.evidence.keys.signing_key import SigningKey
from synth_expectations.evidence.ledger.entry import Entry
from synth_expectations.evidence.records.results import ResultRecord, RuleRecord
from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.rules.verdict import Verdict
from tests.evidence.site.records import SampleProject

RULE = "email is in a reserved domain"
TABLE = "customer"


def digest(names: Iterable[str]) -> tuple[str, ...]:
    """Return digests for records, a word each."""
    return tuple(sorted(compute_digest(name.encode())[:16] for name in names))


class FollowedProject(SampleProject):
    """A ledger to which a test adds runs of the sample, a day apart, that find some records of one rule."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self.directory = directory

    def find(self, records: Iterable[str] = (), *, count: int | None = None, **changes: Any) -> RunRecord:
        """Append a run of one table, in which some records break the rule.

        Args:
            records: words for them.
            count: how many there are; by default as many.
            changes: of the result (`result`), of the input (`input`), or of the record.
        """
        named = digest(records)
        number = len(named) if count is None else count
        result_changes, input_changes = changes.pop("result", {}), changes.pop("input", {})
        record = self.make_record(digest_key="a" * 16)
        results = [
            self._find(result, number, named, result_changes) for result in record.results if result.table == TABLE
        ]
        inputs = [table.model_copy(update=input_changes) if table.table == TABLE else table for table in record.inputs]
        verdict = Verdict.FAILED if number else Verdict.PASSED
        fields = {
            "results": tuple(results),
            "inputs": tuple(inputs),
            "plan": tuple(check for check in record.plan if check.table == TABLE),
            "tables": tuple(
                table.model_copy(update={"verdict": verdict}) for table in record.tables if table.table == TABLE
            ),
            "verdict": verdict,
            "exit_code": int(bool(number)),
        }
        return self.add_run(record.model_copy(update={**fields, **changes}))

    def read(self, **options: Any) -> FindingsState:
        """Return the findings, from the state beside the ledger and the entries since."""
        return read_findings(self.ledger, self.directory / STATE, **options)

    @property
    def finding(self) -> FollowedFinding:
        """The one finding."""
        [finding] = self.read().findings.values()
        return finding

    def decide(
        self,
        finding: FollowedFinding,
        kind: DispositionKind = DispositionKind.ACCEPTED,
        key: SigningKey | None = None,
        **changes: Any,
    ) -> Entry:
        """Append a decision about a finding, whether or not it may be made."""
        fields: dict[str, Any] = {
            "kind": kind,
            "finding": finding.id,
            "table": finding.table,
            "scope": finding.scope,
            "expectation_id": finding.expectation_id,
            "type": finding.type,
            "rule": finding.rule,
            "entry_seen": finding.last.seq,
            "count": finding.count,
            "digests": tuple(sorted(finding.digests)),
            "digest_key": "a" * 16,
            "is_complete": len(finding.digests) == finding.count,
            "reason": "A migration fixes it.",
            "by": "dpo@shop.example",
            "role": "dpo",
            "until": date(2026, 12, 31) if kind is DispositionKind.ACCEPTED else None,
        }
        terms = DispositionTerms.model_validate({**fields, **changes})
        return self.ledger.append(ENTRY_KINDS[kind], encode_disposition(terms, key), key.keyid if key else None)

    def _find(self, result: ResultRecord, number: int, named: tuple[str, ...], changes: dict[str, Any]) -> ResultRecord:
        if result.table != TABLE or result.rules[0].name != RULE:
            return result
        verdict = Verdict.FAILED if number else Verdict.PASSED
        rules = (RuleRecord(name=RULE, count=number, digests=named),)
        return result.model_copy(update={"verdict": verdict, "broken": number, "rules": rules, **changes})
