"""How often chance alone calls so many neighbours "training": labels are assigned to the rows of both references at random.

Records that share a neighbour move together, as they do in the data; a binomial test would treat them as independent and
cry wolf. The test is exact for references of different sizes too, and for any weights that do not depend on the labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, exp, lgamma, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PERMUTATIONS = 99_999
PERMUTATIONS_OF_SEVERAL = 19_999
CONFIDENCE = 0.95
_AT_ONCE = 4_000_000
"""How many numbers are held at once: 32 MB."""
_MOST_WEIGHTS = 64
_ROUNDING = 1e-9


@dataclass(frozen=True)
class References:
    """The rows of both references: how many there are, and how many of them are training."""

    training: int
    holdout: int

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return self.training + self.holdout

    @property
    def share(self) -> float:
        """Return the share of training: what chance gives."""
        return self.training / self.rows


@dataclass(frozen=True)
class Neighbours:
    """The rows of the references that records lie next to, or equal, in groups.

    Attributes:
        weights: how many records each row of a group stands for. A record with several rows is divided among them.
        rows: how many rows a group has.
        training: how many of them are training.
    """

    weights: NDArray[np.float64]
    rows: NDArray[np.int64]
    training: NDArray[np.int64]

    def count_in_training(self) -> float:
        """Return how many records have their row in training."""
        return float(self.weights @ self.training)

    def count_records(self) -> float:
        """Return how many records there are."""
        return float(self.weights @ self.rows)

    def find_variance(self, references: References) -> float:
        """Return the variance of `count_in_training` under chance: of a sum over rows drawn without replacement."""
        mean = self.count_records() / references.rows
        spread = float(self.weights**2 @ self.rows) / references.rows - mean**2
        return references.training * references.holdout / max(references.rows - 1, 1) * spread

    def round_weights(self) -> Neighbours:
        """Return them with so few different weights that they can be permuted: any weights make an exact test."""
        import numpy as np

        weights = self.weights
        for digits in (3, 2, 1):
            if len(np.unique(weights)) <= _MOST_WEIGHTS:
                break
            unit = 10.0 ** (np.floor(np.log10(weights)) - digits + 1)
            weights = np.round(weights / unit) * unit
        return Neighbours(weights, self.rows, self.training)


@dataclass(frozen=True)
class LabelTest:
    """How likely it is that so many records have their row in training.

    Attributes:
        p: by chance, so many or more.
        share: of the records; None if there are none.
        reach: how far chance alone moves the share, up and down, with the confidence of `CONFIDENCE`.
        smallest: what p would be if all had.
    """

    p: float
    share: float | None
    reach: float
    smallest: float

    def figures(self) -> dict[str, Any]:
        """Return the figures as plain JSON."""
        if self.share is None:
            return {"share": None, "confidence_interval": None, "confidence": CONFIDENCE, "p_value": self.p}
        bounds = [round(max(self.share - self.reach, 0.0), 6), round(min(self.share + self.reach, 1.0), 6)]
        return {
            "share": round(self.share, 6),
            "confidence_interval": bounds,
            "confidence": CONFIDENCE,
            "p_value": self.p,
        }


def compare_with_chance(neighbours: Neighbours, references: References, seed: int) -> LabelTest:
    """Test the number of records with their row in training against all ways to assign the labels."""
    import numpy as np

    if not len(neighbours.rows):
        return LabelTest(1.0, None, 0.0, 1.0)
    rounded = neighbours.round_weights()
    weights, group = np.unique(rounded.weights, return_inverse=True)
    rows = np.bincount(group, rounded.rows).astype(np.int64)
    least = rounded.count_in_training() * (1 - _ROUNDING)
    reached = sum(int((labels @ weights >= least).sum()) for labels in _permute(rows, references, PERMUTATIONS, seed))
    records = neighbours.count_records()
    reach = find_normal_limit((1 - CONFIDENCE) / 2) * sqrt(neighbours.find_variance(references)) / records
    p = (1 + reached) / (PERMUTATIONS + 1)
    return LabelTest(p, neighbours.count_in_training() / records, reach, _chance_of_all(int(rows.sum()), references))


@dataclass(frozen=True)
class SeveralTested:
    """How likely the most unlikely of several numbers is by chance, and which one it is; None if there are no records."""

    p: float
    most_unlikely: int | None


def compare_several_with_chance(found: Sequence[Neighbours], references: References, seed: int) -> SeveralTested:
    """Test the most unlikely of several numbers, with regard to how many were looked at.

    Args:
        found: the same groups each time, with other weights; those without a record say nothing.
        references: how many rows there are.
        seed: of the permutations.
    """
    import numpy as np

    asked = [number for number, neighbours in enumerate(found) if neighbours.count_records()]
    if not asked:
        return SeveralTested(1.0, None)
    expected = np.array([found[number].count_records() * references.share for number in asked])
    deviation = np.array([max(sqrt(found[number].find_variance(references)), _ROUNDING) for number in asked])
    standing_out = (np.array([found[number].count_in_training() for number in asked]) - expected) / deviation
    observed = standing_out.max()
    weights, group = np.unique(
        np.column_stack([found[number].weights for number in asked]), axis=0, return_inverse=True
    )
    rows = np.bincount(group.ravel(), found[0].rows).astype(np.int64)
    reached = sum(
        int((((labels @ weights - expected) / deviation).max(axis=1) >= observed - _ROUNDING).sum())
        for labels in _permute(rows, references, PERMUTATIONS_OF_SEVERAL, seed)
    )
    p = (1 + reached) / (PERMUTATIONS_OF_SEVERAL + 1)
    return SeveralTested(p, asked[int(standing_out.argmax())])


def find_normal_limit(alpha: float) -> float:
    """Return how many standard deviations a normal variable exceeds with probability alpha, which is below a half."""
    return -NormalDist().inv_cdf(alpha)


def find_smallest_visible(neighbours: Neighbours, references: References, alpha: float) -> int:
    """Return how many copies of training must be among the records before chance explains them less often than alpha.

    They must stand out from those that are equal by chance (by the normal distribution), and be enough by themselves.
    """
    limit = find_normal_limit(alpha)
    by_chance = neighbours.find_variance(references) if len(neighbours.rows) else 0.0
    share = references.share
    # copies * (1 - share) = limit * sqrt(by_chance + copies * share * (1 - share)), solved for copies
    square, linear = (1 - share) ** 2, limit**2 * share * (1 - share)
    among_others = (linear + sqrt(linear**2 + 4 * square * limit**2 * by_chance)) / (2 * square)
    return ceil(max(among_others if by_chance else 0.0, log(alpha) / log(share)))


def _permute(
    rows: NDArray[np.int64], references: References, permutations: int, seed: int
) -> Iterator[NDArray[np.int64]]:
    """Yield, a block of permutations at a time, how many rows of each group are called training."""
    import numpy as np

    lot = np.random.default_rng(seed)
    every = np.append(rows, references.rows - int(rows.sum()))
    block = max(_AT_ONCE // len(every), 1)
    for start in range(0, permutations, block):
        number = min(block, permutations - start)
        labels = lot.multivariate_hypergeometric(every, references.training, number, method="marginals")
        yield labels[:, :-1]


def _chance_of_all(rows: int, references: References) -> float:
    """Return how likely it is by chance that so many rows are all training."""
    if rows > references.training:
        return 0.0

    def log_of_ways(of: int, chosen: int) -> float:
        return lgamma(of + 1) - lgamma(chosen + 1) - lgamma(of - chosen + 1)

    left = log_of_ways(references.rows - rows, references.training - rows)
    return exp(left - log_of_ways(references.rows, references.training))
