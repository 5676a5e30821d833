"""What `init` sees in exports of common programs, and what it must not take for a marker."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pytest

from synth_expectations.policy.infer import TODO, Proposal, profile_extract, profile_parquet, propose, render_policy
from tests.policy.infer import exports
from tests.policy.infer.profiles import found, parquet


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, dict[str, list[Any]]], Proposal]:
    def make(name: str, columns: dict[str, list[Any]]) -> Proposal:
        return propose(profile_parquet(parquet(tmp_path / f"{name}.parquet", **columns)))

    return make


def questions(proposal: Proposal) -> list[str]:
    return [note for note in proposal.notes if "a question" in note]


@pytest.mark.parametrize(
    ("export", "marker"),
    [
        ("salesforce_contact", {"column": "Is_Test__c", "synthetic": [True], "real": [False], "can_be_empty": False}),
        ("hubspot_contacts", {"column": "contact_origin", "synthetic": ["SYN"], "real": ["POS"]}),
        ("shopify_orders", {"column": "test", "synthetic": [True], "real": [False]}),
        ("klaviyo_profiles", {"column": "is_test_profile", "synthetic": [1], "real": [0]}),
        ("dynamics_contacts", {"column": "new_issynthetic", "synthetic": ["1"], "real": ["0"]}),
        ("pipedrive_persons", {"column": "Person - Record origin", "synthetic": ["Synthetic"], "real": ["Real"]}),
        ("sap_customers", {"column": "ZZTESTDATA", "synthetic": ["X"], "real": TODO}),
        ("woocommerce_orders", {"column": "meta:_is_test_order", "synthetic": ["yes"], "real": ["no"]}),
    ],
)
def test_the_marker_of_an_export(export, marker, read):
    proposal = read(export, getattr(exports, export)())
    assert found(proposal, "marker") == marker
    assert proposal.entry["role"].value == "mixed"
    text = render_policy([proposal])
    assert not [value for value in exports.names_of_people() if value in text]


@pytest.mark.parametrize(
    ("export", "key", "people"),
    [
        ("dynamics_contacts", "contactid", {"email": "emailaddress1", "phone": "telephone1", "name": "fullname"}),
        ("pipedrive_persons", "Person - ID", {"email": "Person - Email - Work", "name": "Person - Name"}),
        ("sap_customers", "KUNNR", {"email": "SMTP_ADDR", "name": "NAME1"}),
        ("woocommerce_orders", "ID", {"email": "billing_email"}),
    ],
)
def test_what_names_a_record_and_a_person_in_an_export(export, key, people, read):
    proposal = read(export, getattr(exports, export)())
    named = found(proposal, "columns")["key"]
    assert (named["name"] if isinstance(named, dict) else named) == key
    assert found(proposal, "identifiers") == people


def test_a_value_that_tells_is_asked_about(read):
    columns = {"Creation Source": ["Directory"] * 30 + ["Import"] * 6 + ["Synthetic Data"] * 4}
    proposal = read("square_customers", exports.with_keys(columns))
    assert proposal.entry["marker"].value == "none"
    assert questions(proposal) == [
        'marker: {column: "Creation Source", synthetic: ["Synthetic Data"], real: [Directory, Import]}'
        "  # a question: are the 4 of 40 records that have it synthetic, and the others real?"
    ]
    columns["Creation Source"] = [f"Shop {chr(65 + i % 9)}" for i in range(36)] + ["Synthetic Data"] * 4
    assert questions(read("shop_customers", exports.with_keys(columns))) == []


@pytest.mark.parametrize(("held", "is_asked"), [(0, False), (1, True), (19, True), (20, False), (40, False)])
def test_a_flag_is_asked_about_if_it_is_false_more_often_than_true(held, is_asked, read):
    proposal = read("users", exports.with_keys({"qa": [True] * held + [False] * (40 - held)}))
    assert bool(questions(proposal)) is is_asked
    why = "real or synthetic: what all its records are"
    assert proposal.entry["all"].why == why + (
        ", unless a question below says that some are synthetic" if is_asked else ""
    )


def test_a_marker_of_a_table_without_records_is_known_by_its_name(read):
    columns = {"id": pa.array([], pa.string()), "is_test": pa.array([], pa.bool_())}
    assert found(read("users", columns), "marker") == {"column": "is_test", "synthetic": [True], "real": [False]}


def test_fields_of_nested_columns_are_found_by_their_path(read):
    proposal = read("orders", exports.shopify_orders())
    assert found(proposal, "identifiers") == {"email": "customer.email", "name": "customer.last_name"}
    assert found(proposal, "columns") == {"key": "id"}
    profiles = exports.klaviyo_profiles()
    del profiles["is_test_profile"]
    marker = found(read("profiles", profiles), "marker")
    assert marker == {"column": "properties.is_test", "synthetic": [True], "real": [False]}


def test_a_flag_that_is_mostly_false_is_asked_about_and_not_taken(read):
    proposal = read("users", exports.zendesk_users())
    assert proposal.entry["marker"].value == "none"
    assert proposal.entry["all"].value is TODO
    [question] = questions(proposal)
    assert question == (
        'marker: {column: qa_persona, synthetic: ["Y"], real: ["N"]}'
        "  # a question: are the 4 of 40 records that have it synthetic?"
    )
    assert f"# {question}" in render_policy([proposal])


def test_the_most_telling_flags_are_asked_about_first_and_no_more_than_three(read):
    flags = {f"flag_{name}": [True] + [False] * 39 for name in "abc"} | {"demo_record": [True] * 9 + [False] * 31}
    asked = [question.partition(",")[0] for question in questions(read("t", exports.with_keys(flags)))]
    assert asked == ["marker: {column: demo_record", "marker: {column: flag_a", "marker: {column: flag_b"]


@pytest.mark.parametrize("case", exports.NOT_UNDERSTOOD)
def test_what_is_no_marker(case, read):
    name, columns = exports.NOT_UNDERSTOOD[case]
    proposal = read(name, exports.with_keys(columns))
    assert proposal.entry["marker"].value == "none", case
    assert proposal.entry["all"].value is TODO


def test_flags_with_an_ordinary_meaning_are_not_asked_about(read):
    for case in ("an unsubscribed reader", "a gift"):
        name, columns = exports.NOT_UNDERSTOOD[case]
        assert questions(read(name, exports.with_keys(columns))) == []


def test_a_column_that_real_records_fill_is_no_provenance(read):
    proposal = read("contact", exports.salesforce_contact())
    assert found(proposal, "columns") == {
        "key": {"name": "Id", "kind": "salesforce_id"},
        "source": "Synthetic_Source__c",
        "algorithm_version": "Synthetic_Version__c",
    }
    assert (
        "Purpose__c is named like purpose, but 30 of 36 real records have a value in it: no provenance"
        in proposal.notes
    )


@pytest.mark.parametrize(("filled", "is_provenance"), [(7, True), (8, False)])
def test_a_few_real_records_with_provenance_are_what_a_run_is_to_find(filled, is_provenance, read):
    columns = {
        "is_synthetic": [False] * 36 + [True] * 4,
        "generation_source": [None] * 36 + ["ctgan"] * 4,
        "method": ["ctgan"] * filled + ["n/a", "", "  "] + [None] * (33 - filled) + ["ctgan"] * 4,
    }
    proposal = read("contact", exports.with_keys(columns))
    assert ("method" in found(proposal, "columns")) is is_provenance
    if is_provenance:
        assert proposal.entry["columns"]["method"].why == "name; filled in 14 of 40; also in 7 of 36 real ones"


def test_a_column_called_synthetic_stays_provenance_when_real_records_fill_it(read):
    columns = {"is_synthetic": [False] * 36 + [True] * 4, "synthetic_source": ["ctgan"] * 40}
    assert found(read("contact", exports.with_keys(columns)), "columns")["source"] == "synthetic_source"


@pytest.mark.parametrize(
    ("versions", "arguments"),
    [
        (["1.2.0", "v1.3.0-rc1"], None),
        (["2026.10", "2026.11"], {"version_format": "calver"}),
        (["a1b2c3d", "0000000f"], {"version_format": "git"}),
        (["v2", "v13"], {"version_format": "regex", "version_pattern": "v[0-9]+"}),
        (["ctgan-1.2", "tvae-3.10"], {"version_format": "regex", "version_pattern": "[A-Za-z]+[-][0-9]+[.][0-9]+"}),
        ([20261101, 20261102], {"version_format": "regex", "version_pattern": "[0-9]+"}),
        (["latest", "Ada Lovelace"], None),
        (["v2", "latest"], None),
        ([None], None),
    ],
)
def test_the_format_of_versions_is_that_of_their_values(versions, arguments, read):
    columns = {
        "is_synthetic": [False] * 36 + [True] * 4,
        "synthetic_version": [None] * 36 + (versions * 4)[:4],
    }
    told = found(read("contact", exports.with_keys(columns)), "expectations")
    assert told.get("expect_synthetic_provenance_to_be_well_formed") == arguments


@pytest.mark.parametrize(
    ("name", "columns", "role"),
    [
        ("people", {"email": ["a@b.example"] * 40}, "production"),
        ("people", {"job_title": ["clerk"] * 40}, "people"),
        ("people", {"job_title": ["clerk"] * 40, "is_test": [False] * 36 + [True] * 4}, "mixed"),
        ("staff", {"email": ["a@b.example"] * 40}, "people"),
        ("promotions", {"discount": [10] * 40}, "production"),
        ("promotions", {"approved_by": ["ann"] * 40}, "promotions"),
        ("models", {"colour": ["red"] * 40}, "production"),
        ("reviewers", {"stars": [4] * 40}, "production"),
    ],
)
def test_a_role_is_more_than_a_name(name, columns, role, read):
    assert read(name, exports.with_keys(columns)).entry["role"].value == role


def read_lines(tmp_path: Path, kind: Literal["csv", "json"], name: str, rows: list[dict[str, Any]]) -> Proposal:
    file = tmp_path / name
    with file.open("w", encoding="utf-8", newline="") as opened:
        if kind == "json":
            opened.writelines(json.dumps(row) + "\n" for row in rows)
        else:
            writer = csv.DictWriter(opened, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return propose(profile_extract(str(file), kind))


def test_fields_and_tags_of_json_lines_are_found(tmp_path: Path) -> None:
    rows = [
        {"id": str(number), "email": f"p{number}@mail.net", "tags": ["synthetic"] if number % 4 == 0 else []}
        for number in range(40)
    ]
    [note] = [note for note in read_lines(tmp_path, "json", "users.jsonl", rows).notes if "lists tags" in note]
    assert "10 of 40 values that were read have the tag synthetic" in note
    nested = [{**row, "user_fields": {"is_synthetic": row["tags"] != []}} for row in rows]
    marker = found(read_lines(tmp_path, "json", "nested.jsonl", nested), "marker")
    assert marker == {"column": "user_fields.is_synthetic", "synthetic": ["true"], "real": ["false"]}


def test_a_column_that_is_filled_is_taken_before_one_that_is_not(tmp_path: Path) -> None:
    rows = [
        {"id": n, "email": f"p{n}@mail.net", "mobilephone": "", "telephone1": f"030 1234{n:03}", "Land": "Deutschland"}
        for n in range(20)
    ]
    people = found(read_lines(tmp_path, "csv", "kontakte.csv", rows), "identifiers")
    assert people == {"email": "email", "phone": "telephone1", "calling_code": "49"}


def test_the_name_of_an_order_is_no_person(tmp_path: Path) -> None:
    rows = [{"Id": n, "Name": f"#{n}", "Email": f"p{n}@mail.net", "Billing Name": f"P {n}"} for n in range(9)]
    assert found(read_lines(tmp_path, "csv", "orders_export.csv", rows), "identifiers")["name"] == "Billing Name"
    bare = [{"Id": n, "Name": f"#{n}", "Email": f"p{n}@mail.net"} for n in range(9)]
    assert "name" not in found(read_lines(tmp_path, "csv", "orders_export_1.csv", bare), "identifiers")
    assert found(read_lines(tmp_path, "csv", "customers.csv", bare), "identifiers")["name"] == "Name"


def test_a_publishers_prefix_hides_no_marker(tmp_path: Path) -> None:
    rows = [{"contactid": n, "cr1a2_issynthetic": str(n % 5 == 0).lower(), "ab_test": "true"} for n in range(20)]
    marker = found(read_lines(tmp_path, "csv", "contacts.csv", rows), "marker")
    assert marker["column"] == "cr1a2_issynthetic"


def test_a_group_of_test_accounts_is_asked_about(tmp_path: Path) -> None:
    rows = [{"Customer ID": n, "Customer Group": "Test accounts" if n % 5 == 0 else "Retail"} for n in range(20)]
    [question] = questions(read_lines(tmp_path, "csv", "customers.csv", rows))
    assert 'synthetic: ["Test accounts"], real: [Retail]' in question


def test_an_empty_value_of_a_marker_is_said_to_be_untagged(tmp_path: Path) -> None:
    rows = [{"id": n, "test_profile": "True" if n % 5 == 0 else ""} for n in range(20)]
    proposal = read_lines(tmp_path, "csv", "members.csv", rows)
    assert found(proposal, "marker") == {"column": "test_profile", "synthetic": ["True"], "real": ["False"]}
    assert "records without a value (16) count as untagged" in render_policy([proposal])
