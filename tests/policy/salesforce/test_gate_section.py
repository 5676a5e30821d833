"""What `init --salesforce` adds to a policy, and what it takes from it."""

from __future__ import annotations

import re

import pytest
from ruamel.yaml import YAML

from synth_expectations.policy.gate_section import GateSection
from tests.policy.salesforce.conftest import MARKER, OBJECTS, Init, Project

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
    assert project.find_levels() == set()


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
    assert project.find_levels() == {("SD010", "error"), ("SD014", "warning")}


def test_a_draft_policy_is_completed_by_a_person(init: Init, project: Project) -> None:
    init("Contact")
    data = YAML(typ="safe").load(project.read("great_expectations/policy.yml"))
    assert data["owner"] == data["tables"]["contact"]["parquet"] == "TODO"
    GateSection.model_validate(data["gate"])


def test_a_project_of_great_expectations_gets_no_policy(init: Init, project: Project) -> None:
    project.write("great_expectations/great_expectations.yml", "config_version: 4\n")
    assert "Keep the policy apart with --project NAME" in init("Contact").err
