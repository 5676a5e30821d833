"""What changed from run to run: a run that could not evaluate a check hides no change of its parameters."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.evidence.sight import see_run
from synth_expectations.evidence.site.changes import find_result_change
from synth_expectations.evidence.site.check_state import CheckState
from synth_expectations.evidence.site.results import read_check, read_missing
from synth_expectations.rules.verdict import Verdict
from tests.evidence.site.records import SampleProject

FIRST, ERRORED, NEXT = "a" * 64, "e" * 64, "b" * 64


@pytest.fixture
def record(tmp_path: Path) -> RunRecord:
    return SampleProject(tmp_path).make_record()


def evaluate(
    record: RunRecord, digest: str, before: CheckState | None, verdict: Verdict
) -> tuple[CheckState, list[str]]:
    """Return the state after a result, and the kinds of what changed."""
    result = record.results[0].model_copy(update={"params_sha256": digest, "verdict": verdict, "broken": None})
    changes = [change.kind for change in find_result_change(result, before)]
    return read_check(result, 0, see_run(record, 1, FIRST), before, is_read=True)[0], changes


def test_an_errored_run_hides_no_change(record: RunRecord) -> None:
    state, _ = evaluate(record, FIRST, None, Verdict.PASSED)
    state, changes = evaluate(record, ERRORED, state, Verdict.ERRORED)
    assert changes == ["verdict"], "an errored result lacks parameters, which is no change"
    assert evaluate(record, FIRST, state, Verdict.PASSED)[1] == ["verdict"]
    assert evaluate(record, NEXT, state, Verdict.PASSED)[1] == ["verdict", "parameters (digest)"]


def test_a_run_without_a_result_hides_no_change(record: RunRecord) -> None:
    state, _ = evaluate(record, FIRST, None, Verdict.PASSED)
    planned = next(check for check in record.plan if check.type == record.results[0].type)
    state = read_missing(planned, record, see_run(record, 2, FIRST), state, is_read=True)
    assert evaluate(record, FIRST, state, Verdict.PASSED)[1] == ["verdict"]
    assert evaluate(record, NEXT, state, Verdict.PASSED)[1] == ["verdict", "parameters (digest)"]


def test_a_first_result_changes_nothing(record: RunRecord) -> None:
    assert evaluate(record, FIRST, None, Verdict.PASSED)[1] == []
    state, _ = evaluate(record, ERRORED, None, Verdict.ERRORED)
    assert evaluate(record, FIRST, state, Verdict.PASSED)[1] == ["verdict"]
