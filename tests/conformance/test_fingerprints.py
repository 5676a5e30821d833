"""A person has the same fingerprints on every engine: production and its sandbox seldom lie in one."""

from __future__ import annotations

from datetime import UTC, datetime

from synth_expectations.policy.table_entry import TableEntry
from synth_expectations.rules.fingerprints import FINGERPRINT, KIND, RECORD
from synth_expectations.runner.fingerprinting import FingerprintedTable, fingerprint_records
from synth_expectations.runner.fingerprints.key import ComparisonKey
from synth_expectations.testing import Engine
from synth_expectations.testing.tables import Table

NOW = datetime(2026, 11, 1, tzinfo=UTC)
KEY = ComparisonKey(bytes(range(32)), NOW)
ENTRY = TableEntry.model_validate(
    {
        "role": "production",
        "marker": {"column": "kind", "synthetic": ["synthetic"]},
        "columns": {"key": "id"},
        "identifiers": {
            "email": "email", "phone": "phone", "name": ["first", "last"], "birth_date": "born", "postcode": "postcode",
            "calling_code": "44",
        },
    }
)  # fmt: skip
PAIRS: list[dict[str, str | None]] = [
    {"email": "Ann@Shop.example", "phone": "+44 20 7946 0018", "first": "Ann", "last": "O'Neil", "born": "1990-05-01"},
    {"email": " ann@shop.EXAMPLE ", "phone": "020 7946 0018", "first": "ANN", "last": "ONeil", "born": "1990-05-01"},
    {"email": "\u0130st@shop.example", "phone": None, "first": "Zo\u00eb", "last": "\u00d8deg\u00e5rd", "born": "1985-12-31"},
    {"email": "\u0130ST@SHOP.example", "phone": None, "first": "zoe\u0308", "last": "\u00d8DEG\u00c5RD", "born": "1985-12-31"},
    {"email": "\u03c3\u03b1\u03c2@shop.example", "phone": "n/a", "first": "\u674e", "last": "\u5c0f\u9f99", "born": None},
    {"email": "n/a", "phone": " ", "first": "", "last": "x", "born": None},
]  # fmt: skip
COLUMNS = dict.fromkeys(["id", "kind", "email", "phone", "first", "last", "postcode"], "text") | {"born": "date"}


def test_a_person_is_the_same_on_every_engine(engine: Engine) -> None:
    rows: list[dict[str, str | None]] = [
        {"id": f"r{n}", "kind": None, "postcode": "N1 9GU", **row} for n, row in enumerate(PAIRS)
    ]
    rows.append({"id": "made up", "kind": "Synthetic", "postcode": "N1 9GU", **PAIRS[0]})
    table = FingerprintedTable("customer", ENTRY, names_records=False)
    prints, count = fingerprint_records(table, engine.adapter(Table.of(COLUMNS, rows), {}), KEY, NOW)
    assert count == len(PAIRS)
    by_record: dict[str, dict[str, str]] = {}
    for row in prints.to_pylist():
        by_record.setdefault(row[RECORD], {})[row[KIND]] = row[FINGERPRINT].hex()
    alike = [{kind: digest for kind, digest in by_record[f"r{n}"].items() if kind != "id"} for n in range(4)]
    assert alike[0] == alike[1]
    assert alike[2] == alike[3]
    assert sorted(alike[0]) == ["email", "person", "phone_and_name", "phone_and_surname"]
    assert [sorted(by_record[f"r{n}"]) for n in (4, 5)] == [["email", "id"], ["id"]]
    first = alike[0]["email"]
    assert first == KEY.fingerprint(b"email\x1fann@shop.example").hex()
    assert by_record["r4"]["email"] == KEY.fingerprint("email\x1f\u03c3\u03b1\u03c3@shop.example".encode()).hex()
