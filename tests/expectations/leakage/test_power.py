"""What the comparison finds, what it leaves in peace, and where it cannot tell: over many seeds."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from synth_expectations.errors import SynthError
from synth_expectations.expectations.leakage.nearest_neighbour import COPIES, SHARE, Distance
from synth_expectations.rules.samples import SampledRows, SampleEvaluation
from tests.expectations.leakage.people import Buyer, buyers, planted

SEEDS = range(20)
COUNT = 2_000
ALPHA = 0.001


def judged(seed: int, training: list[Buyer], holdout: list[Buyer], synthetic: list[Buyer]) -> SampleEvaluation:
    named = [(f"s{number}", *person) for number, person in enumerate(synthetic)]
    drawn = {
        "synthetic": SampledRows(named, len(named)),
        "training": SampledRows(training, len(training)),
        "holdout": SampledRows(holdout, len(holdout)),
    }
    return Distance(numeric=3, alpha=ALPHA, near_zero=0.001, seed=seed)(drawn)


@cache
def compared(seed: int, copies: int, count: int = COUNT, holdout: int = COUNT) -> SampleEvaluation:
    lot = np.random.default_rng(seed)
    training, kept, made = buyers(lot, count), buyers(lot, holdout), buyers(lot, count)
    return judged(seed, training, kept, planted(made, training, copies))


def test_one_copy_in_a_hundred_fails_every_time() -> None:
    outcomes = [compared(seed, COUNT // 100) for seed in SEEDS]
    assert [seed for seed, each in zip(SEEDS, outcomes, strict=True) if not each.violating] == []
    for each in outcomes:
        copies = {f"s{number}" for number in range(COUNT // 100)}
        assert each.keys[SHARE] == [] or copies <= set(each.keys[SHARE])
        assert copies <= set(each.keys[COPIES])


@pytest.mark.full
def test_a_fair_generator_passes_at_least_nineteen_times_of_twenty() -> None:
    assert sum(not compared(seed, 0).violating for seed in SEEDS) >= 19


def test_the_share_alone_does_not_see_one_copy_in_a_hundred() -> None:
    """The reason for the second question."""
    assert sum(bool(compared(seed, COUNT // 100).keys[SHARE]) for seed in SEEDS) < len(SEEDS) // 2


@pytest.mark.full
def test_a_larger_training_is_no_sign_of_copying() -> None:
    """Of four times as many training records one is nearer by chance: as many of both are compared."""
    outcomes = [compared(seed, 0, count=1_200, holdout=300) for seed in SEEDS]
    assert sum(not each.violating for each in outcomes) >= 19
    assert {each.figures["compared"]["training"] for each in outcomes} == {300}
    assert outcomes[0].figures["drawn"]["training"] == {"rows": 1_200, "of": 1_200}


def test_paraphrases_are_seen_by_their_share() -> None:
    """No record the same as another, but each a training record a little aside."""
    lot = np.random.default_rng(1)
    training, holdout = buyers(lot, 500), buyers(lot, 500)
    aside = [(spend + 3.0, age, visits, segment, region) for spend, age, visits, segment, region in training]
    outcome = judged(1, training, holdout, aside)
    assert outcome.violations[0] > 450
    assert outcome.figures["the_same"]["training"] == 0
    assert outcome.figures["nearer_to_training"]["p_value"] < ALPHA
    low, high = outcome.figures["nearer_to_training"]["confidence_interval"]
    assert 0.5 < low < outcome.figures["nearer_to_training"]["share"] <= high


@pytest.mark.full
def test_few_copies_cannot_be_told_from_chance() -> None:
    """Ten of ten would be one chance in a thousand, asked twice: what `Does not show` says."""
    assert compared(0, 10).figures["the_same"]["training"] >= 10
    assert sum(bool(compared(seed, 5).violating) for seed in SEEDS) <= 1


@pytest.mark.full
def test_chance_is_as_often_as_it_is_said() -> None:
    """Of fair generators, p is below 5 % in about 5 %: also where many records share few neighbours."""
    below = 0
    for seed in range(200):
        lot = np.random.default_rng(5_000 + seed)
        training, holdout, synthetic = buyers(lot, 100), buyers(lot, 100), buyers(lot, 600)
        below += judged(seed, training, holdout, synthetic).figures["nearer_to_training"]["p_value"] < 0.05
    assert 2 <= below <= 20  # 99.9 % of what 200 draws of 5 % give


def test_everything_equally_near_decides_nothing() -> None:
    same: list[Buyer] = [(1.0, 30, 2, "a", "r1")]
    with pytest.raises(SynthError, match="are too few"):
        judged(0, same * 50, same * 50, same)
    assert judged(0, same * 50, same * 50, same * 500).violating == 0


def test_the_same_seed_gives_the_same_figures_and_another_one_others() -> None:
    lot = np.random.default_rng(9)
    people = buyers(lot, 300), buyers(lot, 300), buyers(lot, 300)
    one, again, other = (judged(seed, *people).figures for seed in (4, 4, 5))
    assert one == again
    assert one["nearer_to_training"]["p_value"] != other["nearer_to_training"]["p_value"]
    assert one["nearer_to_training"]["records"] == other["nearer_to_training"]["records"]
