"""What the checks of a run may be counted as."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from synth_expectations.controls import EvidenceStatus, Finding
from synth_expectations.engine.row_account import RowAccount
from synth_expectations.policy.standing import PolicyStanding
from synth_expectations.policy.uncovered_expectation import UncoveredExpectation
from synth_expectations.report.expectation_report import ExpectationReport
from synth_expectations.report.findings import judge_table, list_left_out
from synth_expectations.report.model import Exclusion, RunReport, SourceRows, TableReport
from synth_expectations.report.plan import ExpectationPlan, RunSelection
from synth_expectations.rules.verdict import Verdict

MOMENT = datetime(2026, 11, 24, tzinfo=UTC)
KIND = "expect_records_to_be_tagged"
APPROVED = PolicyStanding("approved", "dpo@retailer.example", date(2026, 10, 1))
NARROWED = Exclusion("contact", KIND, "only where open; CRM-1", "dpo@retailer.example", "2027-01-01", narrowed="only …")
HIDDEN = Exclusion("contact", "row_level_security", "one country", "dpo@retailer.example", "2027-01-01")
UNCOVERED = UncoveredExpectation("contact", KIND, "role mixed", ("tables.contact.columns.source",), in_part=True)
PASSED = ExpectationReport("1", KIND, "", "info", Verdict.PASSED, 10, 0, details={"parameters": {"mostly": 1.0}})
NOTHING = replace(PASSED, verdict=Verdict.NOTHING_TO_CHECK, element_count=0, reason="No record is synthetic.")
WHOLE = SourceRows(10, "manifest.csv", difference=0)
TABLE = TableReport("contact", "contact", "table", None, expectations=(PASSED,), queries=2, source_rows=WHOLE)
DAILY = replace(TABLE, scope="batch", batch="2026-11-22")


def _run(table: TableReport = TABLE, **facts: Any) -> RunReport:
    usual = {"standing": APPROVED, **facts}
    return replace(RunReport("r", "nightly", MOMENT, MOMENT, MOMENT, "option", None, "critical", (table,)), **usual)


def _judge(expectation: ExpectationReport, table: TableReport = TABLE, **facts: Any) -> tuple[str, tuple[str, ...]]:
    table = replace(table, expectations=(expectation,))
    (finding,) = judge_table(_run(table, **facts), table)
    return finding.status.value, finding.why


@pytest.mark.parametrize(
    ("expectation", "status", "why"),
    [
        (PASSED, "supports", ()),
        (
            replace(PASSED, verdict=Verdict.ERRORED, error="There is no column tag."),
            "inconclusive",
            ("errored: There is no column tag.",),
        ),
        (NOTHING, "nothing to check", ("No record is synthetic.",)),
        (replace(PASSED, element_count=0), "nothing to check", ()),
        (
            replace(PASSED, verdict=Verdict.FAILED, severity="critical", unexpected_count=3),
            "contrary",
            ("3 of 10 records (30 %) violate the expectation",),
        ),
    ],
    ids=["passed", "errored", "nothing to check", "passed on nothing", "failed"],
)
def test_a_verdict_as_evidence(expectation: ExpectationReport, status: str, why: tuple[str, ...]) -> None:
    assert _judge(expectation) == (status, why)


@pytest.mark.parametrize("source", [None, SourceRows(None, "manifest.csv"), SourceRows(10, "manifest.csv")])
def test_a_table_whose_rows_nobody_counts_supports_in_part(source: SourceRows | None) -> None:
    """Nothing shows that the table has every record of its source."""
    table = replace(TABLE, source_rows=source)
    assert _judge(PASSED, table) == ("supports in part", ("the number of rows in its source is unknown",))


def test_a_failure_below_fail_on_is_contrary() -> None:
    failed = replace(PASSED, verdict=Verdict.FAILED, unexpected_count=3, severity="info")
    assert _run(replace(TABLE, expectations=(failed,))).verdict is Verdict.PASSED
    status, why = _judge(failed)
    assert (status, why[-1]) == ("contrary", "the run does not fail by it")


def test_a_pass_with_violations_that_mostly_allows_is_contrary() -> None:
    assert _judge(replace(PASSED, unexpected_count=1))[0] == "contrary"


@pytest.mark.parametrize("doubted", [False, True])
def test_no_doubt_makes_a_violation_go(doubted: bool) -> None:
    standing = PolicyStanding() if doubted else APPROVED
    failed = replace(PASSED, verdict=Verdict.FAILED, unexpected_count=3)
    assert _judge(failed, standing=standing, excluded=(NARROWED,) * doubted)[0] == "contrary"


@pytest.mark.parametrize(
    ("table", "status", "why"),
    [
        (replace(TABLE, queries=0), "not read", ("No record is synthetic.",)),
        (
            replace(TABLE, records={"all": 1200}),
            "nothing to check",
            ("No record is synthetic.", "1,200 rows were read"),
        ),
        (
            replace(TABLE, rows=RowAccount(5, 3, left_out=2)),
            "nothing to check",
            ("No record is synthetic.", "3 rows were read"),
        ),
    ],
)
def test_nothing_to_check_says_what_was_read(table: TableReport, status: str, why: tuple[str, ...]) -> None:
    assert _judge(NOTHING, table) == (status, why)


@pytest.mark.parametrize(
    ("facts", "table", "why"),
    [
        (
            {"excluded": (NARROWED,)},
            TABLE,
            "too loose: the policy narrows it: only where open; CRM-1;"
            " approved by dpo@retailer.example until 2027-01-01",
        ),
        ({"standing": PolicyStanding()}, TABLE, "unapproved policy: nobody approved the policy"),
        (
            {"standing": replace(APPROVED, state="changed")},
            TABLE,
            "unapproved policy: the policy changed since it was approved on 2026-10-01",
        ),
        (
            {"standing": replace(APPROVED, state="unverified")},
            TABLE,
            "unapproved policy: the approval of 2026-10-01 is not on record",
        ),
        (
            {"standing": replace(APPROVED, review="overdue", review_by=date(2026, 11, 1), review_decides=True)},
            TABLE,
            "overdue review: the policy was to be reviewed by 2026-11-01",
        ),
        ({}, replace(TABLE, doubts=("stale: loaded 9 days ago",)), "stale: loaded 9 days ago"),
        ({}, replace(TABLE, doubts=("unreconciled: 3 rows less",)), "unreconciled: 3 rows less"),
    ],
)
def test_what_makes_a_pass_inconclusive(facts: dict[str, Any], table: TableReport, why: str) -> None:
    assert _judge(PASSED, table, **facts) == ("inconclusive", (why,))


def test_an_overdue_review_alone_decides_nothing() -> None:
    assert _judge(PASSED, standing=replace(APPROVED, review="overdue"))[0] == "supports"


@pytest.mark.parametrize(
    ("facts", "table", "why"),
    [
        ({"not_covered": (UNCOVERED,)}, TABLE, "the policy does not name source in tables.contact.columns"),
        (
            {"excluded": (HIDDEN,)},
            TABLE,
            "the database may hide rows: one country; approved by dpo@retailer.example",
        ),
        ({}, replace(TABLE, rows=RowAccount(10, 8, left_out=2)), "where leaves out 2 of 10 rows"),
        ({}, replace(DAILY, rows=RowAccount(10, 8, no_day=2)), "2 of 10 rows are of no day"),
        (
            {"selection": RunSelection(batch="2026-11-22")},
            DAILY,
            "only the batch 2026-11-22 was read, because of --batch",
        ),
    ],
)
def test_what_leaves_support_in_part(facts: dict[str, Any], table: TableReport, why: str) -> None:
    assert _judge(PASSED, table, **facts) == ("supports in part", (why,))


@pytest.mark.parametrize(
    ("facts", "table"),
    [
        ({"excluded": (replace(NARROWED, table="claim"), replace(HIDDEN, table="claim"))}, TABLE),
        ({"not_covered": (replace(UNCOVERED, table="claim"),)}, TABLE),
        ({"selection": RunSelection(batch="2026-11-22")}, TABLE),
        ({}, replace(DAILY, rows=RowAccount(10, 8, other_day=2))),
    ],
    ids=["another table", "another table's column", "a whole table", "the newest day"],
)
def test_what_concerns_another_table_or_day_takes_nothing_away(facts: dict[str, Any], table: TableReport) -> None:
    assert _judge(PASSED, table, **facts) == ("supports", ())


def test_what_a_run_leaves_out() -> None:
    planned = (
        ExpectationPlan("contact", KIND, "table", "contact", "1"),
        ExpectationPlan("claim", KIND, "table", "claim", "2", status=EvidenceStatus.NOT_RUN, why="not selected"),
        ExpectationPlan(
            "order", KIND, status=EvidenceStatus.EXCLUDED, why="no marker; approved by dpo until 2027-01-01"
        ),
    )
    assert list(list_left_out(_run(planned=planned))) == [
        Finding(KIND, EvidenceStatus.NOT_RUN, {}, "claim", ("not selected",)),
        Finding(KIND, EvidenceStatus.EXCLUDED, {}, "order", ("no marker; approved by dpo until 2027-01-01",)),
    ]
