"""What narrows a population, what it takes to pass, and a population of nobody."""

from __future__ import annotations

from typing import Any

import pytest
from great_expectations.expectations.legacy_row_conditions import ConditionParserError
from great_expectations.expectations.row_conditions import Column

from tests.gx.contacts import contacts, customers, no_copies, no_synthetic, provenance, tagged, well_formed
from tests.gx.places import Place, by_type, judge, judge_one, sent, verdict, why

GX = {"condition_parser": "great_expectations"}


def test_a_row_condition_narrows_what_is_judged(place: Place) -> None:
    place.fill("contact", contacts({"source": None}, {"source": None, "version": "2.0.0"}, {}))
    only = provenance(row_condition='col("version") == "1.2.0"', **GX)
    assert verdict(judge_one(place, "contact", only)) == "failed 1/2"


def test_a_row_condition_of_columns(place: Place) -> None:
    place.fill("contact", contacts({"source": None}, {"source": None, "version": "2.0.0"}, {}))
    assert verdict(judge_one(place, "contact", provenance(row_condition=Column("version") == "1.2.0"))) == "failed 1/2"
    several = (Column("version") == "2.0.0") | (Column("id") == "c3")
    assert verdict(judge_one(place, "contact", provenance(row_condition=several))) == "failed 1/2"


def test_a_row_condition_narrows_lookups_too(place: Place) -> None:
    place.fill("customer", customers("a@x.test"))
    place.fill("contact", contacts({}, {"version": "2.0.0"}, {"version": "2.0.0", "email": "other@x.test"}))
    only = no_copies(row_condition='col("version") == "2.0.0"', **GX)
    assert verdict(judge_one(place, "contact", only)) == "failed 1/2"


def test_each_row_condition_is_a_plan_of_its_own(place: Place) -> None:
    place.fill("contact", contacts({}, {"version": "2.0.0"}))
    narrowed = [provenance(row_condition=f'col("version") == "{each}"', **GX) for each in ("1.2.0", "2.0.0")]
    result = judge(place, "contact", *narrowed, tagged(), well_formed())
    assert sorted(map(verdict, result.results)) == ["passed 0/1", "passed 0/1", "passed 0/2", "passed 0/2"]
    assert len(sent(place)) == 3


@pytest.mark.parametrize(
    "condition",
    [
        {"row_condition": 'col("verzion") == "1"', **GX},
        {"row_condition": Column("verzion") == "1"},
    ],
    ids=["text", "typed"],
)
def test_a_row_condition_that_cannot_be_applied_errs_its_expectation_alone(
    place: Place, condition: dict[str, Any]
) -> None:
    place.fill("contact", contacts({}))
    result = judge(place, "contact", provenance(**condition), tagged())
    assert verdict(by_type(result)["expect_records_to_be_tagged"]) == "passed 0/1"
    said = why(by_type(result)["expect_synthetic_records_to_have_provenance"])
    assert "contact" in said
    assert "\n" not in said


def test_a_row_condition_that_is_none_is_refused_when_the_suite_is_built() -> None:
    with pytest.raises(ConditionParserError, match="unable to parse condition: this is none"):
        provenance(row_condition="this is none", **GX)


@pytest.mark.parametrize(
    ("mostly", "expected"), [(0.9, "passed 1/10"), (0.91, "failed 1/10"), (1, "failed 1/10"), (0.01, "passed 1/10")]
)
@pytest.mark.only_on("duckdb")
def test_mostly_is_a_share_of_the_population(place: Place, mostly: float, expected: str) -> None:
    place.fill("contact", contacts({"source": None}, *[{}] * 9, {"is_synthetic": "false", "source": None}))
    result = judge_one(place, "contact", provenance(mostly=mostly))
    assert verdict(result) == expected
    assert result.success == expected.startswith("passed")
    assert result.result["unexpected_percent"] == 10.0


@pytest.mark.only_on("duckdb")
def test_a_third_is_a_third(place: Place) -> None:
    place.fill("contact", contacts({"source": None}, {"source": None}, {}))
    assert verdict(judge_one(place, "contact", provenance(mostly=1 / 3))) == "passed 2/3"
    assert verdict(judge_one(place, "contact", provenance(mostly=0.34))) == "failed 2/3"


@pytest.mark.only_on("duckdb")
def test_severity_is_kept_and_changes_no_verdict(place: Place) -> None:
    place.fill("contact", contacts({"source": None}))
    result = judge(place, "contact", provenance(severity="info"), tagged(severity="warning"))
    found = by_type(result)
    assert verdict(found["expect_synthetic_records_to_have_provenance"]) == "failed 1/1"
    assert found["expect_synthetic_records_to_have_provenance"].expectation_config.severity == "info"
    assert result.get_max_severity_failure() == "info"


def test_a_population_of_nobody_is_nothing_to_check(place: Place) -> None:
    place.fill("customer", customers("a@x.test"))
    place.fill("contact", contacts({"is_synthetic": "false"}))
    result = by_type(judge(place, "contact", provenance(), no_copies(), tagged()))
    for name in ("expect_synthetic_records_to_have_provenance", "expect_synthetic_records_to_not_copy_real_records"):
        assert verdict(result[name]) == "nothing_to_check 0/0"
        assert result[name].result["details"]["reason"] == "The population has no records."
        assert result[name].result["unexpected_percent"] is None
    assert verdict(result["expect_records_to_be_tagged"]) == "passed 0/1"


def test_an_empty_table(place: Place) -> None:
    place.fill("contact", contacts())
    result = judge(place, "contact", tagged(), provenance(), well_formed())
    assert {verdict(each) for each in result.results} == {"nothing_to_check 0/0"}


@pytest.mark.only_on("duckdb")
def test_a_condition_that_leaves_nobody(place: Place) -> None:
    place.fill("contact", contacts({}))
    result = judge_one(place, "contact", tagged(row_condition='col("version") == "9"', **GX))
    assert verdict(result) == "nothing_to_check 0/0"


@pytest.mark.only_on("duckdb")
def test_records_may_be_required(place: Place) -> None:
    place.fill("contact", contacts({"is_synthetic": "false"}))
    result = judge(place, "contact", provenance(require_records=True), tagged(require_records=True))
    assert why(by_type(result)["expect_synthetic_records_to_have_provenance"]) == (
        "There is nothing to check: The population has no records. require_records asks for at least one record."
    )
    assert verdict(by_type(result)["expect_records_to_be_tagged"]) == "passed 0/1"


@pytest.mark.only_on("duckdb")
def test_a_marker_that_cannot_be_empty_proves_no_tagging(place: Place) -> None:
    place.fill("contact", contacts({}))
    result = judge_one(place, "contact", tagged(marker_can_be_empty=False))
    assert verdict(result) == "nothing_to_check 0/0"
    assert "is_synthetic is never empty" in result.result["details"]["reason"]
    assert result.result["details"]["census"]["all"] == 1  # the table was read


@pytest.mark.only_on("duckdb")
def test_a_table_without_a_marker(place: Place) -> None:
    place.fill("contact", contacts({}))
    real = {"marker_column": None, "all_records": "real"}
    result = judge(place, "contact", no_synthetic(**real), provenance(**real))
    assert {verdict(each) for each in result.results} == {"nothing_to_check 0/0"}
    synthetic = provenance(marker_column=None, all_records="synthetic")
    assert verdict(judge_one(place, "contact", synthetic)) == "passed 0/1"


@pytest.mark.only_on("duckdb")
def test_tags_of_a_table_without_a_marker(place: Place) -> None:
    place.fill("contact", contacts({}))
    result = judge_one(place, "contact", tagged(marker_column=None, all_records="real"))
    assert verdict(result) == "nothing_to_check 0/0"
