"""A result that JSON has no form for leaves the results beside it as they are."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from synth_expectations.gx.stores import ValidationResultsStore


def result(value: Any) -> ExpectationValidationResult:
    config = ExpectationConfiguration(type="expect_column_max_to_be_between", kwargs={"column": "a"})
    return ExpectationValidationResult(success=True, expectation_config=config, result={"observed_value": value})


@pytest.mark.parametrize("value", [timedelta(hours=1), {"a": [timedelta(hours=1)]}, {timedelta(hours=1)}, object(), 1j])
def test_what_cannot_be_written_becomes_text(value: Any) -> None:
    suite = ExpectationSuiteValidationResult(
        success=True, results=[result(value), result(7)], suite_name="s", statistics={}, meta={}
    )
    stored = json.loads(ValidationResultsStore().serialize(suite))["results"]
    assert [entry["success"] for entry in stored] == [True, True]
    assert stored[1]["result"] == {"observed_value": 7}
    assert type(value).__name__ in str(stored[0]) or "1:00:00" in str(stored[0]) or "1j" in str(stored[0])
