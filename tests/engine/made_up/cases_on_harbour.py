"""The first failing case of each expectation on Harbour; `test_adding_an_engine` runs this in a copy that has Harbour."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from synth_expectations.testing import Case, CaseKind, DuckdbEngine, differences, find_cases, run
from tests.paths import CASES


class HarbourEngine(DuckdbEngine):
    name = "harbour"
    address = "harbour:///:memory:"


_FAILING = {case.type_name: case for case in reversed(list(find_cases(CASES))) if case.kind is CaseKind.FAIL}


@pytest.fixture(scope="module")
def harbour() -> Iterator[HarbourEngine]:
    engine = HarbourEngine()
    yield engine
    engine.close()


@pytest.mark.parametrize("case", _FAILING.values(), ids=str)
def test_case(case: Case, harbour: HarbourEngine) -> None:
    assert harbour.adapter(case.batch, case.references).dialect.name == "harbour"
    assert differences(case, run(case, harbour)) == []
