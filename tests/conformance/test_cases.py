"""Every case on every engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.testing import (
    ENGINES,
    Case,
    Engine,
    differences,
    find_cases,
    find_gaps,
    missing_kinds,
    orphans,
    run,
)
from tests.paths import CASES

FILES = sorted(CASES.rglob("expect_*.yml"))


@pytest.mark.parametrize("case", list(find_cases(CASES)), ids=str)
def test_case(case: Case, engine: Engine, request: pytest.FixtureRequest) -> None:
    if reason := find_gaps(engine.name).get(str(case)):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    assert differences(case, run(case, engine)) == []


def test_every_file_has_an_expectation_and_every_expectation_a_file() -> None:
    ours = {
        name: each for name, each in all_expectations().items() if each.__module__.startswith("synth_expectations.")
    }
    assert orphans(CASES, ours) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_has_the_compulsory_kinds(path: Path) -> None:
    assert missing_kinds(path) == []


def test_every_gap_is_a_case() -> None:
    names = {str(case) for case in find_cases(CASES)}
    assert [case for engine in ENGINES for case in find_gaps(engine) if case not in names] == []
