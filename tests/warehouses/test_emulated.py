"""Every case on Snowflake's SQL, as far as the emulator goes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from synth_expectations.engine.dialects.snowflake import DIALECT as SNOWFLAKE
from synth_expectations.testing import Case, differences, find_cases, run
from tests.paths import CASES
from tests.warehouses.emulated import EmulatedSnowflake


@pytest.fixture(scope="module")
def snowflake() -> Iterator[EmulatedSnowflake]:
    engine = EmulatedSnowflake()
    yield engine
    engine.close()


@pytest.mark.parametrize("case", list(find_cases(CASES)), ids=str)
def test_case(case: Case, snowflake: EmulatedSnowflake, request: pytest.FixtureRequest) -> None:
    if reason := SNOWFLAKE.gaps.get(str(case)):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    assert differences(case, run(case, snowflake)) == []


def test_every_gap_is_a_case() -> None:
    assert set(SNOWFLAKE.gaps) <= {str(case) for case in find_cases(CASES)}
