"""The facets of OpenLineage: what holds, what does not, what was skipped; counts, and no value of the data."""

from __future__ import annotations

import json
from typing import Any

from openlineage.client.serde import Serde

from synth_expectations.report.model import RunReport
from synth_expectations.report.openlineage import build_inputs, build_run_facets
from synth_expectations.rules.verdict import Verdict
from tests.report import runs


def plain(made: Any) -> Any:
    """Return what is sent, as the client writes it."""
    if isinstance(made, list):
        return [json.loads(Serde.to_json(item)) for item in made]
    return {name: json.loads(Serde.to_json(item)) for name, item in made.items()}


def report(*tables: object, **more: object) -> RunReport:
    return runs.run(*tables, **more)  # type: ignore[arg-type]


def test_assertions_have_severity_expected_and_actual() -> None:
    mostly = {"parameters": {"mostly": 0.98}}
    table = runs.table(
        runs.expectation(),
        runs.failed(),
        runs.failed(severity="info", sentence="Expect less", details=mostly),
        runs.errored(),
        runs.nothing(),
        datasets=(("file", "/lake/contact"),),
    )
    [dataset] = plain(build_inputs([report(table)]))
    assert (dataset["namespace"], dataset["name"]) == ("file", "/lake/contact")
    passed, failed, info, errored = dataset["inputFacets"]["dataQualityAssertions"]["assertions"]
    assert [entry["success"] for entry in (passed, failed, info, errored)] == [True, False, False, False]
    assert [entry["severity"] for entry in (passed, failed, info)] == ["error", "error", "warn"]
    assert (failed["expected"], failed["actual"]) == (
        "0 records break a rule", "57 of 1204511 records break a rule",
    )  # fmt: skip
    assert info["expected"] == "at most 2 % of 1204511 records break a rule"
    assert errored["actual"] == "not evaluated"
    assert passed["params"]["severity"] == "critical"


def test_nothing_to_check_is_a_test_that_was_skipped() -> None:
    table = runs.table(runs.expectation(), runs.nothing(), runs.failed(), runs.errored())
    facets = plain(build_run_facets([report(table)]))
    tests = facets["test"]["tests"]
    assert [test["status"] for test in tests] == ["pass", "skip", "fail", "fail"]
    assert {test["name"] for test in tests} >= {"contact: Expect records to be tagged"}


def test_a_batch_and_its_whole_table_are_one_dataset() -> None:
    names = {"datasets": (("postgres://db:5432", "crm.public.contact"),)}
    tables = [
        runs.table(runs.expectation(), scope=scope, suite=f"contact{scope}", **names) for scope in ("batch", "table")
    ]
    [dataset] = plain(build_inputs([report(*tables)]))
    assertions = dataset["inputFacets"]["dataQualityAssertions"]["assertions"]
    assert [entry["params"]["scope"] for entry in assertions] == ["batch", "table"]


def test_a_table_with_nothing_to_check_is_an_input_without_assertions() -> None:
    [dataset] = plain(build_inputs([report(runs.table(runs.nothing(), data_source="lake"))]))
    assert (dataset["namespace"], dataset["name"]) == ("lake", "contact")
    assert not dataset.get("inputFacets")


def test_no_key_and_no_observed_value_is_sent() -> None:
    """The values that Great Expectations' own expectations observe are of the data."""
    stock = runs.expectation(
        Verdict.FAILED, type="expect_column_max_to_be_between", element_count=None, unexpected_count=None,
        details={"observed_value": "zebedee@firm.example"},
    )  # fmt: skip
    made = [report(runs.table(runs.failed(), stock))]
    text = json.dumps([plain(build_inputs(made)), plain(build_run_facets(made))])
    assert "zebedee" not in text
    assert "003Hs" not in text
    assert "expect_column_max_to_be_between" in text
