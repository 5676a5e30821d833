"""Bad input reads the same with and without Great Expectations, and never goes unread."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.project import GOOD, Project
from tests.runner.ways import drop_what_differs

SLOW = "--through-great-expectations"


def run_each_way(project: Project, *options: str) -> Iterator[tuple[int, Any, str]]:
    """Run the checkpoint, each time on a ledger of its own, and yield exit code, report and messages of each way."""
    for way in ((), (SLOW,)):
        shutil.rmtree(project.root / "evidence", ignore_errors=True)
        answer = project.run("--output", "json", *options, *way)
        yield answer.code, json.loads(answer.out) if answer.out else {}, answer.err


def run_both_ways(project: Project, *options: str) -> list[tuple[int, Any, str]]:
    """Return exit code, report and messages of each way, without what differs from run to run."""
    return [keep_what_is_said(*answer) for answer in run_each_way(project, *options)]


def keep_what_is_said(code: int, document: dict[str, Any], messages: str) -> tuple[int, Any, str]:
    kept = {name: part for name, part in document.items() if name not in {"run", "docs", "evidence", "results"}}
    return code, drop_what_differs(kept), messages


def edit(path: str, old: str, new: str) -> Callable[[Project], None]:
    def change(project: Project) -> None:
        file = project.root / path
        text = file.read_text()
        assert old in text, text
        file.write_text(text.replace(old, new))

    return change


def remove(path: str) -> Callable[[Project], None]:
    return lambda project: shutil.rmtree(project.root / path)


def write(path: str, content: bytes) -> Callable[[Project], None]:
    def change(project: Project) -> None:
        (project.root / path).write_bytes(content)

    return change


def set_value(path: str, name: str, value: object) -> Callable[[Project], None]:
    def change(project: Project) -> None:
        file = project.root / path
        file.write_text(json.dumps({**json.loads(file.read_text()), name: value}))

    return change


def write_plugin(project: Project) -> None:
    directory = project.root / "great_expectations/plugins"
    directory.mkdir()
    (directory / "own.py").write_text("")


SETTINGS = "great_expectations/great_expectations.yml"
ONE_TABLE = ("--table", "send")
OF_ALL_TABLES = {
    "no files of a reference", "a column twice", "every key", "success alone", "an unknown format", "another store",
    "an asset of another kind", "another action", "an unknown expectation", "a name that is a number",
}  # fmt: skip
"""The cases that run each table: what they change is not of one, or is seen in the others."""
DATA: dict[str, Callable[[Project], None]] = {
    "no files": remove("lake/send"),
    "no files of a reference": remove("lake/customer"),
    "a damaged file": write("lake/send/part-0.parquet", b"garbage"),
    "a missing column": lambda project: project.table("send", [{"SendId": "m1"}]),
    "a column twice": lambda project: project.table("contact", [{**GOOD, "email": "x"}]),
    "no rows": lambda project: project.table("send", [{"SendId": None, "IsSynthetic": None}][:0]),
    "keys of another alphabet": lambda project: project.table(
        "send", [{"SendId": "<script>\n=cmd()\u202e" + "я" * 1_000, "IsSynthetic": "true"}]
    ),
    "an unset variable": edit(SETTINGS, "path: ../lake", "path: ${NOBODY_SETS_THIS}"),
    "every key": edit("checkpoints/nightly.json", '"SUMMARY"', '"COMPLETE"'),
    "success alone": edit("checkpoints/nightly.json", '"SUMMARY"', '"BOOLEAN_ONLY"'),
    "an unknown format": edit("checkpoints/nightly.json", '"SUMMARY"', '"LOTS"'),
}


@pytest.mark.parametrize("case", DATA)
def test_data_reads_the_same(compiled: Project, case: str) -> None:
    DATA[case](compiled)
    direct, slow = run_both_ways(compiled, *([] if case in OF_ALL_TABLES else ONE_TABLE))
    assert direct == slow
    assert direct[1]["tables"]


PROJECTS: dict[str, tuple[Callable[[Project], None], str]] = {
    "another store": (edit(SETTINGS, "suppress_store_backend_id: true", "suppress_store_backend_id: false"), "store"),
    "a store more": (edit(SETTINGS, "stores:\n", "stores:\n  more: {class_name: SuiteParameterStore}\n"), "stores"),
    "an option more": (edit(SETTINGS, "analytics_enabled:", "data_context_id:\nanalytics_enabled:"), "data_context_id"),
    "a plug-in": (write_plugin, "plug-ins"),
    "an asset of another kind": (edit(SETTINGS, "type: parquet", "order_by: []\n        type: parquet"), "order_by"),
    "another action": (
        edit("checkpoints/nightly.json", '"synth_docs"', '"update_data_docs"'), "the action update_data_docs"),
    "another id": (edit("suites/send.json", '"id": "', '"id": "0'), ""),
    "no suite": (lambda project: (project.root / "suites/send.json").unlink(), "send.json"),
    "a suite that is not JSON": (write("suites/send.json", b"{"), "send.json"),
    "an empty suite": (edit("suites/send.json", '"expectations": [', '"expectations": [], "was": ['), ""),
    "an unknown expectation": (
        edit("suites/send.json", "expect_table_to_contain_no_synthetic_records", "expect_the_moon"), "expect_the_moon"),
    "an unknown argument": (edit("suites/send.json", '"record_key"', '"record_kee"'), "does not fit"),
    "a row_condition": (
        edit("suites/send.json", '"record_key"', '"row_condition": "col(\\"SendId\\").notnull()", "condition_parser": '
             '"great_expectations", "record_key"'), "row_condition"),
    "a suite of a mapping": (edit("suites/send.json", '"expectations": [', '"expectations": {}, "was": ['), ""),
    "an expectation of nothing": (edit("suites/send.json", '"expectations": [', '"expectations": [null, '), "another form"),
    "an unknown severity": (edit("suites/send.json", '"severity": "critical"', '"severity": "INFO"'), "a severity"),
    "a description of numbers": (edit("suites/send.json", '"severity":', '"description": 5, "severity":'), "a description"),
    "a name that is a number": (
        set_value("checkpoints/nightly.json", "validation_definitions", [{"id": "0", "name": 5}]), ""),
    "a parameter": (edit("suites/send.json", '"record_key": "SendId"', '"record_key": {"$PARAMETER": "key"}'), "parameter"),
}  # fmt: skip


@pytest.mark.parametrize("case", PROJECTS)
def test_what_was_changed_by_hand_goes_through_great_expectations(compiled: Project, case: str) -> None:
    change, reason = PROJECTS[case]
    change(compiled)
    direct, slow = run_each_way(compiled, *([] if case in OF_ALL_TABLES else ONE_TABLE))
    reasons = {table["great_expectations"] for table in direct[1].get("tables", ())}
    assert not direct[1].get("tables") or any(given and reason in given for given in reasons), reasons
    assert keep_what_is_said(*direct) == keep_what_is_said(*slow)


def test_actions_that_are_no_list_are_refused(compiled: Project) -> None:
    set_value("checkpoints/nightly.json", "actions", 5)(compiled)
    direct, slow = run_both_ways(compiled)
    assert direct == slow
    assert (direct[0], "its actions are not a list." in str(direct[1])) == (2, True)


def test_a_result_that_cannot_be_written(compiled: Project) -> None:
    directory = compiled.root / "great_expectations/uncommitted/validations"
    directory.mkdir(parents=True)
    (directory / "send").write_text("in the way")
    answer = compiled.run("--output", "json")
    assert answer.code == 2
    (send,) = [table for table in answer.json()["tables"] if table["table"] == "send"]
    assert send["error"].startswith("Its result cannot be written: Not a directory.")
    assert str(compiled.root) not in send["error"]


def test_a_table_whose_name_is_a_path_writes_nowhere_else(compiled: Project) -> None:
    edit(SETTINGS, "      send:\n", "      ../../send:\n")(compiled)
    edit("great_expectations/validation_definitions/send.json", '"name": "send"', '"name": "../../send"')(compiled)
    direct, slow = run_both_ways(compiled)
    assert direct == slow
    assert direct[0] == 2


def test_a_project_that_is_gone(tmp_path: Path, compiled: Project) -> None:
    (compiled.root / SETTINGS).unlink()
    direct, slow = run_both_ways(compiled)
    assert direct == slow
    assert direct[0] == 2


def test_cases_of_all_tables_are_cases() -> None:
    assert DATA.keys() | PROJECTS.keys() >= OF_ALL_TABLES
