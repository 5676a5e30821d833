"""Every case of one expectation a family on Harbour; `test_adding_an_engine` runs this in a copy that has Harbour."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from synth_expectations.testing import Case, DuckdbEngine, differences, read_cases, run
from tests.paths import CASES


class HarbourEngine(DuckdbEngine):
    name = "harbour"
    address = "harbour:///:memory:"


_FILES = [sorted(family.glob("expect_*.yml"))[0] for family in sorted(CASES.iterdir())]
_CASES = [case for file in _FILES for case in read_cases(file)]


@pytest.fixture(scope="module")
def harbour() -> Iterator[HarbourEngine]:
    engine = HarbourEngine()
    yield engine
    engine.close()


@pytest.mark.parametrize("case", _CASES, ids=str)
def test_case(case: Case, harbour: HarbourEngine) -> None:
    assert harbour.adapter(case.batch, case.references).dialect.name == "harbour"
    assert differences(case, run(case, harbour)) == []
