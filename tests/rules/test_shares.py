"""Shares of a table: the exact tail, and when a share is beyond what people reach."""

from __future__ import annotations

import math

import pytest
from scipy.stats import binom
from sqlglot import exp

from synth_expectations.rules.shares import Share, ShareLimits, binomial_tail

LIMITS = ShareLimits(base_rate=0.006, alpha=1e-6, min_count=20, min_share=0.1)


def share(limits: ShareLimits = LIMITS, traits: int = 0) -> Share:
    return Share("form", exp.true(), exp.true(), "addresses", "have the form", limits, (exp.true(),) * traits)


@pytest.mark.parametrize("rate", [1e-9, 0.006, 0.05, 0.2, 0.5, 0.97])
@pytest.mark.parametrize("trials", [1, 20, 64, 1_000, 123_457])
def test_the_tail_is_exact(trials: int, rate: float) -> None:
    near = int(trials * rate)
    for count in sorted({0, 1, max(near - 3, 0), near, min(near + 1, trials), trials // 2, trials}):
        assert binomial_tail(count, trials, rate) == pytest.approx(
            binom.sf(count - 1, trials, rate), rel=1e-7, abs=1e-12
        )


def test_the_tail_of_a_large_table_is_a_number() -> None:
    assert binomial_tail(10_000_000, 10_000_000, 0.05) == 0.0
    assert 0.4 < binomial_tail(500_000, 10_000_000, 0.05) < 0.6
    assert binomial_tail(0, 10_000_000, 0.05) == 1.0
    assert math.isfinite(binomial_tail(1, 10_000_000, 0.05))


def test_a_share_says_how_many_and_what_people_reach() -> None:
    finding = share().judge(64, 62)
    assert finding.sentence == "62 of 64 addresses have the form; people reach 0.6 %"
    assert (finding.exceeds, finding.base_rate, finding.alpha, finding.min_count) == (True, 0.006, 1e-6, 20)
    assert finding.p_value < 1e-100


@pytest.mark.parametrize(("values", "matching"), [(0, 0), (19, 19), (64, 0), (64, 3), (1_000_000, 9_000)])
def test_too_few_values_or_a_share_that_people_reach_say_nothing(values: int, matching: int) -> None:
    """Of a million, 0.9 % is beyond chance at 0.6 %, and still what some tables of people have."""
    assert not share().judge(values, matching).exceeds


def test_each_trait_must_be_beyond_the_limits() -> None:
    assert share(traits=2).judge(64, 62, 30, 40).exceeds
    assert not share(traits=2).judge(64, 62, 60, 0).exceeds
    assert share(traits=2).judge(64, 62, 30, 40).count == 62


def test_another_limit_is_another_digest() -> None:
    other = ShareLimits(0.006, 1e-6, 20, 0.2)
    assert share().canonical() != share(other).canonical()
