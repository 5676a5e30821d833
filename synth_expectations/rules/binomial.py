"""The exact binomial test."""

from __future__ import annotations

from math import exp, lgamma, log, log1p


def binomial_tail(count: int, trials: int, rate: float) -> float:
    """Return the probability of `count` or more successes: exact, by summing the terms away from the mode.

    SciPy has it as `binom.sf`; importing that takes half a second, and a run needs nothing else of it. A test compares them.

    Args:
        count: the number of successes, from 0 to `trials`.
        trials: the number of trials.
        rate: the probability of a success, above 0 and below 1.
    """
    if count <= 0:
        return 1.0
    if count > (trials + 1) * rate:
        return min(1.0, _sum_terms(count, trials, rate))
    # the lower tail is the upper tail of failures
    return max(0.0, 1.0 - min(1.0, _sum_terms(trials - count + 1, trials, 1 - rate)))


def _sum_terms(count: int, trials: int, rate: float) -> float:
    """Sum the terms from `count` on, which lies above the mode: each is smaller than the one before."""
    first = (
        lgamma(trials + 1)
        - lgamma(count + 1)
        - lgamma(trials - count + 1)
        + count * log(rate)
        + (trials - count) * log1p(-rate)
    )
    term = total = 1.0  # in units of the first term, which may be too small for a float
    odds = rate / (1 - rate)
    for successes in range(count, trials):
        term *= (trials - successes) / (successes + 1) * odds
        total += term
        if term < total * 1e-17:
            break
    return exp(first + log(total))
