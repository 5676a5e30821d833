"""Each run writes its record into the ledger, when it starts and when it ends."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.rules.verdict import Verdict
from synth_expectations.runner.run import run
from tests.cli.project import REAL, Project
from tests.evidence.recorder.ledger_reading import open_ledger, read_documents, read_kinds, read_records

LEDGER = Path("evidence")


def test_a_run_is_recorded_at_its_start_and_at_its_end(project: Project) -> None:
    said = project.run("--output", "json")
    assert read_kinds(LEDGER) == ["ledger_opened", "run_started", "run_finished"]
    [started], [finished] = read_records(LEDGER, EntryKind.RUN_STARTED), read_records(LEDGER)
    assert (started.phase, started.verdict, started.results) == ("started", None, ())
    assert started.plan == finished.plan
    assert started.run_id == finished.run_id == said.json()["run"]["id"]
    assert {(check.table, check.type, check.expectation_id) for check in finished.plan} == {
        (result.table, result.type, result.expectation_id) for result in finished.results
    }
    assert (finished.verdict, finished.exit_code) == (Verdict.PASSED, said.code)
    entry = list(open_ledger(LEDGER).read_entries())[-1]
    assert said.json()["evidence"] == {
        "number": 3,
        "record_sha256": entry.header.body_sha256,
        "ledger": str(LEDGER.resolve()),
        "site": "",
    }


def test_the_ledger_of_a_relative_directory_lies_beside_its_suites(project: Project) -> None:
    run("nightly", project.policy.parent.relative_to(Path.cwd()))
    assert read_kinds(LEDGER) == ["ledger_opened", "run_started", "run_finished"]
    assert not list(LEDGER.rglob("evidence/*"))


def test_what_the_record_names_are_objects_of_the_ledger(project: Project) -> None:
    project.run()
    ledger, [record] = open_ledger(LEDGER), read_records(LEDGER)
    assert record.policy
    assert ledger.read_object(record.policy.files["policy.yml"]) == project.policy.read_bytes()
    assert json.loads(ledger.read_object(record.policy.sha256))["owner"] == "crm-data@retailer.example"
    for suite, digest in record.suites.items():
        assert ledger.read_object(digest) == Path(f"suites/{suite}.json").read_bytes()
    assert all(map(ledger.read_object, record.controls.values()))
    stored = {path.read_bytes() for path in Path("great_expectations/uncommitted/validations").rglob("*.json")}
    assert {ledger.read_object(str(result.result_sha256)) for result in record.results} == stored
    [sql] = {ledger.read_object(str(result.sql_sha256)) for result in record.results if result.table == "send"}
    assert b"SELECT" in sql


def test_two_runs_on_the_same_inputs_differ_only_in_ids_and_times(project: Project) -> None:
    project.run()
    project.run()
    first, second = (list(_hide(document)) for document in read_documents(LEDGER))
    assert first == second
    assert read_kinds(LEDGER).count("run_finished") == 2


def _hide(document: dict[str, Any]) -> Any:
    """Yield the parts of a record, without its ids and times; a stored result has both."""
    for name, value in document.items():
        if name not in {"run_id", "started_at", "finished_at"}:
            yield name, [{**result, "result_sha256": ""} for result in value] if name == "results" else value


def test_a_run_writes_few_files_and_sends_no_query_for_its_record(project: Project) -> None:
    project.edit("version: 1\n", "version: 1\nevidence: {required: false}\n")
    project.compile()
    LEDGER.write_text("in the way")
    unrecorded = project.run("--output", "json").json()
    LEDGER.unlink()
    recorded = project.run("--output", "json").json()
    assert (unrecorded["evidence"], unrecorded["counts"]["queries"]) == (None, recorded["counts"]["queries"])
    before = {path for path in LEDGER.rglob("*") if path.is_file()}
    project.run()
    added = {path for path in LEDGER.rglob("*") if path.is_file()} - before
    # two headers, two records, and the result of each table; the policy, the suites and the SQL are there already
    assert sorted(path.parent.name for path in added) == ["ledger"] * 2 + ["objects"] * 5


def test_the_inputs_are_the_files_that_were_read(project: Project) -> None:
    project.run()
    [record] = read_records(LEDGER)
    inputs = {(found.table, found.role): found for found in record.inputs}
    assert set(inputs) == {
        ("contact", "judged"), ("customer", "judged"), ("send", "judged"), ("customer", "reference"),
    }  # fmt: skip
    assert {key: found.rows for key, found in inputs.items()} == {
        ("contact", "judged"): 3, ("customer", "judged"): 1, ("send", "judged"): 1, ("customer", "reference"): 1,
    }  # fmt: skip
    contact = inputs["contact", "judged"]
    assert (contact.locator, contact.engine, contact.read) == ("lake/contact/*.parquet", "duckdb", True)
    [file] = contact.identity.files
    content = Path("lake/contact/part-0.parquet").read_bytes()
    footer = int.from_bytes(content[-8:-4], "little") + 8
    assert (file.path, file.bytes, file.sha256) == ("contact/part-0.parquet", len(content), None)
    assert file.footer_sha256 == hashlib.sha256(content[-footer:]).hexdigest()
    assert contact.columns_sha256
    assert (contact.reconciled, contact.source_rows) == ("not shown", None)


def test_a_changed_column_changes_the_digest_of_the_columns(project: Project) -> None:
    project.run()
    project.arrow("send", pq.read_table("lake/send/part-0.parquet").append_column("Note", [["x"]]))
    project.run()
    before, after = ({found.table: found.columns_sha256 for found in record.inputs} for record in read_records(LEDGER))
    assert before["contact"] == after["contact"]
    assert before["send"] != after["send"]


def test_whole_files_are_read_if_the_policy_says_so(project: Project) -> None:
    project.edit("version: 1\n", "version: 1\nevidence: {inputs: full, store: ../audit/crm}\n")
    project.compile()
    project.run()
    assert not LEDGER.exists()
    [record] = read_records(Path("audit/crm"))
    [file] = next(found for found in record.inputs if found.table == "send").identity.files
    assert file.sha256 == hashlib.sha256(Path("lake/send/part-0.parquet").read_bytes()).hexdigest()


@pytest.mark.parametrize("damage", ["gone", "garbage"])
def test_a_table_that_cannot_be_read_is_planned_and_not_read(project: Project, damage: str) -> None:
    file = Path("lake/send/part-0.parquet")
    file.unlink() if damage == "gone" else file.write_bytes(b"garbage")
    assert project.run().code == 2
    [record] = read_records(LEDGER)
    [send] = [found for found in record.inputs if found.table == "send"]
    assert (send.read, send.rows, send.identity.kind, send.locator) == (False, None, "none", "lake/send/*.parquet")
    [table] = [table for table in record.tables if table.table == "send"]
    assert table.verdict is Verdict.ERRORED
    results = [result for result in record.results if result.table == "send"]
    assert [result.expectation_id for result in results] == [
        check.expectation_id for check in record.plan if check.table == "send"
    ]
    assert all(result.error and result.population is None for result in results)


def test_a_selection_shows_what_was_left_out(project: Project) -> None:
    project.run("--table", "send")
    [record] = read_records(LEDGER)
    assert record.selection.tables == ("send",)
    assert {check.table: check.selected for check in record.plan} == {"contact": False, "customer": False, "send": True}
    assert {result.table for result in record.results} == {"send"}


def test_keys_and_identifiers_stay_in_the_results(project: Project) -> None:
    project.table("send", [{"SendId": "key-0815", "IsSynthetic": "true"}])
    project.table("contact", [{**REAL, "Id": "key-4711", "Source": "generator"}])
    project.run()
    ledger = open_ledger(LEDGER)
    entries = list(ledger.read_entries())
    written = b"\n".join(
        [*(entry.content for entry in entries), *(ledger.read_object(e.header.body_sha256) for e in entries)]
    )
    for planted in (b"key-0815", b"key-4711", b"zebedee", b"someone@firm.example"):
        assert planted not in written
    results = {
        ledger.read_object(str(result.result_sha256)) for record in read_records(LEDGER) for result in record.results
    }
    assert any(b"key-0815" in result for result in results)
