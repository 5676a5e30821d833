"""Columns of numbers that an authority issues, such as payment cards: by name and form. No value of them is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal

from synth_expectations.expectations.leakage.expect_untagged_records_to_not_look_synthetic import (
    ExpectUntaggedRecordsToNotLookSynthetic,
)
from synth_expectations.gate.fields import FieldKind, classify
from synth_expectations.policy.infer.model import IssuedNumbers, ProposedValue, TableProfile

_KINDS: dict[FieldKind, Literal["cards", "ssns"]] = {FieldKind.CARD: "cards", FieldKind.SSN: "ssns"}
_NOUNS = {"cards": "are whole card numbers", "ssns": "have the form of a social security number"}
_SHARE = 0.9
"""The share of the values that must have the form: exports mask most digits of a card, and a name alone says little."""
_CARD = re.compile(r"[0-9]{12,19}")
_SSN = re.compile(r"[0-9]{3}-?[0-9]{2}-?[0-9]{4}")


def find_argument(name: str) -> Literal["cards", "ssns"] | None:
    """Return the argument that a column's name says it is one of; None if it says nothing of such a number."""
    kind = classify(name)
    return _KINDS.get(kind) if kind else None


def read_numbers(argument: Literal["cards", "ssns"], values: Iterable[Any]) -> IssuedNumbers | None:
    """Return how many values have the form of a kind of number; None if most have another."""
    texts = [str(value).strip() for value in values if value is not None and str(value).strip()]
    has_form = _is_card if argument == "cards" else _is_ssn
    fitting = sum(map(has_form, texts))
    return IssuedNumbers(argument, len(texts), fitting) if texts and fitting >= _SHARE * len(texts) else None


def propose_arguments(profile: TableProfile, tells: bool) -> dict[str, ProposedValue]:
    """Return the arguments that check such columns, by type of the expectation; empty without one.

    Args:
        profile: of the table.
        tells: whether a role of the table includes the expectation.
    """
    found = [(column.name, column.issued) for column in profile.columns if column.issued]
    if not (tells and found):
        return {}
    arguments: dict[str, list[str]] = {}
    reasons = []
    for name, numbers in found:
        arguments.setdefault(numbers.argument, []).append(name)
        reasons.append(
            f"{name}: {numbers.fitting:,} of {numbers.read:,} values that were read {_NOUNS[numbers.argument]}"
        )
    return {ExpectUntaggedRecordsToNotLookSynthetic.type_name(): ProposedValue(arguments, "; ".join(reasons))}


def _is_ssn(text: str) -> bool:
    return bool(_SSN.fullmatch(text))


def _is_card(text: str) -> bool:
    """Return whether a text is a card number with the right check digit (ISO/IEC 7812-1, annex B)."""
    digits = re.sub(r"[ -]", "", text)
    if not _CARD.fullmatch(digits):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
