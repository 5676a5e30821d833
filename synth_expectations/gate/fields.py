"""What the fields of a record hold, told by their names, in any case: e-mail, phone, name, marker, key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from importlib import resources

MAX_NAME = 200
"""Characters of a field's name: what is longer names nothing."""
_NO_TEXT = re.compile(
    "optout|optin|optedout|bounce|verified|valid|status|count|template|subject|body|sent|preference|type|consent|notif"
    "|flag|enabled|allow|send|label|^ask|required|display|placeholder|helptext|isemail|hasemail|donot|emailid$|date|format|header|domain|server"
)
"""Words in the name of a field that is about an address or a name, and holds none: of its label, of whether to ask for it."""


class FieldKind(StrEnum):
    """What a field holds."""

    EMAIL = "email"
    ROLE_EMAIL = "e-mail of a role"
    PHONE = "phone"
    FIRST_NAME = "first name"
    LAST_NAME = "last name"
    FULL_NAME = "full name"
    SSN = "ssn"
    CARD = "card"
    ID = "id"
    KEY = "key"
    COUNTRY = "country"


PERSONAL = (
    FieldKind.EMAIL,
    FieldKind.PHONE,
    FieldKind.FIRST_NAME,
    FieldKind.LAST_NAME,
    FieldKind.FULL_NAME,
    FieldKind.SSN,
    FieldKind.CARD,
)
"""Kinds of fields whose values are a person's."""

_EXACT = {
    "firstname": FieldKind.FIRST_NAME,
    "fname": FieldKind.FIRST_NAME,
    "givenname": FieldKind.FIRST_NAME,
    "forename": FieldKind.FIRST_NAME,
    "lastname": FieldKind.LAST_NAME,
    "lname": FieldKind.LAST_NAME,
    "surname": FieldKind.LAST_NAME,
    "familyname": FieldKind.LAST_NAME,
    "fullname": FieldKind.FULL_NAME,
    "contactname": FieldKind.FULL_NAME,
    "customername": FieldKind.FULL_NAME,
    "personname": FieldKind.FULL_NAME,
    "guestname": FieldKind.FULL_NAME,
    "id": FieldKind.ID,
    "country": FieldKind.COUNTRY,
    "mailingcountry": FieldKind.COUNTRY,
    "mailingcountrycode": FieldKind.COUNTRY,
    "billingcountry": FieldKind.COUNTRY,
    "countrycode": FieldKind.COUNTRY,
    "personmailingcountry": FieldKind.COUNTRY,
}


def fold(name: str) -> str:
    """Return a field's name without case, underscores and the endings of custom fields: `First_Name__c` is `firstname`."""
    plain = re.sub(r"__(c|pc)$", "", name.strip().casefold())
    return re.sub(r"[^a-z0-9]", "", plain)


_PATTERNS = (
    (FieldKind.FIRST_NAME, re.compile("firstname[a-z]*|[a-z]*(first|given)name")),
    (FieldKind.LAST_NAME, re.compile("lastname[a-z]*|[a-z]*(last|sur)name")),
    (FieldKind.SSN, re.compile("[a-z]*(ssn|socialsecurity(number|no)?)")),
    (FieldKind.CARD, re.compile(".*(credit|debit|payment)?card(number|no)|creditcard")),
    (
        FieldKind.KEY,
        re.compile("external.*id|.*(externalid|(customer|contact|lead|person|guest|member)(id|number|no|key))"),
    ),
)
_PHONE = re.compile(".*(phones?|mobile|fax|cell|telephone|phonenumbers?|mobilenumbers?)[0-9]*")


def fold_letters(name: str) -> str:
    """Return a field's name without case, accents, spaces and punctuation, in any alphabet."""
    plain = unicodedata.normalize("NFKD", re.sub(r"__(c|pc)$", "", name.strip().casefold()))
    return "".join(letter for letter in plain if letter.isalnum())


def _read_words() -> Iterator[tuple[str, FieldKind]]:
    for line in resources.files(__package__).joinpath("field_words.txt").read_text(encoding="utf-8").splitlines():
        kind, colon, words = line.partition(": ")
        if colon and not line.startswith("#"):
            yield from ((fold_letters(word), FieldKind(kind)) for word in words.split())


_WORDS = dict(_read_words())


_ROLE_EMAIL = re.compile(
    "(owner|support|admin|administrator|from|reply|replyto|sender|alert|alerts|notification|notifications|sales|help|info|office"
    "|maintainer|createdby|updatedby|modifiedby|approvedby|assignedto|assignee|manager|approver|oncall"
    "|team|technical|tech|security|escalation|steward|service)email(address)?"
)
"""Fields with the address of somebody who looks after a thing: by itself it makes no record one of a person."""


def classify(name: str) -> FieldKind | None:
    """Return what a field holds by its name, or None."""
    return _classify(name) if len(name) <= MAX_NAME else None


@lru_cache(maxsize=20_000)
def _classify(name: str) -> FieldKind | None:
    folded = fold(name)
    if kind := _EXACT.get(folded.removeprefix("person")) or _EXACT.get(folded):
        return kind
    if _NO_TEXT.search(folded):
        return None
    if "email" in folded:
        return FieldKind.ROLE_EMAIL if _ROLE_EMAIL.fullmatch(folded) else FieldKind.EMAIL
    if _PHONE.fullmatch(folded):
        return FieldKind.PHONE
    if kind := next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(folded)), None):
        return kind
    return classify_word(name)


def classify_word(name: str) -> FieldKind | None:
    """Return what a field holds if its name, without digits at the end, is a word of `field_words.txt`; None if it is none."""
    return _WORDS.get(fold_letters(name).rstrip("0123456789"))
