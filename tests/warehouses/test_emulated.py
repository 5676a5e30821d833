"""Every case on Snowflake's SQL, as far as the emulator goes.

The emulator rewrites each statement in many steps, which takes seconds a case. So `make test-warehouses` runs the cases
whose SQL differs most between engines, and `make test-warehouses ARGS=--all` runs every one.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from synth_expectations.engine.dialects.snowflake import DIALECT as SNOWFLAKE
from synth_expectations.testing import Case, CaseKind, differences, run
from tests.case_files import all_cases, failing_cases
from tests.warehouses.emulated import EmulatedSnowflake

_DIFFERING = {CaseKind.NULL_KEY, CaseKind.ODD_NAME, CaseKind.TIME}
_CASES = [
    pytest.param(
        case, id=str(case), marks=() if case.kind in _DIFFERING or case in failing_cases() else pytest.mark.full
    )
    for case in all_cases()
]


@pytest.fixture(scope="module")
def snowflake() -> Iterator[EmulatedSnowflake]:
    engine = EmulatedSnowflake()
    yield engine
    engine.close()


@pytest.mark.parametrize("case", _CASES)
def test_case(case: Case, snowflake: EmulatedSnowflake, request: pytest.FixtureRequest) -> None:
    if reason := SNOWFLAKE.gaps.get(str(case)):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    assert differences(case, run(case, snowflake)) == []


def test_every_gap_is_a_case() -> None:
    assert set(SNOWFLAKE.gaps) <= {str(case) for case in all_cases()}
