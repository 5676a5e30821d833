"""Files of each encoding are read, whether they are data or decide what is bound for production."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gate.conftest import Gate, write
from tests.gate.texts import PEOPLE, TREE

ENCODINGS = ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "latin-1"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("path", ["data/Contact.csv", "data/contacts.jsonl", "data/Contacts.json"])
def test_encodings(gate: Gate, tmp_path: Path, path: str, encoding: str) -> None:
    texts = {
        "csv": PEOPLE.replace("Moor", "Møør"),
        "jsonl": '{"LastName": "Møør", "Email": "a@example.com"}\n{"LastName": "Lund", "Email": "b@example.com"}\n',
        "json": TREE.replace("Moor", "Møør") + "]}",
    }
    write(tmp_path, path, texts[path.rpartition(".")[2]].encode(encoding))
    ended = gate("--production", "**")
    assert ended.code == 1, ended.out
    assert f"{path}: SD001" in ended.out


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_of_what_decides(gate: Gate, tmp_path: Path, encoding: str) -> None:
    """A format is told by the beginning of the file, and the beginning is of its encoding."""
    export = (
        '{"runnableInProduction": true, "objects": [{"query": "SELECT Email FROM Contact", "operation": "Upsert"}]}'
    )
    mapping = "People: {sf_object: Contact, table: people, fields: {LastName: last, Email: mail}, static: {Ø__c: é}}\n"
    recipe = "- object: Contact\n  fields: {LastName: Møør, Email: {fake: FreeEmail}}\n"
    plan = '[{"sobject": "Contact", "files": ["Contacts.json"]}]'
    dump = "BEGIN TRANSACTION;\nCREATE TABLE people (id INTEGER, last TEXT, mail TEXT);\n" + (
        "INSERT INTO people VALUES(1,'Møør','a@example.com');\n"
    )
    for path, text in {
        "a/export.json": export,
        "a/Contact.csv": PEOPLE,
        "datasets/mapping.yml": mapping,
        "datasets/people.sql": dump,
        "recipes/people.yml": recipe,
        "b/people-plan.json": plan,
        "b/Contacts.json": TREE.replace('"attributes": {"type": "Contact", "referenceId": "C1"}, ', "") + "]}",
    }.items():
        write(tmp_path, path, text.encode(encoding))
    out = gate().out
    assert "a/Contact.csv: SD001" in out
    assert "recipes/people.yml: SD006" in out
    assert "datasets/people.sql: SD020 1 of 1 record of Contact" in out
    assert "b/Contacts.json: SD020 1 of 1 record of Contact" in out
    assert "NOT READ" not in out


def test_latin_1_is_noted(gate: Gate, tmp_path: Path) -> None:
    write(tmp_path, "Contact.csv", PEOPLE.replace("Moor", "Møør").encode("latin-1"))
    assert "read as Latin-1" in gate().out
