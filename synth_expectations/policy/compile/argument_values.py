"""Where the values of arguments come from: the words of the policy, its tables, their markers and references."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from synth_expectations.expectations.base import Kind, SyntheticDataExpectation
from synth_expectations.policy.governance import find_duration_end
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.roles import (
    FIELDS,
    FROM,
    FROM_OF,
    INSTEAD_OF,
    JUDGED_BY,
    LOOKED_UP_BY,
    OF_REFERENCE,
    PROVENANCE,
    REFERENCE,
    REFERENCE_ITSELF,
    ROLES,
)
from synth_expectations.policy.schema import Identifiers, Marker, ReferenceTo, TableEntry


def pointers(entry: TableEntry) -> list[str]:
    """The words of a table's `columns` that point into other tables, but for those that a role judges by itself."""
    judged = {word for role in entry.role or () for word in JUDGED_BY.get(role, ())}
    columns = entry.columns or {}
    return [word for word in entry.references or {} if columns.get(word) and word not in judged]


@dataclass(frozen=True)
class Source:
    """Where the values of an expectation's arguments come from."""

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
            own = FROM_OF.get(self.kind.type_name(), {})
            return self.column(own.get(name) or FROM.get(name, name))
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

    def min_ages(self) -> dict[str, str] | str | None:
        """How long each retention class is kept at least; where nothing names the class, the longest of them for all."""
        retention = self.policy.words.retention
        if retention is None:
            return None
        least = {name: limits.min or "P0D" for name, limits in retention.classes.items()}
        return least if self.retention_class() else max(least.values(), key=find_duration_end)

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

    def targets(self) -> list[dict[str, Any]] | None:
        """The tables that columns point into: each reference that is called like a word of `columns`."""
        found = []
        for word in pointers(self.entry):
            for each in (self.entry.references or {})[word]:
                entry = self.policy.tables.get(each.table)
                key = (entry.columns or {}).get(each.field) if entry else None
                if entry is None or key is None:
                    continue  # `checked_references` says so
                marker = _marker_of(self.policy, each.table)
                of_marker = {name: read(marker) for name, read in _OF_MARKER.items()} if marker else {}
                of_marker = of_marker or {"all_records": entry.all}
                given = {name: value for name, value in of_marker.items() if value is not None}
                found.append({"columns": [self.column(word)], "reference": each.table, "key": key, **given})
        return found or None

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


_FROM_POLICY: Mapping[str, Callable[[Source], Any]] = {
    "marker_column": lambda s: s.marker.column if s.marker else None,
    "synthetic_values": lambda s: s.marker.synthetic if s.marker else None,
    "real_values": lambda s: s.marker.real if s.marker else None,
    "partial_values": lambda s: s.marker.partial if s.marker else None,
    "masked_values": lambda s: s.marker.masked if s.marker else None,
    "marker_can_be_empty": lambda s: s.marker.can_be_empty if s.marker else None,
    "all_records": lambda s: s.entry.all if s.entry.marker == "none" else None,
    "fields": Source.fields,
    "methods": lambda s: s.policy.words.allowed.methods or None,
    "purposes": lambda s: s.policy.words.allowed.purposes or None,
    "allowed": lambda s: s.policy.words.allowed.environments or None,
    "regulated": lambda s: s.policy.words.decisions.regulated or None,
    "not_regulated": lambda s: s.policy.words.decisions.not_regulated or None,
    "watched": lambda s: s.policy.words.decisions.watched or None,
    "max_ages": Source.max_ages,
    "min_ages": Source.min_ages,
    "retention_class": Source.retention_class,
    "match": Source.match,
    "targets": Source.targets,
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


def _several(value: str | tuple[str, ...]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
