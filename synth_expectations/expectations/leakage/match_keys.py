"""Keys that identify a person in two tables: an e-mail address, or name, birth date and postcode together.

Conditions on keys name no table. Where each table of a project is compared with another one, they are built once for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from synth_expectations.expectations.argument_types import Columns
from synth_expectations.rules.expressions import (
    all_of,
    any_of,
    concatenate,
    is_one_of,
    look_up,
    make_key,
    matches,
    normalize,
    normalize_key,
)
from synth_expectations.rules.expressions import field as value_of
from synth_expectations.rules.model import COMPARED_AS_WRITTEN, Lookup, Rule
from synth_expectations.rules.nodes import Condition
from synth_expectations.rules.nothing import NOTHING
from synth_expectations.rules.shares import Share, ShareLimits


class KeyPart(BaseModel):
    """A part of a key: columns on both sides, and how they are made comparable."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    columns: Columns = Field(description="Here; several are read as one text, in that order.")
    reference_columns: Columns = Field((), description="In the reference; the same names if empty.")
    kind: Literal["text", "email", "phone", "name", "postcode", "date"] = "text"

    def describe(self) -> str:
        """Return the part as a rule names it."""
        return " ".join(self.columns)

    def value(self, columns: Columns, calling_code: str | None) -> Condition:
        """Return the comparable value of the part on one side."""
        return concatenate(*[normalize(value_of(name), self.kind, calling_code) for name in columns])

    def is_nothing(self) -> Condition:
        """Return whether all columns of the part hold a word for nothing."""
        return all_of(is_one_of(value_of(name), NOTHING) for name in self.columns)


Keys = tuple[tuple[KeyPart, ...], ...]


def identifies(parts: Sequence[KeyPart]) -> bool:
    """Return whether a key names one person: an address or a number; names, days and postcodes coincide by chance."""
    return any(part.kind in {"email", "phone"} for part in parts)


def build_lookups(
    keys: Keys,
    reference: str,
    reference_key: str | None,
    max_shared: int,
    calling_code: str | None,
    where: Condition | None,
) -> Iterator[Lookup]:
    """Yield a lookup for each key: whether a record of the reference has it, and whether more than `max_shared` do."""
    for number, parts in enumerate(keys):
        yield Lookup(
            name=f"key{number}",
            reference=reference,
            key=_build_key(parts, calling_code),
            reference_key=_build_reference_key(parts, calling_code),
            more_than={"shared": max_shared},
            where=where,
            incriminates=True,
            record=make_key(normalize_key(value_of(reference_key))) if reference_key else None,
            as_written=_find_national(
                tuple(
                    name for part in parts if part.kind == "phone" for name in part.reference_columns or part.columns
                ),
                calling_code,
            ),
        )


def build_chance_lookups(keys: Keys, unseen: str, calling_code: str | None) -> Iterator[Lookup]:
    """Yield a lookup for each key that people share by chance, among people that the generator never saw."""
    for number, parts in enumerate(keys):
        if not identifies(parts):
            keys_of_sides = _build_key(parts, calling_code), _build_reference_key(parts, calling_code)
            yield Lookup(f"chance{number}", unseen, *keys_of_sides)


@lru_cache(maxsize=256)
def _build_key(parts: tuple[KeyPart, ...], calling_code: str | None) -> Condition:
    """Return the key of a record."""
    return make_key(*[part.value(part.columns, calling_code) for part in parts])


@lru_cache(maxsize=256)
def _build_reference_key(parts: tuple[KeyPart, ...], calling_code: str | None) -> Condition:
    """Return the key of a row of the reference."""
    return make_key(*[part.value(part.reference_columns or part.columns, calling_code) for part in parts])


def build_chance_shares(keys: Keys, reference: str, unseen: str, alpha: float) -> Iterator[Share]:
    """Yield, for each key that people share by chance, the share of matches in the reference: a fair one is its size's.

    Records that both tables match say nothing, and are left out.
    """
    limits = ShareLimits(base_rate=0.5, alpha=alpha, min_count=1, min_share=0.0)
    for number, (parts, known) in enumerate(zip(keys, find_matches(keys), strict=True)):
        if not identifies(parts):
            by_chance = look_up(f"chance{number}") & ~_is_nothing(parts)
            yield Share(
                f"same {_describe(parts)}",
                (known & ~by_chance) | (by_chance & ~known),
                known & ~by_chance,
                f"synthetic records with the {_describe(parts)} of somebody in {reference} or {unseen}, not in both,",
                f"have that of somebody in {reference}",
                limits,
                between=(f"key{number}", f"chance{number}"),
            )


def find_matches(keys: Keys) -> list[Condition]:
    """Return for each key whether any row of the reference has it; words for nothing, such as `n/a`, name nobody."""
    return [look_up(f"key{number}") & ~_is_nothing(parts) for number, parts in enumerate(keys)]


def _is_nothing(parts: Sequence[KeyPart]) -> Condition:
    return any_of(part.is_nothing() for part in parts if part.kind != "date")


@lru_cache(maxsize=256)
def build_rules(
    keys: Keys, as_what: str, max_shared: int, calling_code: str | None, unseen: str | None = None
) -> tuple[Rule, ...]:
    """Return a rule for each key, and for what only counts.

    Args:
        keys: the keys.
        as_what: what has the same key, with its article.
        max_shared: a key that more real records share is not counted.
        calling_code: of national phone numbers.
        unseen: people that the generator never saw; keys that people share by chance are then only counted, in both.
    """
    return tuple(_yield_rules(keys, as_what, max_shared, calling_code, unseen))


def _yield_rules(
    keys: Keys, as_what: str, max_shared: int, calling_code: str | None, unseen: str | None
) -> Iterator[Rule]:
    shared = [look_up(f"key{number}", "shared") for number in range(len(keys))]
    matching_keys = find_matches(keys)
    for parts, matching, too_widely in zip(keys, matching_keys, shared, strict=True):
        judged = identifies(parts) or not unseen
        yield Rule(f"same {_describe(parts)} as {as_what}", matching & ~too_widely, judged=judged)
    for number, parts in enumerate(keys):
        if unseen and not identifies(parts):
            name = f"same {_describe(parts)} as a record of {unseen}, which is chance"
            yield Rule(name, look_up(f"chance{number}") & ~_is_nothing(parts), judged=False)
    alone = all_of(~matching | too_widely for matching, too_widely in zip(matching_keys, shared, strict=True))
    name = f"only a key that more than {max_shared} real records share: not counted"
    yield Rule(name, any_of(shared) & alone, judged=False)
    phones = tuple(column for parts in keys for part in parts if part.kind == "phone" for column in part.columns)
    for reason, national in _find_national(phones, calling_code).items():
        yield Rule(f"{reason}{COMPARED_AS_WRITTEN}", national, judged=False)


@lru_cache(maxsize=256)
def _find_national(columns: tuple[str, ...], calling_code: str | None) -> Mapping[str, Condition]:
    """Return the condition that a telephone number is found only where it is written alike, by why; none without columns."""
    if not columns:
        return MappingProxyType({})
    national = any_of(
        matches(normalize(value_of(column), "phone", calling_code), "[0-9]+") for column in dict.fromkeys(columns)
    )
    if calling_code is None:
        return MappingProxyType({"phone is national, without a calling_code": national})
    return MappingProxyType({f"phone is no number of +{calling_code}, nor international": national})


def _describe(parts: Sequence[KeyPart]) -> str:
    return " and ".join(part.describe() for part in parts)
