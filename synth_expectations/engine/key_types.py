"""Whether the types of two compared keys fit each other, and the kind that the policy declares."""

from __future__ import annotations

from collections.abc import Callable

from synth_expectations.engine.schema import NUMBERS, TEXTS, Columns, Family
from synth_expectations.errors import ConditionError
from synth_expectations.rules.key_kinds import RECORDS, KeySide, find_sides
from synth_expectations.rules.model import Lookup

_ANY = frozenset({*TEXTS, Family.OTHER})
_OF_KIND = {
    "salesforce_id": _ANY,
    "uuid": _ANY | {Family.UUID},
    "number": _ANY | NUMBERS,
    "text": frozenset(Family),
    "": frozenset(Family),
}
"""By declared kind, the types of which a column may be."""


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
