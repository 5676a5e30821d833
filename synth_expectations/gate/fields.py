"""What the fields of a record are about, told by their names, in any case: e-mail, phone, name, marker, key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib import resources

PEOPLE = frozenset({"contact", "lead", "individual", "user", "personaccount"})
"""Objects of Salesforce whose records are people."""

NOT_PEOPLE = frozenset(
    line
    for line in resources.files(__package__).joinpath("objects_not_people.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
"""Standard objects whose records are no people, whatever their fields are called."""

_REFERENCE = re.compile(
    "product|price|market|record_?type|currency|countr(y|ies)|store|branch|location|warehouse|categor(y|ies)|region"
    "|territor(y|ies)|template|config|setting|catalog|brand|vendor|supplier|sku|translation|tax|carrier|dealer|site|venue"
    "|filial|niederlassung|tienda|sucursal|magasin|negozio|loja|produkt|artikel|lieferant"
    "|propert(y|ies)|business|facility|facilities|compan(y|ies)|organi[sz]ation|department|team|queue|webhook|endpoint"
)
"""Words in the name of an object whose records are things or places: their e-mail and phone are no person's."""

_NO_TEXT = re.compile(
    "optout|optin|optedout|bounce|verified|valid|status|count|template|subject|body|sent|preference|type|consent|notif"
    "|flag|enabled|allow|send|label|^ask|required|display|placeholder|helptext|isemail|hasemail|donot|emailid$|date|format|header|domain|server"
)
"""Words in the name of a field that is about an address or a name, and holds none: of its label, of whether to ask for it."""


class FieldKind(StrEnum):
    """What a field holds."""

    EMAIL = "email"
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


@lru_cache(maxsize=20_000)
def classify(name: str) -> FieldKind | None:
    """Return what a field holds by its name, or None."""
    folded = fold(name)
    if kind := _EXACT.get(folded.removeprefix("person")) or _EXACT.get(folded):
        return kind
    if _NO_TEXT.search(folded):
        return None
    if "email" in folded:
        return FieldKind.EMAIL
    if _PHONE.fullmatch(folded):
        return FieldKind.PHONE
    if kind := next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(folded)), None):
        return kind
    return _WORDS.get(fold_letters(name))


@dataclass(frozen=True)
class FieldPlan:
    """Which fields of a table hold what.

    Attributes:
        object: the sObject, or what the file is named after.
        by_kind: the fields of each kind, in the order of the file.
        markers: the fields that may say what a record is.
        is_about_people: whether records with a value in such a field are people.
    """

    object: str
    by_kind: dict[FieldKind, tuple[str, ...]]
    markers: tuple[str, ...]
    is_about_people: bool

    def of(self, kind: FieldKind) -> tuple[str, ...]:
        """Return the fields of a kind."""
        return self.by_kind.get(kind, ())

    @cached_property
    def personal(self) -> tuple[str, ...]:
        """The fields whose values are a person's."""
        return tuple(name for kind in PERSONAL for name in self.of(kind))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The fields that may name a record."""
        return (*self.of(FieldKind.ID), *self.of(FieldKind.KEY))


def plan_fields(object_name: str, names: tuple[str, ...], markers: tuple[str, ...]) -> FieldPlan:
    """Return what the fields of a table hold.

    Args:
        object_name: of the sObject or table.
        names: of its fields.
        markers: those of them that may say what a record is.
    """
    by_kind: dict[FieldKind, tuple[str, ...]] = {}
    for name in names:
        if kind := classify(name):
            by_kind[kind] = (*by_kind.get(kind, ()), name)
    if is_person_account(object_name, names):
        by_kind[FieldKind.LAST_NAME] = by_kind.get(FieldKind.LAST_NAME, ())
    return FieldPlan(object_name, by_kind, markers, is_about_people(object_name, names, set(by_kind)))


def is_person_account(object_name: str, names: tuple[str, ...]) -> bool:
    """Return whether accounts have fields of persons."""
    folded = {fold(name) for name in names}
    return strip_namespace(object_name) == "account" and bool(
        folded & {"firstname", "lastname", "personemail", "personmobilephone", "personbirthdate", "ispersonaccount"}
        or any(name.casefold().endswith("__pc") for name in names)
    )


def is_about_people(object_name: str, names: tuple[str, ...], kinds: set[FieldKind]) -> bool:
    """Return whether the records of an object with these fields are people.

    Contact, Lead, Individual and User are; Account with fields of persons; and other objects, custom ones above all, with
    a person's name, an e-mail or a phone. Standard objects of other things are not, nor custom metadata, and of objects
    that are named after a thing or a place only those with a person's first and last name.
    """
    folded = strip_namespace(object_name)
    if folded in PEOPLE:
        return True
    if folded == "account":
        return is_person_account(object_name, names)
    if folded in NOT_PEOPLE or re.search("__(mdt|kav|x|share|history|feed|tag|changeevent)$", object_name.casefold()):
        return False
    if re.search("contact|lead(s|_|$)|customer|person|people|guest|member|employee|patient|subscriber", folded):
        return bool(kinds & set(PERSONAL))
    named = {FieldKind.FIRST_NAME, FieldKind.LAST_NAME} <= kinds
    if _REFERENCE.search(folded):
        return named
    return named or bool(kinds & {FieldKind.EMAIL, FieldKind.PHONE, FieldKind.FULL_NAME, FieldKind.SSN})


def strip_namespace(object_name: str) -> str:
    """Return an object's name in lower case, without the namespace of a package and the ending of a custom object."""
    folded = object_name.casefold().strip()
    parts = folded.split("__")
    if len(parts) == 3:
        return parts[1]
    return parts[0] if len(parts) == 2 and len(parts[1]) <= 3 else folded
