"""Test whether synthetic records lie nearer to the records that their generator learned from than chance allows.

A fair generator knows the training records no better than a holdout of the same people that it never saw. Among equally
many records of both, the nearest neighbour of a synthetic record is therefore as often in the holdout as in the training.
If it is not, the generator copies.

- Distance is Gower's: for each column a difference between 0 and about 1, and their mean. Numbers differ by their
  difference in the spread (1st to 99th percentile) of both references; texts, and missing values, are the same or not.
- The distance of every pair is computed, with SciPy's `cdist`. Trees have no such mixed distance, and gain little with ten
  columns. Great Expectations needs SciPy anyway.
- A permutation test measures chance: it assigns the labels "training" and "holdout" at random. Records that share a
  neighbour then move together, as they do in the data; a binomial test would treat them as independent and cry wolf.
- There are two tests: one on all records, one on those that equal their neighbour, or nearly. The first misses one copy in
  a hundred; the second looks for nothing else. The second runs on equal and on nearly equal records, and the smaller of
  its two p-values is doubled: a few copies would drown among many that are nearly equal by chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING, Any

from synth_expectations.errors import SynthError
from synth_expectations.rules.samples import SampledRows, SampleEvaluation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHARE = "nearer to training than chance allows"
COPIES = "same as a training record, or nearly, more often than chance allows"
REPORTED = ("nearer to training than to holdout", "nearly the same as training", "nearly the same as holdout")
"""Names of the rules, the judged ones first."""

PERMUTATIONS = 99_999
CONFIDENCE = 0.95
_SAME = 1e-12
_BLOCK = 256


@dataclass(frozen=True)
class Distance:
    """Compares three samples: `synthetic`, whose rows begin with the record key, `training` and `holdout`.

    Attributes:
        numeric: how many columns of numbers there are; the columns of text follow them.
        alpha: of how small a chance a finding must be, in each of the two questions.
        near_zero: what distance counts as nearly the same.
        seed: of the permutations, and of what decides between neighbours that are equally near.
    """

    numeric: int
    alpha: float
    near_zero: float
    seed: int

    def canonical(self) -> dict[str, object]:
        """See `SampleEvaluator`."""
        return {"distance": 1, "permutations": PERMUTATIONS, **vars(self)}

    def __call__(self, sampled: Mapping[str, SampledRows]) -> SampleEvaluation:
        """See `SampleEvaluator`."""
        import numpy as np

        synthetic, training, holdout = (sampled[name] for name in ("synthetic", "training", "holdout"))
        if not synthetic.total:
            return SampleEvaluation(0, 0, (0,) * 5, {})
        for name, sample in sampled.items():
            if sample.total and not sample.rows:
                raise SynthError(f"None of the {sample.total} {name} records has a key: no sample can be drawn.")
            if sample.rows and not any(
                value is not None for row in sample.rows for value in row[name == "synthetic" :]
            ):
                raise SynthError(f"None of the {sample.total} {name} records has a value in the compared columns.")
        size = min(len(training.rows), len(holdout.rows))
        if not size:
            empty = "training" if not training.rows else "holdout"
            raise SynthError(f"The {empty} reference has no records: there is nothing to compare with.")
        references = [*training.rows[:size], *holdout.rows[:size]]
        near = _neighbours([row[1:] for row in synthetic.rows], references, self.numeric, self.seed)
        of_training = near.row < size
        nearly, exactly = near.distance <= self.near_zero, near.distance <= _SAME
        share = _test(near.row, size, self.seed)
        if share.smallest > self.alpha:
            raise SynthError(
                f"{len(synthetic.rows)} synthetic records and {size} of each reference are too few: "
                f"even if all were copies, chance could explain it (p = {share.smallest:.2g}, alpha = {self.alpha:g}).",
                "Give more records, or a larger sample_size.",
            )
        close, equal = (_test(near.row[chosen], size, self.seed + 1) for chosen in (nearly, exactly))
        copies_p = min(2 * min(close.p, equal.p), 1.0)
        nearer, same = int(of_training.sum()), int((of_training & nearly).sum())
        broken = (nearer if share.p < self.alpha else 0, same if copies_p < self.alpha else 0)
        keys = [str(row[0]) for row in synthetic.rows]
        found = {
            SHARE: [keys[i] for i in np.flatnonzero(of_training)] if broken[0] else [],
            COPIES: [keys[i] for i in np.flatnonzero(of_training & nearly)] if broken[1] else [],
        }
        figures = {
            "drawn": {name: {"rows": len(sample.rows), "of": sample.total} for name, sample in sampled.items()},
            "compared": {"synthetic": len(synthetic.rows), "training": size, "holdout": size},
            "seed": self.seed,
            "alpha": self.alpha,
            "near_zero": self.near_zero,
            "permutations": PERMUTATIONS,
            "nearer_to_training": {"records": nearer, "of": len(keys), **share.figures()},
            "copies_p_value": copies_p,
            "the_same": _hits(of_training, exactly) | equal.figures(),
            "nearly_the_same": _hits(of_training, nearly) | close.figures(),
        }
        counts = (*broken, nearer, same, int(nearly.sum()) - same)
        return SampleEvaluation(len(keys), max(broken), counts, figures, found)


def _hits(of_training: NDArray[np.bool_], close: NDArray[np.bool_]) -> dict[str, Any]:
    return {"training": int((of_training & close).sum()), "holdout": int((~of_training & close).sum())}


@dataclass(frozen=True)
class _Neighbours:
    """Of each synthetic record: its nearest row among both references, and how far it is."""

    row: NDArray[np.int64]
    distance: NDArray[np.float64]


def _neighbours(
    synthetic: Sequence[tuple[Any, ...]], references: Sequence[tuple[Any, ...]], numeric: int, seed: int
) -> _Neighbours:
    """Between rows that are equally near, the lot decides: neither reference has an advantage."""
    import numpy as np
    from scipy.spatial.distance import cdist  # type: ignore[import-untyped]

    numbers, codes = _comparable(references, synthetic, numeric)
    size, width = len(references), len(references[0])
    lot = np.random.default_rng(seed)
    rows, distances = np.empty(len(synthetic), np.int64), np.empty(len(synthetic))
    for start in range(0, len(synthetic), _BLOCK):
        block = slice(size + start, size + min(start + _BLOCK, len(synthetic)))
        far = np.zeros((block.stop - block.start, size))
        if numbers.shape[1]:
            far += cdist(numbers[block], numbers[:size], "cityblock")
        if codes.shape[1]:
            far += cdist(codes[block], codes[:size], "hamming") * codes.shape[1]
        far /= width
        nearest = far.min(axis=1)
        equally = far <= nearest[:, None] + _SAME
        rows[start : start + len(far)] = (equally * (1 - lot.random(far.shape))).argmax(axis=1)
        distances[start : start + len(far)] = nearest
    return _Neighbours(rows, distances)


def _comparable(
    references: Sequence[tuple[Any, ...]], synthetic: Sequence[tuple[Any, ...]], numeric: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Numbers in units of their spread, and texts as codes, of the references and then of the synthetic records.

    A missing number gets the median, and a code that says that it is missing.
    """
    import numpy as np

    columns = list(zip(*references, *synthetic, strict=True))
    numbers, codes = [], []
    for column in columns[:numeric]:
        values = np.array([np.nan if value is None else value for value in column], np.float64)
        missing = ~np.isfinite(values)
        known = values[: len(references)][~missing[: len(references)]]
        low, middle, high = np.percentile(known, (1, 50, 99)) if len(known) else (0.0, 0.0, 0.0)
        spread = high - low or (float(np.ptp(known)) if len(known) else 0.0) or 1.0
        numbers.append((np.where(missing, middle, values) - middle) / spread)
        if missing.any():
            codes.append(missing.astype(np.float64))
    for column in columns[numeric:]:
        _, inverse = np.unique([f"={value}" if value is not None else "" for value in column], return_inverse=True)
        codes.append(inverse.astype(np.float64))
    empty = np.empty((len(columns[0]), 0))
    return (np.column_stack(numbers) if numbers else empty, np.column_stack(codes) if codes else empty)


@dataclass(frozen=True)
class _Tested:
    """How likely it is that so many have their nearest row in training.

    Attributes:
        p: by chance, so many or more.
        share: of them; None if there are none.
        interval: of the share, as far as chance alone moves it.
        smallest: what p would be if all had.
    """

    p: float
    share: float | None
    interval: tuple[float, float] | None
    smallest: float

    def figures(self) -> dict[str, Any]:
        """Return the figures as plain JSON."""
        bounds = [round(bound, 6) for bound in self.interval] if self.interval else None
        share = None if self.share is None else round(self.share, 6)
        return {"share": share, "confidence_interval": bounds, "confidence": CONFIDENCE, "p_value": self.p}


def _test(nearest: NDArray[np.int64], size: int, seed: int) -> _Tested:
    """Against all ways to call one half of the rows of both references "training".

    Args:
        nearest: the nearest row of each record; those below `size` are of the training.
        size: how many rows each reference has.
        seed: of the permutations.
    """
    import numpy as np
    from scipy.stats import norm  # type: ignore[import-untyped]

    if not len(nearest):
        return _Tested(1.0, None, None, 1.0)
    chosen = np.bincount(nearest, minlength=2 * size)  # how often each row is the nearest one
    found = int(chosen[:size].sum())
    values, rows = np.unique(chosen, return_counts=True)
    labels = np.random.default_rng(seed).multivariate_hypergeometric(rows, size, PERMUTATIONS, method="marginals")
    p = (1 + int((labels @ values >= found).sum())) / (PERMUTATIONS + 1)
    share = found / len(nearest)
    # of a sum over half of the rows, drawn without replacement
    variance = chosen.var() * size * size / (2 * size - 1)
    reach = float(norm.ppf((1 + CONFIDENCE) / 2)) * float(variance) ** 0.5 / len(nearest)
    taken = int((chosen > 0).sum())
    smallest = comb(2 * size - taken, size - taken) / comb(2 * size, size) if taken <= size else 0.0
    return _Tested(p, share, (max(share - reach, 0.0), min(share + reach, 1.0)), smallest)
