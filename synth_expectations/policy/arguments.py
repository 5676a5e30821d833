"""Fills in the arguments of an expectation from what the policy says of its table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from synth_expectations.errors import nearest
from synth_expectations.expectation import Kind, SyntheticDataExpectation
from synth_expectations.policy.document import Address
from synth_expectations.policy.errors import PolicyError, together
from synth_expectations.policy.load import Policy
from synth_expectations.policy.model import Identifiers, Marker, ReferenceTo, TableEntry, Tuning, unknown
from synth_expectations.policy.roles import (
    FIELDS,
    FROM,
    INSTEAD_OF,
    LOOKED_UP_BY,
    OF_REFERENCE,
    PROVENANCE,
    REFERENCE,
    REFERENCE_ITSELF,
    ROLES,
)


@dataclass(frozen=True)
class Filled:
    """An expectation with its arguments.

    Attributes:
        governed: with all of them.
        given: those that the policy gave, as plain JSON; the others have their default.
    """

    governed: SyntheticDataExpectation
    given: dict[str, Any]


def filled(policy: Policy, table: str, kind: type[SyntheticDataExpectation], tuning: Tuning, at: Address) -> Filled:
    """An expectation of a table.

    Args:
        policy: that names the table.
        table: its name.
        kind: the class.
        tuning: what the policy says of this expectation itself; it goes first.
        at: where the policy asks for it, for errors.

    Raises:
        PolicyError: something that it needs is not in the policy, or does not fit.
    """
    source = _Source(policy, table, policy.tables[table], kind, tuning.arguments)
    if found := together(_reference_errors(source, at)):
        raise found
    given = dict(tuning.arguments)
    for name in kind.model_fields:
        if name not in given and (value := source.value(name)) is not None:
            given[name] = value
    try:
        governed = kind(**given)
    except ValidationError as error:
        found = together(_said(policy, table, kind, tuning, at, error))
        assert found is not None
        raise found from None
    return Filled(governed, governed.model_dump(mode="json", include=set(given)))


@dataclass(frozen=True)
class _Source:
    """Where the values of arguments come from."""

    policy: Policy
    table: str
    entry: TableEntry
    kind: type[SyntheticDataExpectation]
    tuned: Mapping[str, Any]

    def value(self, name: str) -> Any:
        """Of an argument; None if the policy does not say."""
        if any(other in self.tuned for other in INSTEAD_OF.get(name, ())):
            return None
        if name in _FROM_POLICY:
            return _FROM_POLICY[name](self)
        if name in self.kind.arguments_of_kind(Kind.REFERENCE):
            there = self._reference(name)
            return there.table if there else None
        for reference in self.kind.arguments_of_kind(Kind.REFERENCE):
            word = name.removeprefix(f"{reference}_")
            if word != name or name in OF_REFERENCE.get(reference, ()):
                return self._of_reference(reference, word)
        if name in self.kind.arguments_of_kind(Kind.COLUMN):
            return self.column(FROM.get(name, name))
        return None

    def column(self, word: str) -> str | None:
        """The table's column for a word."""
        return (self.entry.columns or {}).get(word)

    @property
    def marker(self) -> Marker | None:
        """The table's marker, if it has one."""
        return _marker_of(self.policy, self.table)

    def fields(self) -> list[str] | None:
        """The columns of its provenance."""
        words = FIELDS.get(self.kind.type_name(), PROVENANCE)
        return [column for word in words if (column := self.column(word))] or None

    def max_ages(self) -> dict[str, str] | None:
        """The longest age of each retention class."""
        retention = self.policy.words.retention
        return {name: limits.max for name, limits in retention.classes.items()} if retention else None

    def retention_class(self) -> str | None:
        """The column that names the retention class."""
        retention = self.policy.words.retention
        return self.column(retention.class_) if retention else None

    def match(self) -> list[list[dict[str, Any]]] | None:
        """The keys by which a person is known, as far as both tables have them."""
        there = self._reference("reference")
        if there is None or there.table not in self.policy.tables:
            return None
        here = self.entry.identifiers or Identifiers()
        return _keys(here, self.policy.tables[there.table].identifiers or Identifiers()) or None

    def reference_word(self, argument: str) -> str:
        """The entry of `references` that an argument means."""
        return REFERENCE.get(self.kind.type_name(), argument) if argument == "reference" else argument

    def _reference(self, argument: str) -> ReferenceTo | None:
        if isinstance(tuned := self.tuned.get(argument), str):
            return ReferenceTo(table=tuned)
        name = self.reference_word(argument)
        if name in LOOKED_UP_BY and not self.column(LOOKED_UP_BY[name]):
            return None
        named = (self.entry.references or {}).get(name)
        if named:
            return named[0]
        return ReferenceTo(table=self.table) if name in REFERENCE_ITSELF and self.marker else None

    def _of_reference(self, argument: str, word: str) -> Any:
        there = self._reference(argument)
        if there is None or there.table not in self.policy.tables:
            return None
        entry = self.policy.tables[there.table]
        columns = entry.columns or {}
        if word == "all_records":
            return entry.all if entry.marker == "none" else None
        if word in _OF_MARKER:
            marker = _marker_of(self.policy, there.table)
            return _OF_MARKER[word](marker) if marker else None
        return columns.get(there.field if word == "key" else word)


def _marker_of(policy: Policy, table: str) -> Marker | None:
    """A table's marker; that of `defaults` is for tables whose records are about people."""
    entry = policy.tables[table]
    if not isinstance(entry.marker, Marker):
        return None
    own = policy.marks.get(("tables", table, "marker", "column")) != policy.marks.get(("defaults", "marker", "column"))
    return entry.marker if own or any(ROLES[role].has_marker for role in entry.role or ()) else None


_FROM_POLICY: Mapping[str, Callable[[_Source], Any]] = {
    "marker_column": lambda s: s.marker.column if s.marker else None,
    "synthetic_values": lambda s: s.marker.synthetic if s.marker else None,
    "real_values": lambda s: s.marker.real if s.marker else None,
    "partial_values": lambda s: s.marker.partial if s.marker else None,
    "masked_values": lambda s: s.marker.masked if s.marker else None,
    "marker_can_be_empty": lambda s: s.marker.can_be_empty if s.marker else None,
    "all_records": lambda s: s.entry.all if s.entry.marker == "none" else None,
    "fields": _Source.fields,
    "methods": lambda s: s.policy.words.allowed.methods or None,
    "purposes": lambda s: s.policy.words.allowed.purposes or None,
    "allowed": lambda s: s.policy.words.allowed.environments or None,
    "regulated": lambda s: s.policy.words.decisions.regulated or None,
    "not_regulated": lambda s: s.policy.words.decisions.not_regulated or None,
    "max_ages": _Source.max_ages,
    "retention_class": _Source.retention_class,
    "match": _Source.match,
    "emails": lambda s: s.entry.identifiers.email if s.entry.identifiers else None,
    "phones": lambda s: s.entry.identifiers.phone if s.entry.identifiers else None,
    "names": lambda s: s.entry.identifiers.name if s.entry.identifiers else None,
    "calling_code": lambda s: s.entry.identifiers.calling_code if s.entry.identifiers else None,
}
"""Arguments that are no column of the table."""

_OF_MARKER: Mapping[str, Callable[[Marker], Any]] = {
    "marker_column": lambda marker: marker.column,
    "synthetic_values": lambda marker: marker.synthetic,
    "partial_values": lambda marker: marker.partial,
    # of the people in it: a masked record is a real person's too
    "real_values": lambda marker: (*(marker.real or (False,)), *(marker.masked or ())),
}
"""Arguments about a reference that its marker answers."""


def _keys(here: Identifiers, there: Identifiers) -> list[list[dict[str, Any]]]:
    """E-mail; phone with surname (a phone alone is shared); full name with birth date and postcode."""
    keys = []
    if here.email and there.email:
        keys.append([_part(here.email, there.email, "email")])
    if here.phone and there.phone and here.name and there.name:
        # the surname, where both have one of its own; else the whole name
        apart = len(here.name) > 1 and len(there.name) > 1
        name = _part(here.name[-1:] if apart else here.name, there.name[-1:] if apart else there.name, "name")
        keys.append([_part(here.phone, there.phone, "phone"), name])
    if here.name and there.name and here.birth_date and there.birth_date and here.postcode and there.postcode:
        born = _part(here.birth_date, there.birth_date, "date")
        keys.append([_part(here.name, there.name, "name"), born, _part(here.postcode, there.postcode, "postcode")])
    return keys


def _part(here: str | tuple[str, ...], there: str | tuple[str, ...], kind: str) -> dict[str, Any]:
    return {"columns": _several(here), "reference_columns": _several(there), "kind": kind}


def _reference_errors(source: _Source, at: Address) -> Iterator[PolicyError]:
    """What is wrong with the tables that an expectation looks records up in."""
    policy, table, name = source.policy, source.table, source.kind.type_name()
    for argument in source.kind.arguments_of_kind(Kind.REFERENCE):
        tuned = source.tuned.get(argument)
        if isinstance(tuned, str) and tuned not in policy.tables:
            yield policy.error((*at, argument), f"{table}: {name}: {unknown('table', tuned, policy.tables)}")
        if tuned is not None:
            continue
        word = source.reference_word(argument)
        there: Address = ("tables", table, "references", word)
        if len((source.entry.references or {}).get(word, ())) > 1:
            hint = "Name one, or a view of them all."
            yield policy.error(there, f"{table}: {name} looks records up in one table, not in several.", hint)
        needs = LOOKED_UP_BY.get(word)
        if needs and source.column(needs) and word not in (source.entry.references or {}):
            here: Address = ("tables", table, "columns", needs)
            hint = f"Name it in tables.{table}.references.{word}, or remove columns.{needs}."
            yield policy.error(here, f"{table}: columns.{needs} is looked up in a table that is not named.", hint)


def _several(value: str | tuple[str, ...]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _said(
    policy: Policy,
    table: str,
    kind: type[SyntheticDataExpectation],
    tuning: Tuning,
    at: Address,
    error: ValidationError,
) -> Iterator[PolicyError]:
    for each in error.errors(include_url=False, include_input=False):
        name = str(each["loc"][0]) if each["loc"] else ""
        place = (*at, name) if name in tuning.arguments else at
        start = f"{table}: {kind.type_name()}"
        match each["type"]:
            case "missing":
                yield policy.error(place, f"{start} needs {name}.", _where_from(table, kind, name))
            case "extra_forbidden":
                guess = nearest(name, list(kind.model_fields))
                hint = f"Did you mean {guess}?" if guess else ""
                yield policy.error(place, f"{start} has no argument {name}.", hint)
            case _:
                said = each["msg"].removeprefix("Value error, ")
                hint = _where_else(policy, table, kind) if not name else ""
                yield policy.error(place, f"{start}: {name + ': ' if name else ''}{said}.", hint)


def _where_else(policy: Policy, table: str, kind: type[SyntheticDataExpectation]) -> str:
    """What of the policy decides about arguments that do not fit each other."""
    if "retention_class" not in kind.model_fields:
        return ""
    retention = policy.words.retention
    if retention is None:
        return "The policy says it in retention.classes."
    if not (policy.tables[table].columns or {}).get(retention.class_):
        return f"Name the column in tables.{table}.columns.{retention.class_}: retention.class says so."
    return ""


def _where_from(table: str, kind: type[SyntheticDataExpectation], name: str) -> str:
    """What to write where, so that the argument is filled."""
    if name == "match":
        return "No e-mail, phone with name, or name with birth_date and postcode is in identifiers of both tables."
    if name in kind.arguments_of_kind(Kind.REFERENCE):
        reference = REFERENCE.get(kind.type_name(), name) if name == "reference" else name
        return f"Name the table in tables.{table}.references.{reference}, or exclude the expectation with a reason."
    if name in kind.arguments_of_kind(Kind.COLUMN):
        return f"Name the column in tables.{table}.columns.{FROM.get(name, name)}."
    return "Give it in the expectation's own arguments."


def checked_references(policy: Policy, table: str) -> Iterator[PolicyError]:
    """What is wrong with the references of a table."""
    for name, several in (policy.tables[table].references or {}).items():
        for number, each in enumerate(several):
            at: Address = ("tables", table, "references", name)
            at = (*at, number) if (*at, number) in policy.marks else at
            if each.table not in policy.tables:
                yield policy.error((*at, "table"), f"{table}: {unknown('table', each.table, policy.tables)}")
            elif not (policy.tables[each.table].columns or {}).get(each.field):
                hint = f"Name it in tables.{each.table}.columns, or correct the field."
                yield policy.error((*at, "field"), f"{table}: {each.table} has no column {each.field}.", hint)
