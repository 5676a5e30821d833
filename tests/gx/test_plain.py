"""A plain expectation takes a short way through the run, the store and the pages, and what is left is the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import great_expectations.expectations as gxe
import pytest
from great_expectations.core import ExpectationSuiteValidationResult
from great_expectations.data_context.store import ValidationResultsStore as GxValidationResultsStore
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.row_conditions import Column

from synth_expectations.gx.data_docs.action import DocsAction
from synth_expectations.gx.data_docs.stored_suite import make_stored_suite
from synth_expectations.gx.fast_path import read_fast_validation
from synth_expectations.gx.internals import fields_of
from synth_expectations.gx.stores import ValidationResultsStore, serialize_plain
from synth_expectations.validation.arguments import GX_FIELDS, is_plain, read_plain
from tests.gx.contacts import contacts, expiring, provenance, tagged
from tests.gx.places import Place, judge
from tests.gx.projects import Project, without_run

TYPE = "expect_synthetic_records_to_have_provenance"
KWARGS = {"marker_column": "is_synthetic", "synthetic_values": ["true"], "real_values": ["false"], "fields": ["source"]}
OTHERS = {
    "a row condition": {**KWARGS, "row_condition": 'col("version") == "1"', "condition_parser": "great_expectations"},
    "an argument of Great Expectations": {**KWARGS, "result_format": "COMPLETE"},
    "a parameter": {**KWARGS, "fields": {"$PARAMETER": "fields"}},
}


def test_an_expectation_with_its_own_arguments_is_plain() -> None:
    assert is_plain(TYPE, KWARGS)
    expectation = read_plain({"type": TYPE, "kwargs": KWARGS})
    assert expectation is not None
    assert expectation.type_name() == TYPE


@pytest.mark.parametrize("kwargs", OTHERS.values(), ids=OTHERS)
def test_great_expectations_has_something_to_work_out(kwargs: dict[str, Any]) -> None:
    assert not is_plain(TYPE, kwargs)
    assert read_plain({"type": TYPE, "kwargs": kwargs}) is None


def test_an_expectation_of_great_expectations_is_not_plain() -> None:
    assert not is_plain("expect_column_values_to_not_be_null", {"column": "source"})
    assert read_plain({"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "source"}}) is None


def test_wrong_arguments_are_left_to_great_expectations() -> None:
    wrong = {**KWARGS, "mostly": 7}
    assert is_plain(TYPE, wrong)  # their form is plain
    assert read_plain({"type": TYPE, "kwargs": wrong}) is None


@pytest.mark.parametrize(
    ("expectation", "given"),
    [
        (provenance(), None),
        (provenance(row_condition=Column("version") == "2.0.0"), None),
        (provenance(row_condition='col("version") == "2.0.0"', condition_parser="great_expectations"), None),
        (provenance(fields={"$PARAMETER": "fields"}), {"fields": ["source"]}),
        (provenance(fields={"$PARAMETER": "fields"}), {"fields": 7}),
        (provenance(fields=["nowhere"]), None),
        (expiring(), None),
        (gxe.ExpectColumnValuesToNotBeNull(column="source"), None),
    ],
    ids=["plain", "condition", "text", "parameter", "unfit parameter", "errored", "time", "Great Expectations' own"],
)
@pytest.mark.only_on("duckdb")
def test_what_is_stored_is_the_json_of_great_expectations(
    place: Place, expectation: Any, given: dict[str, Any] | None
) -> None:
    place.fill("contact", contacts({}, {"source": None, "version": "2.0.0"}))
    result = judge(place, "contact", expectation, expectation_parameters=given)
    store = ValidationResultsStore()
    ours, theirs = store.serialize(result), GxValidationResultsStore.serialize(store, result)
    assert json.loads(ours) == json.loads(theirs)


@pytest.mark.only_on("duckdb")
def test_a_plain_result_is_an_expectation_a_line(place: Place) -> None:
    place.fill("contact", contacts({}))
    result = judge(place, "contact", provenance(), tagged())
    assert isinstance(result, ExpectationSuiteValidationResult)
    text = serialize_plain(result)
    assert len(text.splitlines()) == 5
    assert len(json.loads(text)["results"]) == 2


@pytest.mark.parametrize(
    ("expectation", "is_short", "given"),
    [
        (provenance(), True, None),
        (provenance(row_condition=Column("version") == "2.0.0"), False, None),
        (provenance(fields={"$PARAMETER": "fields"}), False, {"fields": ["source"]}),
        (gxe.ExpectColumnValuesToNotBeNull(column="source"), False, None),
    ],
    ids=["plain", "condition", "parameter", "Great Expectations' own"],
)
def test_pages_are_those_of_great_expectations(
    tmp_path: Path, expectation: Any, is_short: bool, given: dict[str, Any] | None
) -> None:
    project = Project.made(tmp_path)
    project.checkpoint(project.place(contact=contacts({}, {"source": None})), expectation)
    suite = project.suite()
    assert (make_stored_suite(suite) is not None) is is_short
    stored = json.loads(next(project.root.parent.rglob("validation_definitions/contact.json")).read_text())
    assert (read_fast_validation(project.context(), stored, suite) is not None) is is_short

    result = project.run(expectation_parameters=given)
    theirs = _pages(project)
    for page in project.docs.rglob("*.html"):
        page.unlink()
    DocsAction(name="docs").run(result)
    assert len(theirs) == 2
    assert _pages(project) == theirs


def _pages(project: Project) -> dict[str, str]:
    """The page of the suite and that of the result, without what differs between two runs."""
    pages = [*project.docs.rglob("expectations/*.html"), *project.docs.rglob("validations/**/*.html")]
    return {str(page.relative_to(project.docs)): without_run(page.read_text()) for page in pages}


def test_the_arguments_of_great_expectations_are_known() -> None:
    assert fields_of(BatchExpectation) | {"row_condition", "condition_parser"} == GX_FIELDS
