"""Each rule of the gate on its cases: found by file and rule, and nothing else at its level or above."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.gate.rules.base import all_rules
from tests.gate.case_files import GateCase, all_gate_cases


@pytest.mark.parametrize("case", all_gate_cases(), ids=lambda case: f"{case.rule}: {case.name}")
def test_a_case(case: GateCase, tmp_path: Path) -> None:
    run = case.run(tmp_path)
    found = [
        {"path": finding.path, "count": finding.records.count, "level": str(finding.level)}
        for finding in run.findings
        if finding.rule == case.rule
    ]
    assert found == [{"level": "error", "count": 1, **expected} for expected in case.expect if "rule" not in expected]
    elsewhere = {(finding.rule, finding.path) for finding in run.findings if finding.rule != case.rule}
    assert {(entry["rule"], entry["path"]) for entry in case.expect if "rule" in entry} <= elsewhere
    for note in case.notes:
        assert any(note in f"{entry.path}: {entry.text}" for entry in run.notes), run.notes
    assert not run.problems


@pytest.mark.parametrize("case", all_gate_cases(), ids=lambda case: f"{case.rule}: {case.name}")
def test_the_reason_is_shown(case: GateCase, tmp_path: Path) -> None:
    for finding in case.run(tmp_path).findings:
        if finding.rule in {"SD001", "SD002", "SD003"}:
            assert finding.because
        assert finding.message.endswith(".")


def test_each_rule_has_cases_that_pass_and_fail() -> None:
    kinds = {(case.rule, case.kind) for case in all_gate_cases()}
    wanted = {(rule.id, kind) for rule in all_rules() for kind in ("pass", "fail", "negative")}
    assert wanted - kinds == set()
    assert {case.rule for case in all_gate_cases()} == {rule.id for rule in all_rules()}
