"""`columns: {key: {name: Id, kind: salesforce_id}}`: what keys are, on both sides of a lookup."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from tests.policy.conftest import Errors, change

KEY = "    columns:\n      key: Id\n"
SANDBOX = """\
  sandbox:
    role: sandbox
    parquet: lake/sandbox/*.parquet
    marker: {column: IsSynthetic}
    columns: {key: %s}
    references: {production: {table: customer}}
"""
PRODUCTION = "columns: {key: CustomerId}"
SAME_ID = "expect_sandboxes_to_contain_no_real_records"


def add_sandbox(policy: Path, key: str) -> None:
    policy.write_text(policy.read_text() + SANDBOX % key)


def arguments_of(policy: Path, table: str, kind: str) -> dict[str, Any]:
    suite = json.loads(compile_policy(policy).files[f"../suites/{table}.json"])
    [found] = [each["kwargs"] for each in suite["expectations"] if each["type"] == kind]
    return dict(found)


def test_a_kind_on_one_side(policy: Path) -> None:
    add_sandbox(policy, "{name: Id, kind: salesforce_id}")
    arguments = arguments_of(policy, "sandbox", SAME_ID)
    assert arguments["record_key"] == "Id"
    assert arguments["key_kinds"] == {"@batch": {"Id": "salesforce_id"}}


def test_a_kind_in_the_reference(policy: Path) -> None:
    add_sandbox(policy, "Id")
    change(policy, PRODUCTION, "columns: {key: {name: CustomerId, kind: number}}")
    assert arguments_of(policy, "sandbox", SAME_ID)["key_kinds"] == {"customer": {"CustomerId": "number"}}


def test_a_plain_name_has_no_kind(policy: Path) -> None:
    add_sandbox(policy, "Id")
    assert "key_kinds" not in arguments_of(policy, "sandbox", SAME_ID)


def test_a_kind_of_the_first_of_several_columns(policy: Path) -> None:
    add_sandbox(policy, "{name: [Id, OldId], kind: uuid}")
    assert arguments_of(policy, "sandbox", SAME_ID)["key_kinds"] == {"@batch": {"Id or OldId": "uuid"}}


def test_two_kinds_that_are_compared(policy: Path, errors: Errors) -> None:
    add_sandbox(policy, "{name: Id, kind: uuid}")
    [error] = errors((PRODUCTION, "columns: {key: {name: CustomerId, kind: number}}"))
    assert f"sandbox: {SAME_ID}: Id is declared as uuid, and CustomerId of customer, with which it is compared" in error


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("{name: Id, kind: guid}", "tables.contact.columns.key.kind: Input should be"),
        ("{name: Id}", "tables.contact.columns.key.kind is missing."),
        ("{name: 1, kind: uuid}", "tables.contact.columns.key.name: a number, true or false, where text belongs"),
        ("{nam: Id, kind: uuid}", "tables.contact.columns.key.nam: there is no such key."),
    ],
)
def test_what_is_no_kind(errors: Errors, key: str, sentence: str) -> None:
    assert any(sentence in error for error in errors((KEY, KEY.replace(": Id", f": {key}"))))
