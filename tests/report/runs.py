"""Reports made by hand: the run of the interface's example, and what can be odd about one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from synth_expectations.policy.uncovered_expectation import UncoveredExpectation
from synth_expectations.report.expectation_report import ExpectationReport, KeySample, RuleCount
from synth_expectations.report.model import Exclusion, RunReport, TableReport
from synth_expectations.rules.verdict import Verdict

START = datetime(2026, 11, 23, 3, 4, 12, tzinfo=UTC)


def expectation(verdict: Verdict = Verdict.PASSED, **more: Any) -> ExpectationReport:
    usual: dict[str, Any] = {
        "id": "6db4fe90-e6dd-5fe2-b425-32fa8f2e6950",
        "type": "expect_records_to_be_tagged",
        "sentence": "Expect records to be tagged",
        "severity": "critical",
        "verdict": verdict,
    }
    if verdict in {Verdict.PASSED, Verdict.FAILED}:
        usual |= {"element_count": 10, "unexpected_count": 0, "unexpected_percent": 0.0}
    return ExpectationReport(**usual | more)


def failed(**more: Any) -> ExpectationReport:
    usual: dict[str, Any] = {
        "element_count": 1_204_511,
        "unexpected_count": 57,
        "unexpected_percent": 100 * 57 / 1_204_511,
        "rules": (
            RuleCount("marker is missing", 41),
            RuleCount("marker is not one of true, false", 16),
            RuleCount("never broken", 0),
        ),
        "sample": KeySample(
            "Id", ("003Hs00004XkQ1aIAF", "003Hs00004XkQ1bIAF", "003Hs00004XkQ1cIAF", "003Hs00004XkQ1dIAF"), 53
        ),
        "details": {
            "parameters": {"marker_column": "Synthetic__c", "mostly": 1.0},
            "condition": {"dialect": "snowflake", "sql": {"marker is missing": '"Synthetic__c" IS NULL'}},
            "rules_sha256": "0" * 64,
            "does_not_show": "that the tag is true.",
        },
    }
    return expectation(Verdict.FAILED, **usual | more)


def errored(**more: Any) -> ExpectationReport:
    usual = {
        "type": "expect_promotions_to_be_approved",
        "sentence": "Expect promotions to be approved",
        "error": "Column APPROVED_BY is not in CRM.PROMOTION. Nearest: APPROVER_ID. "
        "It has APPROVER_ID, PROMOTED_AT, PROMOTION_ID, REQUESTED_BY and 10 more.",
        "next_step": "edit policy.yml:75 (columns.approver), then synth-expectations compile",
    }
    return expectation(Verdict.ERRORED, **usual | more)


def nothing(**more: Any) -> ExpectationReport:
    return expectation(Verdict.NOTHING_TO_CHECK, **{"reason": "The population has no records."} | more)


def table(*expectations: ExpectationReport, **more: Any) -> TableReport:
    usual: dict[str, Any] = {
        "table": "contact",
        "suite": "contact",
        "scope": "table",
        "batch": None,
        "roles": ("mixed",),
        "owner": "crm-data@retailer.example",
        "data_source": "warehouse",
        "engine": "snowflake",
        "expectations": expectations,
        "queries": 2,
        "seconds": 1.25,
    }
    return TableReport(**usual | more)


def run(*tables: TableReport, **more: Any) -> RunReport:
    usual: dict[str, Any] = {
        "id": "20261123T030412Z-kqtr",
        "checkpoint": "nightly",
        "started_at": START,
        "finished_at": START.replace(minute=5, second=0),
        "as_of": datetime(2026, 11, 23, tzinfo=UTC),
        "as_of_from": "start of the run",
        "batch": "2026-11-22",
        "fail_on": "warning",
        "tables": tables,
        "versions": {"synth-expectations": "0.1.0"},
        "compiled_by": "0.1.0",
        "policy": {"path": "policy.yml", "sha256": "1" * 64},
        "docs_path": "file:///srv/crm/great%20expectations/uncommitted/docs/index.html",
        "results": ("/srv/crm/great_expectations/uncommitted/validations/contact.json",),
        "runbook": "https://wiki.retailer.example/synthetic-crm",
    }
    return RunReport(**usual | more)


def uncovered(table: str = "credit_decision") -> UncoveredExpectation:
    needs = tuple(f"tables.{table}.columns.{word}" for word in ("reviewer", "reviewed_at"))
    return UncoveredExpectation(table, "expect_human_oversight_to_be_effective", "role decisions", needs)


def excluded(**more: Any) -> Exclusion:
    usual: dict[str, Any] = {
        "table": "contact",
        "type": "expect_records_to_be_tagged",
        "reason": "the marker arrives with release 12",
        "approved_by": "dpo@retailer.example",
        "until": "2026-12-31",
    }
    return Exclusion(**usual | more)


def nightly() -> RunReport:
    """A run with all that a night can bring, as in the interface's example."""
    send = nothing(
        type="expect_table_to_contain_no_synthetic_records",
        sentence="Expect the table to contain no synthetic records",
    )
    oversight = failed(
        type="expect_human_oversight_to_be_effective",
        sentence="Expect human oversight to be effective",
        severity="info",
        element_count=318_440,
        unexpected_count=1,
        rules=(RuleCount("no outcome", 1), RuleCount("decision was overturned", 12_004, judged=False)),
        sample=KeySample("DecisionId", ("d-1",), 0),
        details={"references": ["staff"]},
    )
    return run(
        table(
            failed(),
            *[expectation()] * 8,
            scope="batch",
            batch="2026-11-22",
            records={"all": 1_204_511, "synthetic": 38_204},
        ),
        table(expectation(), expectation(), records={"all": 48_112_870, "synthetic": 1_511_092}),
        table(
            failed(type="expect_it"),
            oversight,
            table="credit_decision",
            suite="credit_decision",
            records={"all": 318_440},
        ),
        table(send, send, send, table="marketing_send", scope="batch", batch="2026-11-22", records={"all": 0}),
        table(errored(), table="promotion", owner=""),
    )
