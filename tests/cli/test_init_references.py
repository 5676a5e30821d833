"""References among the tables of one call: by name and by the keys that columns hold; and what is left off."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from tests.cli.project import Said
from tests.policy.infer import exports
from tests.policy.infer.profiles import parquet, read

Cli = Callable[..., Said]
ROWS = exports.ROWS
CONTACT = exports.salesforce_contact()


@pytest.fixture
def proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> Callable[..., tuple[dict, Said]]:
    """Write tables beside one of contacts, and read the policy that `init` proposes for all of them."""
    monkeypatch.chdir(tmp_path)

    def make(**tables: dict[str, list]) -> tuple[dict, Said]:
        for name, columns in {"contact": CONTACT, **tables}.items():
            parquet(tmp_path / "crm" / name / "part-0.parquet", **columns)
        said = cli("init", "--parquet", "crm/**/*.parquet")
        assert said.code == 0, said.err
        return read((tmp_path / "great_expectations/policy.yml").read_text())["tables"], said

    return make


def pointing(values: list, name: str = "ContactId") -> dict[str, list]:
    return {"Id": [f"o{i}" for i in range(ROWS)], name: values}


@pytest.mark.parametrize("name", ["ContactId", "contact_id", "Primary_Contact__c", "billing_contact_ref"])
def test_a_column_named_like_a_table_that_has_its_keys_points_into_it(name, proposed):
    tables, _ = proposed(opportunity=pointing(CONTACT["Id"], name))
    [word] = tables["opportunity"]["references"]
    assert tables["opportunity"]["references"] == {word: {"table": "contact"}}
    assert tables["opportunity"]["columns"] == {"key": "Id", word: name}


def test_salesforce_ids_of_15_and_18_letters_are_one_key(proposed):
    wrong, right = ([key + checksum for key in CONTACT["Id"]] for checksum in ("AAA", "IAA"))
    tables, _ = proposed(opportunity=pointing(wrong), case=pointing(right))
    assert "references" not in tables["opportunity"]
    assert tables["case"]["references"] == {"contact_id": {"table": "contact"}}


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([f"x{i}" for i in range(ROWS)], id="keys of something else"),
        pytest.param(list(range(ROWS)), id="numbers"),
        pytest.param(CONTACT["Id"][:30] + [f"x{i}" for i in range(10)], id="a quarter of them unknown"),
    ],
)
def test_a_name_alone_is_no_reference(values, proposed, tmp_path):
    tables, _ = proposed(opportunity=pointing(values))
    assert "references" not in tables["opportunity"]
    text = (tmp_path / "great_expectations/policy.yml").read_text()
    assert ("ContactId is named like contact, but" in text) is isinstance(values[0], str)


def test_a_subject_is_found_by_the_keys_that_it_holds(proposed):
    decision = {
        "decision_id": [f"d{i}" for i in range(ROWS)],
        "subject": CONTACT["Id"],
        "decision_type": ["credit"] * ROWS,
        "scored_at": ["2026-11-22T00:00:00"] * ROWS,
        "reviewed_by": ["ann"] * ROWS,
    }
    tables, _ = proposed(credit_decision=decision, company=pointing([None] * ROWS))
    assert tables["credit_decision"]["references"] == {"subject": {"table": "contact"}}


def test_a_subject_that_two_tables_know_is_left_to_people(proposed, tmp_path):
    decision = {
        "decision_id": [f"d{i}" for i in range(ROWS)],
        "subject": CONTACT["Id"],
        "decision_type": ["credit"] * ROWS,
        "scored_at": ["2026-11-22T00:00:00"] * ROWS,
        "reviewed_by": ["ann"] * ROWS,
    }
    tables, _ = proposed(credit_decision=decision, lead={"Id": CONTACT["Id"], "Company": ["x"] * ROWS})
    assert tables["credit_decision"]["references"] == {"subject": {"table": "TODO"}}
    text = (tmp_path / "great_expectations/policy.yml").read_text()
    assert "# subject may point into any of contact, lead: each has its keys" in text


def test_datasets_point_into_their_registry_also_if_some_are_missing_there(proposed):
    marked = {
        "id": list(range(ROWS)),
        "is_synthetic": [False] * 36 + [True] * 4,
        "synthetic_dataset_id": [None] * 36 + ["ds1", "ds2", "ds3", "ds4"],
    }
    tables, _ = proposed(lead=marked, synthetic_datasets={"dataset_id": ["ds1", "ds9"], "generator": ["a", "b"]})
    assert tables["lead"]["references"] == {"registry": {"table": "synthetic_datasets"}}
    assert tables["synthetic_datasets"]["columns"]["key"] == "dataset_id"


@pytest.mark.parametrize("how", [shutil.copytree, os.symlink])
def test_the_same_files_under_another_name_are_named(how, proposed, tmp_path):
    parquet(tmp_path / "crm/contact/part-0.parquet", **CONTACT)
    how(tmp_path / "crm/contact", tmp_path / "crm/person")
    tables, said = proposed(opportunity=pointing(CONTACT["Id"]))
    kind = "copies of the files of" if how is shutil.copytree else "the same files as"
    assert f"person has {kind} contact: its records would count twice" in said.err
    assert tables["opportunity"]["references"] == {"contact_id": {"table": "contact"}}


def test_what_is_off_is_listed_with_what_switches_it_on(proposed):
    _, said = proposed(shop=pointing([None] * ROWS, "City"))
    lines = [line.strip() for line in said.err.splitlines()]
    assert "Off until the tables' entries name more:" in lines
    assert "expect_synthetic_records_to_be_registered (contact): references.registry, columns.dataset_id" in lines
    assert "expect_records_to_be_tagged" not in said.err
    assert not [value for value in exports.names_of_people() if value in said.err + said.out]


def test_the_proposal_compiles_once_its_gaps_are_filled(proposed, tmp_path):
    proposed(opportunity=pointing(CONTACT["Id"]))
    file = tmp_path / "great_expectations/policy.yml"
    text = file.read_text().replace("owner: TODO", "owner: crm@retailer.example").replace("all: TODO", "all: real")
    file.write_text(text)
    compiled = compile_policy(file)
    assert "expect_references_to_not_resolve_to_synthetic_records" in str(compiled.files)
