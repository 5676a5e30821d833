"""Repositories of other layouts: no error under tests or of reference data, and every untagged load that is bound is found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow.parquet import write_table

from tests.gate.conftest import Gate

ROWS = "".join(f"{number},Ann,Moor{number},m{number}@example.com,617-555-01{number}\n" for number in range(10, 20))
CSV = f"id,first_name,last_name,email,phone\n{ROWS}"
PEOPLE = [{"firstName": "Ann", "lastName": f"Moor{number}", "email": f"m{number}@example.com"} for number in range(9)]
JSON = json.dumps(PEOPLE)
FIXTURE = json.dumps(
    [
        {"model": "auth.user", "pk": number, "fields": {"last_name": "Moor", "email": f"m{number}@example.com"}}
        for number in range(9)
    ]
)
DUMP = "BEGIN TRANSACTION;\nCREATE TABLE Contact (id INTEGER, LastName TEXT, Email TEXT);\n" + "".join(
    f"INSERT INTO Contact VALUES({number},'Moor','m{number}@example.com');\n" for number in range(9)
)


@dataclass(frozen=True)
class Layout:
    """A repository, and what is found if everything in it is called bound for production, or what `arguments` name.

    `errors` and `warnings` are paths; `exit_code` is that of the run; `says` are parts of what is printed.
    """

    files: Mapping[str, str]
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    exit_code: int = 0
    says: tuple[str, ...] = ()
    arguments: tuple[str, ...] = field(default=("--production", "**"))


ROW = CSV.splitlines()[1:]
SHAPES = {
    "title.csv": f"Customers of 2026\n\n{CSV}",
    "remarks.csv": f"# made on Monday, by hand\n# again\n{CSV}",
    "excel.csv": f"sep=;\n{CSV.replace(',', ';')}",
    "caret.csv": CSV.replace(",", "^"),
    "russian.csv": "\n".join(["id,Имя,Фамилия,Эл. почта,Телефон", *ROW]),
    "french.csv": "\n".join(["id,Prénom,Nom,Courriel,Tél.", *ROW]),
    "chinese.csv": "\n".join(["id,名,姓,电子邮箱,电话", *ROW]),
    "within.jsonl": "\n".join(json.dumps({"person": {"contact": person}}) for person in PEOPLE),
    "list.jsonl": "\n".join(json.dumps({"id": 1, "people": [person]}) for person in PEOPLE),
    "scim.jsonl": "\n".join(json.dumps({"emails": [{"value": person["email"]}]}) for person in PEOPLE),
}
"""Files of people that no tag names, each in a shape of its own."""

LAYOUTS = {
    "other shapes": Layout(
        {f"seeds/{name}": content for name, content in SHAPES.items()}
        | {
            "seeds/words.csv": "key\nfirst_name,First name,x@example.com\n",
            "seeds/labels.csv": "key,label\nemail,E-mail\nphone,Phone\nfirst_name,First name\n",
            "seeds/filialen.csv": "nr,name,telefon\n1,Mitte,617-555-0101\n2,Nord,617-555-0102\n",
        },
        errors=tuple(sorted(f"seeds/{name}" for name in SHAPES)),
        exit_code=1,
    ),
    "dbt": Layout(
        {
            "dbt_project.yml": "name: shop\nseed-paths: [seeds]\n",
            "seeds/customers.csv": CSV,
            "seeds/country_codes.csv": "country_code,phone_prefix\nNL,+31\n",
            "seeds/stores.csv": "store_id,name,phone,email\n1,Test Street,617-555-0101,s@example.com\n",
            "models/customers.sql": "select id, email from {{ ref('raw') }}\n",
            "macros/copy.sql": "{% macro copy() %} insert into {{ t }} (a) select a from b {% endmacro %}\n",
            "tests/fixtures/customers.csv": CSV,
        },
        errors=("seeds/customers.csv",),
        warnings=("tests/fixtures/customers.csv",),
        exit_code=1,
        says=("3 files of code are bound for production and no load: 2 sql, 1 yml",),
    ),
    "Django": Layout(
        {
            "manage.py": "",
            "shop/fixtures/users.json": FIXTURE,
            "shop/fixtures/users.yaml": "- model: auth.user\n  pk: 1\n  fields: {last_name: Moor, email: a@example.com}\n",
            "shop/fixtures/countries.json": '[{"model": "shop.country", "pk": 1, "fields": {"name": "NL"}}]',
            "shop/tests/fixtures/users.json": FIXTURE,
            "shop/locale/en.json": '{"email": "E-mail", "firstName": "First name"}',
        },
        errors=("shop/fixtures/users.json", "shop/fixtures/users.yaml"),
        warnings=("shop/tests/fixtures/users.json",),
        exit_code=1,
        says=("9 of 9 records of User",),
    ),
    "Java": Layout(
        {
            "pom.xml": "<project/>",
            "src/main/resources/import/customers.csv": CSV,
            "src/main/resources/data.sql": "INSERT INTO customer (last_name) VALUES ('Moor');\n",
            "src/test/resources/contacts.csv": CSV,
            "src/test/resources/data/export.json": '{"objects": [',
            "src/test/resources/cumulusci.yml": "a: [",
            "src/integrationTest/resources/p.json": JSON,
            "src/testFixtures/resources/p.json": JSON,
        },
        errors=("src/main/resources/import/customers.csv",),
        warnings=("src/main/resources/data.sql",),
        exit_code=1,
        says=(
            "src/main/resources/data.sql: SD002 1 of 1 record of customer has no tag",
            "5 files lie in folders of tests or of static resources",
        ),
    ),
    "a monorepo of JavaScript": Layout(
        {
            "package.json": '{"contributors": [{"name": "Ann Moor", "email": "ann@example.com"}]}',
            "packages/api/__tests__/users.json": JSON,
            "packages/api/src/__mocks__/users.json": JSON,
            "packages/api/__fixtures__/users.csv": CSV,
            "packages/api/test/users.json": JSON,
            "packages/web/cypress/fixtures/users.json": JSON,
            "packages/web/src/user.mock.json": JSON,
            "packages/web/data/flags.json": '{\n // comment\n "a": [1,],\n}',
            "packages/web/src/locales/de/export.json": '{"query": "Abfrage", "operation": "Vorgang"}',
            "packages/api/seeds/users.json": json.dumps({"users": PEOPLE}),
            "packages/api/seeds/keyed.json": json.dumps({"u1": PEOPLE[0], "u2": PEOPLE[1]}),
            "packages/api/seeds/people.yml": f"---\na: 1\n---\npeople: {JSON}\n",
            "packages/api/seeds/api.json": json.dumps(
                {"data": [{"type": "contacts", "id": "7", "attributes": {"name": person}} for person in PEOPLE]}
            ),
        },
        errors=tuple(f"packages/api/seeds/{name}" for name in ("api.json", "keyed.json", "users.json", "people.yml")),
        warnings=("packages/api/test/users.json", "packages/web/src/user.mock.json"),
        exit_code=1,
    ),
    "an SFDX project": Layout(
        {
            "sfdx-project.json": '{"packageDirectories": [{"path": "force-app"}]}',
            "data/Contact.csv": CSV,
            "force-app/lwc/list/__tests__/data/getContacts.json": JSON,
            "force-app/test/jest-mocks/people.json": JSON,
            "force-app/staticresources/people.csv": CSV,
            "force-app/classes/Factory.cls": "Contact c = new Contact(LastName = 'Moor');",
        },
        errors=("data/Contact.csv",),
        exit_code=1,
        says=("2 files of code are bound for production and no load: 1 cls, 1 json",),
    ),
    "a folder of tests that is named": Layout(
        {"tests/data/Contact.csv": CSV, "force-app/staticresources/Contact.csv": CSV},
        errors=("tests/data/Contact.csv", "force-app/staticresources/Contact.csv"),
        exit_code=1,
        arguments=("--production", "tests/**", "--production", "**/staticresources/**"),
    ),
    "CumulusCI, and nothing named": Layout(
        {
            "cumulusci.yml": (
                "flows:\n  qa_org: {steps: {1: {task: load_dataset}}}\n"
                "  install_prod: {steps: {1: {task: load_dataset, options: {sql_path: datasets/prod.sql}}}}\n"
            ),
            "datasets/sample.sql": DUMP,
            "datasets/prod.sql": DUMP,
            "robot/tests/data/people.csv": CSV,
        },
        errors=("datasets/prod.sql",),
        exit_code=1,
        says=("Contact Contact-0, Contact Contact-1,",),
        arguments=(),
    ),
    "Airflow": Layout(
        {
            "dags/load.py": "",
            "include/leads.csv": CSV,
            "include/create.sql": "CREATE TABLE a (x serial);\n",
            "airflow_settings.yaml": "airflow: {connections: [{conn_login: a@example.com}]}\n",
            "tests/dags/leads.csv": CSV,
        },
        errors=("include/leads.csv",),
        warnings=("tests/dags/leads.csv",),
        exit_code=1,
    ),
    "Terraform and Helm": Layout(
        {
            "main.tf": 'resource "a" "b" {}',
            "prod.tfvars.json": '{"alert_email": "ops@example.com", "phone": "617-555-0100"}',
            "templates/mail.yaml": "{{- if .Values.x }}\nemail: ops@example.com\n{{- end }}\n",
            "k8s/all.yml": "kind: List\n---\nspec: {acme: {email: ops@example.com}}\n",
        },
        exit_code=0,
        says=("NOT READ  templates/mail.yaml", "k8s/all.yml: No record was seen in it"),
    ),
}
LEVELS = ("error", "warning")


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout(name: str, gate: Gate, tmp_path: Path) -> None:
    layout = LAYOUTS[name]
    for path, text in layout.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    document = json.loads(gate(*layout.arguments, "--output", "json").out)
    levels = {level: {entry["path"] for entry in document["results"] if entry["level"] == level} for level in LEVELS}
    assert levels == {"error": set(layout.errors), "warning": set(layout.warnings)}
    ended = gate(*layout.arguments)
    assert (ended.code, ended.err) == (layout.exit_code, ""), ended.out
    for part in layout.says:
        assert part in ended.out


def test_columns_of_parquet_that_hold_objects(gate: Gate, tmp_path: Path) -> None:
    columns = {
        "struct": pa.array([{"contact": person} for person in PEOPLE]),
        "list": pa.array([[person] for person in PEOPLE]),
        "texts": pa.array([[person["email"]] for person in PEOPLE]),
        "map": pa.array([list(person.items()) for person in PEOPLE], pa.map_(pa.string(), pa.string())),
        "bytes": pa.array([person["email"].encode() for person in PEOPLE]),
    }
    for kind, column in columns.items():
        name = "email" if kind in ("texts", "bytes") else "people"
        write_table(pa.table({"id": range(len(PEOPLE)), name: column}), tmp_path / f"{kind}.parquet")
    ended = gate("--production", "**", "--output", "json")
    errors = {result["path"] for result in json.loads(ended.out)["results"] if result["rule"] == "SD001"}
    assert errors == {f"{kind}.parquet" for kind in columns}
