"""Equal arguments are one expectation; arguments that only compare as equal are not."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from synth_expectations.expectations.instances import build_expectation
from synth_expectations.expectations.leakage.expect_synthetic_records_to_not_copy_real_records import (
    ExpectSyntheticRecordsToNotCopyRealRecords,
)
from synth_expectations.expectations.provenance.expect_records_to_be_tagged import ExpectRecordsToBeTagged


def test_equal_arguments_are_one_expectation_in_whatever_order_they_are_named() -> None:
    first = build_expectation(ExpectRecordsToBeTagged, {"marker_column": "kind", "record_key": "id"})
    second = build_expectation(ExpectRecordsToBeTagged, {"record_key": "id", "marker_column": "kind"})
    assert first is second
    assert first.check is second.check


def test_names_within_arguments_may_have_any_order_too() -> None:
    """A suite's file is sorted, a policy is not: the check that the compiler builds is the one that the run takes."""
    parts = [{"columns": ["Email"], "kind": "email"}, {"kind": "email", "columns": ["Email"]}]
    arguments = {"all_records": "synthetic", "reference": "real_contacts"}
    built = [
        build_expectation(ExpectSyntheticRecordsToNotCopyRealRecords, {**arguments, "match": [[part]]})
        for part in parts
    ]
    assert built[0] is built[1]


@pytest.mark.parametrize(("one", "other"), [(1, True), (1, "1"), (1, 1.0), ("É", "E\u0301")])
def test_values_that_python_or_people_take_for_the_same_stay_apart(one: object, other: object) -> None:
    expectations = [
        build_expectation(ExpectRecordsToBeTagged, {"marker_column": "kind", "synthetic_values": [value]})
        for value in (one, other)
    ]
    assert [type(expectation.synthetic_values[0]) for expectation in expectations] == [type(one), type(other)]
    assert [expectation.synthetic_values for expectation in expectations] == [(one,), (other,)]


def test_arguments_that_do_not_fit_are_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(ValidationError):
            build_expectation(ExpectRecordsToBeTagged, {"marker_column": "kind", "mostly": 2})


@pytest.mark.parametrize("arguments", [{"synthetic_values": [date(2026, 11, 1)]}, {"key_kinds": {1: {"id": "uuid"}}}])
def test_what_json_would_make_text_is_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        build_expectation(ExpectRecordsToBeTagged, {"marker_column": "kind", **arguments})


def test_no_value_is_lost_in_json() -> None:
    expectation = build_expectation(
        ExpectRecordsToBeTagged, {"marker_column": "kind", "synthetic_values": [float("inf"), "\ud800"]}
    )
    assert expectation.synthetic_values == (float("inf"), "\ud800")
