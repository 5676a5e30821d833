"""Every case on every engine; on Spark and CSV, `make test` runs a failing case of each expectation.

DuckDB reads frames of pandas as tables, so the conditions and the query that lists violating records are DuckDB's own. On
pandas, `make test` leaves out cases that are about what values say rather than about columns and their types, and lists
the violating records of a failing case of each expectation.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.testing import (
    ENGINES,
    Case,
    CaseKind,
    Engine,
    differences,
    find_gaps,
    find_missing_kinds,
    find_orphans,
    run,
)
from tests.case_files import all_cases, failing_cases
from tests.paths import CASES

FILES = sorted(CASES.rglob("expect_*.yml"))
_CHOSEN = {str(case) for case in failing_cases()}
RARE = [case for case in all_cases() if str(case) not in _CHOSEN]
# With the rare cases, one Spark alone would keep the other core waiting: half of them run on a second one.
ON_SECOND_SPARK = {str(case) for case in RARE[1::2]}


def choose_marks(case: Case) -> list[pytest.MarkDecorator]:
    """Return the marks of a case on Spark: pytest-xdist joins the group with that of the engine."""
    second = [pytest.mark.xdist_group("second")] if str(case) in ON_SECOND_SPARK else []
    return [] if str(case) in _CHOSEN else [pytest.mark.full, *second]


ON_SPARK = [pytest.param(case, id=str(case), marks=choose_marks(case)) for case in all_cases()]
ON_CSV = [
    pytest.param(case, id=str(case), marks=() if str(case) in _CHOSEN else pytest.mark.full) for case in all_cases()
]


_OF_VALUES = {CaseKind.HARD, CaseKind.TIME, CaseKind.BOUNDARY}
ON_PANDAS = [
    pytest.param(case, id=str(case), marks=pytest.mark.full if case.kind in _OF_VALUES else ()) for case in all_cases()
]


@pytest.mark.only_on("duckdb", "postgresql")
@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_case(case: Case, engine: Engine, request: pytest.FixtureRequest) -> None:
    _compare(case, engine, request)


@pytest.mark.only_on("pandas")
@pytest.mark.parametrize("case", ON_PANDAS)
def test_case_on_pandas(case: Case, engine: Engine, request: pytest.FixtureRequest) -> None:
    _compare(case, engine, request, list_keys=str(case) in _CHOSEN)


@pytest.mark.full
@pytest.mark.only_on("pandas")
@pytest.mark.parametrize("case", RARE, ids=str)
def test_listed_records_of_pandas(case: Case, engine: Engine, request: pytest.FixtureRequest) -> None:
    _compare(case, engine, request)


@pytest.mark.only_on("spark")
@pytest.mark.parametrize("case", ON_SPARK)
def test_case_on_spark(case: Case, engine: Engine, request: pytest.FixtureRequest) -> None:
    _compare(case, engine, request)


@pytest.mark.only_on("csv")
@pytest.mark.parametrize("case", ON_CSV)
def test_case_on_csv(case: Case, engine: Engine, request: pytest.FixtureRequest) -> None:
    _compare(case, engine, request)


def _compare(case: Case, engine: Engine, request: pytest.FixtureRequest, *, list_keys: bool = True) -> None:
    if reason := find_gaps(engine.name).get(str(case)):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    assert differences(case, run(case, engine, list_keys=list_keys)) == []


def test_every_file_has_an_expectation_and_every_expectation_a_file() -> None:
    ours = {
        name: each for name, each in all_expectations().items() if each.__module__.startswith("synth_expectations.")
    }
    assert find_orphans(CASES, ours) == []


def test_every_expectation_has_a_failing_case_for_spark() -> None:
    assert {case.type_name for case in failing_cases()} == {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_has_the_compulsory_kinds(path: Path) -> None:
    assert find_missing_kinds(path) == []


def test_every_gap_is_a_case() -> None:
    names = {str(case) for case in all_cases()}
    assert [case for engine in ENGINES for case in find_gaps(engine) if case not in names] == []
