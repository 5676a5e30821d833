"""The comparison of this package on the trials, without an engine: what the engine would read is at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.copies.data_sets import Row
from benchmarks.copies.trials import Trial, draw_trials
from synth_expectations.expectations.leakage.expect_synthetic_records_to_keep_their_distance import (
    ExpectSyntheticRecordsToKeepTheirDistance,
)
from synth_expectations.expectations.leakage.nearest_neighbour import JUDGED, THE_SAME, Distance
from synth_expectations.rules.samples import SampledRows, SampleEvaluation

_FIELDS = ExpectSyntheticRecordsToKeepTheirDistance.model_fields
ALPHA = float(_FIELDS["alpha"].default)
NEAR_ZERO = float(_FIELDS["near_zero"].default)


@dataclass(frozen=True)
class Outcome:
    """What the comparison said of a trial: the names of the rules that are broken."""

    data_set: str
    seed: int
    kind: str
    share: float
    broken: frozenset[str]


def measure(packages: Path, seeds: int) -> Iterator[Outcome]:
    """Yield the outcome of each trial, at the defaults of the expectation.

    Args:
        packages: the directory of installed packages.
        seeds: how many draws of each data set.
    """
    for trial in draw_trials(packages, seeds):
        counts = dict(zip(JUDGED, evaluate(trial).violations, strict=False))
        broken = frozenset(name for name, count in counts.items() if count)
        yield Outcome(trial.data_set, trial.seed, trial.kind, trial.share, broken)


def evaluate(trial: Trial) -> SampleEvaluation:
    """Return what the comparison finds in a trial."""
    named = [(f"s{number}", *row) for number, row in enumerate(trial.synthetic)]
    sampled = {
        "synthetic": SampledRows(named, len(named)),
        "training": SampledRows(trial.parts.training, len(trial.parts.training)),
        "holdout": SampledRows(trial.parts.holdout, len(trial.parts.holdout)),
        THE_SAME: find_shared(named, trial.parts.training, trial.parts.holdout),
    }
    return Distance(trial.numeric, ALPHA, NEAR_ZERO, trial.seed)(sampled)


def find_shared(named: list[Row], training: list[Row], holdout: list[Row]) -> SampledRows:
    """Return, for each combination of values that records share with a reference, a key and how many rows have it."""
    records, of_training, of_holdout = Counter(row[1:] for row in named), Counter(training), Counter(holdout)
    keys = {row[1:]: row[0] for row in sorted(named, key=lambda row: str(row[0]), reverse=True)}
    shared = [
        (keys[values], count, of_training[values], of_holdout[values])
        for values, count in records.items()
        if of_training[values] or of_holdout[values]
    ]
    return SampledRows(shared, len(shared))
