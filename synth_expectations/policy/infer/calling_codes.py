"""The calling code of a table's national telephone numbers, from how they are written and the countries beside them.

Numbers are looked at and forgotten: only counts leave this module.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from synth_expectations.rules.phone_plans import NORTH_AMERICA, load_phone_plans

_FEWEST = 5
"""Fewer national numbers say nothing of a table."""
_MOST = 0.9
"""The share of the national numbers that a code has to explain; the others are mistyped, or of travellers."""
_GROUPED = 0.5
"""The share of the national numbers whose digits have to stand in the groups of their country."""
_LOOKED_AT = 40
"""Numbers that are held against all countries, where no other column names one."""
_NORTH_AMERICAN = re.compile(r"(1[-. ]?)?([(][2-9][0-9]{2}[)] ?|[2-9][0-9]{2}[-.])[0-9]{3}[-.][0-9]{4}")
"""Three, three and four digits, the first no zero; Mexico groups them so too, with spaces."""
_WITH_SPACES = re.compile(r"(1 )?[2-9][0-9]{2} [0-9]{3} [0-9]{4}")
_OTHER_NAMES = {
    **dict.fromkeys(("usa", "unitedstatesofamerica", "can"), "1"),
    **dict.fromkeys(("uk", "gbr", "greatbritain", "england", "scotland", "wales", "northernireland"), "44"),
    **{
        "deu": "49",
        "ger": "49",
        "fra": "33",
        "esp": "34",
        "ita": "39",
        "nld": "31",
        "bel": "32",
        "aut": "43",
        "che": "41",
    },
    **{"dnk": "45", "swe": "46", "nor": "47", "pol": "48", "prt": "351", "irl": "353", "fin": "358", "aus": "61"},
    **{"nzl": "64", "jpn": "81", "ind": "91", "bra": "55", "mex": "52", "zaf": "27", "chn": "86", "kor": "82"},
}
"""Names and codes of three letters that tables have beside those of the library."""


@dataclass(frozen=True)
class CodeGuess:
    """The calling code of national numbers.

    Attributes:
        code: None where nobody can say.
        why: a reason without a number of anybody.
    """

    code: str | None
    why: str


def guess_calling_code(rows: Iterable[tuple[Any, Any]]) -> CodeGuess | None:
    """Return the code that numbers without one have; None where there are too few of them to need it.

    Args:
        rows: the number and the country of some records; None for a table without a column of countries.
    """
    known = [(_to_text(phone), country) for phone, country in rows if phone is not None]
    national = [(phone, country) for phone, country in known if _read_national(phone)]
    if len(national) < _FEWEST:
        return None
    reason = f"{len(national):,} of {len(known):,} numbers that were looked at have no calling code"
    numbers = [_read_national(phone) for phone, _ in national]
    by_country = Counter(code for _, country in national if (code := find_code(country)))
    by_plus = Counter(code for phone, _ in known if (code := _read_code(phone)))
    for counted, why in ((by_country, "their country writes them"), (by_plus, "the country of the others does")):
        code = _find_most(counted)
        if code and (read := _count_read(code, numbers)) >= _MOST * len(numbers):
            return CodeGuess(code, f"{reason}; {read:,} are written as {why}")
    if len(by_country) > 1:
        return CodeGuess(None, f"{reason}, and they are of several countries: write them with their codes")
    if code := _find_by_shape([phone for phone, _ in national[:_LOOKED_AT]]):
        return CodeGuess(code, f"{reason}; only one country groups its digits so")
    return CodeGuess(None, f"{reason}, and nothing tells their country")


def find_code(country: Any) -> str | None:
    """Return the calling code of a country's name or code, in two or three letters; None if nobody knows it."""
    return _load_countries().get(_keep_letters(str(country))) if country is not None else None


def _to_text(phone: Any) -> str:
    """Return a number as it is written: one in a column of floating-point numbers has no digits behind a point."""
    return str(int(phone)) if isinstance(phone, float) and phone.is_integer() else str(phone).strip()


def _read_national(phone: str) -> str:
    """Return the digits of a number without a calling code; nothing for any other text."""
    text = re.split("ext|x|#|;", phone.casefold(), maxsplit=1)[0]
    digits = re.sub("[^0-9]", "", text)
    if text.startswith(("+", "00")) or len(digits) < 7 or re.search("[a-z]", text):
        return ""
    return digits


def _read_code(phone: str) -> str | None:
    """Return the calling code of a number that is written with one."""
    digits = re.sub("[^0-9+]", "", phone)
    if not digits.startswith(("+", "00")):
        return None
    digits = digits.removeprefix("+").removeprefix("00")
    return next((digits[:length] for length in (1, 2, 3) if digits[:length] in load_phone_plans()), None)


def _find_most(counted: Counter[str]) -> str | None:
    """Return what nearly all are; None if there are too few, or several kinds."""
    if counted.total() < _FEWEST:
        return None
    [(code, count)] = counted.most_common(1)
    return code if count >= _MOST * counted.total() else None


def _count_read(code: str, numbers: Sequence[str]) -> int:
    plan = load_phone_plans()[code]
    return sum(plan.strip(digits) is not None for digits in numbers)


def _find_by_shape(phones: Sequence[str]) -> str | None:
    """Return the code of the only country that writes such numbers in such groups; None if several do, or none.

    Digits alone tell nothing: each country's numbers are possible in a dozen others.
    """
    from phonenumbers import PhoneNumber, PhoneNumberFormat, format_number

    if sum(bool(_NORTH_AMERICAN.fullmatch(phone)) for phone in phones) >= _MOST * len(phones):
        return NORTH_AMERICA
    likely = []
    for code, plan in load_phone_plans().items():
        stripped = [(phone, plan.strip(_read_national(phone))) for phone in phones]
        whole = [(phone, digits) for phone, digits in stripped if digits is not None]
        if len(whole) >= _MOST * len(phones):
            grouped = sum(
                phone == format_number(PhoneNumber(int(code), int(digits)), PhoneNumberFormat.NATIONAL)
                or (code == NORTH_AMERICA and bool(_WITH_SPACES.fullmatch(phone)))
                for phone, digits in whole
            )
            if grouped >= _GROUPED * len(phones):
                likely.append(code)
    return likely[0] if len(likely) == 1 else None


@cache
def _load_countries() -> dict[str, str]:
    """Return the calling codes of countries, by their letters: codes, and names in all languages that are known."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE
    from phonenumbers.geodata.locale import LOCALE_DATA

    codes = {
        region: str(code)
        for code, regions in COUNTRY_CODE_TO_REGION_CODE.items()
        for region in regions
        if str(code) in load_phone_plans()
    }
    names = {
        _keep_letters(name): codes[region]
        for region, by_language in LOCALE_DATA.items()
        if region in codes
        for name in by_language.values()
        if not name.startswith("*")  # the name of another language
    }
    return names | _OTHER_NAMES | {region.casefold(): code for region, code in codes.items()}


def _keep_letters(country: str) -> str:
    return "".join(letter for letter in country.casefold() if letter.isalpha())
