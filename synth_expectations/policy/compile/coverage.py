"""Which expectations the roles of a table ask for, and what the policy does not name for those it cannot cover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from synth_expectations.expectations.argument_types import ArgumentKind
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.expectations.declarations import POINTERS
from synth_expectations.policy.compile.argument_values import ArgumentSource, pointers
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.roles import ROLES, picks
from synth_expectations.policy.table_entry import TableEntry
from synth_expectations.policy.vocabulary import column_word, reference_word, split_reference


@dataclass(frozen=True)
class Need:
    """Something that an expectation needs and the policy does not say.

    Attributes:
        argument: the argument that stays empty.
        place: where to say it, as a dotted path in policy.yml.
        hint: what to write there, as a sentence.
        in_part: whether the expectation is evaluated without it, on what the policy does say.
    """

    argument: str
    place: str
    hint: str
    in_part: bool = False


def asked_by_roles(entry: TableEntry) -> Iterator[tuple[str, str]]:
    """Yield each expectation that a table's roles ask for, with the role; twice if two roles do."""
    references = entry.references or {}
    for role in entry.role or ():
        for type_name, reference in picks(role).items():
            if reference is None or reference in references or (reference == POINTERS and pointers(entry)):
                yield type_name, role


def may_be_excluded(entry: TableEntry) -> set[str]:
    """Return what a policy may exclude from a table: also what a role asks for only once its reference is named."""
    return {*(entry.expectations or {}), *(type_name for role in entry.role or () for type_name in picks(role))}


def is_refused(entry: TableEntry, type_name: str) -> bool:
    """Return whether a policy that lacks what an expectation needs is wrong, and not only silent about it."""
    expectation = all_expectations()[type_name]
    own = [reference_word(expectation, argument) for argument in expectation.default_to_own_table]
    return expectation.essential and (not own or bool(set(own) & set(entry.references or {})))


def needs_of(policy: Policy, table: str, type_name: str) -> list[Need]:
    """Return what an expectation needs and the policy does not say, if nothing tunes the expectation itself."""
    expectation = all_expectations()[type_name]
    source = ArgumentSource(policy, table, policy.tables[table], expectation, {})
    missing = [
        name for name, field in expectation.model_fields.items() if field.is_required() and source.value(name) is None
    ]
    needs = [need_of(source, argument) for argument in missing if argument != "fields"]
    if "fields" in expectation.model_fields:
        words = [word for word in expectation.provenance_words if not source.column(word)]
        in_part = len(words) < len(expectation.provenance_words)
        needs += [replace(_column_need(table, "fields", word), in_part=in_part) for word in words]
    if expectation.needs_one_of and not any(source.value(name) for name in expectation.needs_one_of):
        needs += [need_of(source, argument) for argument in expectation.needs_one_of]
    return list({need.place: need for need in needs}.values())


def need_of(source: ArgumentSource, argument: str) -> Need:
    """Return where the policy would say an argument, and how."""
    table, expectation = source.table, source.expectation
    if argument in _PLACES:
        place = _PLACES[argument]
        return Need(argument, place, f"Name it in {place}.")
    if argument == "match":
        hint = "No e-mail, phone with name, or name with birth_date and postcode is in identifiers of both tables."
        return Need(argument, f"tables.{table}.identifiers", hint)
    if argument in expectation.arguments_of_kind(ArgumentKind.REFERENCE):
        place = f"tables.{table}.references.{reference_word(expectation, argument)}"
        return Need(argument, place, f"Name the table in {place}, or exclude the expectation with a reason.")
    if argument in expectation.arguments_of_kind(ArgumentKind.COLUMN):
        return _need_of_column(source, argument)
    place = f"tables.{table}.expectations.{expectation.type_name()}.{argument}"
    return Need(argument, place, f"Name it in {place}.")


def _need_of_column(source: ArgumentSource, argument: str) -> Need:
    of_reference = split_reference(source.expectation, argument)
    if of_reference is None:
        return _column_need(source.table, argument, column_word(source.expectation, argument))
    reference, word = of_reference
    named = source.reference(reference)
    return _column_need(named.table, argument, word) if named else need_of(source, reference)


_PLACES = {
    "min_ages": "retention.classes",
    "max_ages": "retention.classes",
    "methods": "allowed.methods",
    "purposes": "allowed.purposes",
    "allowed": "allowed.environments",
    "regulated": "decisions.regulated",
    "not_regulated": "decisions.not_regulated",
    "watched": "decisions.watched",
}
"""Arguments that the policy says once, for all of its tables."""


def _column_need(table: str, argument: str, word: str) -> Need:
    place = f"tables.{table}.columns.{word}"
    return Need(argument, place, f"Name the column in {place}.")


def uncovered_roles(entry: TableEntry, excluded: set[str], uncovered: set[str]) -> Iterator[str]:
    """Yield the roles of a table that get nothing of what they ask for, though not all of it is excluded.

    Tables that others look records up in need no expectation of their own.
    """
    asked: dict[str, set[str]] = {}
    for type_name, role in asked_by_roles(entry):
        asked.setdefault(role, set()).add(type_name)
    for role, types in asked.items():
        if not ROLES[role].is_reference and (left := types - excluded) and left <= uncovered:
            yield role
