"""Keys by which a person is known in two tables: an e-mail address, or name, birth date and postcode together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from synth_expectations.expectations.base import Columns
from synth_expectations.rules.expressions import Condition, all_of, any_of, concatenate, look_up, make_key, normalize
from synth_expectations.rules.expressions import field as value_of
from synth_expectations.rules.model import Lookup, Rule


class KeyPart(BaseModel):
    """A part of a key: columns here, columns there, and how both are made comparable."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: Columns = Field(description="Here; several are read as one text, in that order.")
    reference_columns: Columns = Field((), description="In the reference; the same names if empty.")
    kind: Literal["text", "email", "phone", "name", "postcode", "date"] = "text"

    def shown(self) -> str:
        """How a rule names it."""
        return " ".join(self.columns)

    def value(self, columns: Columns, calling_code: str | None) -> Condition:
        """Its comparable value on one side."""
        return concatenate(*[normalize(value_of(name), self.kind, calling_code) for name in columns])


Keys = tuple[tuple[KeyPart, ...], ...]


def lookups(
    keys: Keys, reference: str, max_shared: int, calling_code: str | None, where: Condition | None
) -> Iterator[Lookup]:
    """One a key: whether a row of the reference has it, and whether more than `max_shared` do."""
    for number, parts in enumerate(keys):
        yield Lookup(
            name=f"key{number}",
            reference=reference,
            key=make_key(*[part.value(part.columns, calling_code) for part in parts]),
            reference_key=make_key(
                *[part.value(part.reference_columns or part.columns, calling_code) for part in parts]
            ),
            more_than={"shared": max_shared},
            where=where,
        )


def found(keys: Keys) -> list[Condition]:
    """Whether each key was found at all."""
    return [look_up(f"key{number}") for number in range(len(keys))]


def rules(keys: Keys, as_what: str, max_shared: int) -> Iterator[Rule]:
    """One a key; and what is shared too widely to tell, which is not counted."""
    shared = [look_up(f"key{number}", "shared") for number in range(len(keys))]
    for parts, there, too_widely in zip(keys, found(keys), shared, strict=True):
        yield Rule(f"same {_shown(parts)} as {as_what}", there & ~too_widely)
    alone = all_of(~there | too_widely for there, too_widely in zip(found(keys), shared, strict=True))
    name = f"only a key that more than {max_shared} real records share: not counted"
    yield Rule(name, any_of(shared) & alone, judged=False)


def _shown(parts: Sequence[KeyPart]) -> str:
    return " and ".join(part.shown() for part in parts)
