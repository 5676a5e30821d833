"""Tell made-up people from real ones by the signatures of `expectations/signatures`, in plain Python.

The files of patterns are those that `expect_untagged_records_to_not_look_synthetic` compiles to SQL. The normal forms
are those of `engine/normalize.py`, as far as the patterns need them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from synth_expectations.expectations.signatures.shares import surname_endings, table_signatures
from synth_expectations.expectations.signatures.tiers import Tier, signatures
from synth_expectations.gate.addresses import strip_address
from synth_expectations.gate.fields import FieldKind
from synth_expectations.gate.objects import FieldPlan
from synth_expectations.rules.binomial import binomial_tail

ALPHA = 0.005
"""How rarely so many records of people would carry a signature, for the file to look made up."""


@dataclass(frozen=True)
class Signature:
    """A mark of made-up records.

    Attributes:
        name: in sentences: "card numbers that are test cards of payment providers".
        kind: of the field that carries it; two kinds make a record made up by itself.
        is_sure: whether it cannot be a person's.
        base_rate: the share of real people's records that carry it, at most.
    """

    name: str
    kind: str
    is_sure: bool
    base_rate: float


_SHARES = {
    "reserved_email": ("email", True, 0.0034),  # 0.34 % of the addresses of authors of real commits
    "generator_email": ("email", False, None),
    "fictional_phone": ("phone", True, 0.0010),  # 5 of 6,963 in public sample files
    "impossible_phone": ("phone", False, 0.01),
    "test_card": ("card", True, 0.0010),
    "impossible_ssn": ("ssn", True, 0.0010),
    "mockaroo_email": ("email", False, 0.009),  # at most, of people who write initial and surname at all
}
"""By the name in `signatures/shares.txt`: the kind of the field, whether it cannot be a person's, and the rate of people.

The rates are lower than those of tables: whoever writes a file for a repository withholds no address in a shop.
"""
SIGNATURES: tuple[Signature, ...] = (
    *(
        Signature(f"{share.noun} that {share.does}", kind, is_sure, rate or share.base_rate)
        for name, (kind, is_sure, rate) in _SHARES.items()
        for share in [table_signatures()[name]]
    ),
    Signature("names such as Test or John Doe", "name", False, 0.0040),
    Signature("e-mail addresses of a product's sample people", "email", True, 0.0001),
)
_EMAIL, _EMAIL_GENERATOR, _PHONE, _PHONE_IMPOSSIBLE, _CARD, _SSN, _MOCKAROO, _NAME, _SAMPLE = (
    1 << bit for bit in range(len(SIGNATURES))
)
_NANP = re.compile(r"(?:\+?1[-. ]?)?\(?([0-9]{3})\)?[-. ]?([0-9]{3})[-. ]?([0-9]{4})(?: ?(?:x|ext).*)?")
_NORTH_AMERICA = frozenset(["us", "usa", "united", "states", "unitedstates", "unitedstatesofamerica", "ca", "canada"])
_MOCKAROO_SUFFIX = re.compile("[0-9a-z]{1,2}")
_MAX_LENGTH = 400
"""Characters of a value that is looked at: no address or number is longer."""


@cache
def _compile(argument: str, *tiers: Tier) -> re.Pattern[str]:
    """Return one pattern for all signatures of some tiers; it matches nothing if there are none."""
    by_tier: Mapping[Tier, tuple[str, ...]] = signatures(argument)
    patterns = [pattern for tier in tiers for pattern in by_tier.get(tier, ())]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)")


@cache
def _values(argument: str) -> frozenset[str]:
    """Return what stands as it is in a file of signatures, of all tiers."""
    return frozenset(value for values in signatures(argument).values() for value in values)


_SURE = (Tier.DEFINITIVE, Tier.RESERVED)


@lru_cache(maxsize=4096)
def _match_domain(domain: str) -> int:
    """Return the signatures of an address that its domain alone shows; most files have few domains."""
    address = f"a@{domain}"
    if _compile("emails", *_SURE).fullmatch(address):
        return _EMAIL
    return _EMAIL_GENERATOR if _compile("emails", Tier.GENERATOR).fullmatch(address) else 0


def match_email(value: str, first: str = "", last: str = "") -> int:
    """Return the signatures of an e-mail address, as bits."""
    address = value.strip().lower()[:_MAX_LENGTH]
    local, at, domain = address.rpartition("@")
    if not at:
        return 0
    if address in _values("sample_people"):
        return _SAMPLE
    if found := _match_domain(domain):
        return found
    if "_" in local and _compile("emails", Tier.GENERATOR).fullmatch(address):
        return _EMAIL_GENERATOR
    return _MOCKAROO if _is_of_mockaroo(local, first, last) else 0


def _is_of_mockaroo(local: str, first: str, last: str) -> bool:
    """Return whether the part before the @ is an initial, a surname, and one or two characters that people do not add."""
    surname = _NO_LETTER.sub("", last.lower())
    if not first or len(surname) < 2 or not local.startswith(f"{first[0].lower()}{surname}"):
        return False
    suffix = local[1 + len(surname) :]
    return _MOCKAROO_SUFFIX.fullmatch(suffix) is not None and suffix not in surname_endings()


_EXTENSION = re.compile("(ext|x|#|;).*$")
_NO_DIGIT = re.compile("[^0-9+]")
_NO_LETTER = re.compile("[^a-z]")
_PUNCTUATION = re.compile(r"[\s.,;:'\-_]")


def match_phone(value: str, country: str = "") -> int:
    """Return the signatures of a telephone number, as bits.

    National numbers are read as North American where they are written so, or where the record's country says so.
    """
    text = value.strip().lower()[:_MAX_LENGTH]
    if matched := _NANP.fullmatch(text):
        area, exchange, line = matched.groups()
        number = f"+1{area}{exchange}{line}"
        # in groups of three, three and four, or with a plus; a zero at the beginning is a trunk of other countries
        written = not text.isdigit() and not text.startswith("0")
        if (
            written
            or _compile("national_phones", *_SURE).fullmatch(text)
            or _NO_LETTER.sub("", country.casefold()) in _NORTH_AMERICA
        ):
            if _compile("phones", *_SURE).fullmatch(number):
                return _PHONE
            return _PHONE_IMPOSSIBLE if _compile("impossible_phones", Tier.GENERATOR).fullmatch(number) else 0
        return 0
    plain = _NO_DIGIT.sub("", _EXTENSION.sub("", text).replace("(0)", ""))
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    kept = _compile("phones" if plain.startswith("+") else "national_phones", *_SURE)
    return _PHONE if kept.fullmatch(plain) else 0


@lru_cache(maxsize=8192)
def _is_name_of_tester(name: str) -> bool:
    return _compile("names", *Tier).fullmatch(name) is not None


def match_name(first: str, last: str) -> int:
    """Return the signatures of a person's name, as bits: words of testers, as words of their own."""
    names = [name for name in (first.strip().lower()[:_MAX_LENGTH], last.strip().lower()[:_MAX_LENGTH]) if name]
    if any(map(_is_name_of_tester, names)):
        return _NAME
    return _NAME if _is_name_of_tester("".join(_PUNCTUATION.sub("", name) for name in names)) else 0


def match_record(plan: FieldPlan, record: Mapping[str, Any]) -> tuple[int, int]:
    """Return the signatures of a record, and those that its fields could have shown, as bits."""
    carried = possible = 0
    first, last = _text(record, plan.of(FieldKind.FIRST_NAME)), _text(record, plan.of(FieldKind.LAST_NAME))
    if not last and (whole := _text(record, plan.of(FieldKind.FULL_NAME))):
        first, _, last = whole.strip().rpartition(" ")
    for value in _texts(record, (*plan.of(FieldKind.EMAIL), *plan.of(FieldKind.ROLE_EMAIL))):
        if "@" in value:
            carried |= match_email(strip_address(value), first, last)
            possible |= _EMAIL | _EMAIL_GENERATOR | _SAMPLE | (_MOCKAROO if first and last else 0)
    if phones := plan.of(FieldKind.PHONE):
        country = _text(record, plan.of(FieldKind.COUNTRY))
        for value in _texts(record, phones):
            carried |= match_phone(value, country)
            possible |= _PHONE | _PHONE_IMPOSSIBLE
    for value in _texts(record, plan.of(FieldKind.CARD)):
        carried |= _CARD if re.sub("[^0-9]", "", value) in _values("cards") else 0
        possible |= _CARD
    for value in _texts(record, plan.of(FieldKind.SSN)):
        digits = re.sub("[^0-9]", "", value)
        carried |= _SSN if _compile("ssns", *_SURE).fullmatch(digits) else 0
        possible |= _SSN
    if first or last:
        carried |= match_name(first, last)
        possible |= _NAME
    return carried, possible


def _texts(record: Mapping[str, Any], fields: tuple[str, ...]) -> list[str]:
    values = [record.get(field) for field in fields]
    return [str(value) for value in values if value and not isinstance(value, dict | list)]


def _text(record: Mapping[str, Any], fields: tuple[str, ...]) -> str:
    for text in _texts(record, fields):
        return text
    return ""


def is_sure_alone(carried: int) -> bool:
    """Return whether a record is made up by what it carries: two kinds of field that cannot be a person's."""
    kinds = {sign.kind for bit, sign in enumerate(SIGNATURES) if carried & (1 << bit) and sign.is_sure}
    return bool(carried & _SAMPLE) or len(kinds) > 1


def find_telling(carried: Mapping[int, int], possible: Mapping[int, int]) -> int:
    """Return the signatures that more records of a file carry than people's would, as bits.

    Args:
        carried: how many records carry each signature, by its bit.
        possible: how many records have such a field.
    """
    telling = 0
    for bit, sign in enumerate(SIGNATURES):
        mark = 1 << bit
        if binomial_tail(carried.get(mark, 0), possible.get(mark, 0), sign.base_rate) < ALPHA:
            telling |= mark
    return telling


def describe(bits: int) -> str:
    """Return signatures in words."""
    names = [sign.name for bit, sign in enumerate(SIGNATURES) if bits & (1 << bit)]
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""


def split_bits(bits: int) -> Iterator[int]:
    """Yield each signature of a sum of them."""
    return (1 << bit for bit in range(len(SIGNATURES)) if bits & (1 << bit))
