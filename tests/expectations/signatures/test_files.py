"""The signature files: every line can be used, and says how sure it is."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from synth_expectations.expectations import signatures as folder
from synth_expectations.expectations.leakage.expect_untagged_records_to_not_look_synthetic import (
    ExpectUntaggedRecordsToNotLookSynthetic,
)
from synth_expectations.expectations.signatures import tiers
from synth_expectations.expectations.signatures.tiers import Tier, signatures
from synth_expectations.rules.canonical import require_portable

FILES = ("emails", "phones", "cards", "ssns", "names")


def test_the_digest_covers_every_file() -> None:
    assert ExpectUntaggedRecordsToNotLookSynthetic.data_files == tuple(f"signatures/{name}.txt" for name in FILES)


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
