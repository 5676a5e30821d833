"""Rows of a reference that count with the records: in Great Expectations' results as in the plan's."""

from __future__ import annotations

import pytest

import synth_expectations as se
from synth_expectations.rules.as_of import evaluate_as_of
from synth_expectations.rules.model import LookupCheck, RowCheck
from synth_expectations.testing import Case, CaseKind, Table
from tests.case_files import all_cases
from tests.gx.places import Place, judge_one, sent, verdict, why

CASES = {case.type_name: case for case in reversed(all_cases()) if case.kind is CaseKind.FAIL}
WITH_OTHERS = (
    "expect_regulated_models_to_exclude_synthetic_training_data",
    "expect_synthetic_datasets_to_be_retained_for_audit",
    "expect_synthetic_use_to_be_documented",
)


def made(case: Case, **more: object) -> object:
    name = "".join(part.capitalize() for part in case.type_name.split("_"))
    return getattr(se, name)(**case.arguments | more)


def fill(place: Place, case: Case) -> None:
    place.fill("batch", case.batch)
    for name, table in case.references.items():
        place.fill(name, table)


@pytest.mark.parametrize("name", WITH_OTHERS)
def test_they_are_counted_shown_and_named(place: Place, name: str) -> None:
    case = CASES[name]
    fill(place, case)
    with evaluate_as_of(case.as_of):
        result = judge_one(place, "batch", made(case))
    expected = case.expected
    assert verdict(result) == f"failed {expected.all_violating()}/{expected.records}"
    details = result.result["details"]
    counts = {each["name"]: each["count"] for each in details["rules"] if each["count"] and each["judged"]}
    assert counts == {rule: len(keys) for rule, keys in expected.violations.items()}  # type: ignore[arg-type]
    assert {rule: set(keys) for rule, keys in details["sample"]["by_rule"].items()} == {
        rule: set(keys)
        for rule, keys in expected.violations.items()  # type: ignore[arg-type]
    }
    assert list(details["condition"]["sql"]) == [each["name"] for each in details["rules"]]
    check = made(case).expectation.check  # type: ignore[attr-defined]
    # a count and a sample of each; DuckDB finds keys as it counts, and PostgreSQL those of lookups
    finds_keys = {"duckdb": (RowCheck, LookupCheck), "pandas": (RowCheck, LookupCheck), "postgresql": (LookupCheck,)}
    checks = [check, *check.related]
    assert len(sent(place)) == sum(1 if isinstance(other, finds_keys.get(place.name, ())) else 2 for other in checks)


@pytest.mark.only_on("duckdb")
def test_without_records_of_its_own_it_is_not_nothing_to_check(place: Place) -> None:
    case = CASES["expect_synthetic_use_to_be_documented"]
    fill(place, case)
    place.fill("batch", Table(case.batch.kinds, []))
    with evaluate_as_of(case.as_of):
        assert verdict(judge_one(place, "batch", made(case))) == "failed 5/5"
        place.fill("runs", Table(case.references["runs"].kinds, []))
        place.fill("experiments", Table(case.references["experiments"].kinds, []))
        assert verdict(judge_one(place, "batch", made(case))) == "nothing_to_check 0/0"


@pytest.mark.only_on("duckdb")
def test_a_missing_column_of_the_other_table_is_named(place: Place) -> None:
    case = CASES["expect_synthetic_use_to_be_documented"]
    fill(place, case)
    said = why(judge_one(place, "batch", made(case, training_runs_use_id="usd")))
    assert "Column usd is not in runs. Nearest: used." in said
