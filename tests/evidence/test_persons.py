"""One person in several spellings is one person; two people with one first name are not."""

from __future__ import annotations

import pytest

from synth_expectations.evidence.persons import is_same_person


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("ann", "Ann@shop.example"),
        (" ANN ", "ann"),
        ("ann@shop.example", "ann@SHOP.example."),
        ("ann+audit@shop.example", "ann@shop.example"),
        ("ann+audit@shop.example", "ann"),
        ("Ann Lee <ann@shop.example>", "ann@shop.example"),
        ("ann@shop.example (Ann Lee)", "Ann"),
        ("mailto:ann", "mailto:ann"),
        ("Ann Lee", "ann.lee@shop.example"),
        ("ann_lee", "Ann-Lee"),
        ("a\u200bnn", "ann"),
        ("\uff41\uff4e\uff4e", "ann"),
        ("Jos\u00e9", "Jose\u0301"),
        ("Ann\u00a0Lee", "ann lee"),
    ],
)
def test_other_spellings_are_the_same_person(name: str, other: str) -> None:
    assert is_same_person(name, other) and is_same_person(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("ann@shop.example", "ann@bank.example"),
        ("ann", "anna"),
        ("ann lee", "ann"),
        ("", ""),
        ("  ", "ann"),
        ("@", "@shop.example"),
        ("+tag@shop.example", "ann@shop.example"),
    ],
)
def test_others_are_not(name: str, other: str) -> None:
    assert not is_same_person(name, other) and not is_same_person(other, name)
