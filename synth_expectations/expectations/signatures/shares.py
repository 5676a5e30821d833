"""Signatures of tables: shares that people do not reach, with the rate that they do reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from synth_expectations.expectations.signatures import read_list


@dataclass(frozen=True)
class TableSignature:
    """A share of a table that people do not reach.

    Attributes:
        name: by which arguments and results refer to it.
        base_rate: the share that people reach, from 0 to 1.
        noun: what is counted, in the plural.
        does: what those do that count, as a clause behind the noun.
    """

    name: str
    base_rate: float
    noun: str
    does: str


@cache
def table_signatures() -> Mapping[str, TableSignature]:
    """Read `signatures/shares.txt`, by name."""
    rows = ([cell.strip() for cell in line.split("|")] for line in read_list("shares"))
    return {name: TableSignature(name, float(percent) / 100, noun, does) for name, percent, noun, does in rows}


@cache
def phone_layouts() -> Mapping[str, tuple[str, ...]]:
    """Read `signatures/phone_layouts.txt`: patterns by generator."""
    rows = [line.split(maxsplit=1) for line in read_list("phone_layouts")]
    return {generator: tuple(pattern for name, pattern in rows if name == generator) for generator, _ in rows}


@cache
def surname_endings() -> tuple[str, ...]:
    """Read `signatures/surname_endings.txt`: what people write behind their surname."""
    return tuple(ending for line in read_list("surname_endings") for ending in line.split())
