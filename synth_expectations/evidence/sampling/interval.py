"""The exact interval of a rate by Clopper and Pearson, from the binomial distribution.

C. J. Clopper, E. S. Pearson: The use of confidence or fiducial limits illustrated in the case of the binomial.
Biometrika 26 (1934). For draws without replacement it is wider than need be, never narrower.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, fsum, lgamma, log, log1p

_STEPS = 60
"""Halvings of the range from 0 to 1: after 53 a double has no digit left."""


@dataclass(frozen=True)
class RateInterval:
    """A rate of exceptions, and what a sample says of it.

    Attributes:
        rate: in the sample, from 0 to 1.
        low: the lower end of the two-sided interval.
        high: the upper end of it.
        at_most: the one-sided upper bound.
    """

    rate: float
    low: float
    high: float
    at_most: float


def compute_interval(exceptions: int, reviewed: int, population: int, confidence: float) -> RateInterval:
    """Return the rate of exceptions with its exact interval; a rate that all records show has no width.

    Args:
        exceptions: in the sample.
        reviewed: how many records the sample has.
        population: how many there are.
        confidence: from 0 to 1.
    """
    if not reviewed:
        return RateInterval(0.0, 0.0, 1.0, 1.0)
    rate = exceptions / reviewed
    if reviewed >= population:
        return RateInterval(rate, rate, rate, rate)
    tail = (1 - confidence) / 2
    low = 0.0 if not exceptions else _solve(lambda p: compute_tail(exceptions - 1, reviewed, p), 1 - tail)
    return RateInterval(
        rate, low, _find_upper(exceptions, reviewed, tail), _find_upper(exceptions, reviewed, 1 - confidence)
    )


def compute_tail(most: int, trials: int, chance: float) -> float:
    """Return the chance of at most some exceptions in independent trials."""
    if most >= trials or chance <= 0:
        return 1.0
    if chance >= 1:
        return 0.0
    log_chance, log_rest = log(chance), log1p(-chance)
    return fsum(
        exp(
            lgamma(trials + 1)
            - lgamma(shown + 1)
            - lgamma(trials - shown + 1)
            + shown * log_chance
            + (trials - shown) * log_rest
        )
        for shown in range(most + 1)
    )


def _find_upper(exceptions: int, reviewed: int, tail: float) -> float:
    return 1.0 if exceptions >= reviewed else _solve(lambda p: compute_tail(exceptions, reviewed, p), tail)


def _solve(function: Callable[[float], float], wanted: float) -> float:
    """Return where a function that falls from 1 to 0 has a value."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if function(middle) > wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2
