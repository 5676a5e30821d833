"""A checkpoint that Great Expectations itself runs is on record too: its guard records it, at the end."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import great_expectations as gx
import pytest
from great_expectations.checkpoint import CheckpointResult
from great_expectations.core import RunIdentifier

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.recorder.recorder import RunRecorder
from synth_expectations.gx.guard import NotEvaluatedError
from synth_expectations.rules.as_of import evaluate_as_of
from synth_expectations.rules.verdict import Verdict
from synth_expectations.runner.guarded_run import NOTE, UnrecordedRunWarning
from synth_expectations.runner.host_process import keep_current_project
from tests.cli.project import AS_OF, GOOD, Project
from tests.evidence.recorder.ledger_reading import read_documents, read_kinds, read_records
from tests.evidence.recorder.test_failures import FULL, OPTIONAL

LEDGER = Path("evidence")
SYNTHETIC = {"SendId": "m1", "IsSynthetic": "true"}


def run_plainly(project: Project, **options: Any) -> CheckpointResult:
    """Run the checkpoint as somebody does who has no runner of ours."""
    with keep_current_project(), evaluate_as_of(datetime.fromisoformat(AS_OF)):
        context = gx.get_context(mode="file", context_root_dir=project.policy.parent)
        return context.checkpoints.get("nightly").run(**options)


def refuse_plainly(project: Project) -> str:
    with pytest.raises(NotEvaluatedError) as refused:
        run_plainly(project)
    return str(refused.value)


def hide(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the parts of a record without ids, times, who evaluated it, and stored results, which have ids and times."""
    for name, value in document.items():
        if name == "results":
            yield name, [{**result, "result_sha256": ""} for result in value]
        elif name == "notes":
            yield name, [note for note in value if note != NOTE]
        elif name == "tables":
            yield name, [{**table, "great_expectations": ""} for table in value]
        elif name not in {"run_id", "started_at", "finished_at", "actor"}:
            yield name, value


@pytest.mark.parametrize("case", ["passed", "failed", "errored", "nothing to read"])
def test_the_record_is_that_of_the_runner_but_for_ids_times_and_a_note(project: Project, case: str) -> None:
    code, verdict = {"passed": (0, Verdict.PASSED), "failed": (1, Verdict.FAILED)}.get(case, (2, Verdict.ERRORED))
    if case == "failed":
        project.table("send", [SYNTHETIC])
    if case == "errored":
        project.table("contact", [{name: value for name, value in GOOD.items() if name != "Source"}])
    if case == "nothing to read":
        Path("lake/send/part-0.parquet").write_bytes(b"garbage")
    assert project.run().code == code
    if code == 2:
        assert refuse_plainly(project).startswith("The run errored: ")
    else:
        assert run_plainly(project).success is (code == 0)
    assert read_kinds(LEDGER) == ["ledger_opened", *["run_started", "run_finished"] * 2]
    for kind in (EntryKind.RUN_STARTED, EntryKind.RUN_FINISHED):
        own, plain = read_documents(LEDGER, kind)
        assert NOTE in plain["notes"]
        assert NOTE not in own["notes"]
        assert dict(hide(plain)) == dict(hide(own))
    assert {table["great_expectations"] for table in plain["tables"]} == {"Great Expectations ran it"}
    started, finished = read_records(LEDGER, EntryKind.RUN_STARTED)[1], read_records(LEDGER)[1]
    assert (finished.verdict, finished.exit_code) == (verdict, code)
    assert started.run_id == finished.run_id
    assert finished.finished_at is not None
    assert started.started_at == finished.started_at < finished.finished_at
    assert any(result.sql_sha256 for result in finished.results)
    assert all(result.result_sha256 for result in finished.results)


def test_a_day_is_on_record_as_the_runner_has_it(project: Project) -> None:
    project.edit("  send:\n", "  send:\n    batch: {by: day, column: SentAt}\n")
    project.table("send", [{"SendId": "m1", "IsSynthetic": "false", "SentAt": "2026-10-31"}])
    project.compile()
    assert project.run("--batch", "2026-10-31").code == 0
    assert run_plainly(project, batch_parameters={"year": 2026, "month": 10, "day": 31}).success
    own, plain = read_documents(LEDGER)
    assert dict(hide(plain)) == dict(hide(own))
    assert "2026-10-31" in {table["batch"] for table in plain["tables"]}


def test_what_only_the_guard_finds_is_an_error_of_the_record(project: Project) -> None:
    file = Path("suites/send.json")
    suite = json.loads(file.read_text())
    suite["expectations"].append({"type": "expect_what_others_wrote", "kwargs": {}, "meta": {}, "id": None})
    file.write_text(json.dumps(suite))
    sentence = "send: expect_what_others_wrote: Stored 1 time(s) more than evaluated: its package was not imported."
    assert sentence in refuse_plainly(project)
    [record] = read_records(LEDGER)
    assert (record.verdict, record.exit_code) == (Verdict.ERRORED, 2)
    assert record.errors.count(sentence) == 1
    assert len(record.errors) == len(set(record.errors))


def test_a_policy_that_wants_an_approval_refuses_the_run(project: Project) -> None:
    project.edit("version: 1\n", "version: 1\nevidence: {unapproved: fail}\n")
    project.compile()
    assert "evidence.unapproved says that no run counts then" in refuse_plainly(project)
    [record] = read_records(LEDGER)
    assert record.verdict is Verdict.ERRORED


def test_the_start_is_when_data_was_first_read_whatever_time_the_run_was_given(project: Project) -> None:
    before = datetime.now(UTC)
    run_plainly(project, run_id=RunIdentifier("nightly", datetime(2001, 1, 1, tzinfo=UTC)))
    run_plainly(project, run_id=RunIdentifier("nightly", datetime(2001, 1, 1, tzinfo=UTC)))
    first, second = read_records(LEDGER)
    assert before < first.started_at < second.started_at < datetime.now(UTC)
    assert first.run_id != second.run_id


def test_a_run_in_a_context_that_ran_before_has_no_sql_of_that_run(project: Project) -> None:
    with keep_current_project(), evaluate_as_of(datetime.fromisoformat(AS_OF)):
        context = gx.get_context(mode="file", context_root_dir=project.policy.parent)
        for _ in range(2):
            context.checkpoints.get("nightly").run()
    first, second = read_documents(LEDGER)
    assert dict(hide(first)) == dict(hide(second))


def test_a_ledger_that_cannot_be_written_is_an_error(project: Project) -> None:
    LEDGER.write_text("a file")
    said = refuse_plainly(project)
    assert said.startswith("The run errored: The run cannot be recorded. The ledger in ")
    assert said.endswith("Fix it, or name another place in the policy: evidence.store.")
    assert "Nothing was run" not in said


def test_the_policy_may_allow_that(project: Project) -> None:
    project.edit("version: 1\n", OPTIONAL)
    project.compile()
    LEDGER.write_text("a file")
    with pytest.warns(UnrecordedRunWarning, match=r"The run cannot be recorded\. The ledger in "):
        assert run_plainly(project).success


@pytest.mark.parametrize("section", ["version: 1\n", OPTIONAL], ids=["required", "optional"])
def test_a_disk_that_is_full_at_the_end(project: Project, monkeypatch: pytest.MonkeyPatch, section: str) -> None:
    def fail(*_: Any) -> None:
        raise FULL

    project.edit("version: 1\n", section)
    project.compile()
    monkeypatch.setattr(RunRecorder, "finish", fail)
    if section == OPTIONAL:
        with pytest.warns(UnrecordedRunWarning, match="The end of the run was not recorded"):
            assert run_plainly(project).success
    else:
        assert "The end of the run was not recorded. The ledger in" in refuse_plainly(project)
    assert read_kinds(LEDGER) == ["ledger_opened", "run_started"]
