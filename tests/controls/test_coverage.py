"""What a run shows of a requirement, and on which day it applies."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from synth_expectations.controls import (
    Applies,
    Coverage,
    EvidenceStatus,
    Finding,
    compute_coverage,
    find_regulation,
)
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.expectations.provenance.expect_records_to_be_tagged import ExpectRecordsToBeTagged

ACT, GDPR, LENDING = (find_regulation(name) for name in ("eu_ai_act", "gdpr", "us_lending"))
TODAY = date(2026, 11, 24)
IN_FORCE = date(2028, 1, 1)
OVERSIGHT = {"mostly": 1.0, "people": "reviewer", "authorised_from": "from", "trained_from": "trained", "max_batch": 5}
SUPPORTS, CONTRARY, INCONCLUSIVE = EvidenceStatus.SUPPORTS, EvidenceStatus.CONTRARY, EvidenceStatus.INCONCLUSIVE


def _cover(requirement: str, *found: Finding, regulation: Any = ACT, as_of: date = IN_FORCE) -> Coverage:
    covered = compute_coverage(regulation, as_of, found)
    return next(coverage for coverage in covered if coverage.requirement.id == requirement)


def _oversight(status: EvidenceStatus, **parameters: Any) -> Finding:
    return Finding("expect_human_oversight_to_be_effective", status, {**OVERSIGHT, **parameters}, "credit_decision")


def test_without_a_run_there_is_only_what_is_mapped() -> None:
    found = {coverage.requirement.id: coverage for coverage in compute_coverage(ACT, IN_FORCE)}
    assert (found["Article 14"].counts, found["Article 14"].status) == (None, None)
    assert [mapping.mapping.strength for mapping in found["Article 14"].mappings] == ["partial", "supporting"]
    assert found["Article 14"].mappings[0].needs == ("mostly is 1", "people is given", "max_batch is at most 5")
    assert found["Article 13"].status is EvidenceStatus.MANUAL_OPEN


@pytest.mark.parametrize("status", list(EvidenceStatus)[:10])
def test_the_status_of_the_weakest_item_is_that_of_the_requirement(status: EvidenceStatus) -> None:
    found = _cover("Article 26(2)", _oversight(status), _oversight(SUPPORTS))
    assert found.status is status
    assert found.counts is not None
    assert found.counts[status] == (2 if status is SUPPORTS else 1)


def test_what_no_table_has_is_not_run() -> None:
    found = _cover("Article 26(2)")
    assert found.status is EvidenceStatus.NOT_RUN
    assert found.mappings[0].judged[0].why == ("no table has this check",)


def test_one_of_four_mapped_checks_is_one_of_four() -> None:
    """Three of the four checks of the article did not run: it was called met."""
    tagged = Finding("expect_records_to_be_tagged", SUPPORTS, {"mostly": 1.0}, "contact")
    found = _cover("Article 25", tagged, regulation=GDPR)
    assert found.counts is not None
    assert found.counts.format() == f"supports 1 of {len(found.mappings)}, not run {len(found.mappings) - 1}"
    assert found.status is EvidenceStatus.NOT_RUN


def test_one_of_ten_tables_is_one_of_ten() -> None:
    nothing = [_oversight(EvidenceStatus.NOTHING_TO_CHECK)] * 9
    found = _cover("Article 26(2)", _oversight(SUPPORTS), *nothing)
    assert found.counts is not None
    assert found.counts.format() == "supports 1 of 10, nothing to check 9"
    assert found.counts.summary is EvidenceStatus.SUPPORTS_IN_PART
    assert found.status is EvidenceStatus.NOTHING_TO_CHECK


def test_nothing_to_check_alone_supports_nothing() -> None:
    found = _cover("Article 26(2)", *[_oversight(EvidenceStatus.NOTHING_TO_CHECK)] * 2)
    assert (found.supported_by, found.strength) == ((), None)


def test_a_looser_run_is_inconclusive_and_says_why() -> None:
    found = _cover("Article 26(2)", _oversight(SUPPORTS, mostly=0.9, trained_from=None))
    assert (found.status, found.supported_by) == (INCONCLUSIVE, ())
    (judged,) = found.mappings[0].judged
    assert judged.why == (
        "too loose: mostly is 0.9; evidence needs: mostly is 1",
        "too loose: trained_from is not set; evidence needs: trained_from is given",
    )


def test_a_loose_check_that_fails_is_contrary_all_the_more() -> None:
    assert _cover("Article 26(2)", _oversight(CONTRARY, mostly=0.9)).status is CONTRARY


def test_one_requirement_may_ask_for_more_than_another() -> None:
    """Article 18 asks for ten years, Article 19 for six months: the same run is evidence for one of them."""
    kept = Finding(
        "expect_synthetic_datasets_to_be_retained_for_audit",
        SUPPORTS,
        {"mostly": 1.0, "min_ages": {"testing": "P6M", "model_training": "P10Y"}},
    )
    assert _cover("Article 19(1)", kept).status is SUPPORTS
    ten_years = _cover("Article 18(1)", kept)
    assert ten_years.status is INCONCLUSIVE
    assert ten_years.mappings[0].judged[0].why == (
        "too loose: min_ages is testing P6M, model_training P10Y; evidence needs: min_ages is at least P10Y",
    )


def test_a_run_whose_parameters_are_not_known_does_not_count() -> None:
    found = _cover("Article 26(9)", Finding("expect_synthetic_use_to_be_documented", SUPPORTS))
    assert found.status is INCONCLUSIVE


def test_a_loose_table_is_not_hidden_by_a_strict_one() -> None:
    assert _cover("Article 26(2)", _oversight(SUPPORTS), _oversight(SUPPORTS, mostly=0.5)).status is INCONCLUSIVE


def test_of_several_mappings_the_strongest_that_supports_is_named() -> None:
    decisions = "expect_regulated_decisions_to_exclude_synthetic_records"
    alone = _cover("Article 14", _oversight(SUPPORTS))
    assert (alone.status, alone.strength, len(alone.supported_by)) == (EvidenceStatus.NOT_RUN, "partial", 1)
    both = _cover("Article 14", _oversight(SUPPORTS), Finding(decisions, CONTRARY, {"mostly": 1.0}))
    assert (both.status, both.strength) == (CONTRARY, "partial")
    other = _cover("Article 14", Finding(decisions, SUPPORTS, {"mostly": 1.0}))
    assert (other.status, other.strength) == (EvidenceStatus.NOT_RUN, "supporting")


def test_what_only_a_person_can_judge_stays_open_whatever_ran() -> None:
    everything = [Finding(name, SUPPORTS, {"mostly": 1.0}) for name in all_expectations()]
    assert _cover("Article 27", *everything).status is EvidenceStatus.MANUAL_OPEN


def test_the_effective_parameters_of_an_expectation_are_those_that_are_judged() -> None:
    def finding(mostly: float) -> Finding:
        tagged = ExpectRecordsToBeTagged(marker_column="is_synthetic", mostly=mostly)
        return Finding(tagged.type_name(), SUPPORTS, tagged.effective())

    strict, loose = (_cover("Article 5(2)", finding(mostly), regulation=GDPR).counts for mostly in (1, 0.99))
    assert strict and loose
    assert (strict[SUPPORTS], strict[INCONCLUSIVE]) == (1, 0)
    assert (loose[SUPPORTS], loose[INCONCLUSIVE]) == (0, 1)


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
    """The day is one in UTC; what a run shows before it begins is preparation, and no evidence."""
    found = _cover("Article 26(2)", _oversight(SUPPORTS), as_of=day)
    assert found.applies is applies
    assert found.status is (SUPPORTS if applies is Applies.YES else EvidenceStatus.NOT_YET_IN_FORCE)
    assert found.strength == ("partial" if applies is Applies.YES else None)
    assert found.counts is not None
    assert found.counts.format() == "supports 1 of 1"


@pytest.mark.parametrize(
    ("day", "old", "new"),
    [
        (date(2011, 4, 3), Applies.NOT_YET, Applies.NOT_YET),
        (date(2026, 4, 16), Applies.YES, Applies.NOT_YET),
        (date(2026, 4, 17), Applies.NO_LONGER, Applies.YES),
    ],
)
def test_when_a_requirement_ends(day: date, old: Applies, new: Applies) -> None:
    assert _cover("SR 11-7, model development", regulation=LENDING, as_of=day).applies is old
    assert _cover("SR 26-2, model development", regulation=LENDING, as_of=day).applies is new
