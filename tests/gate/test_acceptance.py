"""Waivers, baselines and exit codes."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from synth_expectations.gate.settings import OBJECT_KEYS, SECTION_KEYS
from synth_expectations.policy.gate_section import GateObjectEntry, GateSection, GateWaiver
from tests.gate.conftest import CONTACTS, VALUES, Gate
from tests.paths import ROOT

WAIVER = """
gate:
  accept:
    - {{rule: SD001, path: "scripts/**", reason: the pilot, approved_by: dpo@retailer.example, until: "{until}"}}
"""


def _write_policy(root: Path, text: str) -> None:
    (root / "great_expectations").mkdir(exist_ok=True)
    (root / "great_expectations" / "policy.yml").write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("contacts")
def test_a_waiver_accepts_and_is_shown(gate: Gate, tmp_path: Path) -> None:
    _write_policy(tmp_path, WAIVER.format(until="2999-01-01"))
    ended = gate()
    assert ended.code == 0
    assert "(accepted)" in ended.out
    assert "1 accepted" in ended.out
    results = json.loads(gate("--output", "sarif").out)["runs"][0]["results"]
    assert [result["suppressions"][0]["status"] for result in results if result["ruleId"] == "SD001"] == ["accepted"]


@pytest.mark.usefixtures("contacts")
def test_an_expired_waiver_is_errored(gate: Gate, tmp_path: Path) -> None:
    _write_policy(tmp_path, WAIVER.format(until="2020-01-01"))
    ended = gate()
    assert (ended.code, "expired on 2020-01-01" in ended.out) == (2, True)


@pytest.mark.usefixtures("contacts")
def test_a_waiver_of_another_path_accepts_nothing(gate: Gate, tmp_path: Path) -> None:
    _write_policy(tmp_path, WAIVER.format(until="2999-01-01").replace("scripts/**", "data/**"))
    assert gate().code == 1


@pytest.mark.usefixtures("contacts")
@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ("acept: []", "Did you mean accept?"),
        ("accept: [{rule: SD001, path: a}]", "lacks reason, approved_by, until"),
        ("accept: {rule: SD001}", "is not a list"),
        ("accept: [{rule: SD001, path: a, reason: b, approved_by: c, until: soon}]", "is not a day"),
        ("objects: {Contact: {table: people}}", "names a table that the policy does not have"),
        ("objects: {Contact: {}}", "names no marker"),
        ("min_history: 25", "P25M"),
        ("[production]", "gate is not a mapping"),
    ],
)
def test_a_policy_that_is_wrong_is_an_error(gate: Gate, tmp_path: Path, section: str, sentence: str) -> None:
    _write_policy(tmp_path, f"gate:\n  {section}\n")
    ended = gate()
    assert (ended.code, sentence in ended.err) == (2, True), ended.err


def test_a_baseline_knows_records_and_not_lines(gate: Gate, contacts: Path) -> None:
    assert gate("--write-baseline", "gate.json").code == 0
    assert [value for value in VALUES if value in Path("gate.json").read_text(encoding="utf-8")] == []
    assert gate("--baseline", "gate.json").code == 0
    contacts.write_text(CONTACTS + ",Ann,Moor,a.moor@example.com,617-555-0101,\n", encoding="utf-8")
    assert gate("--baseline", "gate.json").code == 1
    header, first, second = CONTACTS.splitlines()
    contacts.write_text("\n".join([header, "", first, "", second]), encoding="utf-8")
    assert gate("--baseline", "gate.json").code == 0


@pytest.mark.usefixtures("contacts")
@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"version": 9, "results": []}', '{"version": 1, "results": [{}]}', "[" * 99_999],
    ids=["empty", "object", "list", "version", "entry", "deep"],
)
def test_a_baseline_that_is_none_is_an_error(gate: Gate, tmp_path: Path, text: str) -> None:
    (tmp_path / "gate.json").write_text(text, encoding="utf-8")
    ended = gate("--baseline", "gate.json")
    assert (ended.code, "baseline" in ended.err or "version" in ended.err) == (2, True)


@pytest.mark.usefixtures("contacts")
@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere"],
        ["--baseline", "nowhere"],
        ["--policy", "nowhere"],
        ["--output", "xml"],
        ["--output-file", "no/where"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_two(gate: Gate, arguments: list[str]) -> None:
    ended = gate(*arguments)
    assert (ended.code, bool(ended.err), "Traceback" in ended.err) == (2, True, False)


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 0), ("note", 1)])
def test_fail_on(gate: Gate, tmp_path: Path, level: str, code: int) -> None:
    (tmp_path / "Contact.csv").write_text("LastName,Email\nMoor,a@example.com\n", encoding="utf-8")
    assert gate("--fail-on", level).code == code


def test_an_empty_tree_passes_and_says_so(gate: Gate) -> None:
    ended = gate()
    assert (ended.code, ended.out) == (0, "0 files and 0 records read: 0 errors, 0 warnings, 0 notes.\n")


def test_a_root_that_was_guessed_is_said(gate: Gate, contacts: Path, tmp_path: Path) -> None:
    """Without a .git the root is a guess: the export.json above the path may lie outside of it."""
    (tmp_path / ".git").rmdir()
    ended = gate()
    assert (ended.code, "NOTE      .: No .git was found above, so the root is the working directory" in ended.out) == (
        1,
        True,
    )
    os.chdir(contacts.parents[2])  # not above `tmp_path`: there are the files of all tests
    ended = gate(str(contacts))
    assert "SD001" in ended.out
    os.chdir("/")
    with_root = gate(str(contacts.parent), "--root", str(tmp_path))
    assert (with_root.code, "No .git" in with_root.out) == (1, False)


@pytest.mark.usefixtures("contacts")
def test_as_of_is_the_day_of_waivers_and_approvals(gate: Gate, tmp_path: Path) -> None:
    _write_policy(tmp_path, WAIVER.format(until="2026-06-30"))
    assert gate("--as-of", "2026-06-30").code == 0
    ended = gate("--as-of", "2026-07-01", "--output", "json")
    assert (ended.code, json.loads(ended.out)["as_of"]) == (2, "2026-07-01")
    assert gate("--as-of", "tomorrow").err.endswith("tomorrow is not a day: write it as 2026-11-30.\n")


def test_an_approval_ends_with_its_last_day(gate: Gate, tmp_path: Path, contacts: Path) -> None:
    contacts.write_text("LastName,Email,IsSynthetic__c\nMoor,a@example.com,true\n", encoding="utf-8")
    approval = 'gate: {approved: [{path: "scripts/**", reason: pilot, approved_by: dpo, until: "2026-06-30"}]}\n'
    _write_policy(tmp_path, approval)
    assert "SD003" not in gate("--as-of", "2026-06-30").out
    assert "the approval has expired" in gate("--as-of", "2026-07-01").out


def test_results_are_about_the_paths_and_context_is_not(gate: Gate, contacts: Path) -> None:
    assert gate("scripts/data/People/Contact.csv").code == 1
    other = contacts.parents[3] / "elsewhere"
    other.mkdir()
    assert gate(str(other)).code == 0


def test_the_policy_and_the_gate_know_the_same_keys() -> None:
    """Two readers: the policy's own checks the whole file, the gate reads its part without the packages of the other."""
    section = GateSection.model_fields
    assert set(section) == set(SECTION_KEYS)
    assert set(GateObjectEntry.model_fields) == set(OBJECT_KEYS)
    assert set(GateWaiver.model_fields) == {"rule", "path", "reason", "approved_by", "until"}


def test_the_policy_of_the_docs_is_valid(gate: Gate, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "gate.md").read_text(encoding="utf-8")
    text = next(block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if block.startswith("gate:"))
    section = YAML(typ="safe").load(text)["gate"]
    GateSection.model_validate(section)
    table = "tables: {contact: {marker: {column: RecordOrigin__c}, columns: {source: SyntheticSource__c}}}\n"
    _write_policy(tmp_path, table + text)
    assert gate().code == 0
