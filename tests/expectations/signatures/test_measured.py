"""The rates that are published are those that are measured, and what must never happen does not."""

from __future__ import annotations

import random

import pytest

from synth_expectations.expectations.signatures.tiers import Tier
from tests.expectations.signatures.corpus import LOCALES, groups
from tests.expectations.signatures.measurements import (
    SETTINGS,
    Measured,
    count_found_tables,
    find_shares,
    measured,
    measured_held_back,
)
from tests.expectations.signatures.page import PAGE, page, share


@pytest.fixture(scope="module")
def found() -> list[Measured]:
    return measured()


@pytest.mark.full
def test_the_page_says_what_is_measured(found: list[Measured]) -> None:
    """If not: `python -m tests.expectations.signatures.measure`, and read the difference."""
    assert PAGE.read_text(encoding="utf-8") == page(found, measured_held_back())


@pytest.mark.full
def test_no_person_is_taken_for_synthetic_by_default(found: list[Measured]) -> None:
    mistaken = {each.group.name: each.violating[SETTINGS[0]] for each in found if not each.group.synthetic}
    assert len(mistaken) == 5
    assert set(mistaken.values()) == {0}


def test_the_table_of_each_generator_is_found_and_none_of_people() -> None:
    shares = {group.name: find_shares(group) for group in groups() if not group.synthetic or len(group.frame) >= 100}
    people = [name for name, found in shares.items() if not found]
    assert people == ["Faker en_US, `company_email`", *list(shares)[-5:]]


@pytest.mark.full
def test_nine_tables_of_ten_are_found_and_none_of_people(found: list[Measured]) -> None:
    """Tables of 100 records."""
    for kind in (True, False):
        counted = [count_found_tables(each.group) for each in found if each.group.synthetic is kind]
        part, whole = (sum(counts) for counts in zip(*counted, strict=True))
        assert part >= 0.9 * whole if kind else part == 0


@pytest.mark.full
def test_nothing_beside_a_reserved_value_is_reserved(found: list[Measured]) -> None:
    neighbours = _group(found, "neighbours of signatures, by hand")
    assert [kind for (kind, tier), count in neighbours.matching.items() if tier is Tier.RESERVED and count] == []


@pytest.mark.full
def test_every_shopper_would_be_mistaken_if_one_field_were_enough(found: list[Measured]) -> None:
    """So that their 0 % by default says something. Nobody is mistaken by a number of zeros: it is weak in any case."""
    shoppers = _group(found, "shoppers who withhold a field, by hand")
    assert shoppers.matching["ssn", Tier.WEAK] == 1
    assert shoppers.violating[Tier.RESERVED, 1] == shoppers.records - 1


@pytest.mark.full
def test_fakers_addresses_are_all_reserved_and_those_of_companies_never(found: list[Measured]) -> None:
    for locale in LOCALES:
        faker = _group(found, f"Faker {locale}")
        assert faker.matching["email", Tier.RESERVED] == faker.records
    assert _group(found, "Faker en_US, `company_email`").matching["email", Tier.RESERVED] == 0


@pytest.mark.full
def test_every_user_name_of_snowfakery_is_known(found: list[Measured]) -> None:
    """Also those whose end was cut off."""
    users = _group(found, "Snowfakery, users")
    assert users.matching["email", Tier.GENERATOR] == users.records
    assert users.group.frame["email"].str.len().max() == 80


@pytest.mark.full
def test_a_wider_setting_finds_no_less(found: list[Measured]) -> None:
    for each in found:
        for fields in (1, 2):
            counts = [each.violating[tier, fields] for tier in (Tier.RESERVED, Tier.GENERATOR, Tier.WEAK)]
            assert counts == sorted(counts), each.group.name
        assert all(each.violating[tier, 1] >= each.violating[tier, 2] for tier, _ in SETTINGS)


@pytest.mark.full
def test_the_corpus_is_the_same_each_time_and_leaves_the_generators_of_others_alone() -> None:
    random.seed(3)
    expected = random.random()
    random.seed(3)
    once = list(groups())
    assert random.random() == expected
    for one, other in zip(once, groups(), strict=True):
        assert one.name == other.name
        assert one.frame.equals(other.frame)


def test_a_share_is_never_rounded_to_none_or_all() -> None:
    assert [share(part, 1000) for part in (0, 4, 500, 996, 1000)] == ["0 %", "0.4 %", "50 %", "99.6 %", "100 %"]


def _group(found: list[Measured], name: str) -> Measured:
    [each] = [each for each in found if each.group.name == name]
    return each
