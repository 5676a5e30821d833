"""Metadata that the project has already: merged, or refused where it says the opposite."""

from __future__ import annotations

import pytest

from synth_expectations.policy.salesforce.provenance_fields import KINDS
from tests.policy.salesforce.conftest import GUEST, MARKER, OBJECTS, XMLNS, Init, Project


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
    assert project.find_levels() == set()


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
