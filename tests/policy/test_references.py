"""Tables that records are looked up in: named, of the policy, one, and with the columns that are looked up."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from tests.policy.conftest import change, said

COPIES = "expect_synthetic_records_to_not_copy_real_records"
EXPIRE = "expect_synthetic_records_to_expire_on_time"
REAL = "      real: {table: customer}\n"
DATASET = "      dataset_id: Dataset\n"
HOLDS = """\
  legal_hold:
    role: holds
    parquet: lake/hold/*.parquet
    columns: {key: HoldId, placed_at: PlacedAt, released_at: ReleasedAt, purpose: OtherKey}
"""


def given(policy: Path, kind: str) -> dict[str, object]:
    suites = compile_policy(policy).suites
    return next(each.arguments for suite in suites for each in suite.expectations if each.type == kind)


def tune(policy: Path, kind: str, entry: str) -> None:
    change(policy, "    references:\n", f"    expectations:\n      {kind}: {entry}\n    references:\n")


def test_a_mixed_table_holds_the_real_records_too(policy: Path) -> None:
    change(policy, "    references:\n" + REAL, "")
    found = given(policy, COPIES)
    assert (found["reference"], found["reference_marker_column"]) == ("contact", "IsSynthetic")


def test_keys_are_those_that_both_tables_have(policy: Path) -> None:
    change(policy, "identifiers: {email: Email}", "identifiers: {email: Mail, phone: Tel, name: [First, Last]}")
    assert [[part["kind"] for part in key] for key in given(policy, COPIES)["match"]] == [["email"]]  # type: ignore[attr-defined]
    change(policy, "identifiers: {email: Email}", "identifiers: {phone: Phone, name: Whole}")
    match = given(policy, COPIES)["match"]
    assert match == [
        [
            {"columns": ["Tel"], "kind": "phone", "reference_columns": ["Phone"]},
            {"columns": ["First", "Last"], "kind": "name", "reference_columns": ["Whole"]},
        ]
    ]
    change(policy, "identifiers: {phone: Phone, name: Whole}", "identifiers: {birth_date: Born}")
    assert said(policy) == [
        f"10: contact: {COPIES} needs match. "
        "No e-mail, phone with name, or name with birth_date and postcode is in identifiers of both tables."
    ]


def test_a_reference_of_its_own(policy: Path) -> None:
    tune(policy, COPIES, "{reference: send, match: [[{columns: Email}]]}")
    assert given(policy, COPIES)["reference"] == "send"
    change(policy, "reference: send", "reference: sned")
    assert said(policy) == [f"23: contact: {COPIES}: there is no table sned: did you mean send?"]


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        ("{table: customers}", "there is no table customers: did you mean customer?"),
        ("{table: customer, field: id}", "customer has no column id. Name it in tables.customer.columns"),
        ("[{table: customer}, {table: send}]", f"{COPIES} looks records up in one table, not in several."),
        ("[]", "tables.contact.references.real: it is empty: fill it in, or remove it."),
        ("{tabel: customer}", "tables.contact.references.real.tabel: there is no such key. Did you mean table?"),
        ("customer", "tables.contact.references.real: a mapping of keys to values is needed here"),
    ],
)
def test_references_that_cannot_be_meant(policy: Path, reference: str, sentence: str) -> None:
    change(policy, REAL, f"      real: {reference}\n")
    assert any(each.startswith("23: ") and sentence in each for each in said(policy)), said(policy)


def test_a_wrong_one_of_several_has_its_own_line(policy: Path) -> None:
    change(policy, REAL, "      real:\n        - {table: customer}\n        - {table: nobody}\n")
    assert any(each.startswith("25: contact: there is no table nobody") for each in said(policy)), said(policy)


def test_holds_in_which_nothing_would_be_looked_up(policy: Path) -> None:
    change(policy, REAL, f"{REAL}      holds: {{table: legal_hold}}\n")
    policy.write_text(policy.read_text() + HOLDS)
    assert said(policy) == [
        "24: contact: references.holds is named, and nothing would be looked up in it. Name in tables.contact.columns.hold "
        "what is looked up there, or remove the reference."
    ]


def test_holds_are_looked_up(policy: Path) -> None:
    change(policy, DATASET, f"{DATASET}      hold: HoldId\n")
    hint = "Name it in tables.contact.references.holds, or remove columns.hold."
    assert said(policy) == [f"21: contact: columns.hold is looked up in a table that is not named. {hint}"]
    change(policy, REAL, f"{REAL}      holds: {{table: legal_hold}}\n")
    policy.write_text(policy.read_text() + HOLDS)
    found = given(policy, EXPIRE)
    names = ("holds", "hold_key", "holds_key", "placed_at", "released_at")
    assert [found[name] for name in names] == ["legal_hold", "HoldId", "HoldId", "PlacedAt", "ReleasedAt"]
    change(policy, "{table: legal_hold}", "{table: legal_hold, field: purpose}")
    assert given(policy, EXPIRE)["holds_key"] == "OtherKey"


def test_one_age_for_all_instead_of_classes(policy: Path) -> None:
    tune(policy, EXPIRE, "{max_age: P30D}")
    found = given(policy, EXPIRE)
    assert (found["max_age"], "max_ages" in found, "retention_class" in found) == ("P30D", False, False)


def test_retention_that_is_not_in_the_policy(policy: Path) -> None:
    change(policy, "retention: {classes: {testing: {max: P90D}}}\n", "")
    [sentence, *_] = said(policy)
    assert "Name the limits in retention.classes; or one limit for all, in tables." in sentence
    assert sentence.endswith(f".expectations.{EXPIRE}: {{max_age: P90D}}.")


def test_a_class_that_is_no_column(policy: Path) -> None:
    change(policy, "retention: {", "retention: {class: retention_class, ")
    assert said(policy)[0].endswith(
        "Name the column in tables.contact.columns.retention_class: retention.class says so."
    )


@pytest.mark.parametrize(("key", "line"), [("key: Id", 14), ("key: email", 14)])
def test_a_key_is_no_identifier(policy: Path, key: str, line: int) -> None:
    change(policy, "key: Id", key)
    change(policy, "identifiers: {email: Email}", "identifiers: {email: EMAIL, name: [First, ID]}")
    assert said(policy)[0].startswith(f"{line}: contact: the key {key[5:]} is an identifier")


def test_a_key_that_an_expectation_is_given_is_none_either(policy: Path) -> None:
    tune(policy, "expect_records_to_be_tagged", "{record_key: Email}")
    assert said(policy)[0].startswith("23: contact: expect_records_to_be_tagged: the key Email is an identifier")
