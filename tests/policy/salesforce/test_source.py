"""What `init --salesforce` writes: parsed back, and passing the gate."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
from xml.etree import ElementTree

import pytest
from ruamel.yaml import YAML

from synth_expectations.gate.model import Level
from synth_expectations.policy.salesforce.provenance_fields import KINDS
from tests.paths import ROOT
from tests.policy.salesforce.conftest import GUEST, MARKER, OBJECTS, Init, Project


def test_standard_and_custom_objects(init: Init, project: Project) -> None:
    project.write(f"{OBJECTS}/Guest__c/Guest__c.object-meta.xml", GUEST)
    ended = init("Contact", "lead", "Guest__c", "PersonAccount", "Contact")
    assert ended.code == 0, ended.err
    run = project.gate()
    assert [str(finding) for finding in run.findings] == []
    assert [file for file in run.unread if file.is_needed or file.path.startswith("synthetic-data")] == []
    folders = {path.name for path in (project.root / OBJECTS).iterdir()}
    assert folders == {"Contact", "Lead", "Guest__c", "Account"}
    root = ElementTree.fromstring(project.read(f"{OBJECTS}/Contact/fields/{MARKER}.field-meta.xml"))
    read = {element.tag.partition("}")[2]: element for element in root.iter()}
    assert (read["type"].text, read["restricted"].text, read["trackHistory"].text) == ("Picklist", "true", "true")
    assert "Person accounts are records of Account" in ended.err
    assert "when it is converted" in ended.err


def test_each_field_is_read_back_with_its_type(init: Init, project: Project) -> None:
    init("Contact")
    for kind in KINDS:
        root = ElementTree.fromstring(project.read(f"{OBJECTS}/Contact/fields/{kind.name}.field-meta.xml"))
        values = {element.tag.partition("}")[2]: element.text for element in root}
        assert (values["fullName"], values["type"], values["required"]) == (kind.name, kind.type, "false")
        assert "defaultValue" not in values
        assert [element.text for element in root.iter() if element.tag.endswith("}default")].count("true") == 0
        assert values.get("length") == (str(kind.length) if kind.length else None)
        tags = [element.tag for element in root]
        assert tags[1:] == sorted(tags[1:]), "sf retrieves elements by the alphabet, fullName first"


def test_the_gate_finds_what_is_taken_away(init: Init, project: Project) -> None:
    """The pass above can fail: each rule of metadata sees its part of what was written."""
    init("Contact")
    written = project.list()
    for rule, path, before, after in (
        ("SD010", f"{OBJECTS}/Contact/fields/SyntheticPurpose__c.field-meta.xml", "", None),
        ("SD011", f"{OBJECTS}/Contact/fields/{MARKER}.field-meta.xml", "<restricted>true", "<restricted>false"),
        ("SD012", f"{OBJECTS}/Contact/fields/{MARKER}.field-meta.xml", "<trackHistory>true", "<trackHistory>false"),
        ("SD013", f"{OBJECTS}/Contact/Contact.object-meta.xml", "Years>1<", "Years>0<"),
        ("SD014", "great_expectations/policy.yml", "may_edit: [Synthetic_Data_Steward]", "may_edit: [Other]"),
    ):
        path_ = project.root / path
        if after is None:
            path_.unlink()
        else:
            path_.write_text(project.read(path).replace(before, after), encoding="utf-8")
        assert rule in {name for name, _ in project.find_levels()}, rule
        path_.write_bytes(written[path])
    assert project.find_levels() == set()


def test_a_second_run_changes_nothing(init: Init, project: Project) -> None:
    init("Contact", "Account")
    before = project.list()
    ended = init("Contact", "Account")
    assert (ended.code, ended.out) == (0, "")
    assert "Nothing to write" in ended.err
    assert project.list() == before


def test_objects_of_packages_and_objects_without_history(init: Init, project: Project) -> None:
    ended = init("npsp__Guest__c", "User", "Other__c")
    assert ended.code == 0
    for name in ("npsp__Guest__c", "User"):
        assert f"{name} keeps no history" in ended.err
        assert "trackHistory" not in project.read(f"{OBJECTS}/{name}/fields/{MARKER}.field-meta.xml")
        assert not (project.root / OBJECTS / name / f"{name}.object-meta.xml").exists()
    assert "Other__c has no object-meta.xml here" in ended.err
    assert project.find_levels() == set()
    assert 'ALTER TABLE "npsp_guest"' in project.read("synthetic-data/npsp__Guest__c.sql")


def test_without_audit_trail_the_gate_says_that_history_is_short(init: Init, project: Project) -> None:
    ended = init("Contact", "--no-audit-trail")
    assert "historyRetentionPolicy" not in project.read(f"{OBJECTS}/Contact/Contact.object-meta.xml") + ended.err
    assert project.find_levels() == {("SD013", Level.WARNING.value)}


def test_what_lies_beside_the_metadata(init: Init, project: Project) -> None:
    init("Contact")
    step = YAML(typ="safe").load(project.read("synthetic-data/Contact.mapping.yml"))["Contact"]
    assert step == {"sf_object": "Contact", "static": {MARKER: "synthetic"}}
    stamp = json.loads(project.read("synthetic-data/Contact.sfdmu.json"))
    project.write("data/export.json", json.dumps({"runnableInProduction": True, "objects": [stamp]}))
    project.write("data/Contact.csv", "LastName,Email\nMoor,a@example.com\n")
    assert project.find_levels() == {("SD003", "warning")}, "the stamp tags the load"
    with sqlite3.connect(":memory:") as database:
        database.execute('CREATE TABLE "contact" (id TEXT)')
        database.executescript(project.read("synthetic-data/Contact.sql"))
        names = [column[1] for column in database.execute('PRAGMA table_info("contact")')]
    assert names == ["id", *(kind.name for kind in KINDS)]
    table = YAML(typ="safe").load(project.read("synthetic-data/Contact.table.yml"))["contact"]
    assert table["columns"] == {"key": "Id", **{kind.word: kind.name for kind in KINDS[1:]}}
    project.write("synthetic-data/Contact.sql", "-- mine\n")
    ended = init("Contact")
    assert "Contact.sql exists and differs" in ended.err
    assert project.read("synthetic-data/Contact.sql") == "-- mine\n"


def test_the_commands_of_the_page_run(init: Init, project: Project) -> None:
    """Word for word, in their order, in a project whose package is called as the page calls it."""
    page = (ROOT / "docs" / "salesforce.md").read_text(encoding="utf-8")
    commands = re.findall(r"^synth-expectations init --salesforce (.*)$", page, re.MULTILINE)
    assert len(commands) >= 2
    project.write("sfdx-project.json", json.dumps({"packageDirectories": [{"path": "force-app", "default": True}]}))
    for command in commands:
        ended = init(*shlex.split(command))
        assert ended.code == 0, ended.err
    listed = re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)
    written = project.list()
    for path in listed:
        stem = path.partition("…")[0]
        assert any(stem in name for name in written), path


@pytest.mark.parametrize("package", [".", "force-app/main/default", "src"])
def test_packages_of_other_shapes(init: Init, project: Project, package: str) -> None:
    project.write("sfdx-project.json", json.dumps({"packageDirectories": [{"path": package}]}))
    (project.root / "src" / "objects").mkdir(parents=True)
    assert init("Contact").code == 0
    assert project.find_levels() == set()
    before = project.list()
    assert init("Contact", "--out", package).out == ""
    assert project.list() == before
