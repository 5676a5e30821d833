"""Wrong arguments are refused when a suite is built, in sentences; a whole argument may be a parameter of the run."""

from __future__ import annotations

from typing import Any

import great_expectations as gx
import pytest
from great_expectations.data_context import AbstractDataContext
from great_expectations.exceptions import SuiteParameterError
from pydantic import create_model

import synth_expectations as se
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.gx.expectation_classes import make_gx_class
from tests.gx.contacts import contacts, expiring, no_copies, provenance, tagged, well_formed
from tests.gx.places import Place, judge, judge_one, verdict, why


def refusal(make: Any, **arguments: Any) -> str:
    with pytest.raises(ValueError, match="Expect") as refused:
        make(**arguments)
    return str(refused.value)


def test_an_unknown_argument_is_refused_with_the_nearest() -> None:
    said = refusal(tagged, synthetic_value=["x"])
    assert "ExpectRecordsToBeTagged: synthetic_value is not an argument of it (nearest: synthetic_values)." in said


def test_a_missing_argument_is_named() -> None:
    assert "ExpectSyntheticRecordsToHaveProvenance: fields is missing" in refusal(
        se.ExpectSyntheticRecordsToHaveProvenance, marker_column="m"
    )
    assert "marker_column is missing" in refusal(se.ExpectRecordsToBeTagged)


@pytest.mark.parametrize(
    ("make", "arguments", "sentence"),
    [
        (tagged, {"mostly": 1.5}, "mostly: Input should be less than or equal to 1"),
        (tagged, {"mostly": "all"}, "mostly: Input should be a valid number"),
        (tagged, {"marker_column": ["a"]}, "marker_column: Input should be a valid string"),
        (tagged, {"require_records": "perhaps"}, "require_records: Input should be a valid boolean"),
        (provenance, {"fields": 7}, "fields: "),
        (expiring, {"max_age": 90}, "write P90D for days"),
        (expiring, {"max_age": "90 days"}, "not an ISO 8601 duration"),
        (expiring, {"as_of": "yesterday"}, "as_of: "),
        (no_copies, {"match": [[{"column": "email"}]]}, "match.0.0.column"),
        (tagged, {"synthetic_values": [True], "real_values": ["true"]}, "cannot mean both"),
    ],
)
def test_a_wrong_value_is_refused(make: Any, arguments: dict[str, Any], sentence: str) -> None:
    assert sentence in refusal(make, **arguments)


def test_a_refusal_says_no_value() -> None:
    said = refusal(expiring, max_age=["anna.larsen@shop.test"], marker_column={"anna.larsen@shop.test": 1})
    assert "anna.larsen" not in said


def test_something_that_no_suite_can_store_is_refused() -> None:
    with pytest.raises(ValueError, match="object"):
        provenance(fields=[object()])


@pytest.mark.parametrize(
    "arguments",
    [
        {"fields": ["source", {"$PARAMETER": "field"}]},
        {"placeholders": [{"$PARAMETER": "placeholder"}]},
    ],
)
def test_a_parameter_inside_an_argument_is_refused(arguments: dict[str, Any]) -> None:
    [name] = arguments
    with pytest.raises(ValueError, match="only a whole argument may be one") as refused:
        provenance(**arguments)
    assert f"{name} holds a $PARAMETER inside" in str(refused.value)


def test_a_parameter_inside_a_mapping_is_refused() -> None:
    with pytest.raises(ValueError, match="only a whole argument may be one"):
        expiring(max_age=None, retention_class="c", max_ages={"short": {"$PARAMETER": "age"}})


def test_beside_a_parameter_the_other_arguments_are_still_checked() -> None:
    parameter = {"$PARAMETER": "fields"}
    assert "mostly: Input should be less than" in refusal(provenance, fields=parameter, mostly=2)
    assert "feilds is not an argument of it (nearest: fields)" in refusal(provenance, fields=parameter, feilds=["x"])
    assert provenance(fields=parameter).fields == parameter
    assert expiring(max_age={"$PARAMETER": "age"})  # what depends on it waits for the run


@pytest.mark.only_on("duckdb")
def test_a_parameter_is_taken_from_the_run(place: Place) -> None:
    place.fill("contact", contacts({"source": None}, {"source": "a"}))
    expectation = provenance(fields={"$PARAMETER": "fields"}, mostly={"$PARAMETER": "share"})
    result = judge_one(place, "contact", expectation, expectation_parameters={"fields": ["source"], "share": 1.0})
    assert verdict(result) == "failed 1/2"
    assert result.result["details"]["parameters"]["fields"] == ["source"]
    assert result.result["details"]["sentence"] == "Expect synthetic records to have provenance: source"
    lenient = judge_one(place, "contact", expectation, expectation_parameters={"fields": ["source"], "share": 0.5})
    assert verdict(lenient) == "passed 1/2"


@pytest.mark.only_on("duckdb")
def test_a_missing_parameter_is_named(place: Place) -> None:
    """Great Expectations ends the run itself: nothing passes."""
    place.fill("contact", contacts({}))
    expectation = provenance(fields={"$PARAMETER": "fields"})
    for given in (None, {"other": 1}):
        with pytest.raises(SuiteParameterError, match=r"No value found for \$PARAMETER fields"):
            judge(place, "contact", expectation, tagged(), expectation_parameters=given)
    with pytest.raises(SynthError, match="The parameter fields was not given"):
        _ = expectation.expectation


@pytest.mark.only_on("duckdb")
def test_a_parameter_that_does_not_fit_errs_its_expectation_alone(place: Place) -> None:
    place.fill("contact", contacts({}))
    result = judge(
        place, "contact", provenance(mostly={"$PARAMETER": "share"}), tagged(), expectation_parameters={"share": 7}
    )
    errored, passed = sorted(result.results, key=lambda each: bool(each.success))
    assert "ExpectSyntheticRecordsToHaveProvenance: mostly: Input should be less than or equal to 1." in why(errored)
    assert verdict(passed) == "passed 0/1"


def test_what_is_stored_comes_back_the_same(context: AbstractDataContext) -> None:
    stored = [
        tagged(severity="info", meta={"owner": "crm"}, notes="a note"),
        provenance(mostly=0.9, fields={"$PARAMETER": "fields"}),
        well_formed(as_of="2026-11-01T00:00:00Z"),
        no_copies(),
    ]
    context.suites.add(gx.ExpectationSuite("contact", expectations=stored))
    found = {each.expectation_type: each for each in context.suites.get("contact").expectations}
    assert len(found) == 4
    kept = found["expect_records_to_be_tagged"]
    assert (kept.severity, kept.meta, kept.notes) == ("info", {"owner": "crm"}, "a note")
    assert found["expect_synthetic_records_to_have_provenance"].fields == {"$PARAMETER": "fields"}
    for before in stored:
        assert found[before.expectation_type].configuration.kwargs == before.configuration.kwargs


def test_defaults_are_those_of_the_rules() -> None:
    expectation = se.ExpectRecordsToBeTagged(marker_column="m")
    assert expectation.synthetic_values == [True]
    assert expectation.expectation.effective()["synthetic_values"] == [True]
    assert expectation.expectation.mostly == 1.0


@pytest.mark.parametrize("name", ["notes", "version", "row_condition", "severity", "expectation"])
def test_an_argument_that_great_expectations_would_take_for_its_own_is_refused(name: str) -> None:
    made = create_model("ExpectMisnamed", __base__=SyntheticDataExpectation, **{name: (str, "x")})
    with pytest.raises(SynthError, match=f"ExpectMisnamed has an argument {name}, a name that Great Expectations uses"):
        make_gx_class(made)
