"""What a run shows of a requirement, and on which day it applies."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from synth_expectations.controls import (
    Applies,
    Coverage,
    EvidenceState,
    Finding,
    compute_coverage,
    load_regulations,
    read_findings,
)
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.expectations.provenance.expect_records_to_be_tagged import ExpectRecordsToBeTagged
from synth_expectations.report.model import Exclusion, ExpectationReport, RunReport, TableReport
from synth_expectations.rules.verdict import Verdict

ACT, GDPR, _, LENDING = load_regulations()
TODAY = date(2026, 11, 24)
OVERSIGHT = {"mostly": 1.0, "people": "reviewer", "authorised_from": "from", "trained_from": "trained", "max_batch": 5}


def _of(requirement: str, *found: Finding, regulation: Any = ACT, as_of: date = TODAY) -> Coverage:
    return next(each for each in compute_coverage(regulation, as_of, found) if each.requirement.id == requirement)


def _oversight(verdict: Verdict, **parameters: Any) -> Finding:
    return Finding("expect_human_oversight_to_be_effective", verdict, {**OVERSIGHT, **parameters}, "credit_decision")


def test_without_a_run_there_is_only_what_is_mapped() -> None:
    found = {each.requirement.id: each for each in compute_coverage(ACT, TODAY)}
    assert found["Article 14"].state is None
    assert [each.mapping.strength for each in found["Article 14"].mappings] == ["partial", "supporting"]
    assert found["Article 14"].mappings[0].needs == ("mostly is 1", "people is given", "max_batch is at most 5")
    assert found["Article 13"].state is EvidenceState.MANUAL


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (Verdict.PASSED, EvidenceState.MET),
        (Verdict.FAILED, EvidenceState.VIOLATED),
        (Verdict.ERRORED, EvidenceState.ERRORED),
        (Verdict.NOTHING_TO_CHECK, EvidenceState.NOTHING_TO_CHECK),
    ],
)
def test_a_verdict_as_evidence(verdict: Verdict, state: EvidenceState) -> None:
    found = _of("Article 26(2)", _oversight(verdict))
    assert found.state is state
    assert found.strength == ("partial" if state is EvidenceState.MET else None)


def test_what_did_not_run_is_no_evidence() -> None:
    assert _of("Article 26(2)").state is EvidenceState.NOT_RUN


def test_nothing_to_check_never_counts_as_met() -> None:
    """Beside a pass elsewhere it takes nothing away; alone it gives nothing."""
    nothing = _oversight(Verdict.NOTHING_TO_CHECK)
    assert _of("Article 26(2)", nothing, nothing).met_by == ()
    assert _of("Article 26(2)", nothing, _oversight(Verdict.PASSED)).state is EvidenceState.MET


def test_a_looser_run_does_not_count_and_says_why() -> None:
    found = _of("Article 26(2)", _oversight(Verdict.PASSED, mostly=0.9, trained_from=None))
    assert found.state is EvidenceState.TOO_LOOSE
    assert found.met_by == ()
    (judged,) = found.mappings[0].judged
    assert judged.why == (
        "mostly is 0.9; evidence needs: mostly is 1",
        "trained_from is not set; evidence needs: trained_from is given",
    )


def test_a_loose_check_that_fails_is_a_violation_all_the_more() -> None:
    assert _of("Article 26(2)", _oversight(Verdict.FAILED, mostly=0.9)).state is EvidenceState.VIOLATED


def test_one_requirement_may_ask_for_more_than_another() -> None:
    """Article 18 asks for ten years, Article 19 for six months: the same run is evidence for one of them."""
    kept = Finding(
        "expect_synthetic_datasets_to_be_retained_for_audit",
        Verdict.PASSED,
        {"mostly": 1.0, "min_ages": {"testing": "P6M", "model_training": "P10Y"}},
    )
    assert _of("Article 19(1)", kept).state is EvidenceState.MET
    ten_years = _of("Article 18(1)", kept)
    assert ten_years.state is EvidenceState.TOO_LOOSE
    assert ten_years.mappings[0].judged[0].why == (
        "min_ages is testing P6M, model_training P10Y; evidence needs: min_ages is at least P10Y",
    )


def test_a_run_whose_parameters_are_not_known_does_not_count() -> None:
    found = _of("Article 26(9)", Finding("expect_synthetic_use_to_be_documented", Verdict.PASSED))
    assert found.state is EvidenceState.TOO_LOOSE


def test_a_check_that_its_policy_narrows_does_not_count() -> None:
    narrowed = Finding(
        "expect_human_oversight_to_be_effective",
        Verdict.PASSED,
        OVERSIGHT,
        "credit_decision",
        "only where region = 'EU'",
    )
    found = _of("Article 26(2)", narrowed)
    assert found.state is EvidenceState.TOO_LOOSE
    assert found.mappings[0].judged[0].why == ("only where region = 'EU'",)


@pytest.mark.parametrize(
    ("verdicts", "state"),
    [
        ([Verdict.PASSED, Verdict.FAILED], EvidenceState.VIOLATED),
        ([Verdict.FAILED, Verdict.ERRORED], EvidenceState.ERRORED),
        ([Verdict.PASSED, Verdict.NOTHING_TO_CHECK], EvidenceState.MET),
    ],
)
def test_of_several_tables_the_worst_counts(verdicts: list[Verdict], state: EvidenceState) -> None:
    found = _of("Article 26(2)", *map(_oversight, verdicts))
    assert found.state is state
    assert len(found.mappings[0].judged) == len(verdicts)


def test_a_loose_table_is_not_hidden_by_a_strict_one() -> None:
    found = _of("Article 26(2)", _oversight(Verdict.PASSED), _oversight(Verdict.PASSED, mostly=0.5))
    assert found.state is EvidenceState.TOO_LOOSE


def test_of_several_mappings_the_worst_counts_and_the_strongest_is_named() -> None:
    oversight = _oversight(Verdict.PASSED)
    decisions = "expect_regulated_decisions_to_exclude_synthetic_records"
    alone = _of("Article 14", oversight)
    assert (alone.state, alone.strength, len(alone.met_by), len(alone.mappings)) == (EvidenceState.MET, "partial", 1, 2)
    violated = _of("Article 14", oversight, Finding(decisions, Verdict.FAILED, {"mostly": 1.0}))
    assert violated.state is EvidenceState.VIOLATED
    supported = _of("Article 14", Finding(decisions, Verdict.PASSED, {"mostly": 1.0}))
    assert (supported.state, supported.strength) == (EvidenceState.MET, "supporting")


def test_what_only_a_person_can_judge_stays_manual_whatever_ran() -> None:
    everything = [Finding(name, Verdict.PASSED, {"mostly": 1.0}) for name in all_expectations()]
    assert _of("Article 27", *everything).state is EvidenceState.MANUAL


def test_the_effective_parameters_of_an_expectation_are_those_that_are_judged() -> None:
    def finding(mostly: float) -> Finding:
        tagged = ExpectRecordsToBeTagged(marker_column="is_synthetic", mostly=mostly)
        return Finding(tagged.type_name(), Verdict.PASSED, tagged.effective())

    assert _of("Article 5(2)", finding(1), regulation=GDPR).state is EvidenceState.MET
    assert _of("Article 5(2)", finding(0.99), regulation=GDPR).state is EvidenceState.TOO_LOOSE


@pytest.mark.parametrize(
    ("day", "applies"),
    [
        (date(2027, 12, 1), Applies.NOT_YET),
        (date(2027, 12, 2), Applies.YES),
        (datetime(2027, 12, 1, 23, 59, tzinfo=UTC), Applies.NOT_YET),
        (datetime(2027, 12, 2, 0, 30, tzinfo=timezone(timedelta(hours=1))), Applies.NOT_YET),
        (datetime(2027, 12, 1, 23, 30, tzinfo=timezone(timedelta(hours=-5))), Applies.YES),
    ],
)
def test_when_a_requirement_begins(day: date, applies: Applies) -> None:
    """The day is one in UTC; evidence before it begins is preparation."""
    found = _of("Article 26(2)", _oversight(Verdict.PASSED), as_of=day)
    assert found.applies is applies
    assert found.state is EvidenceState.MET


@pytest.mark.parametrize(
    ("day", "old", "new"),
    [
        (date(2011, 4, 3), Applies.NOT_YET, Applies.NOT_YET),
        (date(2026, 4, 16), Applies.YES, Applies.NOT_YET),
        (date(2026, 4, 17), Applies.NO_LONGER, Applies.YES),
    ],
)
def test_when_a_requirement_ends(day: date, old: Applies, new: Applies) -> None:
    assert _of("SR 11-7, model development", regulation=LENDING, as_of=day).applies is old
    assert _of("SR 26-2, model development", regulation=LENDING, as_of=day).applies is new


def test_findings_of_a_run() -> None:
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    passed = ExpectationReport(
        "1", "expect_human_oversight_to_be_effective", "", "info", Verdict.PASSED, details={"parameters": OVERSIGHT}
    )
    errored = ExpectationReport("2", "expect_records_to_be_tagged", "", "critical", Verdict.ERRORED, error="Column x.")
    tables = (
        TableReport("decision", "decision", "batch", "2026-11-23", expectations=(passed, errored)),
        TableReport("claim", "claim", "table", None, expectations=(passed,)),
    )
    excluded = (Exclusion("claim", passed.type, "only where open; CRM-1", "dpo@retailer.example", "2027-01-01"),)
    run = RunReport("r", "nightly", moment, moment, moment, "option", None, "critical", tables, excluded=excluded)
    assert list(read_findings(run)) == [
        Finding(passed.type, Verdict.PASSED, OVERSIGHT, "decision"),
        Finding(errored.type, Verdict.ERRORED, {}, "decision"),
        Finding(passed.type, Verdict.PASSED, OVERSIGHT, "claim", "the policy narrows it: only where open; CRM-1"),
    ]
