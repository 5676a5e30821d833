"""What samples say: whether drawn records lie nearer to training than to holdout, in all columns or in all but one."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any

from synth_expectations.expectations.leakage.gower_distance import (
    Compared,
    Nearest,
    find_nearest,
)
from synth_expectations.expectations.leakage.label_permutations import (
    LabelTest,
    Neighbours,
    References,
    SeveralTested,
    compare_several_with_chance,
    compare_with_chance,
    find_normal_limit,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LIMITS = (0.0001, 0.01, 0.05, 0.2, 0.5)
"""How near the nearest row must be, as a share of the distance of the fifth nearest. 1 is nothing unusual."""


@dataclass(frozen=True)
class DrawnRecords:
    """Synthetic records of the sample, held against as many rows of each reference.

    Attributes:
        of_training: whether a record's nearest row is in the training.
        nearly: whether its nearest row is nearly the same.
        references: how many rows of each reference there are.
        neighbours: the rows that are the nearest of any.
        share: whether the nearest row is in training too often.
        close: the same, of records that are nearly the same as a row.
        but_for_one_column: the same without the column that differs most, of records that are not nearly the same.
        at_limit: the rows of the records within the limit at which that stands out most; None if no record was asked.
    """

    of_training: NDArray[np.bool_]
    nearly: NDArray[np.bool_]
    references: References
    neighbours: Neighbours
    share: LabelTest
    close: LabelTest
    but_for_one_column: SeveralTested
    at_limit: Neighbours | None

    @classmethod
    def compare(cls, compared: Compared, near_zero: float, seed: int) -> DrawnRecords:
        """Find the neighbours of all records, and test them.

        Args:
            compared: records and rows; the first half of the rows is the training.
            near_zero: what distance counts as nearly the same.
            seed: of the permutations, and of what decides between rows that are equally near.
        """
        size = compared.rows // 2
        references = References(size, size)
        nearest, but_for_one = find_nearest(compared, seed, seed + 2)
        nearly = nearest.distance <= near_zero
        neighbours = _group(nearest.row, size)
        tested, at_limit = SeveralTested(1.0, None), None
        if but_for_one and not nearly.all():
            within = _group_within_limits(but_for_one, ~nearly, size)
            tested = compare_several_with_chance(within, references, seed + 3)
            at_limit = None if tested.most_unlikely is None else within[tested.most_unlikely]
        return cls(
            nearest.row < size,
            nearly,
            references,
            neighbours,
            compare_with_chance(neighbours, references, seed),
            compare_with_chance(_group(nearest.row[nearly], size), references, seed + 1),
            tested,
            at_limit,
        )

    def count_nearer_beyond_chance(self) -> int:
        """Return how many more records are nearer to training than to holdout."""
        return _beyond_chance(self.neighbours)

    def count_but_for_one_column_beyond_chance(self) -> int:
        """Return how many more records are near to training than to holdout, where one column is left out."""
        return _beyond_chance(self.at_limit) if self.at_limit else 0

    def find_smallest_visible_share(self, alpha: float) -> float:
        """Return the share of copies from which on chance explains the share that is nearer less often than alpha."""
        spread = sqrt(self.neighbours.find_variance(self.references)) / self.neighbours.count_records()
        return round(min(2 * find_normal_limit(alpha) * spread, 1.0), 6)

    def describe(self, alpha: float, synthetic: int, training: int, holdout: int) -> str:
        """Return what was compared, what was found, and what would not have been seen.

        Args:
            alpha: of how small a chance a finding must be.
            synthetic: how many synthetic records there are.
            training: how many training records.
            holdout: how many holdout records.
        """
        size, reach = self.references.training, self.share.reach
        return (
            f"{len(self.of_training):,} of {synthetic:,} synthetic records were compared with {size:,} of {training:,} "
            f"training and {size:,} of {holdout:,} holdout records: {_percent(self.share.share or 0)} are nearer to "
            f"training, where chance gives {_percent(0.5 - reach)} to {_percent(0.5 + reach)}; a share of copies below "
            f"{_percent(self.find_smallest_visible_share(alpha))} would not stand out."
        )

    def describe_but_for_one_column(self) -> dict[str, Any]:
        """Return the figures of the comparison without one column as plain JSON; no records where it was not made."""
        found = self.at_limit
        return {
            "limit": None
            if self.but_for_one_column.most_unlikely is None
            else LIMITS[self.but_for_one_column.most_unlikely],
            "records": 0 if found is None else round(found.count_records()),
            "training": 0 if found is None else round(found.count_in_training()),
            "p_value": self.but_for_one_column.p,
        }


def _percent(share: float) -> str:
    return f"{100 * min(max(share, 0.0), 1.0):.1f} %"


def _beyond_chance(neighbours: Neighbours) -> int:
    return max(round(2 * neighbours.count_in_training() - neighbours.count_records()), 1)


def _group(nearest: NDArray[np.int64], size: int) -> Neighbours:
    """Return each row that is the nearest of any record, as a group of its own; rows below `size` are training."""
    import numpy as np

    rows, records = np.unique(nearest, return_counts=True)
    return Neighbours(records.astype(np.float64), np.ones(len(rows), np.int64), (rows < size).astype(np.int64))


def _group_within_limits(nearest: Nearest, asked: NDArray[np.bool_], size: int) -> list[Neighbours]:
    """Return, for each limit, the rows of the records that are within it; the rows are the same for all limits."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = nearest.distance / nearest.fifth
    asked = asked & (nearest.fifth > 0)  # five rows that are all the same say nothing
    rows, row_of_record = np.unique(nearest.row[asked], return_inverse=True)
    training = (rows < size).astype(np.int64)
    ones = np.ones(len(rows), np.int64)
    return [
        Neighbours(
            np.bincount(row_of_record[ratio[asked] <= limit], minlength=len(rows)).astype(np.float64), ones, training
        )
        for limit in LIMITS
    ]
