"""The kinds of record keys that a policy declares, and the two sides of a lookup that must be of one kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sqlglot import exp

from synth_expectations.errors import ConditionError
from synth_expectations.rules.expressions import literal
from synth_expectations.rules.model import BATCH, Check, Lookup, LookupCheck
from synth_expectations.rules.nodes import Condition, RecordKey, find_expressions

KeyKind = Literal["salesforce_id", "uuid", "number", "text"]
"""What a key is: a Salesforce id of 15 or 18 letters, a UUID, a whole number, or text as it is written."""

KeyKinds = Mapping[str, Mapping[str, KeyKind]]
"""Kinds by table and column; the records themselves are `BATCH`."""


CHECKSUM_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
"""The letters of a Salesforce id's checksum: bit i of a letter's place is set where letter i of a group of five is a capital.

https://help.salesforce.com/s/articleView?id=000385585&type=1
"""

RECORDS = ""
"""The table of the records, whichever it is: the rows of a reference are the records of a related check."""


@dataclass(frozen=True)
class KeySide:
    """A part of the key on one side of a lookup.

    Attributes:
        part: the part.
        table: its table; `BATCH` or `RECORDS` for the records.
    """

    part: RecordKey
    table: str

    @property
    def column(self) -> str:
        """Return the column of the part."""
        return str(self.part.this.name)

    @property
    def place(self) -> str:
        """Return the column as a sentence names it."""
        return self.column if self.table in {BATCH, RECORDS} else f"{self.column} of {self.table}"


def find_sides(lookup: Lookup, records: str = BATCH) -> Iterator[tuple[KeySide, KeySide]]:
    """Yield the parts of a lookup's keys that are compared with each other.

    Args:
        lookup: the lookup.
        records: the table of the records.
    """
    pairs = [(lookup.key, records, lookup.reference_key, lookup.reference)]
    if through := lookup.through:
        pairs = [
            (lookup.key, records, through.key, through.reference),
            (through.leads_to, through.reference, lookup.reference_key, lookup.reference),
        ]
    for key, table, reference_key, reference in pairs:
        parts = find_expressions(key, RecordKey), find_expressions(reference_key, RecordKey)
        for part, reference_part in zip(*parts, strict=False):
            yield KeySide(part, table), KeySide(reference_part, reference)


def find_key_column(key: Condition) -> str | None:
    """Return the column of a key that is one column of record keys; None for any other, such as an e-mail address."""
    parts, columns = list(find_expressions(key, RecordKey)), list(find_expressions(key, exp.Column))
    return str(columns[0].name) if len(parts) == len(columns) == 1 else None


def declare_key_kinds(check: Check, kinds: KeyKinds) -> Check:
    """Return a check whose lookups read keys as what they are declared to be; one side speaks for both.

    Raises:
        ConditionError: the two sides of a lookup are declared to be of different kinds.
    """
    related = tuple(declare_key_kinds(other, kinds) for other in check.related)
    if not isinstance(check, LookupCheck):
        return replace(check, related=related)
    records = check.reference or BATCH
    return replace(check, related=related, lookups=tuple(_declare(lookup, kinds, records) for lookup in check.lookups))


def _declare(lookup: Lookup, kinds: KeyKinds, records: str) -> Lookup:
    kind_of: dict[tuple[str, str], KeyKind] = {}
    for side, other in find_sides(lookup, records):
        one, another = (kinds.get(place.table, {}).get(place.column) for place in (side, other))
        if one and another and one != another:
            raise ConditionError(
                f"{side.place} is declared as {one}, and {other.place}, with which it is compared, as {another}.",
                "Keys of different kinds are never equal: correct the kind, or the column.",
            )
        if kind := one or another:
            kind_of |= {(side.table, side.column): kind, (other.table, other.column): kind}
    through = lookup.through and replace(
        lookup.through,
        key=_with_kinds(lookup.through.key, lookup.through.reference, kind_of),
        leads_to=_with_kinds(lookup.through.leads_to, lookup.through.reference, kind_of),
    )
    return replace(
        lookup,
        key=_with_kinds(lookup.key, records, kind_of),
        reference_key=_with_kinds(lookup.reference_key, lookup.reference, kind_of),
        through=through,
    )


def _with_kinds(key: Condition, table: str, kind_of: Mapping[tuple[str, str], KeyKind]) -> Condition:
    declared: exp.Expr = key.copy()
    for part in declared.find_all(RecordKey):
        if kind := kind_of.get((table, part.this.name)):
            part.set("kind", literal(kind))
    return declared
