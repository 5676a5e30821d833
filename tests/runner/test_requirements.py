"""The requirements of a run: how many items have which status, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from synth_expectations.controls import EvidenceStatus
from synth_expectations.policy.standing import PolicyStanding
from synth_expectations.report.expectation_report import ExpectationReport
from synth_expectations.report.model import RunReport, SourceRows, TableReport
from synth_expectations.report.plan import ExpectationPlan
from synth_expectations.report.requirement_evidence import RequirementEvidence
from synth_expectations.rules.verdict import Verdict
from synth_expectations.runner.requirements import add_evidence

MOMENT = datetime(2026, 11, 24, tzinfo=UTC)
KIND = "expect_legal_holds_to_be_honored"
PASSED = ExpectationReport("1", KIND, "", "info", Verdict.PASSED, 10, 0, details={"parameters": {"mostly": 1.0}})
FAILED = replace(PASSED, verdict=Verdict.FAILED, unexpected_count=3)
NOTHING = replace(PASSED, verdict=Verdict.NOTHING_TO_CHECK, element_count=0, reason="No hold is active.")


def _table(name: str, expectation: ExpectationReport) -> TableReport:
    table = TableReport(name, name, "table", None, expectations=(expectation,), queries=1, records={"all": 7})
    return replace(table, source_rows=SourceRows(7, "manifest.csv", difference=0))


def _judge(*tables: TableReport, planned: tuple[ExpectationPlan, ...] = ()) -> tuple[RunReport, RequirementEvidence]:
    run = RunReport("r", "nightly", MOMENT, MOMENT, MOMENT, "option", None, "critical", tables)
    run = add_evidence(replace(run, standing=PolicyStanding("approved"), planned=planned))
    return run, next(item for item in run.requirements if item.requirement == "Article 17(3)(e)")


def test_items_of_a_requirement() -> None:
    left_out = ExpectationPlan(
        "order", KIND, status=EvidenceStatus.EXCLUDED, why="CRM-1; approved by dpo until 2027-01-01"
    )
    tables = [_table("claim", PASSED), _table("case", FAILED), _table("visit", NOTHING), _table("send", NOTHING)]
    run, found = _judge(*tables, planned=(left_out,))
    assert found.counts.format() == "supports 1 of 5, nothing to check 2, excluded 1, contrary 1"
    assert (found.status, found.strength) == (EvidenceStatus.CONTRARY, "partial")
    assert [(reason.status.value, reason.why, reason.count) for reason in found.reasons] == [
        ("contrary", f"case: {KIND}: 3 of 10 records (30 %) violate the expectation; the run does not fail by it", 1),
        ("excluded", f"{KIND}: CRM-1; approved by dpo until 2027-01-01", 1),
        ("nothing to check", f"{KIND}: No hold is active; 7 rows were read", 2),
    ]
    statuses = [control.status for table in run.tables for item in table.expectations for control in item.controls]
    assert statuses[0] is EvidenceStatus.SUPPORTS


def test_each_requirement_is_there_whatever_ran() -> None:
    run, found = _judge()
    assert found.counts.format() == "supports 0 of 1, not run 1"
    assert len(run.requirements) > 90
    assert all(item.counts.total for item in run.requirements)


def test_many_reasons_are_cut_and_the_weakest_stay() -> None:
    tables = [_table(f"t{number}", FAILED) for number in range(30)]
    _, found = _judge(*tables, _table("visit", NOTHING))
    assert found.counts[EvidenceStatus.CONTRARY] == 30
    assert {reason.status for reason in found.reasons} == {EvidenceStatus.CONTRARY}
    assert len(found.reasons) == 20
