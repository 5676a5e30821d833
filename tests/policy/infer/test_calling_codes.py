"""The calling code that `init` proposes: from countries, other numbers or groups of digits, and never from nothing."""

from __future__ import annotations

from typing import Any

import pytest

from synth_expectations.policy.infer import calling_codes

BRITISH = [f"0121 496 {number:04}" for number in range(20)]
HUNGARIAN = [f"06 20 123 45{number:02}" for number in range(20)]
FRENCH = [f"01 42 68 53 {number:02}" for number in range(20)]
DANISH = [f"32 12 34 {number:02}" for number in range(20)]
AMERICAN = [f"(212) 736-5{number:03}" for number in range(20)]
DIGITS = [f"212736{number:04}" for number in range(20)]


def guess(phones: list[Any], countries: list[Any] | None = None) -> str | None:
    found = calling_codes.guess_calling_code(zip(phones, countries or [None] * len(phones), strict=True))
    return found.code if found else "not needed"


@pytest.mark.parametrize(
    ("phones", "countries", "code"),
    [
        pytest.param(DANISH, ["Denmark"] * 20, "45", id="the country in English"),
        pytest.param(DANISH, ["Danmark"] * 20, "45", id="the country in its own language"),
        pytest.param(DANISH, [" dk "] * 20, "45", id="the country's code"),
        pytest.param(DANISH, ["Sweden"] * 20, None, id="a country that does not write so"),
        pytest.param(DANISH, ["Elbonia"] * 20, None, id="no country"),
        pytest.param([*DANISH, *FRENCH], ["DK"] * 20 + ["FR"] * 20, None, id="two countries"),
        pytest.param(DIGITS, ["USA"] * 20, "1", id="digits and a country"),
        pytest.param([float(digits) for digits in DIGITS], ["USA"] * 20, "1", id="floating-point numbers"),
        pytest.param([*DANISH, *["+45 33 12 34 56"] * 5], None, "45", id="others have the code"),
        pytest.param([*BRITISH, *["0033 1 42 68 53 00"] * 5], None, None, id="others are travellers"),
        pytest.param(HUNGARIAN, None, "36", id="groups of digits of one country"),
        pytest.param(BRITISH, None, None, id="India groups them so too"),
        pytest.param(
            [phone.replace("(", "").replace(") ", " ").replace("-", " ") for phone in AMERICAN],
            None,
            None,
            id="Mexico too",
        ),
        pytest.param(AMERICAN, None, "1", id="area in brackets"),
        pytest.param([phone.replace(") ", "-")[1:] for phone in AMERICAN], None, "1", id="three, three and four"),
        pytest.param(DANISH, None, None, id="groups of several countries"),
        pytest.param(DIGITS, None, None, id="digits alone"),
        pytest.param([*AMERICAN[:4], None], None, "not needed", id="too few"),
        pytest.param(["+45 32 12 34 56"] * 20, None, "not needed", id="all have the code"),
        pytest.param(["none", "n/a", "x", "", "call Ann on 5551234"] * 5, None, "not needed", id="no numbers"),
    ],
)
def test_the_code_of_national_numbers(phones: list[Any], countries: list[Any] | None, code: str | None) -> None:
    assert guess(phones, countries) == code
