"""What is bound for production and was not read, or in which nothing was seen, is said; nothing goes by without a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.gate.conftest import Gate
from tests.gate.texts import PEOPLE

PROJECT = """
flows: {install_prod: {steps: {1: {task: people}}}}
tasks: {people: {class_path: tasks.bulkdata.snowfakery.Snowfakery, options: {recipe: recipes/people.yml}}}
"""
EXPORT = '{"runnableInProduction": "true", "objects": [{"query": "SELECT Id FROM Contact", "operation": "Insert"}]}'


@dataclass(frozen=True)
class Seen:
    """Files, and what the gate says of them with its exit code."""

    files: Mapping[str, str]
    code: int
    says: str
    arguments: tuple[str, ...] = field(default=("--production", "data/**"))


SEEN = {
    "an archive": Seen(
        {"data/Contact.zip": "PK"},
        2,
        "data/Contact.zip: the gate does not read its format. It is bound for production",
    ),
    "an archive that only a wildcard reaches": Seen(
        {"data/Contact.zip": "PK"}, 0, "the gate does not read its format", ("--production", "**")
    ),
    "a file without an ending": Seen({"data/Contact": PEOPLE}, 1, "data/Contact: SD001 2 of 2"),
    "a text of people in fixed places": Seen(
        {"data/people.txt": "1  Moor  a@b.example\n"}, 0, "the gate does not read its format"
    ),
    "a manifest of a tool": Seen(
        {"data/api.yaml": "openapi: 3.0.0\ninfo: {contact: {email: a@example.com, last_name: Moor}}\n"},
        0,
        "data/api.yaml: It is a document of OpenAPI",
    ),
    "fields in another alphabet": Seen({"data/Contact.csv": "区分,姓\n山田,a\n"}, 0, "Contact.csv: SD002"),
    "addresses under a field of another name": Seen(
        {"data/list.csv": "区分,宛先\n山田,a@example.com\n"}, 1, "a column of addresses was told by its values"
    ),
    "records of another alphabet": Seen(
        {"data/list.csv": "区分,宛先\n山田,a\n"}, 0, "data/list.csv: No person was seen"
    ),
    "records without names": Seen({"data/people.json": '[["x", "y"], ["Moor", "Ann"]]'}, 0, "people.json: No person"),
    "a directory that was renamed": Seen(
        {"data/prd/Contact.csv": PEOPLE},
        0,
        "--production names data/prod/**, and no file",
        ("--production", "data/prod/**"),
    ),
    "a pointer of Git LFS": Seen(
        {"data/Contact.csv": "version https://git-lfs.github.com/spec/v1\noid sha256:0\n"}, 2, "a pointer of Git LFS"
    ),
    "a quote that swallows the rest": Seen(
        {"data/Contact.csv": 'Email,LastName\na@corp.example,"Moor\n' + "b.lund@example.com,Lund\n" * 9},
        2,
        "a quote is not closed",
    ),
    "leads called marketing": Seen({"data/marketing_leads.csv": "Name," + PEOPLE[9:]}, 1, "SD001"),
    "a flag of pandas": Seen(
        {"data/Contact.csv": PEOPLE.replace("\n", ",IsSynthetic__c\n", 1).replace(".com", ".com,0.0")}, 1, "SD001"
    ),
    "a sidecar with an unknown word": Seen(
        {"data/Contact.csv": PEOPLE, "data/Contact.csv.synthetic.yml": "marker: perhaps\n"},
        1,
        "a marker that is not a known word",
    ),
    "a script that says true in quotes": Seen(
        {
            "data/export.json": EXPORT,
            "data/Contact.csv": PEOPLE,
        },
        1,
        "SD001",
        (),
    ),
    "a recipe that calls itself real": Seen(
        {
            "cumulusci.yml": PROJECT,
            "recipes/people.yml": "- object: Contact\n  fields: {LastName: {fake: last_name}, IsSynthetic__c: 'false'}\n",
        },
        1,
        "SD001",
        (),
    ),
    "an include that is broken": Seen(
        {"policy.yml": "include: more.yml\n", "more.yml": "a: [", "data/Contact.csv": PEOPLE},
        2,
        "includes more.yml, which cannot be read",
        ("--policy", "policy.yml"),
    ),
    "a pipeline that names its files by a variable": Seen(
        {"ci/deploy.yml": "run: sf data import tree -p $PLAN -o prod\n", "data/Contact.csv": PEOPLE},
        0,
        "ci/deploy.yml: A load into the org prod names its files by a variable",
        (),
    ),
    "a pipeline that names a file that is not there": Seen(
        {"ci/deploy.yml": "run: sf data import tree -p data/plan.json -o prod\n"},
        0,
        "A load into the org prod names data/plan.json, which is not there",
        (),
    ),
    "a list that is none": Seen(
        {".sfdx-hardis.yml": "commandsPostDeploy: 5\n", "data/Contact.csv": PEOPLE}, 0, "SD020", ()
    ),
}


@pytest.mark.parametrize("name", SEEN)
def test_it_is_said(name: str, gate: Gate, tmp_path: Path) -> None:
    seen = SEEN[name]
    for path, text in seen.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    ended = gate(*seen.arguments)
    said = ended.out + ended.err
    assert (ended.code, "bug" in said) == (seen.code, False), said
    assert seen.says in said


def test_a_dead_link_that_is_bound_for_production(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/Contact.csv").symlink_to(tmp_path / "gone.csv")
    ended = gate("--production", "data/**")
    assert ended.code == 2
    assert "NOT READ  data/Contact.csv: it is a link to a file that is not there" in ended.out


@pytest.mark.parametrize(
    "named", ["node_modules/people", "node_modules/people/data", "node_modules/people/data/Contact.csv"]
)
def test_a_path_in_a_directory_that_is_skipped_is_read_if_it_is_named(gate: Gate, tmp_path: Path, named: str) -> None:
    (tmp_path / "node_modules/people/data").mkdir(parents=True)
    (tmp_path / "node_modules/people/data/Contact.csv").write_text(PEOPLE, encoding="utf-8")
    assert "0 files and 0 records read" in gate("--production", "**").out
    ended = gate(named, "--production", "**")
    assert (ended.code, "node_modules/people/data/Contact.csv: SD001" in ended.out) == (1, True), ended.out
