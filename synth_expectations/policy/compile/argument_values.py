"""Where the values of arguments come from: the words of the policy, its tables, their markers and references."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from synth_expectations.expectations.argument_types import ArgumentKind
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.policy.governance import find_duration_end
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.roles import ROLES, picks
from synth_expectations.policy.table_entry import Identifiers, Marker, ReferenceTo, TableEntry
from synth_expectations.policy.vocabulary import column_word, reference_word, split_reference
from synth_expectations.rules.key_kinds import KeyKind
from synth_expectations.rules.model import BATCH


def pointers(entry: TableEntry) -> list[str]:
    """Return the words of `columns` that point into other tables, except those that another expectation evaluates."""
    evaluated = {
        word
        for role in entry.role or ()
        for type_name in picks(role)
        for word in all_expectations()[type_name].evaluated_pointers
    }
    columns = entry.columns or {}
    return [word for word in entry.references or {} if columns.get(word) and word not in evaluated]


@dataclass(frozen=True)
class ArgumentSource:
    """Where the values of an expectation's arguments come from.

    Attributes:
        policy: the policy.
        table: the name of the table.
        entry: what the policy says of it.
        expectation: the class.
        tuned: arguments that the policy gives the expectation itself.
    """

    policy: Policy
    table: str
    entry: TableEntry
    expectation: type[SyntheticDataExpectation]
    tuned: Mapping[str, Any]

    def value(self, name: str) -> Any:
        """Return the value of an argument; None if the policy does not say it."""
        if self.expectation.replaced_by.get(name) in self.tuned:
            return None
        if name in _FROM_POLICY:
            return _FROM_POLICY[name](self)
        if name in self.expectation.arguments_of_kind(ArgumentKind.REFERENCE):
            reference = self.reference(name)
            return reference.table if reference else None
        if of_reference := split_reference(self.expectation, name):
            return self._value_of_reference(*of_reference)
        if name in self.expectation.arguments_of_kind(ArgumentKind.COLUMN):
            return self.column(column_word(self.expectation, name))
        return None

    def column(self, word: str) -> str | None:
        """Return the table's column for a word."""
        return (self.entry.columns or {}).get(word)

    @property
    def marker(self) -> Marker | None:
        """The table's marker; None if it has none."""
        return _marker_of(self.policy, self.table)

    def fields(self) -> list[str] | None:
        """Return the columns of the table's provenance."""
        columns = (self.column(word) for word in self.expectation.provenance_words)
        return [column for column in columns if column] or None

    def max_ages(self) -> dict[str, str] | None:
        """Return the longest age of each retention class."""
        retention = self.policy.words.retention
        return {name: limits.max for name, limits in retention.classes.items()} if retention else None

    def min_ages(self) -> dict[str, str] | str | None:
        """Return how long each retention class is kept at least; without a column of the class, the longest for all."""
        retention = self.policy.words.retention
        if retention is None:
            return None
        least = {name: limits.min or "P0D" for name, limits in retention.classes.items()}
        return least if self.retention_class() else max(least.values(), key=find_duration_end)

    def retention_class(self) -> str | None:
        """Return the column that names the retention class."""
        retention = self.policy.words.retention
        return self.column(retention.class_) if retention else None

    def match(self) -> list[list[dict[str, Any]]] | None:
        """Return the keys by which both tables can recognise a person."""
        reference = self.reference("reference")
        if reference is None or reference.table not in self.policy.tables:
            return None
        if self.policy.tables[reference.table].holds_fingerprints:
            return []  # they stand in the place of keys
        here = self.entry.identifiers or Identifiers()
        return _match_keys(here, self.policy.tables[reference.table].identifiers or Identifiers()) or None

    def targets(self) -> list[dict[str, Any]] | None:
        """Return the tables that columns point into: each reference that has the name of a word of `columns`."""
        targets = []
        for word in pointers(self.entry):
            for reference in (self.entry.references or {})[word]:
                entry = self.policy.tables.get(reference.table)
                key = (entry.columns or {}).get(reference.field) if entry else None
                if entry is None or key is None:
                    continue  # `reference_errors` reports it
                marker = _marker_of(self.policy, reference.table)
                values = {name: read(marker) for name, read in _FROM_REFERENCED_MARKER.items()} if marker else {}
                values = values or {"all_records": entry.all}
                given = {name: value for name, value in values.items() if value is not None}
                targets.append({"columns": [self.column(word)], "reference": reference.table, "key": key, **given})
        return targets or None

    def key_kinds(self) -> dict[str, dict[str, KeyKind]] | None:
        """Return the declared kinds of the keys that the expectation reads, by table and column."""
        targets = (self.targets() if "targets" in self.expectation.model_fields else None) or ()
        references = [self.value(name) for name in self.expectation.arguments_of_kind(ArgumentKind.REFERENCE)]
        references += [target["reference"] for target in targets]
        if not any(references):
            return None
        own = {self.value(name) for name in self.expectation.arguments_of_kind(ArgumentKind.COLUMN)}
        own |= {column for target in targets for column in target["columns"]}
        kinds = {BATCH: {column: kind for column, kind in self.entry.key_kinds.items() if column in own}}
        for table in references:
            if table and (entry := self.policy.tables.get(table)):
                kinds[table] = entry.key_kinds
        return {table: of_table for table, of_table in kinds.items() if of_table} or None

    def reference(self, argument: str) -> ReferenceTo | None:
        """Return the table that fills in a reference argument; None if the policy names none."""
        if isinstance(tuned := self.tuned.get(argument), str):
            return ReferenceTo(table=tuned)
        required = self.expectation.required_words.get(argument)
        if required and not self.column(required):
            return None
        if named := (self.entry.references or {}).get(reference_word(self.expectation, argument)):
            return named[0]
        defaults = argument in self.expectation.default_to_own_table and self.marker
        return ReferenceTo(table=self.table) if defaults else None

    def _value_of_reference(self, argument: str, word: str) -> Any:
        reference = self.reference(argument)
        if reference is None or reference.table not in self.policy.tables:
            return None
        entry = self.policy.tables[reference.table]
        if word == "all_records":
            return entry.all if entry.marker == "none" else None
        if word in _FROM_REFERENCED_MARKER:
            marker = _marker_of(self.policy, reference.table)
            return _FROM_REFERENCED_MARKER[word](marker) if marker else None
        return (entry.columns or {}).get(reference.field if word == "key" else word)


def _marker_of(policy: Policy, table: str) -> Marker | None:
    """Return a table's marker; that of `defaults` is only for tables whose records are about people."""
    entry = policy.tables[table]
    if not isinstance(entry.marker, Marker):
        return None
    own = policy.marks.get(("tables", table, "marker", "column")) != policy.marks.get(("defaults", "marker", "column"))
    return entry.marker if own or any(ROLES[role].has_marker for role in entry.role or ()) else None


_FROM_POLICY: Mapping[str, Callable[[ArgumentSource], Any]] = {
    "marker_column": lambda source: source.marker.column if source.marker else None,
    "synthetic_values": lambda source: source.marker.synthetic if source.marker else None,
    "real_values": lambda source: source.marker.real if source.marker else None,
    "partial_values": lambda source: source.marker.partial if source.marker else None,
    "masked_values": lambda source: source.marker.masked if source.marker else None,
    "marker_can_be_empty": lambda source: source.marker.can_be_empty if source.marker else None,
    "all_records": lambda source: source.entry.all if source.entry.marker == "none" else None,
    "fields": ArgumentSource.fields,
    "methods": lambda source: source.policy.words.allowed.methods or None,
    "purposes": lambda source: source.policy.words.allowed.purposes or None,
    "allowed": lambda source: source.policy.words.allowed.environments or None,
    "regulated": lambda source: source.policy.words.decisions.regulated or None,
    "not_regulated": lambda source: source.policy.words.decisions.not_regulated or None,
    "watched": lambda source: source.policy.words.decisions.watched or None,
    "max_ages": ArgumentSource.max_ages,
    "min_ages": ArgumentSource.min_ages,
    "retention_class": ArgumentSource.retention_class,
    "match": ArgumentSource.match,
    "targets": ArgumentSource.targets,
    "key_kinds": ArgumentSource.key_kinds,
    "emails": lambda source: source.entry.identifiers.email if source.entry.identifiers else None,
    "phones": lambda source: source.entry.identifiers.phone if source.entry.identifiers else None,
    "names": lambda source: source.entry.identifiers.name if source.entry.identifiers else None,
    "calling_code": lambda source: source.entry.identifiers.calling_code if source.entry.identifiers else None,
}
"""Arguments that are not a column of the table."""

_FROM_REFERENCED_MARKER: Mapping[str, Callable[[Marker], Any]] = {
    "marker_column": lambda marker: marker.column,
    "synthetic_values": lambda marker: marker.synthetic,
    "partial_values": lambda marker: marker.partial,
    # a masked record belongs to a real person too
    "real_values": lambda marker: (*(marker.real or (False,)), *(marker.masked or ())),
}
"""Arguments about a reference that the marker of that table fills in."""


def _match_keys(here: Identifiers, there: Identifiers) -> list[list[dict[str, Any]]]:
    """Return e-mail; phone with surname (people share phones); full name with birth date and postcode."""
    keys = []
    if here.email and there.email:
        keys.append([_part(here.email, there.email, "email")])
    if here.phone and there.phone and here.name and there.name:
        # the surname, if both tables have a column for it; otherwise the whole name
        separate = len(here.name) > 1 and len(there.name) > 1
        name = _part(here.name[-1:] if separate else here.name, there.name[-1:] if separate else there.name, "name")
        keys.append([_part(here.phone, there.phone, "phone"), name])
    if here.name and there.name and here.birth_date and there.birth_date and here.postcode and there.postcode:
        birth_date = _part(here.birth_date, there.birth_date, "date")
        keys.append(
            [_part(here.name, there.name, "name"), birth_date, _part(here.postcode, there.postcode, "postcode")]
        )
    return keys


def _part(here: str | tuple[str, ...], there: str | tuple[str, ...], kind: str) -> dict[str, Any]:
    return {"columns": _as_list(here), "reference_columns": _as_list(there), "kind": kind}


def _as_list(value: str | tuple[str, ...]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
