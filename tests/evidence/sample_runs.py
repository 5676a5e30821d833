"""The runs of a sample project: what its plan checks, and what is special of each run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from synth_expectations.rules.verdict import Verdict

FIRST_RUN = datetime(2026, 9, 1, 4, 30, tzinfo=UTC)
POLICIES = ("tables: {customer: {owner: crm@shop.example}}\n", "tables: {customer: {owner: dpo@shop.example}}\n")


@dataclass(frozen=True)
class SampleCheck:
    """A check of the sample's plan, and what its first run finds."""

    table: str
    type: str
    sentence: str
    rule: str
    regulation: str
    requirement: str
    population: int
    broken: int


CHECKS = (
    SampleCheck(
        "customer",
        "expect_untagged_records_to_not_look_synthetic",
        "Untagged records do not look synthetic.",
        "email is in a reserved domain",
        "eu_ai_act",
        "Article 50(2)",
        48_211,
        17,
    ),
    SampleCheck(
        "customer",
        "expect_synthetic_records_to_have_provenance",
        "Synthetic records say where they come from.",
        "dataset_id is missing",
        "gdpr",
        "Article 5(1)(d)",
        5_120,
        0,
    ),
    SampleCheck(
        "credit_decision",
        "expect_regulated_decisions_to_exclude_synthetic_data",
        "Regulated decisions use no synthetic data.",
        "a synthetic record was decided on, and nobody oversaw it",
        "gdpr",
        "Article 22",
        1_904,
        2,
    ),
    SampleCheck(
        "order",
        "expect_synthetic_records_to_be_within_retention",
        "Synthetic records are within their retention period.",
        "older than the retention period",
        "gdpr",
        "Article 5(1)(e)",
        0,
        0,
    ),
)


@dataclass(frozen=True)
class SampleRun:
    """What is special of a run of the sample."""

    day: int
    verdict: Verdict | None = Verdict.PASSED
    selected: tuple[str, ...] = ()
    policy: int = 0
    policy_state: str = "approved"
    break_table: str = ""


RUNS = (
    SampleRun(0, Verdict.FAILED),
    SampleRun(1, Verdict.FAILED),
    SampleRun(8),
    SampleRun(15),
    SampleRun(22, verdict=None),  # killed
    SampleRun(23),
    SampleRun(30, selected=("customer",)),
    SampleRun(37, Verdict.ERRORED, break_table="credit_decision"),
    SampleRun(44, policy=1, policy_state="changed"),
    SampleRun(60, Verdict.FAILED, policy=1),
    SampleRun(74, policy=1),
    SampleRun(88, policy=1, policy_state="expired"),
)
