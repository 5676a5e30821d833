"""What the results of a run may be counted as."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from synth_expectations.controls import EvidenceWord, Finding
from synth_expectations.report.findings import read_findings
from synth_expectations.report.model import Exclusion, ExpectationReport, RunReport, TableReport
from synth_expectations.rules.verdict import Verdict

MOMENT = datetime(2026, 11, 24, tzinfo=UTC)
KIND = "expect_records_to_be_tagged"
PASSED = ExpectationReport("1", KIND, "", "info", Verdict.PASSED, 10, 0, details={"parameters": {"mostly": 1.0}})
TABLE = TableReport("contact", "contact", "table", None, expectations=(PASSED,))


def _run(*tables: TableReport, **facts: object) -> RunReport:
    return replace(
        RunReport("r", "nightly", MOMENT, MOMENT, MOMENT, "option", None, "critical", tables or (TABLE,)),
        **facts,  # type: ignore[arg-type]
    )


def _word(expectation: ExpectationReport) -> tuple[EvidenceWord, tuple[str, ...]]:
    (finding,) = read_findings(_run(replace(TABLE, expectations=(expectation,))))
    return finding.word, finding.why


@pytest.mark.parametrize(
    ("expectation", "word", "why"),
    [
        (PASSED, EvidenceWord.SUPPORTS, ()),
        (
            replace(PASSED, verdict=Verdict.ERRORED, error="There is no column tag."),
            EvidenceWord.INCONCLUSIVE,
            ("errored: There is no column tag.",),
        ),
        (
            replace(PASSED, verdict=Verdict.NOTHING_TO_CHECK, element_count=0, reason="No record is synthetic."),
            EvidenceWord.NOTHING_TO_CHECK,
            ("No record is synthetic.",),
        ),
        (replace(PASSED, element_count=0), EvidenceWord.NOTHING_TO_CHECK, ()),
        (
            replace(PASSED, verdict=Verdict.FAILED, unexpected_count=3),
            EvidenceWord.CONTRARY,
            ("3 of 10 records (30 %) do not hold",),
        ),
    ],
    ids=["passed", "errored", "nothing to check", "passed on nothing", "failed"],
)
def test_a_verdict_as_evidence(expectation: ExpectationReport, word: EvidenceWord, why: tuple[str, ...]) -> None:
    assert _word(expectation) == (word, why)


def test_a_failure_below_fail_on_is_contrary() -> None:
    failed = replace(PASSED, verdict=Verdict.FAILED, unexpected_count=3, severity="info")
    run = _run(replace(TABLE, expectations=(failed,)))
    assert run.verdict is Verdict.PASSED
    assert [finding.word for finding in read_findings(run)] == [EvidenceWord.CONTRARY]


def test_a_pass_with_violations_that_mostly_allows_is_contrary() -> None:
    assert _word(replace(PASSED, unexpected_count=1))[0] is EvidenceWord.CONTRARY


def test_a_check_that_its_policy_narrows_is_inconclusive() -> None:
    narrowed = Exclusion("contact", KIND, "only where open; CRM-1", "dpo@retailer.example", "2027-01-01")
    claim = replace(TABLE, table="claim")
    assert list(read_findings(_run(TABLE, claim, excluded=(narrowed,)))) == [
        Finding(
            KIND,
            EvidenceWord.INCONCLUSIVE,
            {"mostly": 1.0},
            "contact",
            ("too loose: the policy narrows it: only where open; CRM-1",),
        ),
        Finding(KIND, EvidenceWord.SUPPORTS, {"mostly": 1.0}, "claim"),
    ]
