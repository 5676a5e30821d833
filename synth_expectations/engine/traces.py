"""Where violating records are to be fixed: the file of each, and the key that a rule looked up or found."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from synth_expectations.rules.key_kinds import find_key_column
from synth_expectations.rules.model import BATCH, Lookup, LookupCheck, Rule
from synth_expectations.rules.nodes import LookupAttribute, find_expressions

Withheld = Mapping[str, Collection[str]]
"""The columns whose values are never shown, in small letters, by table."""


@dataclass(frozen=True)
class Traces:
    """Where the records of a piece are to be fixed.

    Attributes:
        files: the file of each record; empty where the engine does not know it.
        references: the tables in which a rule looks records up, by rule.
        reference_keys: the key there, by rule: the one that a record points at, or that of the record that was found.
    """

    files: Sequence[str | None] = ()
    references: Mapping[str, str] = field(default_factory=dict)
    reference_keys: Mapping[str, Sequence[str | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class RuleTrace:
    """What a rule looks up.

    Attributes:
        references: the tables that it looks in.
        pointer: the record's column that holds the key there; None if it holds something else.
        found_by: the lookup that knows the key of what it finds; None if none does.
    """

    references: str
    pointer: str | None
    found_by: str | None


def trace_rules(check: LookupCheck, rules: Sequence[Rule], table: str, withheld: Withheld) -> Iterator[RuleTrace]:
    """Yield what each rule looks up.

    Args:
        check: that has the rules.
        rules: some of its rules.
        table: of its records.
        withheld: columns that are never shown.
    """
    lookups = {lookup.name: lookup for lookup in check.lookups if lookup.reference != BATCH}
    for rule in rules:
        names = dict.fromkeys(answer.this.name for answer in find_expressions(rule.broken, LookupAttribute))
        of_rule = [lookups[name] for name in names if name in lookups]
        tables = dict.fromkeys(_first_table(lookup) for lookup in of_rule)
        pointers = (_show(find_key_column(lookup.key), table, withheld) for lookup in of_rule)
        finders = (lookup.name for lookup in of_rule if find_counterpart(lookup, withheld))
        yield RuleTrace(", ".join(tables), next(filter(None, pointers), None), next(finders, None))


def find_counterpart(lookup: Lookup, withheld: Withheld) -> str | None:
    """Return the column of the reference that names what a lookup finds; None if none does, or it is withheld."""
    return _show(find_key_column(lookup.record), lookup.reference, withheld) if lookup.record else None


def read_path(written: str) -> str:
    """Return the path of a file as people write it: Spark gives local ones as addresses, with signs escaped."""
    return unquote(written.removeprefix("file:").replace("///", "/", 1)) if written.startswith("file:/") else written


def _first_table(lookup: Lookup) -> str:
    return lookup.through.reference if lookup.through else lookup.reference


def _show(column: str | None, table: str, withheld: Withheld) -> str | None:
    return column if column and column.casefold() not in withheld.get(table, ()) else None
