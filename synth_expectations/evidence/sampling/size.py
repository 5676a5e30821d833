"""How many records a sample needs, by the hypergeometric distribution: draws without replacement, in exact integers."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from synth_expectations.errors import SynthError

LARGEST = 10_000
"""Records that a worksheet may have: nobody reviews more by hand."""


def compute_size(population: int, confidence: Fraction, tolerable: Fraction, expected: int = 0) -> int:
    """Return the smallest sample that rules a rate of exceptions out.

    If at least the tolerable share of the population were exceptions, a sample of this size would show more than the
    expected number with the given confidence. A population that is too small for that is drawn whole.

    Args:
        population: how many records there are.
        confidence: from 0 to 1.
        tolerable: the rate, from 0 to 1.
        expected: how many exceptions the sample may have.

    Raises:
        SynthError: more than `LARGEST` records would be needed.
    """
    most = min(population, LARGEST)
    if not _rules_out(population, most, confidence, tolerable, expected):
        if population <= LARGEST:
            return population
        raise SynthError(
            f"More than {LARGEST:,} records would have to be reviewed for that.",
            "Give a higher --tolerable, fewer --expected exceptions, or a --size.",
        )
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        if _rules_out(population, middle, confidence, tolerable, expected):
            high = middle
        else:
            low = middle + 1
    return low


def compute_chance(population: int, exceptions: int, size: int, most: int) -> Fraction:
    """Return the chance that a sample shows at most some exceptions.

    Args:
        population: how many records there are.
        exceptions: how many of them are exceptions.
        size: of the sample.
        most: exceptions in the sample.
    """
    ways = sum(
        comb(exceptions, shown) * comb(population - exceptions, size - shown)
        for shown in range(min(most, exceptions, size) + 1)
        if size - shown <= population - exceptions
    )
    return Fraction(ways, comb(population, size))


def count_intolerable(population: int, tolerable: Fraction) -> int:
    """Return the smallest number of exceptions that is at least the tolerable rate."""
    return -(-population * tolerable.numerator // tolerable.denominator)


def _rules_out(population: int, size: int, confidence: Fraction, tolerable: Fraction, expected: int) -> bool:
    exceptions = max(count_intolerable(population, tolerable), expected + 1)
    if exceptions > population:
        return False
    return compute_chance(population, exceptions, size, expected) <= 1 - confidence


def explain_size(size: int, population: int, confidence: Fraction, tolerable: Fraction, expected: int) -> str:
    """Return what a sample of a size shows, as sentences."""
    if size >= population:
        return f"All {population:,} records are reviewed, so the rate of exceptions will be known and not estimated."
    exceptions = max(count_intolerable(population, tolerable), expected + 1)
    shown = "none is an exception" if expected == 0 else f"at most {expected:,} are exceptions"
    chance = compute_chance(population, exceptions, size, expected)
    rate = f"{format_percent(tolerable)} % of {population:,}"
    if chance <= 1 - confidence:
        return f"If of {size:,} records {shown}, then with {format_percent(confidence)} % confidence fewer than {rate} are."
    return (
        f"A sample of {size:,} is too small to rule out that {rate} are exceptions: if {shown}, the confidence is "
        f"{float(1 - chance):.1%}, and not {format_percent(confidence)} %."
    )


def format_percent(share: Fraction) -> str:
    """Return a share as percent, without trailing zeros: `5`, `0.5`."""
    return f"{float(share * 100):.6f}".rstrip("0").rstrip(".")
