"""What `init --salesforce` writes: parsed back, passing the gate, and merged with what the project has."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from ruamel.yaml import YAML

from synth_expectations.gate.model import Level
from synth_expectations.policy.gate_section import GateSection
from synth_expectations.policy.salesforce.provenance_fields import KINDS
from tests.paths import ROOT
from tests.policy.salesforce.conftest import XMLNS, Ended, Project

Init = Callable[..., Ended]
OBJECTS = "crm-app/main/default/objects"
MARKER = "RecordOrigin__c"
GUEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<CustomObject {XMLNS}>
    <!-- the guests of our hotels -->
    <deploymentStatus>Deployed</deploymentStatus>
    <enableHistory>false</enableHistory>
    <label>Guest</label>
    <nameField><label>Name</label><type>Text</type></nameField>
    <pluralLabel>Guests</pluralLabel>
    <sharingModel>ReadWrite</sharingModel>
</CustomObject>
"""


def picklist(
    name: str, values: tuple[str, ...], *, restricted: bool = True, default: bool = False, type_: str = "Picklist"
) -> str:
    listed = "".join(
        f"<value><fullName>{value}</fullName><default>{str(default).lower()}</default><label>{value}</label></value>\n"
        for value in values
    )
    return (
        f"<CustomField {XMLNS}>\n\t<fullName>{name}</fullName>\n\t<label>Ours</label>\n\t<trackHistory>false</trackHistory>\n"
        f"\t<type>{type_}</type>\n\t<valueSet>\n\t\t<restricted>{str(restricted).lower()}</restricted>\n"
        f"\t\t<valueSetDefinition>\n\t\t\t<sorted>false</sorted>\n{listed}\t\t</valueSetDefinition>\n\t</valueSet>\n</CustomField>\n"
    )


def text_field(name: str, type_: str, more: str = "") -> str:
    return f"<CustomField {XMLNS}><fullName>{name}</fullName><type>{type_}</type>{more}</CustomField>"


def find_levels(project: Project) -> set[tuple[str, str]]:
    return {(finding.rule, finding.level.value) for finding in project.gate().findings}


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
        assert rule in {name for name, _ in find_levels(project)}, rule
        path_.write_bytes(written[path])
    assert find_levels(project) == set()


def test_a_second_run_changes_nothing(init: Init, project: Project) -> None:
    init("Contact", "Account")
    before = project.list()
    ended = init("Contact", "Account")
    assert (ended.code, ended.out) == (0, "")
    assert "Nothing to write" in ended.err
    assert project.list() == before


def test_existing_metadata_is_merged_and_every_other_byte_stays(init: Init, project: Project) -> None:
    guest = GUEST.replace("\n", "\r\n").encode("utf-8-sig")
    project.write("base/main/default/objects/Guest__c/Guest__c.object-meta.xml", guest)
    marker = project.write(
        f"base/main/default/objects/Guest__c/fields/{MARKER}.field-meta.xml", picklist(MARKER, ("synthetic", "real"))
    )
    before = marker.read_text(encoding="utf-8")
    rights = (
        f"<PermissionSet {XMLNS}>\n  <description>Ours</description>\n  <fieldPermissions>\n    <editable>true</editable>\n"
        f"    <field>Guest__c.{MARKER}</field>\n    <readable>true</readable>\n  </fieldPermissions>\n"
        "  <label>Stewards</label> <!-- kept -->\n</PermissionSet>\n"
    )
    project.write("base/main/default/permissionsets/Synthetic_Data_Steward.permissionset-meta.xml", rights)
    ended = init("guest__c")
    assert ended.code == 0, ended.err
    assert "added enableHistory, historyRetentionPolicy" in ended.out
    assert "added trackHistory, the values partial, masked" in ended.out
    merged = (project.root / "base/main/default/objects/Guest__c/Guest__c.object-meta.xml").read_bytes()
    assert merged.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in merged.replace(b"\r\n", b"")
    lines = merged.decode("utf-8-sig").split("\r\n")
    kept = [line for line in GUEST.split("\n") if "enableHistory" not in line]
    assert [line for line in lines if line in kept] == kept
    assert b"    <enableHistory>true</enableHistory>" in merged
    after = marker.read_text(encoding="utf-8")
    assert set(before.split("\n")) - set(after.split("\n")) == {"\t<trackHistory>false</trackHistory>"}
    merged_rights = project.read("base/main/default/permissionsets/Synthetic_Data_Steward.permissionset-meta.xml")
    assert "  <label>Stewards</label> <!-- kept -->" in merged_rights
    assert merged_rights.count("<fieldPermissions>") == len(KINDS)
    assert not (project.root / OBJECTS / "Guest__c/Guest__c.object-meta.xml").exists(), (
        "it is declared in the base package"
    )
    assert (project.root / OBJECTS / "Guest__c/fields/SyntheticSource__c.field-meta.xml").is_file()
    assert find_levels(project) == set()


CONFLICTS = {
    "a checkbox": (MARKER, text_field(MARKER, "Checkbox"), "exists and is a Checkbox, not a Picklist", "--marker"),
    "a formula": (
        "SyntheticSource__c",
        text_field("SyntheticSource__c", "Text", "<formula>1</formula>"),
        "a formula",
        "columns.source",
    ),
    "a number": ("SyntheticPurpose__c", text_field("SyntheticPurpose__c", "Number"), "is a Number", "columns.purpose"),
    "no type": (
        "SyntheticMethod__c",
        f"<CustomField {XMLNS}><fullName>x</fullName></CustomField>",
        "without a type",
        "policy",
    ),
    "not restricted": (MARKER, picklist(MARKER, ("real",), restricted=False), "takes any word", "Restrict it in"),
    "a default": (MARKER, picklist(MARKER, ("real",), default=True), "has a default", "Remove the default"),
    "several words": (
        MARKER,
        picklist(MARKER, ("real",), type_="MultiselectPicklist"),
        "MultiselectPicklist",
        "--marker",
    ),
    "broken": (MARKER, "<CustomField><fullName>", "is not valid XML at line 1", "Fix it first"),
    "a bomb": (MARKER, '<!DOCTYPE a [<!ENTITY b "c">]><CustomField>&b;</CustomField>', "document type", "Fix it first"),
    "UTF-16": (MARKER, picklist(MARKER, ("real",)).encode("utf-16"), "is not UTF-8", "Convert it"),
}


@pytest.mark.parametrize("kind", CONFLICTS)
def test_a_field_of_the_same_name_that_is_another_one(init: Init, project: Project, kind: str) -> None:
    name, content, message, hint = CONFLICTS[kind]
    project.write(f"base/main/default/objects/Contact/fields/{name.lower()}.field-meta.xml", content)
    before = project.list()
    ended = init("Lead", "Contact")
    assert ended.code == 2
    assert message in ended.err
    assert hint in ended.err
    assert "Traceback" not in ended.err
    assert project.list() == before, "nothing is written before everything is checked"


WRONG = {
    "no object": ([], "Name the objects."),
    "metadata": (["Rate__mdt"], "is custom metadata"),
    "an event": (["Order__e"], "is a platform event"),
    "a task": (["Task"], "Name Activity"),
    "a slip": (["Contcat"], "Did you mean Contact?"),
    "no API name": (["Guest Book"], "is not a name of an object"),
    "hostile": (["../../<script>"], "is not a name of an object"),
    "ten thousand letters": (["x" * 10_000], "is not a name of an object"),
    "a package that is none": (["Contact", "--out", "elsewhere"], "It has base, crm-app"),
    "a marker that is none": (["Contact", "--marker", "RecordOrigin"], "ends with __c"),
    "tables too": (["Contact", "--name", "contact"], "takes objects, and no tables"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_wrong_use(init: Init, project: Project, kind: str) -> None:
    arguments, message = WRONG[kind]
    before = project.list()
    ended = init(*arguments)
    assert (ended.code, message in ended.err) == (2, True), ended.err
    assert project.list() == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "sfdx-project.json: it is not valid JSON at line 1"),
        ("[]", "lists no packageDirectories"),
        ('{"packageDirectories": [{"path": "../other"}]}', "outside of the project"),
    ],
)
def test_a_project_file_that_is_wrong(init: Init, project: Project, text: str, message: str) -> None:
    project.write("sfdx-project.json", text)
    ended = init("Contact")
    assert (ended.code, message in ended.err) == (2, True), ended.err


def test_without_a_project_file_the_directory_is_named(init: Init, project: Project) -> None:
    (project.root / "sfdx-project.json").unlink()
    assert "Name the package directory: --out force-app" in init("Contact").err
    assert init("Contact", "--out", "force-app").code == 0
    assert (project.root / "force-app/main/default/objects/Contact/fields" / f"{MARKER}.field-meta.xml").is_file()
    assert find_levels(project) == set()


def test_the_old_format_is_refused(init: Init, project: Project) -> None:
    project.write("crm-app/objects/Contact.object", f"<CustomObject {XMLNS}><fields/></CustomObject>")
    assert "sf project convert mdapi" in init("Contact").err


def test_objects_of_packages_and_objects_without_history(init: Init, project: Project) -> None:
    ended = init("npsp__Guest__c", "User", "Other__c")
    assert ended.code == 0
    for name in ("npsp__Guest__c", "User"):
        assert f"{name} keeps no history" in ended.err
        assert "trackHistory" not in project.read(f"{OBJECTS}/{name}/fields/{MARKER}.field-meta.xml")
        assert not (project.root / OBJECTS / name / f"{name}.object-meta.xml").exists()
    assert "Other__c has no object-meta.xml here" in ended.err
    assert find_levels(project) == set()
    assert 'ALTER TABLE "npsp_guest"' in project.read("synthetic-data/npsp__Guest__c.sql")


def test_a_link_is_not_written_over(init: Init, project: Project) -> None:
    outside = project.root.parent / f"{project.root.name}-outside.xml"
    outside.write_text("mine", encoding="utf-8")
    link = project.root / OBJECTS / "Contact" / "fields" / f"{MARKER}.field-meta.xml"
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    ended = init("Contact")
    assert (ended.code, "is not a file that the project can read" in ended.err) == (2, True), ended.err
    assert outside.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(("tracked", "code"), [(13, 0), (19, 0), (20, 2)])
def test_salesforce_tracks_twenty_fields(init: Init, project: Project, tracked: int, code: int) -> None:
    for number in range(tracked):
        field = text_field(f"F{number}__c", "Text", "<trackHistory>true</trackHistory>")
        project.write(f"{OBJECTS}/Contact/fields/F{number}__c.field-meta.xml", field)
    ended = init("Contact")
    assert ended.code == code, ended.err
    written = [content for content in project.list().values() if b"<trackHistory>true</trackHistory>" in content]
    assert len(written) == 20
    assert ("is not tracked" in ended.err) == (tracked == 19)
    assert "tracks 20 fields already" in ended.err or code == 0


def test_a_permission_set_that_says_the_opposite(init: Init, project: Project) -> None:
    rights = (
        f"<PermissionSet {XMLNS}><fieldPermissions><editable>true</editable><field>contact.recordorigin__c</field>"
        "<readable>true</readable></fieldPermissions><label>Readers</label></PermissionSet>"
    )
    project.write("base/permissionsets/Synthetic_Data_Reader.permissionset-meta.xml", rights)
    ended = init("Contact")
    assert (ended.code, "Synthetic_Data_Reader may edit Contact.RecordOrigin__c" in ended.err) == (2, True), ended.err


def test_without_audit_trail_the_gate_says_that_history_is_short(init: Init, project: Project) -> None:
    ended = init("Contact", "--no-audit-trail")
    assert "historyRetentionPolicy" not in project.read(f"{OBJECTS}/Contact/Contact.object-meta.xml") + ended.err
    assert find_levels(project) == {("SD013", Level.WARNING.value)}


def test_what_lies_beside_the_metadata(init: Init, project: Project) -> None:
    init("Contact")
    step = YAML(typ="safe").load(project.read("synthetic-data/Contact.mapping.yml"))["Contact"]
    assert step == {"sf_object": "Contact", "static": {MARKER: "synthetic"}}
    stamp = json.loads(project.read("synthetic-data/Contact.sfdmu.json"))
    project.write("data/export.json", json.dumps({"runnableInProduction": True, "objects": [stamp]}))
    project.write("data/Contact.csv", "LastName,Email\nMoor,a@example.com\n")
    assert find_levels(project) == {("SD003", "warning")}, "the stamp tags the load"
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


POLICIES = {
    "no gate": "version: 1\nowner: a\n",
    "an empty gate": "version: 1\ngate:  # ours\nowner: a\n",
    "a gate without objects": "gate:\n    # first\n    min_history: P3Y\nowner: a\n",
    "objects that are empty": "gate:\n  objects:\n  production: [data]\n",
    "another object": "gate:\n  objects:\n      Case: {marker: A__c} # ours\n  production: [data]\nowner: a",
    "a mark": "\ufeffversion: 1\n",
    "line ends of Windows": "version: 1\r\ngate:\r\n  objects:\r\n    Case: {marker: A__c}\r\n",
}


@pytest.mark.parametrize("kind", POLICIES)
def test_a_policy_gets_new_lines_and_no_other_change(init: Init, project: Project, kind: str) -> None:
    text = POLICIES[kind]
    project.write("great_expectations/policy.yml", text)
    ended = init("Contact")
    assert ended.code == 0, ended.err
    assert init("Contact").out == ""
    after = project.read("great_expectations/policy.yml")
    added = [line for line in after.splitlines() if line not in text.splitlines()]
    assert [line for line in after.splitlines() if line in text.splitlines()] == text.splitlines()
    assert [line.strip() for line in added if line.strip() not in {"", "gate:", "objects:"}] == [
        line.strip() for line in added if line.strip().startswith("Contact: {marker: RecordOrigin__c,")
    ]
    assert ("\r\n" in after) == ("\r\n" in text)
    GateSection.model_validate(YAML(typ="safe").load(after)["gate"])
    assert find_levels(project) == set()


@pytest.mark.parametrize("text", ["gate: {production: [a]}\n", "gate:\n  objects: {Case: {marker: A__c}}\n"])
def test_a_policy_in_braces_is_left_alone(init: Init, project: Project, text: str) -> None:
    project.write("great_expectations/policy.yml", text)
    before = project.list()
    ended = init("Contact")
    assert (ended.code, "is written in braces" in ended.err, "Contact: {marker" in ended.err) == (2, True, True)
    assert project.list() == before


def test_names_and_words_are_those_of_the_policy(init: Init, project: Project) -> None:
    columns = "{key: Id, source: Origin_System__c, generated_at: generated}"
    project.write("great_expectations/more.yml", f"tables: {{person: {{columns: {columns}}}}}\n")
    policy = (
        "include: [more.yml]\ndefaults: {marker: {column: Kind__c, synthetic: [made up], real: [customer]}}\n"
        "gate:\n  objects:\n    Contact: {table: person, marker: Kind__c, may_edit: [Admin]}\n"
    )
    project.write("great_expectations/policy.yml", policy)
    ended = init("Contact")
    assert ended.code == 0, ended.err
    names = {path.name.partition(".")[0] for path in (project.root / OBJECTS / "Contact/fields").iterdir()}
    assert {"Kind__c", "Origin_System__c", "SyntheticGeneratedAt__c"} <= names
    assert MARKER not in names
    marker = project.read(f"{OBJECTS}/Contact/fields/Kind__c.field-meta.xml")
    assert re.findall("<fullName>(.*?)</fullName>", marker) == ["Kind__c", "made up", "customer"]
    assert "name Synthetic_Data_Steward in gate.objects.Contact.may_edit" in ended.err
    assert "gate.objects.Contact asks for generated, which init does not write" in ended.err
    assert find_levels(project) == {("SD010", "error"), ("SD014", "warning")}


def test_a_draft_policy_is_completed_by_a_person(init: Init, project: Project) -> None:
    init("Contact")
    data = YAML(typ="safe").load(project.read("great_expectations/policy.yml"))
    assert data["owner"] == data["tables"]["contact"]["parquet"] == "TODO"
    GateSection.model_validate(data["gate"])


def test_a_project_of_great_expectations_gets_no_policy(init: Init, project: Project) -> None:
    project.write("great_expectations/great_expectations.yml", "config_version: 4\n")
    assert "Keep the policy apart with --project NAME" in init("Contact").err


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
    assert find_levels(project) == set()
    before = project.list()
    assert init("Contact", "--out", package).out == ""
    assert project.list() == before


def test_a_directory_that_cannot_be_written(init: Init, project: Project) -> None:
    project.write("crm-app", "a file, and no directory")
    ended = init("Contact")
    assert (ended.code, "Traceback" in ended.err, "bug" in ended.err) == (2, False, False), ended.err
