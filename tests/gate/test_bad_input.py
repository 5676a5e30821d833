"""Bad input of each kind ends in a result, in a note "not read", or in exit 2; never in silence, and never in a traceback."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from synth_expectations.gate.formats import sqlite_dump
from synth_expectations.gate.formats.sqlite_dump import read_dump
from synth_expectations.gate.globs import compile_glob
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile, read_tree, resolve
from tests.damaged_zips import DAMAGES
from tests.gate.conftest import Gate, write
from tests.gate.workbooks import make_workbook

PEOPLE = "LastName,Email\nMoor,a.moor@example.com\nLund,b.lund@example.com\n"
TREE = '{"records": [{"attributes": {"type": "Contact", "referenceId": "C1"}, "LastName": "Moor", "Email": "a@example.com"}'
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
DUMP = 'BEGIN TRANSACTION;\nCREATE TABLE "Contact" (id INTEGER, "LastName" TEXT, "Email" TEXT);\n'
ROW = "INSERT INTO \"Contact\" VALUES(1,'Moor','a.moor@example.com');\n"
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


ENCODINGS = ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "latin-1"]
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


def test_nul_bytes_ragged_rows_and_doubled_columns(gate: Gate, tmp_path: Path) -> None:
    text = "LastName,Email,Email\nMo\0or,a@example.com,a@example.com\nLund\nVale,c@example.com,c@example.com,4,5\n"
    write(tmp_path, "Contact.csv", text)
    out = gate().out
    assert "SD020" in out
    assert "2 rows have another number of values" in out
    assert "1 column more than once" in out


def test_ten_thousand_columns(gate: Gate, tmp_path: Path) -> None:
    names = ["LastName", "Email", *(f"C{number}__c" for number in range(10_000))]
    row = ["Moor", "a.moor@example.com", *("x" for _ in range(10_000))]
    write(tmp_path, "Contact.csv", ",".join(names) + "\n" + (",".join(row) + "\n") * 3)
    assert "SD020 3 of 3" in gate().out


def test_too_many_columns_and_too_long_values(gate: Gate, tmp_path: Path) -> None:
    write(tmp_path, "a/Contact.csv", ",".join(f"C{number}" for number in range(60_000)))
    write(tmp_path, "b/Contact.csv", 'LastName,Email\n"' + "x" * 4_100_000)
    out = gate().out
    assert "a/Contact.csv: it has 60,000 columns" in out
    assert "b/Contact.csv: a value has more than" in out


def test_a_million_statements_end_by_the_clock(tmp_path: Path) -> None:
    path = tmp_path / "a.sql"
    path.write_text(DUMP + ROW * 20_000, encoding="utf-8")
    file = SourceFile("a.sql", path, path.stat().st_size)
    with pytest.raises(UnreadFileError, match=r"takes longer than 0\.001 s"):
        list(read_dump(file, seconds=0.001))
    assert len(list(read_dump(file))) == 20_000


def test_a_dump_that_is_too_large(gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_dump, "MAX_BYTES", 1_000)
    write(tmp_path, "datasets/a.sql", DUMP + ROW * 100)
    assert "NOT READ  datasets/a.sql: it has" in gate().out


def test_links_out_of_the_tree_are_listed(gate: Gate, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    write(outside, "Contact.csv", PEOPLE)
    (tmp_path / "file.csv").symlink_to(outside / "Contact.csv")
    (tmp_path / "folder").symlink_to(outside)
    (tmp_path / "nowhere.csv").symlink_to(tmp_path / "gone.csv")
    (tmp_path / "circle").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    ended = gate("--production", "**")
    assert ended.code == 2
    assert "SD001" not in ended.out
    for name in ("file.csv", "folder"):
        assert f"NOT READ  {name}: it is a link that leads out" in ended.out
    assert "NOT READ  nowhere.csv: it is a link to a file that is not there" in ended.out
    assert "NOT READ  pipe.csv: it is not a file" in ended.out


@pytest.mark.parametrize("output", ["text", "json", "sarif", "gitlab", "junit"])
def test_odd_file_names(gate: Gate, tmp_path: Path, output: str) -> None:
    names = [b"Contact \xff.csv", "Cont\u202eact.csv".encode(), b"a:b.csv", b"Contact\n2.csv", b"<&'\">.csv"]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text(PEOPLE, encoding="utf-8")
    ended = gate("--output", output, "--fail-on", "note")
    assert ended.code == 1
    assert ended.out.count("SD020") >= len(names)
    ended.out.encode()
    assert "\u202e" not in ended.out


def test_plans_that_name_absent_files_or_each_other(gate: Gate, tmp_path: Path) -> None:
    plan = [
        {"sobject": "Contact", "files": ["gone.json", "b-plan.json", "../../out.json", "/etc/passwd", "a-plan.json"]}
    ]
    write(tmp_path, "data/a-plan.json", json.dumps(plan))
    write(tmp_path, "data/b-plan.json", json.dumps([{"sobject": "Contact", "files": ["a-plan.json"]}]))
    ended = gate("--production", "data/a-plan.json")
    assert "NOT READ  data/gone.json: the plan data/a-plan.json names it, and it is not there." in ended.out
    assert ended.out.count("it names a file outside the repository") == 2
    assert "data/a-plan.json: It names the plan data/b-plan.json" in ended.out
    assert "data/b-plan.json: It names the plan data/a-plan.json" in ended.out
    assert ended.code == 2


def test_a_large_file_is_streamed(gate: Gate, tmp_path: Path) -> None:
    import tracemalloc

    rows = "".join(f"Moor{number},m{number}@acme.co,{'x' * 8_000}\n" for number in range(1_500))
    write(tmp_path, "Contact.csv", "LastName,Email,Note__c\n" + rows)
    record = '{"attributes": {"type": "Contact", "referenceId": "C%d"}, "LastName": "Moor", "Note__c": "%s"}'
    write(
        tmp_path, "c.json", '{"records": [' + ",".join(record % (number, "x" * 8_000) for number in range(1_500)) + "]}"
    )
    tracemalloc.start()
    out = gate().out
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "3,000 records read" in out
    assert peak < 12_000_000


def test_a_tree_of_many_levels(gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(300):
        os.mkdir("d")
        os.chdir("d")
    monkeypatch.chdir(tmp_path)
    ended = gate("--production", "**")
    assert (ended.code, ended.err) == (2, "")
    assert "it lies more than 200 directories deep. It is bound for production" in ended.out


def test_a_tree_of_many_files(tmp_path: Path) -> None:
    for folder in range(20):
        (tmp_path / f"f{folder}").mkdir()
        for number in range(100):
            (tmp_path / f"f{folder}" / f"{number}.cls").touch()
    assert len(read_tree([tmp_path]).files) == 2_000


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("data", "data/a.csv", True),
        ("data/", "data/b/a.csv", True),
        ("data/*.csv", "data/b/a.csv", False),
        ("data/**/a.csv", "data/a.csv", True),
        ("**/a.csv", "a.csv", True),
        ("**", "x/y", True),
        ("./data/?.csv", "data/a.csv", True),
        ("data", "database/a.csv", False),
        ("[a].csv", "[a].csv", True),
    ],
)
def test_globs(pattern: str, path: str, fits: bool) -> None:
    assert (compile_glob(pattern).fullmatch(path) is not None) is fits


@pytest.mark.parametrize(
    ("name", "path"),
    [("a.csv", "f/a.csv"), ("../a.csv", "a.csv"), ("../../a.csv", None), ("/a.csv", None), ("b\\a", "f/b/a")],
)
def test_relative_names(name: str, path: str | None) -> None:
    assert resolve("f", name) == path


def test_a_record_is_named_by_the_line_that_it_begins_at(gate: Gate, tmp_path: Path) -> None:
    write(tmp_path, "Contact.csv", 'LastName,Email\n"Mo\nor",a@example.com\n\nLund,b@example.com\n')
    out = gate().out
    assert "Contact record 1 (line 2), Contact record 2 (line 5)" in out


def test_one_record_and_several_are_worded_apart(gate: Gate, tmp_path: Path) -> None:
    write(tmp_path, "Contact.csv", "LastName,Email\nMoor,a@example.com\n")
    assert "SD020 1 of 1 record of Contact looks made up and has no tag" in gate().out
    write(tmp_path, "Contact.csv", "LastName,Email\nMoor,a@example.com\nLund,b@example.com\n")
    assert "SD020 2 of 2 records of Contact look made up and have no tag" in gate().out


def test_keys_of_yaml_that_are_no_texts(gate: Gate, tmp_path: Path) -> None:
    text = "people:\n- {1: x, email: a@example.com}\n- {true: 3, null: 2, 2026-01-01: x, email: b@example.com}\n"
    columns = "email: [a@example.com, b@example.com]\n3: [1, 2]\n"
    nested = "1: {2: &a {email: a@example.com, 3: x}, 4: {email: b@example.com, 3: x}, 5: *a}\n"
    for number, content in enumerate((text, columns, nested)):
        (tmp_path / f"{number}.yml").write_text(content, encoding="utf-8")
    run = gate("--production", "**")
    assert run.code == 1, run.err
    assert run.out.count("SD001 2 of 2 records") == 2
    assert "SD001 3 of 3 records" in run.out


def test_files_within_a_document_that_are_not_read_are_noted(gate: Gate, tmp_path: Path) -> None:
    text = "kind: ConfigMap\ndata:\n  seed.sql: |\n    INSERT INTO contacts (email) VALUES ('a@example.com');\n"
    (tmp_path / "seed.yml").write_text(text, encoding="utf-8")
    assert "The file seed.sql within it is not read" in gate("--production", "**").out
