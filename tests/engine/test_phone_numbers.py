"""The normal form of telephone numbers, held against the library phonenumbers in every country."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import duckdb
import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType, format_number

from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.dialects.duckdb import DIALECT
from synth_expectations.engine.schema import Column, Columns
from synth_expectations.rules.expressions import field, normalize
from synth_expectations.rules.phone_plans import PhonePlan, load_phone_plans
from tools import phone_plans

KINDS = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)


def _normal_forms(texts: list[str], code: str | None) -> list[str | None]:
    columns = Columns([Column("phone", DIALECT.type_family("VARCHAR"))], "contact")
    compiler = Compiler(columns, DIALECT, datetime(2026, 11, 22, tzinfo=UTC))
    form = compiler.compile(normalize(field("phone"), "phone", code))
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE contact (place INTEGER, phone VARCHAR)")
        connection.executemany("INSERT INTO contact VALUES (?, ?)", list(enumerate(texts)))
        return [row[0] for row in connection.execute(f"SELECT {form} FROM contact ORDER BY place").fetchall()]


def _list_examples(region: str) -> list[phonenumbers.PhoneNumber]:
    numbers = (phonenumbers.example_number_for_type(region, kind) for kind in KINDS)
    return [number for number in numbers if number]


def test_the_plans_are_those_of_the_library() -> None:
    """After an upgrade of it: python -m tools.phone_plans."""
    path = phone_plans.PATH
    assert path.read_text(encoding="utf-8") == phone_plans.build()


@pytest.mark.full
def test_each_country_is_read_as_it_writes_its_numbers() -> None:
    unlike = _find_unlike(load_phone_plans())
    assert list(unlike) == ["54"]
    # Argentina writes 15 before mobile numbers at home, and 9 abroad: one that is written at home is counted as not compared
    assert unlike["54"]["011 15-2345-6789"] == "0111523456789"
    assert unlike["54"]["011 2345-6789"] == "+541123456789"


def test_a_country_of_each_kind_of_plan_is_read_as_it_writes_its_numbers() -> None:
    """By its prefixes, whether numbers have one length or more, with a prefix and without, and the length of the code."""
    kinds = {
        (plan.prefixes, len(plan.lengths) > 1, bool(plan.bare_lengths), len(plan.bare_lengths) > 1, len(code)): code
        for code, plan in load_phone_plans().items()
        if code != "54"
    }
    assert len(kinds) > 20
    assert _find_unlike({code: load_phone_plans()[code] for code in kinds.values()}) == {}


def _find_unlike(plans: Mapping[str, PhonePlan]) -> dict[str, dict[str, str | None]]:
    """Return, by calling code, what becomes of the numbers of countries that are not read as they write them."""
    unlike: dict[str, dict[str, str | None]] = {}
    for code, plan in plans.items():
        examples = [number for number in _list_examples(plan.region) if number.national_number >= 10**5]
        whole = [format_number(number, PhoneNumberFormat.E164) for number in examples]
        forms = (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL)
        written = [format_number(number, form) for form in forms for number in examples]
        if written and (found := _normal_forms(written, code)) != whole * 2:
            unlike[code] = dict(zip(written, found, strict=True))
    return unlike


@pytest.mark.parametrize(
    ("code", "text", "form"),
    [
        ("45", "32 12 34 56", "+4532123456"),
        ("45", "4532123456", "+4532123456"),
        ("45", "3212345", "3212345"),  # a digit is missing: not compared
        ("39", "06 1234 5678", "+390612345678"),
        ("39", "+39 (0)6 1234 5678", "+390612345678"),
        ("36", "06 20 123 4567", "+36201234567"),
        ("36", "20 123 4567", "201234567"),
        ("7", "8 (912) 345-67-89", "+79123456789"),
        ("7", "812 345 67 89", "+78123456789"),  # the area is 812, and nothing stands before it
        ("7", "79123456789", "+79123456789"),
        ("91", "98765 43210", "+919876543210"),
        ("44", "2079460018", "2079460018"),  # a local number of another town may be as long
        ("44", "7946 0018", "79460018"),
        (None, "020 7946 0018", "02079460018"),
        ("48", "١٢٣", None),
    ],
)
def test_numbers_by_hand(code: str | None, text: str, form: str | None) -> None:
    assert _normal_forms([text], code) == [form]
