"""The expectations of the demo, as its policy compiles them."""

from __future__ import annotations

from synth_expectations.demo.project import read_policy_text
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.policy.compile.compiler import compile_policy
from tests.paths import ROOT


def _asked() -> dict[tuple[str, str], SyntheticDataExpectation]:
    path = ROOT / "great_expectations" / "policy.yml"
    assert path.read_text(encoding="utf-8") == read_policy_text()
    suites = compile_policy(path).suites
    return {
        (suite.table, planned.type): planned.expectation
        for suite in suites
        for planned in suite.expectations
        if planned.expectation
    }


ASKED = _asked()
"""By table and type."""
