"""Each format in which people are kept: the untagged ones are found wherever they are bound for production, and counted."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from pathlib import Path

import pytest

from synth_expectations.gate.formats.spreadsheet import read_spreadsheet
from synth_expectations.gate.formats.xml_records import read_xml_records
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile
from tests.gate.conftest import Gate
from tests.gate.workbooks import make_workbook

FIELDS = ("id", "first_name", "last_name", "email", "phone")
PEOPLE = [
    dict(zip(FIELDS, (str(n), "Ann", f"O'Moor{n}", f"m{n}@example.com", f"617-555-01{n}"), strict=True))
    for n in range(10, 16)
]
LISTS = [list(person.values()) for person in PEOPLE]
COLUMNS = {field: [person[field] for person in PEOPLE] for field in FIELDS}


def join(delimiter: str, *, has_header: bool = True) -> str:
    return "\n".join(delimiter.join(row) for row in ([list(FIELDS)] if has_header else []) + LISTS) + "\n"


def quote(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def insert(before: str, after: str = "", opened: str = "(", closed: str = ")") -> str:
    rows = (", ".join(map(quote, row)) for row in LISTS)
    return "".join(f"{before} VALUES {opened}{row}{closed}{after}\n" for row in rows)


NAMES = f"({', '.join(FIELDS)})"
TABLE = "CREATE TABLE IF NOT EXISTS `customer` (id int, first_name char(9), last_name text, email text, phone text, KEY k (id));"
COPY = f"COPY public.customer {NAMES} FROM stdin;\n" + "\n".join("\t".join(row) for row in LISTS) + "\n\\.\n"
MYSQL = (
    f"/*!40101 SET x */;\n# a remark: it's one\n{TABLE}\nLOCK TABLES `customer` WRITE;\nINSERT INTO `customer` VALUES "
    + ",".join("(" + ",".join("'" + value.replace("'", "\\'") + "'" for value in row) + ")" for row in LISTS)
    + ";\n"
)


def make_elements(name: str, pattern: str, around: str = "") -> str:
    """Return each person as an element: `around` with the fields, each by a pattern of its name and value, in it."""
    people = ("".join(pattern.format(key, value) for key, value in person.items()) for person in PEOPLE)
    return "".join((around or f"<{name}>%s</{name}>") % fields for fields in people)


ELEMENTS = make_elements("customer", "<{0}>{1}</{0}>").replace("'M", "&#39;M")
DJANGO = make_elements("", '<field name="{}">{}</field>', '<object model="crm.customer" pk="1">%s</object>')
LIQUIBASE = make_elements("", '<column name="{}" value="{}"/>', '<insert tableName="customer">%s</insert>')
CHANGES = f'<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">{LIQUIBASE}</databaseChangeLog>'
FILES: dict[str, str | bytes] = {
    "tab.txt": join("\t"),
    "pipe.psv": join("|"),
    "no_ending": join(","),
    "customers.dat": join(";"),
    "packed.csv.gz": gzip.compress(join(",").encode()),
    "packed.gz": gzip.compress(join(",").encode()),
    "packed.jsonl.bz2": bz2.compress("\n".join(map(json.dumps, PEOPLE)).encode()),
    "packed.json.xz": lzma.compress(json.dumps({"people": PEOPLE}).encode()),
    "packed.sql.gz": gzip.compress(COPY.encode()),
    "no_header.csv": join(";", has_header=False),
    "unnamed.csv": "Nr,To\n" + "".join(f"{person['id']},{person['email']}\n" for person in PEOPLE),
    "query.json": json.dumps({"result": {"records": [{"attributes": {"type": "Contact"}, **p} for p in PEOPLE]}}),
    "klaviyo.json": json.dumps({"data": [{"type": "profile", "attributes": person} for person in PEOPLE]}),
    "addresses.txt": "".join(f"{person['email']}\n" for person in PEOPLE),
    "lines.json": "\n".join(map(json.dumps, PEOPLE)),
    "mongo.json": "\n".join(json.dumps(person, indent=1) for person in PEOPLE),
    "lines.ldjson": "\n".join(map(json.dumps, PEOPLE)),
    "columns.json": json.dumps(COLUMNS),
    "pandas.json": json.dumps({key: dict(enumerate(column)) for key, column in COLUMNS.items()}),
    "split.json": json.dumps({"columns": FIELDS, "index": [*range(len(LISTS))], "data": LISTS}),
    "lists.json": json.dumps([FIELDS, *LISTS]),
    "sheet.json": json.dumps({"range": "A1:E7", "values": [FIELDS, *LISTS]}),
    "columns.yml": "\n".join(f"{key}: {json.dumps(column)}" for key, column in COLUMNS.items()),
    "long.json": json.dumps({"padding": "x" * 3_000_000, "more": ["x" * 3_000_000] * 2, "people": PEOPLE}),
    "deep.json": json.dumps({"data": {"pages": ["x" * 3_000_000] * 3, "people": PEOPLE}}),
    "elements.xml": f"<?xml version='1.0'?>\n<export>{ELEMENTS}</export>",
    "attributes.xml": "<export>" + make_elements("", ' {}="{}"', "<customer%s/>") + "</export>",
    "django.xml": f"<django-objects>{DJANGO}</django-objects>",
    "liquibase.xml": CHANGES,
    "nested.xml": "<list>"
    + "".join(
        f"<row><name><first>Ann</first></name><contact><email>{p['email']}</email></contact></row>" for p in PEOPLE
    )
    + "</list>",
    "workbook.xlsx": make_workbook([list(FIELDS), *LISTS]),
    "copy.sql": f"--\n-- PostgreSQL database dump\n--\nSELECT set_config('search_path', '', false);\n{COPY}",
    "mysql.sql": MYSQL,
    "migration.sql": insert(f"INSERT INTO public.customer {NAMES}", " ON CONFLICT DO NOTHING;"),
    "created.sql": f"{TABLE.replace('`', '')}\n{insert('insert into customer', ';')}",
    "nameless.sql": insert("INSERT INTO customer", ";"),
    "mssql.sql": insert("INSERT [dbo].[Customer] ([Id], [FirstName], [LastName], [Email], [Phone])", "\nGO"),
    "transaction.sql": f"BEGIN TRANSACTION;\n{insert(f'INSERT INTO public.customer {NAMES}', ';')}COMMIT;\n",
    "output.sql": insert(f"INSERT INTO customer {NAMES} OUTPUT inserted.id", ";"),
    "psql.sql": f"\\copy customer from stdin with (format csv, header, delimiter ';')\n{join(';')}\\.\nSELECT 1;\n",
    "quoted.sql": insert(f"INSERT INTO customer {NAMES}", ";")
    .replace("'O''Moor", "q'[O'Moor")
    .replace("', 'm", "]', 'm"),
    "merge.sql": "".join(
        "MERGE INTO customer c USING dual ON (c.id = 1) WHEN MATCHED THEN UPDATE SET c.email = 'x' "
        f"WHEN NOT MATCHED THEN INSERT {NAMES} VALUES ({', '.join(map(quote, row))});\n"
        for row in LISTS
    ),
    "merged_values.sql": "MERGE [dbo].[Customer] AS c USING (VALUES "
    + ", ".join(f"({', '.join(map(quote, row))})" for row in LISTS)
    + f") AS s ([a],[b],[c],[d],[e]) ON c.id = s.a WHEN NOT MATCHED THEN INSERT {NAMES} VALUES (s.a, s.b, s.c, s.d, s.e);",
    "oracle.sql": insert(f"Insert into CRM.CUSTOMER {NAMES}", ";", "(lower(trim(' x ')) || ", ")"),
    "configmap.yaml": "apiVersion: v1\nkind: ConfigMap\ndata:\n  customers.csv: |\n"
    + "".join(f"    {line}\n" for line in join(",").splitlines()),
    **{f"people/{person['id']}.json": json.dumps(person) for person in PEOPLE[:2]},
    "people/one.yml": "\n".join(f"{key}: {json.dumps(value)}" for key, value in PEOPLE[0].items()),
}
"""Files with the same people; those of the folder `people` hold one each."""


def test_people_in_each_format_are_found_and_counted(gate: Gate, tmp_path: Path) -> None:
    for name, content in FILES.items():
        path = tmp_path / "load" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    document = json.loads(gate("--production", "load/**", "--output", "json").out)
    found = {
        result["path"].removeprefix("load/"): result["count"]
        for result in document["results"]
        if result["rule"] == "SD001"
    }
    assert found == {name: 1 if name.startswith("people/") else len(PEOPLE) for name in FILES}
    assert document["not_read"] == []


NO_LOADS: dict[str, str] = {
    "plans.yml": "- {name: Basic, email: sales@example.com}\n- {name: Pro, email: sales@example.com}\n",
    "hospitals.csv": "name,phone,email\nMercy,617-555-0101,desk@example.com\nGeneral,617-555-0102,ward@example.com\n",
    "feature_flags.json": json.dumps([{"flag": name, "email": f"{name}@example.com"} for name in "abc"]),
    "jobs_of_teams.json": json.dumps([{"job": name, "owner_email": f"{name}@example.com"} for name in "abc"]),
    "alarms.json": json.dumps([{"alarm": name, "email": "on-call@example.com"} for name in "abc"]),
    "dutch.csv": "shop_customer_name,phone\nMoor,020 228 8888\nLund,015 278 9111\n",
    "api.yaml": f"openapi: 3.1.0\ninfo: {{title: x}}\nexamples: {json.dumps(PEOPLE)}\n",
    "person.json": json.dumps({"$schema": "x", "properties": {}, "examples": PEOPLE}),
    "shop.postman_collection.json": json.dumps({"info": {"name": "x"}, "item": [], "variable": PEOPLE}),
    "models.yml": f"version: 2\nmodels: []\nunit_tests: {json.dumps(PEOPLE)}\n",
    "issuer.yaml": "apiVersion: v1\nkind: Issuer\nspec: {first_name: a, email: a@example.com}\n",
    "values.yaml": f"users: {json.dumps(PEOPLE)}\n",
    "Chart.yaml": f"maintainers: {json.dumps(PEOPLE)}\n",
    "prod.tfvars.json": json.dumps({"users": PEOPLE}),
    "appsettings.Production.json": json.dumps({"Admin": PEOPLE[0]}),
    "group_vars/all.yml": f"users: {json.dumps(PEOPLE)}\n",
    "pairs.csv": "key,value\nadmin,ann@example.com\nowner,Ann Moor\n",
    "locales/en.json": json.dumps({"a": PEOPLE[0], "b": PEOPLE[1]}),
    "lang/de.yml": f"de: {json.dumps({'a': PEOPLE[0], 'b': PEOPLE[1]})}\n",
    "pom.xml": f"<project><developers>{ELEMENTS}</developers></project>",
    "backfill.sql": "INSERT INTO customer (email) SELECT 'a@example.com' FROM old;\nUPDATE customer SET email = 'b';\n",
    "trigger.sql": "CREATE FUNCTION f() AS $$ BEGIN INSERT INTO audit (email) VALUES ('a@example.com'); END $$;\n",
    "macro.sql": "{% macro m() %} insert into customer (email) values ('a@example.com') {% endmacro %}\n",
    "remarks.sql": "-- INSERT INTO customer (email) VALUES ('a@example.com');\n/* INSERT INTO x VALUES ('b@example.com'); */\n",
    "prose.txt": "Write to ann@example.com, please.\nOr to bob@example.com, perhaps.\n",
    "settings.txt": "email: ann@example.com\nphone: 617-555-0101\n",
    "wiremock/users.json": json.dumps(PEOPLE),
    "labels.json": json.dumps({"first_name": "First name", "last_name": "Last name", "email": "E-mail"}),
    "months.json": json.dumps({"email": [1, 2, 3], "other": [1]}),
}


def test_what_is_no_load_is_not_flagged(gate: Gate, tmp_path: Path) -> None:
    for name, content in NO_LOADS.items():
        (tmp_path / "load" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "load" / name).write_text(content, encoding="utf-8")
    document = json.loads(gate("--production", "load/**", "--output", "json").out)
    flagged = {(result["path"], result["rule"]) for result in document["results"]}
    assert flagged == {("load/dutch.csv", "SD002")}  # people, of whom nothing tells whether they exist


def test_what_only_a_wildcard_reaches_and_lies_with_examples_is_no_error(gate: Gate, tmp_path: Path) -> None:
    for name in ("docs/people.csv", "examples/people.csv", "test_people.csv", "src/mock-data/people.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(join(","), encoding="utf-8")
    assert gate("--production", "**").code == 0
    assert gate("--production", "docs/**").code == 1


def test_a_tag_at_the_top_of_a_document_tags_its_records(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / "top.json").write_text(json.dumps({"is_synthetic": True, "people": PEOPLE}), encoding="utf-8")
    (tmp_path / "people.yml").write_text(f"meta: {{record_origin: synthetic}}\npeople: {json.dumps(PEOPLE)}\n")
    (tmp_path / "real.json").write_text(json.dumps({"is_synthetic": False, "people": PEOPLE}), encoding="utf-8")
    results = json.loads(gate("--production", "**", "--output", "json").out)["results"]
    assert [(result["path"], result["rule"]) for result in results] == [
        ("people.yml", "SD003"),
        ("real.json", "SD001"),
        ("top.json", "SD003"),
    ]


def _open(path: Path, content: bytes) -> SourceFile:
    path.write_bytes(content)
    return SourceFile(path.name, path, len(content))


def test_a_workbook_is_read_row_by_row(tmp_path: Path) -> None:
    file = _open(tmp_path / "a.xlsx", make_workbook([["email"], *[["a@example.com"]] * 3]))
    assert [list(rows) for rows in read_spreadsheet(file)] == [
        [(["", "", "Customers"], 1), (["email"], 2), *[(["a@example.com"], number) for number in (3, 4, 5)]]
    ]


def test_tags_and_cells_that_fill_the_memory_are_refused(tmp_path: Path) -> None:
    for part, says in (
        (f'<c r="A1" t="str"><v>{"x" * 5_000_000}</v></c>', "a cell"),
        (f'<c r="{"A" * 5_000_000}"/>', "a tag"),
    ):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr(
                "xl/worksheets/sheet1.xml", f"<worksheet><sheetData><row>{part}</row></sheetData></worksheet>"
            )
        with pytest.raises(UnreadFileError, match=says):
            [list(rows) for rows in read_spreadsheet(_open(tmp_path / "a.xlsx", content.getvalue()))]
    with pytest.raises(UnreadFileError, match="a tag or a remark"):
        list(read_xml_records(_open(tmp_path / "a.xml", b"<a><b x='" + b"x" * 5_000_000 + b"'/></a>")))
