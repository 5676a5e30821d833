"""Sizes and intervals, against scipy and against a count of every sample."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from scipy.stats import binomtest, hypergeom

from synth_expectations.errors import SynthError
from synth_expectations.evidence.sampling.interval import compute_interval
from synth_expectations.evidence.sampling.size import compute_chance, compute_size, count_intolerable, explain_size

SURE, TOLERABLE = Fraction(95, 100), Fraction(5, 100)


def test_the_size_that_auditors_know() -> None:
    assert compute_size(10_000_000, SURE, TOLERABLE) == 59
    assert explain_size(59, 10_000_000, SURE, TOLERABLE, 0) == (
        "If of 59 records none is an exception, then with 95 % confidence fewer than 5 % of 10,000,000 are."
    )
    assert "too small" in explain_size(58, 10_000_000, SURE, TOLERABLE, 0)
    assert explain_size(12, 12, SURE, TOLERABLE, 0).startswith("All 12 records are reviewed")


@pytest.mark.parametrize("population", [1, 2, 19, 60, 61, 500, 12_345])
@pytest.mark.parametrize("expected", [0, 1, 3])
@pytest.mark.parametrize("tolerable", [Fraction(1, 100), Fraction(5, 100), Fraction(1, 3)])
def test_a_size_is_the_smallest_that_rules_the_rate_out(population: int, expected: int, tolerable: Fraction) -> None:
    size = compute_size(population, SURE, tolerable, expected)
    exceptions = max(count_intolerable(population, tolerable), expected + 1)
    if exceptions > population:
        assert size == population
        return
    assert hypergeom.cdf(expected, population, exceptions, size) <= 0.05 + 1e-12 or size == population
    if size > 1:
        assert hypergeom.cdf(expected, population, exceptions, size - 1) > 0.05 - 1e-12


def test_a_chance_is_the_share_of_samples() -> None:
    samples = list(combinations([1, 1, 1, 0, 0, 0, 0], 4))
    for most in range(5):
        share = Fraction(sum(sum(sample) <= most for sample in samples), len(samples))
        assert compute_chance(7, 3, 4, most) == share


def test_a_sample_that_nobody_could_review_is_refused() -> None:
    with pytest.raises(SynthError, match="More than 10,000 records"):
        compute_size(10_000_000, SURE, Fraction(1, 100_000))
    assert compute_size(9_000, SURE, Fraction(1, 100_000)) == 8_550


@pytest.mark.parametrize(
    ("exceptions", "reviewed"), [(0, 60), (2, 60), (60, 60), (59, 60), (0, 1), (1, 1), (300, 9_000)]
)
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.999])
def test_intervals_are_those_of_scipy(exceptions: int, reviewed: int, confidence: float) -> None:
    interval = compute_interval(exceptions, reviewed, 10**7, confidence)
    expected = binomtest(exceptions, reviewed).proportion_ci(confidence, "exact")
    assert (interval.low, interval.high) == pytest.approx((expected.low, expected.high), abs=1e-10)
    one_sided = binomtest(exceptions, reviewed, alternative="less").proportion_ci(confidence, "exact")
    assert interval.at_most == pytest.approx(one_sided.high, abs=1e-10)


def test_what_all_records_show_has_no_width() -> None:
    interval = compute_interval(3, 20, 20, 0.95)
    assert (interval.low, interval.high, interval.at_most) == (0.15, 0.15, 0.15)
    nothing = compute_interval(0, 0, 20, 0.95)
    assert (nothing.low, nothing.high) == (0.0, 1.0)
