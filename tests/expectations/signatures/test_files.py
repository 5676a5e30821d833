"""The signature files: every line can be used, and says how sure it is."""

from __future__ import annotations

import re
from importlib import resources
from itertools import chain

import pytest

from synth_expectations.expectations import signatures as folder
from synth_expectations.expectations.leakage.expect_untagged_records_to_not_look_synthetic import (
    ExpectUntaggedRecordsToNotLookSynthetic,
)
from synth_expectations.expectations.signatures import read_list, tiers
from synth_expectations.expectations.signatures.person_fields import PersonFields
from synth_expectations.expectations.signatures.shares import phone_layouts, table_signatures
from synth_expectations.expectations.signatures.tiers import Tier, signatures
from synth_expectations.rules.canonical import require_portable

FILES = (
    "emails",
    "crossed",
    "phones",
    "national_phones",
    "local_phones",
    "impossible_phones",
    "impossible_national_phones",
    "cards",
    "ssns",
    "names",
)
OTHERS = ("sample_people", "surname_endings", "withheld", "withheld_phones", "phone_layouts", "shares")


def test_the_digest_covers_every_file() -> None:
    listed = {f"signatures/{name}.txt" for name in (*FILES, *OTHERS)}
    assert set(ExpectUntaggedRecordsToNotLookSynthetic.data_files) == listed


def test_every_pattern_of_a_layout_and_of_a_withheld_address_is_portable() -> None:
    for pattern in (
        *chain.from_iterable(phone_layouts().values()),
        *read_list("withheld"),
        *read_list("withheld_phones"),
    ):
        require_portable(pattern)
        re.compile(pattern)
        assert pattern == pattern.lower()


def test_every_share_that_a_person_can_have_is_described_and_no_other() -> None:
    fields = PersonFields(("e",), ("p",), ("c",), ("s",), ("first", "last"))
    assert {name for name, _ in fields.shared()} == set(table_signatures())
    assert all(0 < signature.base_rate < 1 for signature in table_signatures().values())


@pytest.mark.parametrize("name", FILES)
def test_every_pattern_means_the_same_on_every_engine(name: str) -> None:
    for pattern in (each for several in signatures(name).values() for each in several):
        require_portable(pattern)
        re.compile(pattern)
        assert pattern == pattern.lower()


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_commented_with_how_sure_it_is(name: str) -> None:
    """By itself, or by the comment above it."""
    above = ""
    for line in resources.files(folder).joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            above = line
        elif line.strip():
            assert re.search(r"[(][ABC](: [^)]+)?[)]", f"{above} {line.partition('#')[2]}"), line


def test_no_value_stands_in_a_file_twice() -> None:
    for name in FILES:
        values = [each for several in signatures(name).values() for each in several]
        assert len(values) == len(set(values)), name


def test_test_cards_have_a_check_digit_that_fits() -> None:
    """So that none was mistyped."""
    for card in signatures("cards")[Tier.RESERVED]:
        digits = [int(digit) for digit in reversed(card)]
        doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
        assert (sum(digits[::2]) + sum(doubled)) % 10 == 0, card


def test_a_line_without_a_tier_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiers, "read_list", lambda _: ("reserved a", "sure b"))
    with pytest.raises(ValueError, match="begins with no tier"):
        signatures.__wrapped__("odd")


def test_tiers_go_from_the_surest_to_the_weakest() -> None:
    assert Tier.RESERVED.and_better() == [Tier.DEFINITIVE, Tier.RESERVED]
    assert Tier.WEAK.and_better() == list(Tier)
