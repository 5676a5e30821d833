"""Signatures: what a value is that no real person has, in tiers of how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from synth_expectations.expectations.signatures import read_list


class Tier(StrEnum):
    """How sure a signature is, the surest first."""

    DEFINITIVE = "definitive"  # nobody but a generator writes it: an id of the registry, a canary
    RESERVED = "reserved"  # it cannot be a person's: a reserved domain, a fictional number, a test card
    GENERATOR = "generator"  # a known generator writes it, and a person may have it by chance
    WEAK = "weak"  # a word

    def and_better(self) -> list[Tier]:
        """Return this tier and those that are surer, the surest first."""
        every = list(Tier)
        return every[: every.index(self) + 1]


@cache
def signatures(name: str) -> Mapping[Tier, tuple[str, ...]]:
    """Read the patterns or values of `signatures/<name>.txt` by tier, the surest first; no tier is empty."""
    lines = [line.split(maxsplit=1) for line in read_list(name)]
    by_tier = {tier: tuple(value for tier_name, value in lines if tier_name == tier) for tier in Tier}
    if sum(map(len, by_tier.values())) != len(lines):
        raise ValueError(f"signatures/{name}.txt: a line begins with no tier; there are {', '.join(Tier)}.")
    return {tier: values for tier, values in by_tier.items() if values}
