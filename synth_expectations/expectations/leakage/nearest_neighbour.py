"""Test whether synthetic records lie nearer to the records that their generator learned from than chance allows.

A fair generator knows the training records no better than a holdout of the same people that it never saw. Among equally
many records of both, the nearest neighbour of a synthetic record is therefore as often in the holdout as in the training.
If it is not, the generator copies. There are three questions, each with its own rule:

- Is the nearest row in the training too often? Asked of samples.
- Are records the same as a training record, or nearly, too often? One copy in a hundred does not move the first question.
  *The same* is asked of all records, in the engine: a copy and its original seldom meet in samples. *Nearly* is asked of
  the samples. The smaller of the two p-values is doubled.
- Is the nearest row in the training too often where the column that differs most is left out? One changed column hides a
  copy from both. Asked of samples, of records that are not nearly the same in all columns; and only of those whose nearest
  row is much nearer than their fifth nearest, at several limits of "much", with regard to how many limits there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from synth_expectations.errors import SynthError
from synth_expectations.expectations.leakage.drawn_records import LIMITS, DrawnRecords
from synth_expectations.expectations.leakage.equal_records import EqualRecords
from synth_expectations.expectations.leakage.gower_distance import make_comparable
from synth_expectations.expectations.leakage.label_permutations import (
    PERMUTATIONS,
    PERMUTATIONS_OF_SEVERAL,
    References,
)
from synth_expectations.rules.samples import SampledRows, SampleEvaluation

SHARE = "nearer to training than chance allows"
COPIES = "same as a training record, or nearly, more often than chance allows"
BUT_FOR_ONE_COLUMN = "near to a training record but for one column, more often than chance allows"
JUDGED = (SHARE, COPIES, BUT_FOR_ONE_COLUMN)
REPORTED = (
    "nearer to training than to holdout",
    "nearly the same as training",
    "nearly the same as holdout",
    "the same as a training record",
    "the same as a holdout record",
)
"""Names of the rules, in the order of their counts."""

SAMPLES = ("synthetic", "training", "holdout")
THE_SAME = "the_same"


@dataclass(frozen=True)
class Distance:
    """Compares samples: `synthetic`, whose rows begin with the record key, `training` and `holdout`; and `the_same`.

    `the_same` holds, for each combination of values that a synthetic record shares with a reference, its record key, and
    how many records of each table have it.

    Attributes:
        numeric: how many columns of numbers there are; the columns of text follow them.
        alpha: of how small a chance a finding must be, in each of the three questions.
        near_zero: what distance counts as nearly the same.
        seed: of the permutations, and of what decides between neighbours that are equally near.
    """

    numeric: int
    alpha: float
    near_zero: float
    seed: int

    def canonical(self) -> dict[str, object]:
        """See `SampleEvaluator`."""
        of_several = {"limits": LIMITS, "permutations_of_several": PERMUTATIONS_OF_SEVERAL}
        return {"distance": 2, "permutations": PERMUTATIONS, **of_several, **vars(self)}

    def __call__(self, sampled: Mapping[str, SampledRows]) -> SampleEvaluation:
        """See `SampleEvaluator`."""
        synthetic, training, holdout = (sampled[name] for name in ("synthetic", "training", "holdout"))
        if not synthetic.total:
            return SampleEvaluation(0, 0, (0,) * len((*JUDGED, *REPORTED)), {})
        for name in SAMPLES:
            _require_values(name, sampled[name])
        size = min(len(training.rows), len(holdout.rows))
        if not size:
            empty = "training" if not training.rows else "holdout"
            raise SynthError(f"The {empty} reference has no records: there is nothing to compare with.")
        rows = [*training.rows[:size], *holdout.rows[:size]]
        compared = make_comparable([row[1:] for row in synthetic.rows], rows, self.numeric)
        drawn = DrawnRecords.compare(compared, self.near_zero, self.seed)
        if drawn.share.smallest > self.alpha:
            raise SynthError(
                f"{len(synthetic.rows)} synthetic records and {size} of each reference are too few: even if all were "
                f"copies, chance could explain it (p = {drawn.share.smallest:.2g}, alpha = {self.alpha:g}).",
                "Give more records, or a larger sample_size.",
            )
        references = References(training.total, holdout.total)
        equal = EqualRecords.count(sampled[THE_SAME], references, self.alpha / 2, self.seed + 4)
        nearly = drawn.of_training & drawn.nearly
        reported = (
            int(drawn.of_training.sum()),
            int(nearly.sum()),
            int((~drawn.of_training & drawn.nearly).sum()),
            equal.training,
            equal.holdout,
        )
        copies_p = min(2 * min(drawn.close.p, equal.test.p), 1.0)
        copied = copies_p < self.alpha
        judged = (
            drawn.count_nearer_beyond_chance() if drawn.share.p < self.alpha else 0,
            max(reported[1], equal.training) if copied else 0,
            drawn.count_but_for_one_column_beyond_chance() if drawn.but_for_one_column.p < self.alpha else 0,
        )
        # what stands out is a share of the table, but for copies: of them, each has a row that it equals
        keys = (
            {str(row[0]) for row, near in zip(synthetic.rows, nearly, strict=True) if near} | set(equal.keys)
            if copied
            else set()
        )
        figures = {
            "drawn": {name: {"rows": len(sampled[name].rows), "of": sampled[name].total} for name in SAMPLES},
            "compared": {"synthetic": len(synthetic.rows), "training": size, "holdout": size},
            "looked_up": {name: sampled[name].total for name in SAMPLES},
            "seed": self.seed,
            "alpha": self.alpha,
            "near_zero": self.near_zero,
            "permutations": PERMUTATIONS,
            "nearer_to_training": {
                "records": reported[0],
                "of": len(synthetic.rows),
                **drawn.share.figures(),
                "smallest_visible_share": drawn.find_smallest_visible_share(self.alpha),
            },
            "copies_p_value": copies_p,
            "the_same": equal.figures(),
            "nearly_the_same": {"training": reported[1], "holdout": reported[2], **drawn.close.figures()},
            "but_for_one_column": drawn.describe_but_for_one_column(),
        }
        sentences = [
            drawn.describe(self.alpha, synthetic.total, training.total, holdout.total),
            *equal.describe(synthetic.total),
        ]
        return SampleEvaluation(
            synthetic.total,
            max(judged),
            (*judged, *reported),
            figures | {"sentences": sentences},
            {COPIES: sorted(keys)} if keys else {},
        )


def _require_values(name: str, sample: SampledRows) -> None:
    """Raise an error if a sample of some records has nothing that can be compared."""
    if sample.total and not sample.rows:
        raise SynthError(f"None of the {sample.total} {name} records has a key: no sample can be drawn.")
    if sample.rows and not any(value is not None for row in sample.rows for value in row[name == "synthetic" :]):
        raise SynthError(f"None of the {sample.total} {name} records has a value in the compared columns.")
