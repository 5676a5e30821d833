"""Bad input of each kind ends in a result, in a note "not read", or in exit 2; never in silence, and never in a traceback."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.damaged_zips import DAMAGES
from tests.gate.conftest import Gate, write
from tests.gate.texts import DUMP, PEOPLE, ROW, TREE
from tests.gate.workbooks import make_workbook

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>&b;</fullName></CustomField>'
)
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><CustomField>&a;</CustomField>'
WORKBOOK = make_workbook([["LastName", "Email"], ["Moor", "a.moor@example.com"]])
FIELD = "force-app/objects/Contact/fields/RecordOrigin__c.field-meta.xml"

UNREAD: dict[str, tuple[str, str | bytes, str]] = {
    "a tree that is cut off": ("data/Contacts.json", TREE, "is not valid JSON at line 1"),
    "a tree with a wrong comma": ("data/Contacts.json", TREE + ",,]}", "is not valid JSON"),
    "a tree with something behind": ("data/Contacts.json", TREE + "]} x", "something follows its end"),
    "JSON where data lie": ("data/Contacts.json", "{broken", "is not valid JSON at line 1"),
    "nested too deeply": ("data/Contacts.json", TREE[:-1] + ',"x":' + "[" * 100_000, "nested too deeply"),
    "a record that is none": ("data/Contacts.json", TREE + ", 7]}", "is not an object"),
    "a document of small values": (
        "data/Contacts.json",
        '{"x": [' + "[]," * 800_000 + "[]]}",
        "more than 1,500,000 values",
    ),
    "a dump in a format of its own": ("data/people.sql", b"PGDMP\x01\x0e\0\0INSERT INTO", "it is not text"),
    "YAML of small values": ("data/people.yml", "email: [" + "1," * 500_000 + "1]", "more than 500,000 values"),
    "an empty plan": ("data/people-plan.json", "", "is not valid JSON"),
    "a plan that is cut off": ("data/people-plan.json", '[{"sobject": "Contact", "files": [', "is not valid JSON"),
    "an empty file": ("data/Contact.csv", "", "it is empty"),
    "a header of spaces": ("data/Contact.csv", " , ,\n", "it is empty"),
    "no Parquet": ("data/Contact.parquet", "PAR1 no", "it is not valid Parquet"),
    "a line that is not JSON": ("data/contacts.jsonl", '{"a": 1}\n{', "line 2 is not valid JSON"),
    "a line that is not an object": ("data/contacts.jsonl", "[1]\n", "line 1 is not an object"),
    "a bomb of aliases": (
        "recipes/people.yml",
        "- object: Contact\n- var: x\n" + BOMB.replace("a: ", "- a: ", 1),
        "valid YAML",
    ),
    "a mapping that is a bomb": (
        "datasets/mapping.yml",
        f"x: {{sf_object: Contact}}\n{BOMB}",
        "values, aliases included",
    ),
    "a mapping nested too deeply": ("datasets/mapping.yml", "x: {sf_object: " + "[" * 5_000, "levels deep"),
    "an alias of itself": ("datasets/mapping.yml", "x: &x {sf_object: *x}", "part of what it stands for"),
    "a dump that attaches": (
        "datasets/a.sql",
        f"{DUMP}ATTACH DATABASE 'x.db' AS x;",
        "opens another database (ATTACH)",
    ),
    "a dump with a trigger": (
        "datasets/a.sql",
        f'{DUMP}CREATE TRIGGER t AFTER INSERT ON "Contact" BEGIN DELETE FROM "Contact"; END;\n{ROW}',
        "creates a trigger",
    ),
    "a dump that vacuums into a file": (
        "datasets/a.sql",
        f"{DUMP}COMMIT; VACUUM INTO 'x.db';",
        "opens another database",
    ),
    "a dump that calls functions": (
        "datasets/a.sql",
        f"{DUMP}SELECT readfile('/etc/passwd');",
        "SQLite cannot load it",
    ),
    "a dump that never ends": (
        "datasets/a.sql",
        f"{DUMP}WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) INSERT INTO \"Contact\" SELECT x, '', '' FROM n;",
        "recursive query",
    ),
    "a dump that is none": ("datasets/a.sql", "BEGIN TRANSACTION; CREATE TABEL x;", "is not valid SQL of SQLite"),
    "a dump that is cut off within a text": (
        "datasets/a.sql",
        "INSERT INTO contact VALUES (1, 'Moor);\n",
        "a text or comment that begins at line 1 is not closed",
    ),
    "a dump that is cut off within a row": (
        "datasets/a.sql",
        "INSERT INTO contact VALUES (1, 'Moor'",
        "ends within a row",
    ),
    "a packed file that is none": ("data/Contact.csv.gz", PEOPLE, "not gzip, bzip2 or xz"),
    "a packed file that is cut off": (
        "data/Contact.csv.gz",
        gzip.compress(PEOPLE.encode())[:-9],
        "is cut off or damaged",
    ),
    "a spreadsheet that is none": ("data/Contact.xlsx", "PK", "it is not a spreadsheet that can be read"),
    **{
        f"a spreadsheet {damage}": ("data/Contact.xlsx", change(WORKBOOK), "NOT READ  data/Contact.xlsx: it is ")
        for damage, change in DAMAGES.items()
    },
    "records in XML with a document type": ("data/people.xml", LAUGHS, "declares a document type"),
    "records in XML that is cut off": ("data/people.xml", "<people><person><email>", "is not valid XML at line 1"),
    "an XML bomb": (FIELD, LAUGHS, "declares a document type"),
    "an external entity": (FIELD, EXTERNAL, "declares a document type"),
    "broken XML": (FIELD, "<CustomField><fullName>", "is not valid XML at line 1"),
    "XML that is nested too deeply": (FIELD, "<CustomField>" + "<a>" * 1_000, "levels deep"),
}


DECIDERS = {
    "an empty export.json": ("data/export.json", "", "is not valid JSON"),
    "an export.json that is cut off": ("data/export.json", '{"runnableInProduction": true, "objects": [', "valid JSON"),
    "an export.json with a comment": ("data/export.json", '{"objects": [], // none\n}', "is not valid JSON at line 1"),
    "an export.json without objects": ("data/export.json", '{"runnableInProduction": true}', "no list of objects"),
    "a cumulusci.yml that is none": ("cumulusci.yml", "flows: [", "is not valid YAML"),
    "a cumulusci.yml that is a list": ("cumulusci.yml", "- flows", "it is not a cumulusci.yml"),
    "a .sfdx-hardis.yml that is none": ("config/.sfdx-hardis.yml", "commandsPostDeploy: [", "is not valid YAML"),
}
"""What tells which files are bound for production: without it the gate shows nothing, whoever asks about which file."""


@pytest.mark.parametrize("kind", DECIDERS)
@pytest.mark.parametrize("output", ["text", "json", "sarif", "gitlab", "junit"])
def test_what_decides_and_cannot_be_read_is_errored(gate: Gate, tmp_path: Path, kind: str, output: str) -> None:
    path, content, reason = DECIDERS[kind]
    write(tmp_path, path, content)
    write(tmp_path, "data/Contact.csv", PEOPLE)
    ended = gate("data/Contact.csv", "--output", output)
    assert (ended.code, ended.err) == (2, "")
    assert reason in ended.out
    if output == "text":
        assert f"NOT READ  {path}: " in ended.out
        assert "It tells what is bound for production, so that is not known." in ended.out


def test_an_export_json_of_another_tool_decides_nothing(gate: Gate, tmp_path: Path) -> None:
    write(tmp_path, "kibana/export.json", '{"objects": {"query": "a"}, "version": 1}')
    write(tmp_path, "graphql/export.json", '[{"query": "SELECT", "operation": "x"}]')
    assert gate().code == 0


def test_a_pipeline_that_cannot_be_read_is_errored(gate: Gate, tmp_path: Path) -> None:
    write(tmp_path, "data/export.json", '{"objects": [{"query": "SELECT Email FROM Contact"}]}')
    write(tmp_path, ".gitlab-ci.yml", b"#" * 4_100_000)
    ended = gate()
    assert (ended.code, "NOT READ  .gitlab-ci.yml: it has 4 MB" in ended.out) == (2, True)


@pytest.mark.parametrize("kind", UNREAD)
def test_what_cannot_be_read_is_listed_and_fails_production(gate: Gate, tmp_path: Path, kind: str) -> None:
    path, content, reason = UNREAD[kind]
    write(tmp_path, path, content)
    ended = gate()
    assert (ended.code, ended.err) == (0, "")
    assert f"NOT READ  {path}: " in ended.out
    assert reason in ended.out, ended.out
    ended = gate("--production", "**")
    assert (ended.code, "Traceback" in ended.err) == (2, False)
    assert not (tmp_path / "x.db").exists()
