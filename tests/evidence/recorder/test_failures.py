"""Runs that are killed, that run at the same time, and that cannot be recorded: nothing goes by without a word."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.evidence.ledger.entry import NO_ENTRY, EntryKind
from synth_expectations.evidence.recorder.recorder import RunRecorder
from synth_expectations.runner.run import run
from tests.cli.project import AS_OF, Project
from tests.evidence.recorder.ledger_reading import open_ledger, read_kinds, read_records
from tests.paths import ROOT

LEDGER = Path("evidence")
KILL = """\
import os, signal, sys

def kill(event, arguments):
    if event == "open" and str(arguments[0]).endswith("send/part-0.parquet"):
        os.kill(os.getpid(), signal.SIGKILL)

if os.environ.get("KILLED"):
    sys.addaudithook(kill)
"""
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
OPTIONAL = "version: 1\nevidence: {required: false}\n"


def test_runs_at_the_same_time_both_get_in_and_one_that_is_killed_shows(project: Project) -> None:
    Path("sitecustomize.py").write_text(KILL)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(project.root), str(ROOT)])}
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "synth_expectations", "run", "nightly", "--as-of", AS_OF, "--table", "send"],
            env=environment | killed, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        for killed in ({"KILLED": "1"}, {}, {})
    ]  # fmt: skip
    assert [(run.wait(), run.communicate()[1]) for run in runs] == [(-signal.SIGKILL, b""), (0, b""), (0, b"")]
    kinds = read_kinds(LEDGER)
    assert (kinds.count("run_started"), kinds.count("run_finished")) == (3, 2)
    ended = {record.run_id for record in read_records(LEDGER)}
    assert len({record.run_id for record in read_records(LEDGER, EntryKind.RUN_STARTED)} - ended) == 1
    entries = list(open_ledger(LEDGER).read_entries())
    assert [entry.header.prev for entry in entries] == [NO_ENTRY, *(entry.digest for entry in entries[:-1])]
    assert project.run().code == 0


def test_an_exception_leaves_a_start_without_an_end(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["synth_expectations.runner.run"], "evaluate_tables", interrupt)
    project.run()
    assert read_kinds(LEDGER) == ["ledger_opened", "run_started"]


def test_nothing_is_run_that_cannot_be_recorded(project: Project) -> None:
    LEDGER.write_text("a file")
    said = project.run()
    assert (said.code, said.out) == (2, "")
    assert "The run cannot be recorded. The ledger in" in " ".join(said.err.split())
    assert "Nothing was run." in said.err
    assert not list(Path("great_expectations/uncommitted").rglob("*.json"))


def test_the_policy_may_allow_a_run_without_a_record(project: Project) -> None:
    project.edit("version: 1\n", OPTIONAL)
    project.compile()
    LEDGER.write_text("a file")
    document = project.run("--output", "json").json()
    assert (document["exit_code"], document["evidence"]) == (0, None)
    [note] = [note for note in document["notes"] if "recorded" in note]
    assert note.startswith("The run cannot be recorded. The ledger in ")


@pytest.mark.parametrize(("section", "code"), [("version: 1\n", 2), (OPTIONAL, 0)], ids=["required", "optional"])
def test_a_disk_that_is_full_at_the_end(
    project: Project, monkeypatch: pytest.MonkeyPatch, section: str, code: int
) -> None:
    if section == OPTIONAL:
        project.edit("version: 1\n", section)
        project.compile()

    def fail(*_: Any) -> None:
        raise FULL

    monkeypatch.setattr(RunRecorder, "finish", fail)
    document = json.loads(project.run("--output", "json").out)
    sentence = f"was not recorded. The ledger in {LEDGER.resolve()} cannot be written: No space left on device."
    assert document["exit_code"] == code
    assert sentence in (document["error"]["message"] if code else " ".join(document["notes"]))
    assert read_kinds(LEDGER) == ["ledger_opened", "run_started"]


def test_a_ledger_that_is_removed_during_the_run(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from synth_expectations.validation.table_validation import TableValidation

    evaluate = TableValidation.evaluate

    def evaluate_and_remove(self: TableValidation, batch: Any) -> Any:
        shutil.rmtree(LEDGER, ignore_errors=True)
        return evaluate(self, batch)

    monkeypatch.setattr(TableValidation, "evaluate", evaluate_and_remove)
    document = project.run("--output", "json").json()
    assert (document["exit_code"], LEDGER.exists()) == (2, False)
    assert "the start of the run, was removed from the ledger meanwhile." in document["error"]["message"]


def test_a_stored_result_that_is_gone_is_named(project: Project) -> None:
    root = project.policy.parent
    report = run("nightly", root, on_table=lambda table: shutil.rmtree(root / "uncommitted" / "validations"))
    sentence = "the result that Great Expectations stored cannot be read back, so the record has its counts without it."
    assert f"send: {sentence}" in report.notes
    [record] = read_records(LEDGER)
    assert {result.result_sha256 for result in record.results} == {None}
    assert f"send: {sentence}" in record.notes


def test_files_that_change_while_they_are_read_are_not_identified(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from synth_expectations.validation.table_validation import TableValidation

    evaluate = TableValidation.evaluate

    def evaluate_and_change(self: TableValidation, batch: Any) -> Any:
        results = evaluate(self, batch)
        if self.definition["name"] == "send":
            project.table("send", [{"SendId": "m1", "IsSynthetic": "false"}, {"SendId": "m2", "IsSynthetic": "false"}])
        return results

    monkeypatch.setattr(TableValidation, "evaluate", evaluate_and_change)
    project.run()
    [record] = read_records(LEDGER)
    identities = {reading.table: reading.identity.kind for reading in record.inputs}
    assert (identities["send"], identities["contact"]) == ("none", "files")
