"""The makers of real input: the same for the same seed, and what they say was planted is there, and nothing else."""

from __future__ import annotations

import random
from collections import Counter

import pyarrow.parquet as pq
import pytest

from tests.end_to_end.real import cdnow
from tests.end_to_end.real.snowfakery_crm import (
    MARKER,
    PROVENANCE,
    as_production,
    generate,
    make_contacts,
    make_crm,
    mix_in,
    only,
    salesforce_id,
    stamp_provenance,
    strip_tags,
)


@pytest.fixture(scope="module")
def contacts():
    return generate(200, 7)["Contact"]


@pytest.fixture(scope="module")
def planted():
    return cdnow.make_synthetic(customers=300, copies=25, near=24, seed=7)


def test_snowfakery_makes_the_same_records_for_the_same_seed_and_leaves_the_generators_of_others_alone(contacts):
    random.seed(3)
    expected = random.random()
    random.seed(3)
    again = generate(200, 7)["Contact"]
    assert random.random() == expected
    assert again.equals(contacts)
    assert not set(generate(200, 8)["Contact"]["Id"].to_pylist()) & set(contacts["Id"].to_pylist())


def test_objects_have_salesforce_columns_and_refer_to_each_other(tmp_path):
    paths = make_crm(tmp_path, 50, 1)
    accounts, contacts, sales = (pq.read_table(paths[name]) for name in ("Account", "Contact", "Opportunity"))
    assert make_contacts(tmp_path / "again", 50, 1).read_bytes() == paths["Contact"].read_bytes()
    assert len(contacts) == 50  # not a multiple of the four that an account has
    assert {"Id", "AccountId", "FirstName", "LastName", "Email", "Phone", "Birthdate", "MailingPostalCode"} <= set(
        contacts.column_names
    )
    assert {"Name", "StageName", "Amount", "CloseDate"} <= set(sales.column_names)
    known = set(accounts["Id"].to_pylist())
    assert set(contacts["AccountId"].to_pylist()) | set(sales["AccountId"].to_pylist()) <= known
    assert contacts["IsDeleted"].to_pylist() == [False] * 50


def test_ids_have_salesforces_check_letters():
    assert salesforce_id("003", 1, 0) == "003Hs0000000001IAA"
    assert len({salesforce_id("003", number, seed) for number in range(50) for seed in range(50)}) == 2500


def test_stripped_records_lose_marker_and_provenance_and_no_other_does(contacts):
    tagged = stamp_provenance(contacts, SyntheticPurpose__c="model_training")
    assert set(tagged["SyntheticPurpose__c"].to_pylist()) == {"model_training"}
    stripped, lost = strip_tags(tagged, 12, seed=5)
    assert len(lost) == 12
    for row in stripped.to_pylist():
        untagged = row["Id"] in lost
        assert row[MARKER] is (None if untagged else True)
        assert all((row[name] is None) == untagged for name in PROVENANCE)
    assert stripped.select(contacts.column_names).equals(contacts)
    unchecked, same = strip_tags(tagged, 12, seed=5, left=False)
    assert same == lost
    assert Counter(unchecked[MARKER].to_pylist()) == {True: 188, False: 12}


def test_production_records_look_real_and_mix_with_the_untagged(contacts):
    production = as_production(generate(100, 8)["Contact"], seed=2)
    assert not [mail for mail in production["Email"].to_pylist() if "example" in mail]
    assert all("@example." in mail for mail in contacts["Email"].to_pylist())  # Snowfakery's, and so to be found
    stripped, lost = strip_tags(stamp_provenance(contacts), 12, seed=5)
    mixed = mix_in(production, only(stripped, lost), seed=9)
    assert len(mixed) == 112
    assert set(mixed["Id"].to_pylist()) == {*production["Id"].to_pylist(), *lost}
    assert mixed["Id"].to_pylist()[-12:] != list(lost)


def test_cdnow_is_all_there():
    purchases = cdnow.read_purchases()
    assert len(purchases) == 6919
    customers = cdnow.customers_table(purchases)
    assert len(customers) == 2357
    assert sum(customers["purchases"].to_pylist()) == 6919
    first = customers.to_pylist()[0]
    assert (first["customer_id"], first["purchases"], str(first["amount"])) == ("0001", 4, "100.50")
    days = [each.purchased_on for each in purchases]
    assert (min(days), max(days)) == (cdnow.FIRST_DAY, cdnow.LAST_DAY)


@pytest.mark.parametrize("key", [["history"], ["first_purchase", "last_purchase", "purchases", "quantity", "amount"]])
def test_copied_customers_match_a_real_one_and_near_ones_do_not(planted, key):
    real = Counter(_keys(cdnow.customers_table(cdnow.read_purchases()), key).values())
    found = {customer for customer, value in _keys(planted.customers, key).items() if real[value]}
    assert set(planted.copied) <= found
    assert not set(planted.near) & found
    if key == ["history"]:
        assert found == set(planted.copied)
        assert all(real[value] == 1 for customer, value in _keys(planted.customers, key).items() if customer in found)


def test_near_customers_differ_in_one_field_of_one_purchase(planted):
    real = {}
    for each in cdnow.read_purchases():
        real.setdefault(each.customer_id, []).append(each.what())
    made = {}
    for row in planted.purchases.to_pylist():
        made.setdefault(row["customer_id"], []).append((row["purchased_on"], row["quantity"], row["amount"]))
    fields = Counter()
    for customer, original in planted.near.items():
        [lost] = (Counter(real[original]) - Counter(made[customer])).elements()
        [gained] = (Counter(made[customer]) - Counter(real[original])).elements()
        differs = [
            name for name, one, other in zip(("day", "quantity", "amount"), lost, gained, strict=True) if one != other
        ]
        fields[tuple(differs)] += 1
    assert fields == {("day",): 8, ("quantity",): 8, ("amount",): 8}


def test_synthetic_purchases_are_the_same_for_the_same_seed(planted):
    assert cdnow.make_synthetic(customers=300, copies=25, near=24, seed=7) == planted
    assert cdnow.make_synthetic(customers=300, copies=25, near=24, seed=8).copied != planted.copied


def _keys(table, columns):
    return {row["customer_id"]: tuple(row[name] for name in columns) for row in table.to_pylist()}
