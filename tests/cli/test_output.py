"""What commands write, as real processes: the answer on stdout, talk on stderr, no noise, 80 columns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pyarrow.parquet as pq
import pytest

from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.redaction import escape_invisible
from tests.cli.project import AS_OF, GOOD, REAL, Project, Said, within
from tests.paths import ROOT

KEYS = {
    "schema", "verdict", "exit_code", "fail_on", "message", "run", "counts", "tables", "excluded", "not_covered", "not_run",
    "requirements", "notes", "runbook", "docs", "results", "evidence", "quarantine", "next", "error",
}  # fmt: skip
NO_GX = """\
import sys

from synth_expectations.cli import main

sys.argv = ["synth-expectations", *sys.argv[1:]]
try:
    main()
finally:
    heavy = {"great_expectations", "pandas", "pyspark", "scipy"} & set(sys.modules)
    assert not heavy, heavy
"""


def process(directory: Path, *arguments: str, code: str | None = None, width: str | None = None) -> Said:
    """A command in a process of its own, which is not a terminal."""
    variables = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "TERM"}}
    variables |= {"PYTHONPATH": str(ROOT)} | ({"COLUMNS": width} if width else {})
    start = ["-c", code] if code else ["-m", "synth_expectations"]
    done = subprocess.run(
        [sys.executable, *start, *arguments], cwd=directory, env=variables, capture_output=True, text=True, check=False
    )
    return Said(done.returncode, done.stdout, done.stderr)


def too_long(text: str) -> list[str]:
    return [line for line in text.splitlines() if len(line) > 80 and "file://" not in line]


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A small project in which one table fails, compiled."""
    from tests.cli.project import small_project

    root = tmp_path_factory.mktemp("failing")
    with within(root):
        project = small_project(root, lambda *arguments: process(root, *arguments))
        rows = [{**GOOD, "Id": f"s{i:02}", "IsSynthetic": None} for i in range(4)]
        project.table("contact", [GOOD, REAL, {**GOOD, "Id": "s9", "Method": "guesswork"}, *rows])
        project.compile()
        yield project


@pytest.fixture(scope="module")
def ran(failing: Project) -> Said:
    return process(failing.root, "run", "nightly", "--as-of", AS_OF)


def test_a_failing_run_reads_like_this(ran: Said, failing: Project) -> None:
    assert (ran.code, ran.err) == (1, "")
    lines = ran.out.splitlines()
    assert lines[0].startswith("nightly  as of 2026-11-01T00:00:00Z  run 20")
    assert lines[-3] == "Docs     synth-expectations docs"
    assert lines[-2].startswith("FAILED  2 failed, ")
    assert lines[-2].endswith("; exit 1")
    assert lines[-1].startswith("Evidence ")
    assert too_long(ran.out) == []
    untagged = lines.index("  Expect records to be tagged: 4 of 7 records (57 %) break a rule.")
    assert lines[untagged - 1 : untagged + 3] == [
        "FAILED   contact, critical, crm-data@retailer.example",
        "  Expect records to be tagged: 4 of 7 records (57 %) break a rule.",
        "    marker is missing          4",
        "  Id  s00  s01  s02  +1",
    ]
    assert "Why      synth-expectations explain expect_records_to_be_tagged" in lines
    assert "Runbook  https://wiki.retailer.example/synthetic" in lines


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("run", "--help"),
        ("init", "--help"),
        ("list",),
        *(("explain", each) for each in all_expectations()),
    ],
    ids=" ".join,
)
def test_answers_fit_a_page_of_80_columns(arguments: tuple[str, ...], tmp_path: Path, cli: Any) -> None:
    said = cli(*arguments)
    assert (said.code, said.err) == (0, "")
    assert said.out.strip()
    assert too_long(said.out) == []


def test_answers_that_need_no_great_expectations(failing: Project) -> None:
    for arguments in (("--help",), ("list",), ("explain", "expect_records_to_be_tagged"), ("compile", "--check")):
        said = process(failing.root, *arguments, code=NO_GX)
        assert said.code == 0, said.err
        assert said.out or arguments == ("compile", "--check")
    assert said.err == "3 suites, 1 checkpoint: as compiled\n"
    stale = process(failing.root, "compile", "--schema", code=NO_GX)
    assert json.loads(stale.out)["title"]


def test_the_document_has_the_same_keys_at_every_exit(failing: Project, cli: Any) -> None:
    with within(failing.root):
        passed = cli("run", "nightly", "--as-of", AS_OF, "--table", "send", "--output", "json")
        failed = cli("run", "nightly", "--as-of", AS_OF, "--output", "json")
        unknown = cli("run", "nigthly", "--output", "json")
    assert [said.code for said in (passed, failed, unknown)] == [0, 1, 2]
    for said in (passed, failed, unknown):
        document = said.json()
        assert set(document) == KEYS
        assert document["exit_code"] == said.code
        assert said.err == ""
    document = failed.json()
    assert document["verdict"] == "failed"
    assert document["counts"]["tables"] == {"failed": 1, "errored": 0, "passed": 2, "nothing_to_check": 0}
    assert document["run"]["as_of"] == "2026-11-01T00:00:00Z"
    assert document["run"]["policy"]["path"] == "policy.yml"
    assert document["run"]["policy"]["state"] == "unapproved"
    assert document["docs"] is None
    assert [Path(file).is_file() for file in document["results"]] == [True] * 3
    assert document["error"] is None
    assert unknown.json()["next"] == ["Did you mean nightly?"]
    assert set(unknown.json()["error"]) == {"code", "message", "hint", "file", "line"}


def test_junit(failing: Project, cli: Any) -> None:
    with within(failing.root):
        said = cli("run", "nightly", "--as-of", AS_OF, "--output", "junit")
    assert (said.code, said.err) == (1, "")
    root = Xml.fromstring(said.out)
    suites = {suite.get("name"): suite for suite in root}
    assert set(suites) == {"contact (whole table)", "customer (whole table)", "send (whole table)"}
    contact = suites["contact (whole table)"]
    assert contact.get("failures") == str(len(contact.findall("testcase/failure"))) == "2"
    (tagged,) = contact.findall("testcase[@name='expect_records_to_be_tagged']/failure")
    assert tagged.text == "marker is missing: 4\nId: s00, s01, s02, s03"
    assert suites["customer (whole table)"].findall("testcase/skipped")


def test_a_reader_that_goes_away(failing: Project) -> None:
    command = f"{sys.executable} -m synth_expectations list | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=failing.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("decisions\n", "")


def test_great_expectations_own_expectations_show_no_values(compiled: Project) -> None:
    compiled.edit(
        "    identifiers: {email: Email}\n    references:",
        "    expectations:\n"
        "      expect_column_values_to_be_in_set: {column: Email, value_set: [nobody@nowhere.example]}\n"
        "      expect_column_most_common_value_to_be_in_set: {column: Email, value_set: [a]}\n"
        "      expect_column_distinct_values_to_be_in_set: {column: Email, value_set: [a]}\n"
        "    identifiers: {email: Email}\n    references:",
    )
    compiled.compile()
    said = compiled.run()
    assert said.code == 1
    assert "Expect column values to be in set (Email): 3 of 3 records (100 %)" in said.out
    written = [
        file.read_text() for file in compiled.root.rglob("*") if file.suffix in {".json", ".html"} and file.is_file()
    ]
    assert any("expect_column_values_to_be_in_set" in text for text in written)
    assert any("expect_column_most_common_value_to_be_in_set" in text for text in written)
    assert not [text for text in [*written, said.out] if REAL["Email"] in text or GOOD["Email"] in text]


def test_what_a_key_holds_is_shown_and_not_obeyed(compiled: Project) -> None:
    """Escape sequences in record keys reach no terminal, JSON text, JUnit or page; the quarantine keeps them."""
    keys = ["\x1b]0;owned\x07", "\u202egnp.exe", "a\rb\x08c\x0b"]
    compiled.table("send", [{"SendId": key, "IsSynthetic": "true"} for key in keys])
    texts = [
        compiled.run("--output", form, "--quarantine", "found", "--docs").out for form in ("text", "json", "junit")
    ]
    texts += [page.read_text(encoding="utf-8") for page in compiled.root.rglob("docs/**/*.html")]
    for text in texts:
        assert escape_invisible(text, keep="\n") == text
    assert r"\x1b]0;owned\x07" in texts[0]
    assert any(r"\u202egnp.exe" in page for page in texts[3:])
    send = next(table for table in json.loads(texts[1])["tables"] if table["table"] == "send")
    [sample] = [each["sample"] for each in send["expectations"] if each["sample"]]
    assert set(sample["values"]) <= set(keys)
    [file, *_] = compiled.root.rglob("found/*/send.parquet")
    assert set(pq.read_table(file)["key"].to_pylist()) == set(keys)


@pytest.mark.parametrize(("umask", "public"), [(0o027, 0o640), (0o077, 0o600), (0o000, 0o666)])
def test_files_obey_the_umask_and_those_with_keys_are_private(project: Project, umask: int, public: int) -> None:
    project.table("send", [{"SendId": "m1", "IsSynthetic": "true"}])
    before = os.umask(umask)
    try:
        project.compile()
        project.run("--quarantine", "found", "--docs")
    finally:
        os.umask(before)
    private = [*project.root.rglob("validations/**/*.json"), *project.root.rglob("found/**/*.parquet")]
    written = [
        *project.root.rglob("suites/*.json"),
        *project.root.rglob("docs/**/*.html"),
        project.root / "great_expectations" / "great_expectations.yml",
    ]
    assert {file.stat().st_mode & 0o777 for file in private if file.is_file()} == {0o600}
    assert {file.stat().st_mode & 0o777 for file in written if file.is_file()} == {public}
