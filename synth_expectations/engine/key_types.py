"""Whether the types of two compared keys fit each other, and the kind that the policy declares; and how they are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from synth_expectations.engine.normalize import WRITTEN_AS_NUMBER
from synth_expectations.engine.record_keys import BESIDE_NUMBERS
from synth_expectations.engine.schema import NUMBERS, TEXTS, Columns, Family
from synth_expectations.errors import ConditionError
from synth_expectations.rules.expressions import literal
from synth_expectations.rules.key_kinds import RECORDS, KeySide, find_sides
from synth_expectations.rules.model import Lookup
from synth_expectations.rules.nodes import Condition, Normalized, RecordKey

_TEXT = frozenset({*TEXTS, Family.OTHER})
_OF_KIND = {
    "salesforce_id": _TEXT,
    "uuid": _TEXT | {Family.UUID},
    "number": _TEXT | NUMBERS,
    "text": frozenset(Family),
    "": frozenset(Family),
}
"""By declared kind, the types of which a column may be."""

_WITH_FRACTION = frozenset({Family.DECIMAL, Family.FLOAT})
_COMPARED_AS_TEXT = frozenset({"text", "exact"})


def require_fitting_types(lookup: Lookup, columns: Callable[[str | None], Columns]) -> None:
    """Refuse keys that no value can make equal.

    Args:
        lookup: the lookup.
        columns: gives the columns of a reference; of the records for None.

    Raises:
        ConditionError: a column is of a type that its declared kind cannot have, or one side holds numbers and the other
            UUIDs.
    """
    for sides in find_sides(lookup, RECORDS):
        certain = [_find_certain_kind(side, columns(side.table or None)) for side in sides]
        if all(certain) and certain[0] != certain[1]:
            (one, other), (kind, other_kind) = sides, certain
            raise ConditionError(
                f"{one.place} holds {kind}, and {other.place}, with which it is compared, {other_kind}.",
                "They are never equal: name the right column on one of the sides.",
            )


def _find_certain_kind(side: KeySide, columns: Columns) -> str | None:
    """Return the kind of a key that its type leaves no doubt of, as a sentence names it."""
    column, kind = columns.find(side.column), side.part.args["kind"].name
    if column.family not in _OF_KIND[kind] and not columns.drop_type(side.column):
        raise ConditionError(
            f"{side.place} is {column.family.value}, and its key is declared as {kind}.", "Correct the kind."
        )
    if column.family is Family.UUID:
        return "UUIDs"
    return "numbers" if column.family in NUMBERS and not columns.drop_type(side.column) else None


def read_beside_numbers(lookup: Lookup, columns: Callable[[str | None], Columns]) -> Lookup:
    """Return a lookup that reads text as a number where the other side is a column of decimal numbers.

    A column writes `10.5` where an export of it writes `10.50`. Text alone is left as it is: two versions `1.5` and
    `1.50` differ.

    Args:
        lookup: the lookup.
        columns: gives the columns of a reference; of the records for None.
    """
    through = lookup.through
    keys: list[tuple[Condition, str | None, Condition, str]]
    keys = [(lookup.key, None, lookup.reference_key, lookup.reference)]
    if through:
        keys = [
            (lookup.key, None, through.key, through.reference),
            (through.leads_to, through.reference, lookup.reference_key, lookup.reference),
        ]
    read = [
        (
            _read_beside(key, columns(table), other, columns(other_table)),
            _read_beside(other, columns(other_table), key, columns(table)),
        )
        for key, table, other, other_table in keys
    ]
    if through is None:
        [(key, reference_key)] = read
        return replace(lookup, key=key, reference_key=reference_key)
    (key, between), (leads_to, reference_key) = read
    through = replace(through, key=between, leads_to=leads_to)
    return replace(lookup, key=key, through=through, reference_key=reference_key)


def _read_beside(key: Condition, columns: Columns, other: Condition, other_columns: Columns) -> Condition:
    """Return a key whose parts of text are read as numbers where the same part of the other key is a decimal number."""
    read: exp.Expr = key.copy()
    parts, others = (list(side.find_all(RecordKey, Normalized)) for side in (read, other))
    for part, counterpart in zip(parts, others, strict=False):
        if _is_of(counterpart, other_columns, _WITH_FRACTION) and _is_of(part, columns, _TEXT):
            kind = part.args["kind"].name
            if isinstance(part, RecordKey) and not kind:
                part.set("kind", literal(BESIDE_NUMBERS))
            elif isinstance(part, Normalized) and kind in _COMPARED_AS_TEXT:
                part.set("kind", literal(WRITTEN_AS_NUMBER))
    return read


def _is_of(part: exp.Expr, columns: Columns, families: frozenset[Family]) -> bool:
    return isinstance(part.this, exp.Column) and columns.find(part.this.name).family in families
