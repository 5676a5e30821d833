"""How each country writes its telephone numbers, as the library phonenumbers knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

NORTH_AMERICA = "1"
"""The calling code of North America."""


@dataclass(frozen=True)
class PhonePlan:
    """How the numbers of a calling code are written nationally.

    Attributes:
        region: the main country, in two letters.
        prefixes: what stands before a number that is not dialled locally, such as `0`; none in Denmark.
        lengths: how many digits follow it.
        bare_lengths: how many digits numbers have that are written without a prefix.
    """

    region: str
    prefixes: tuple[str, ...]
    lengths: tuple[int, ...]
    bare_lengths: tuple[int, ...]

    def strip(self, digits: str) -> str | None:
        """Return the digits behind the prefix of a national number; None if the country does not write it so."""
        for prefix in self.prefixes:
            rest = digits.removeprefix(prefix)
            if rest != digits and self.lengths[0] <= len(rest) <= self.lengths[-1]:
                return rest
        return digits if self.bare_lengths and self.bare_lengths[0] <= len(digits) <= self.bare_lengths[-1] else None


@cache
def load_phone_plans() -> Mapping[str, PhonePlan]:
    """Read `phone_plans.txt`: the plans by calling code."""
    text = resources.files(__package__).joinpath("phone_plans.txt").read_text(encoding="utf-8")
    plans = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            code, region, prefixes, lengths, bare = line.split()
            plans[code] = PhonePlan(
                region,
                () if prefixes == "-" else tuple(prefixes.split("|")),
                _read_lengths(lengths),
                _read_lengths(bare),
            )
    return plans


def require_calling_code(code: str) -> str:
    """Return a calling code.

    Raises:
        ValueError: no country has it, so that nobody knows how its numbers are written.
    """
    if code not in load_phone_plans():
        raise ValueError(f"no country has the calling code {code!r}: write it as behind the plus, such as 44 or 1")
    return code


def _read_lengths(lengths: str) -> tuple[int, ...]:
    return () if lengths == "-" else tuple(map(int, lengths.split(",")))
