"""The moment for which time is judged: the expectation's own, else the run's, else now; and always in the result."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import great_expectations as gx
import pytest
from great_expectations.data_context import AbstractDataContext
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from synth_expectations.rules.as_of import current_as_of, evaluate_as_of
from tests.gx.contacts import contacts, customers, expiring, no_copies, tagged, well_formed
from tests.gx.places import Place, by_type, judge, judge_one, sent, verdict

NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC)
MADE = {"generated_at": "2026-10-01T00:00:00Z"}


def as_of_in(result: Any) -> str:
    return str(result.result["details"]["as_of"])


def test_its_own_moment_counts(place: Place) -> None:
    place.fill("contact", contacts(MADE))
    with evaluate_as_of(NOVEMBER):
        early = judge_one(place, "contact", well_formed(as_of="2026-09-01"))
    assert verdict(early) == "failed 1/1"
    assert as_of_in(early) == "2026-09-01T00:00:00Z"


def test_else_that_of_the_run(place: Place) -> None:
    place.fill("contact", contacts(MADE))
    with evaluate_as_of(NOVEMBER):
        kept = judge_one(place, "contact", expiring())
    with evaluate_as_of(NOVEMBER + timedelta(days=365)):
        expired = judge_one(place, "contact", expiring())
    assert (verdict(kept), as_of_in(kept)) == ("passed 0/1", "2026-11-01T00:00:00Z")
    assert (verdict(expired), as_of_in(expired)) == ("failed 1/1", "2027-11-01T00:00:00Z")


@pytest.mark.only_on("duckdb")
def test_else_the_start_of_the_validation(place: Place) -> None:
    place.fill("contact", contacts(MADE))
    place.fill("customer", customers("other@x.test"))
    before = datetime.now(UTC)
    result = by_type(judge(place, "contact", expiring(), well_formed(), tagged(), no_copies()))
    after = datetime.now(UTC)
    moments = {
        as_of_in(result[f"expect_synthetic_{each}"])
        for each in ("records_to_expire_on_time", "provenance_to_be_well_formed")
    }
    [moment] = moments  # one for all
    assert before <= datetime.fromisoformat(moment) <= after
    assert "as_of" not in result["expect_records_to_be_tagged"].result["details"]  # judges no time


@pytest.mark.only_on("duckdb")
def test_moments_of_their_own_are_one_query_and_not_mixed_up(place: Place) -> None:
    place.fill("contact", contacts(MADE))
    moments = ["2026-09-01", "2026-11-01T00:00:00+02:00", None]
    with evaluate_as_of(NOVEMBER):
        result = judge(place, "contact", *[well_formed(as_of=each) for each in moments])
    found = sorted((as_of_in(each), verdict(each)) for each in result.results)
    assert found == [
        ("2026-09-01T00:00:00Z", "failed 1/1"),
        ("2026-10-31T22:00:00Z", "passed 0/1"),
        ("2026-11-01T00:00:00Z", "passed 0/1"),
    ]
    assert len(sent(place)) == 1


def test_a_moment_without_a_zone_is_utc() -> None:
    with evaluate_as_of(datetime(2026, 11, 1)):
        assert current_as_of() == NOVEMBER
    with evaluate_as_of(datetime(2026, 11, 1, 2, tzinfo=timezone(timedelta(hours=2)))):
        assert current_as_of().isoformat() == "2026-11-01T00:00:00+00:00"


class ExpectToEndTheRun(BatchExpectation):
    """Raises where Great Expectations does not catch it, after others have asked the plan."""

    def get_validation_dependencies(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError("the run ends here")

    def _validate(self, *_: Any, **__: Any) -> Any: ...


@pytest.mark.only_on("duckdb")
def test_a_run_that_ended_early_leaves_the_next_neither_its_questions_nor_its_moment(place: Place) -> None:
    place.fill("contact", contacts(MADE))
    with evaluate_as_of(datetime(2020, 1, 1, tzinfo=UTC)), pytest.raises(RuntimeError, match="the run ends here"):
        judge(place, "contact", well_formed(version_format="git"), ExpectToEndTheRun())
    with evaluate_as_of(NOVEMBER):
        result = judge_one(place, "contact", well_formed())
    assert (verdict(result), as_of_in(result)) == ("passed 0/1", "2026-11-01T00:00:00Z")
    assert "0-9a-f" not in sent(place)[0]  # the pattern of git


def test_the_moment_is_no_part_of_what_is_stored(context: AbstractDataContext) -> None:
    with evaluate_as_of(NOVEMBER):
        suite = context.suites.add(gx.ExpectationSuite("s", expectations=[expiring()]))
    [stored] = suite.expectations
    assert isinstance(stored.configuration, ExpectationConfiguration)
    assert "as_of" not in stored.configuration.kwargs
