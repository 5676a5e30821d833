"""What all records say: how many are the same as a training record, and as a holdout record, in every compared column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from synth_expectations.expectations.leakage.label_permutations import (
    LabelTest,
    Neighbours,
    References,
    compare_with_chance,
    find_smallest_visible,
)
from synth_expectations.rules.samples import SampledRows


@dataclass(frozen=True)
class EqualRecords:
    """Synthetic records with the values of a row of a reference.

    Attributes:
        combinations: how many combinations of values are shared, and how many of them were read.
        training: how many records are the same as a training record.
        holdout: how many are the same as a holdout record; some may be counted in both.
        test: whether it is training too often.
        smallest_visible: how many copies there must be before they stand out from chance.
        keys: of the records of each combination that training has, one key.
    """

    combinations: tuple[int, int]
    training: int
    holdout: int
    test: LabelTest
    smallest_visible: int
    keys: list[str]

    @classmethod
    def count(cls, shared: SampledRows, references: References, alpha: float, seed: int) -> EqualRecords:
        """Count and test them.

        Args:
            shared: a record key, and how many records, rows of training and rows of the holdout have the values.
            references: how many rows there are of each.
            alpha: of how small a chance a finding must be.
            seed: of the permutations.
        """
        import numpy as np

        counts = np.array([row[1:] for row in shared.rows], np.int64).reshape(-1, 3)
        records, training, holdout = counts.T
        rows = training + holdout
        neighbours = Neighbours(records / np.maximum(rows, 1), rows, training)
        return cls(
            (shared.total, len(shared.rows)),
            int(records[training > 0].sum()),
            int(records[holdout > 0].sum()),
            compare_with_chance(neighbours, references, seed),
            find_smallest_visible(_by_chance(neighbours), references, alpha),
            [str(row[0]) for row in shared.rows if row[2] and row[0] is not None],
        )

    def figures(self) -> dict[str, Any]:
        """Return the figures as plain JSON."""
        combinations, read = self.combinations
        return {
            "training": self.training,
            "holdout": self.holdout,
            "combinations": combinations,
            "combinations_read": read,
            "smallest_visible": self.smallest_visible,
            **self.test.figures(),
        }

    def describe(self, records: int) -> Iterator[str]:
        """Yield what was looked up, and what would not have been seen."""
        combinations, read = self.combinations
        yield (
            f"All {records:,} synthetic records were looked up: {self.training:,} are the same as a training record, "
            f"{self.holdout:,} as a holdout record. Fewer than {self.smallest_visible:,} copies would not stand out."
        )
        if read < combinations:
            yield (
                f"Of {combinations:,} combinations of values that they share with a reference, {read:,} were counted: "
                "more columns would tell people apart."
            )


def _by_chance(neighbours: Neighbours) -> Neighbours:
    """Return what chance alone explains: what the holdout has; and training alone has as much as the holdout alone."""
    import numpy as np

    of_holdout = neighbours.training < neighbours.rows
    alone = of_holdout & (neighbours.training == 0)
    rows = neighbours.rows
    return Neighbours(
        np.concatenate((neighbours.weights[of_holdout], neighbours.weights[alone])),
        np.concatenate((rows[of_holdout], rows[alone])),
        np.concatenate((neighbours.training[of_holdout], rows[alone])),
    )
