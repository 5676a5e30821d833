"""Which objects are about people, told by their names and by the fields that they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources

from synth_expectations.gate.fields import PERSONAL, FieldKind, classify, fold

PEOPLE = frozenset({"contact", "lead", "individual", "user", "personaccount"})
"""Objects of Salesforce whose records are people."""


def _read_list(name: str) -> Iterator[str]:
    for line in resources.files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


NOT_PEOPLE = frozenset(_read_list("objects_not_people.txt"))
"""Standard objects whose records are not people, whatever their fields are called."""

_THINGS = [line.partition(": ") for line in _read_list("objects_of_things.txt")]
_STEMS = re.compile("|".join(word for kind, _, words in _THINGS if kind == "anywhere" for word in words.split()))
_NOUNS = frozenset(word for kind, _, words in _THINGS if kind == "last word" for word in words.split())
_NAMED_AFTER_PEOPLE = re.compile("contact|lead(s|_|$)|customer|person|people|guest|member|employee|patient|subscriber")
_ROLES = frozenset(role for line in _read_list("role_mailboxes.txt") for role in line.split())
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@dataclass(frozen=True)
class FieldPlan:
    """Which fields of a table hold what.

    Attributes:
        object: the sObject, or what the file is named after.
        by_kind: the fields of each kind, in the order of the file.
        markers: the fields that may say what a record is.
        is_about_people: whether records with a value in such a field are people.
        is_named_after_people: whether the object's name says that its records are people.
    """

    object: str
    by_kind: dict[FieldKind, tuple[str, ...]]
    markers: tuple[str, ...]
    is_about_people: bool
    is_named_after_people: bool

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
    about_people = is_about_people(object_name, names, set(by_kind))
    return FieldPlan(object_name, by_kind, markers, about_people, is_named_after_people(object_name))


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
    if _NAMED_AFTER_PEOPLE.search(folded):
        return bool(kinds & set(PERSONAL))
    named = {FieldKind.FIRST_NAME, FieldKind.LAST_NAME} <= kinds
    if is_named_after_things(object_name):
        return named
    return named or bool(kinds & {FieldKind.EMAIL, FieldKind.PHONE, FieldKind.FULL_NAME, FieldKind.SSN})


def is_named_after_people(object_name: str) -> bool:
    """Return whether an object's name says that its records are people, whatever its fields are called."""
    folded = strip_namespace(object_name)
    return folded.removesuffix("s") in PEOPLE or _NAMED_AFTER_PEOPLE.search(folded) is not None


@lru_cache(maxsize=4096)
def is_named_after_things(object_name: str) -> bool:
    """Return whether an object's name says that its records are things or places: `Store__c`, `feature_flags`."""
    if _STEMS.search(strip_namespace(object_name)):
        return True
    words = _WORD.findall(re.sub("__[a-z]{1,3}$", "", object_name.strip(), flags=re.IGNORECASE))
    last = words[-1].casefold() if words else ""
    singular = (last, last.removesuffix("s"), last.removesuffix("es"), re.sub("ies$", "y", last))
    return not _NOUNS.isdisjoint(singular)


def is_of_role(address: str) -> bool:
    """Return whether an e-mail address is the mailbox of a role by what stands before its @: `info@`, `no-reply+1@`."""
    local = address.strip().casefold().partition("@")[0].partition("+")[0]
    return re.sub("[-._]", "", local) in _ROLES


def strip_namespace(object_name: str) -> str:
    """Return an object's name in lower case, without the namespace of a package and the ending of a custom object."""
    folded = object_name.casefold().strip()
    parts = folded.split("__")
    if len(parts) == 3:
        return parts[1]
    return parts[0] if len(parts) == 2 and len(parts[1]) <= 3 else folded
