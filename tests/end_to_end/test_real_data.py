"""The whole job on data that this project did not make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tests.cli.project import Said
from tests.end_to_end.real import cdnow
from tests.end_to_end.real.snowfakery_crm import as_production, generate, mix_in, stamp_provenance, strip_tags

Cli = Callable[..., Said]
POLICY = Path("great_expectations/policy.yml")


def answer(**answers: str) -> None:
    """Fill in what `init` could not know."""
    text = POLICY.read_text()
    for todo, said in answers.items():
        assert f"{todo}: TODO" in text
        text = text.replace(f"{todo}: TODO", f"{todo}: {said}")
    assert "TODO" not in "\n".join(line.partition("#")[0] for line in text.splitlines())
    POLICY.write_text(text)


def results(said: Said) -> dict[tuple[str, str], dict[str, Any]]:
    return {(table["table"], each["type"]): each for table in said.json()["tables"] for each in table["expectations"]}


def keys(result: dict[str, Any]) -> set[str]:
    assert result["sample"]["more"] == 0
    return set(result["sample"]["values"])


def test_untagged_records_of_snowfakery_are_found_in_production_contacts(here: Path, cli: Cli) -> None:
    tagged, untagged = strip_tags(stamp_provenance(generate(120, 7)["Contact"]), 15, seed=1)
    contacts = mix_in(as_production(generate(600, 8)["Contact"], seed=2), tagged, seed=3)
    folder = here / "extracts" / "contact" / "extract_date=2026-11-22"
    folder.mkdir(parents=True)
    pq.write_table(contacts, folder / "part-0.parquet")

    proposed = cli("init", "--parquet", "extracts/contact/extract_date=*/*.parquet")
    assert proposed.code == 0, proposed.err
    answer(owner="crm-data@retailer.example", **{"testing: {max": "P90D"})
    assert cli("check").code == 0
    assert cli("compile").code == 0
    said = cli("run", "nightly", "--batch", "2026-11-22", "--as-of", "2026-11-22", "--output", "json")

    assert said.code == 1, said.out
    found = results(said)
    assert said.json()["tables"][0]["records"] == {"all": 720, "synthetic": 105, "real": 600, "untagged": 15}
    assert keys(found["contact", "expect_records_to_be_tagged"]) == set(untagged)
    passed = {kind for (_, kind), each in found.items() if each["verdict"] == "passed"}
    assert passed == {
        "expect_synthetic_records_to_have_provenance",
        "expect_synthetic_provenance_to_be_well_formed",
        "expect_synthetic_records_to_not_copy_real_records",
        "expect_synthetic_records_to_expire_on_time",
    } | (passed - {"expect_records_to_be_tagged"})


def test_records_of_snowfakery_that_leaked_into_a_production_table_are_found(here: Path, cli: Cli) -> None:
    leaked = stamp_provenance(generate(9, 7)["Contact"])
    customers = mix_in(as_production(generate(300, 8)["Contact"], seed=2), leaked, seed=3)
    (here / "extracts" / "customer").mkdir(parents=True)
    pq.write_table(customers, here / "extracts" / "customer" / "part-0.parquet")
    cli("init", "--parquet", "extracts/customer/*.parquet")
    text = POLICY.read_text()
    assert "role: mixed" in text  # what the data says; only a person knows that none may be there
    POLICY.write_text(text.replace("role: mixed", "role: production"))
    answer(owner="crm-data@retailer.example", **{"testing: {max": "P90D"})
    assert cli("compile").code == 0
    said = cli("run", "nightly", "--output", "json")
    assert said.code == 1
    found = results(said)["customer", "expect_table_to_contain_no_synthetic_records"]
    assert keys(found) == set(leaked["Id"].to_pylist())


def test_copies_of_real_customers_of_cdnow_are_found(here: Path, cli: Cli) -> None:
    planted = cdnow.make_synthetic(customers=400, copies=18, near=18, seed=7)
    real = cdnow.customers_table(cdnow.read_purchases())
    assert len(real) == 2357
    for name, table in (("customer", real), ("synthetic_customer", planted.customers)):
        (here / "lake" / name).mkdir(parents=True)
        pq.write_table(table, here / "lake" / name / "part-0.parquet")
    POLICY.parent.mkdir()
    POLICY.write_text(
        """\
version: 1
owner: analytics@retailer.example
data_sources:
  lake: {type: parquet, path: ../lake}
tables:
  customer:
    role: production
    parquet: lake/customer/*.parquet
    marker: none
    all: real
    columns: {key: customer_id}
  synthetic_customer:
    role: synthetic
    parquet: lake/synthetic_customer/*.parquet
    marker: none
    all: synthetic
    columns: {key: customer_id}
    expectations:
      expect_synthetic_records_to_not_copy_real_records: {reference: customer, match: [[{columns: history}]]}
"""
    )
    compiled = cli("compile")
    assert compiled.code == 0, compiled.err
    said = cli("run", "nightly", "--output", "json")
    assert said.code == 1, said.out
    found = results(said)["synthetic_customer", "expect_synthetic_records_to_not_copy_real_records"]
    assert found["element_count"] == 400
    assert keys(found) == set(planted.copied)
    assert not keys(found) & set(planted.near)
