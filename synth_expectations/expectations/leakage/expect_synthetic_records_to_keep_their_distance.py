"""No generator that learned real people by heart."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator
from sqlglot import exp

from synth_expectations.expectations.argument_types import Column, Columns, Reference
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.rules.expressions import field, hash_text, normalize, to_number
from synth_expectations.rules.model import Rule
from synth_expectations.rules.nodes import Condition
from synth_expectations.rules.samples import Sample, SampleEvaluator, SharedValues

MOST_COMBINATIONS = 100_000
"""Of values that synthetic records share with a reference: more are shared only where few columns are compared."""


class ExpectSyntheticRecordsToKeepTheirDistance(SyntheticDataExpectation):
    """Expect synthetic records to keep their distance from the records that their generator learned from.

    A generator that memorised real people reveals them, even if every identifier is new. Therefore, synthetic records are
    compared with the training records and with equally many records of a holdout that the generator never saw. Compared
    with the holdout, they must not be closer to the training records, close to them except for one column, or equal or
    nearly equal to them more often than chance allows. All records are checked for equality. The other comparisons use
    samples, drawn by a hash of the record key, so they are the same on every engine. Only copies are named: the other
    findings concern a share of the table, and count the records beyond what chance explains.

    Does not show: fewer than about a dozen copies, which could be chance; slightly changed records that were not drawn;
    differences in columns that are not compared. If the holdout's people were also in the training data, it shows nothing.
    """

    training: Reference = Field(description="The table of the records that the generator learned from.")
    holdout: Reference = Field(description="A table of similar records that the generator never saw.")
    numeric: Columns = Field((), description="Numeric columns, with the same names in all three tables.")
    categorical: Columns = Field((), description="Text columns, which are compared for equality.")
    training_key: Column | None = Field(None, description="The record key of training, if its name differs.")
    holdout_key: Column | None = Field(None, description="The record key of holdout, if its name differs.")
    alpha: float = Field(0.001, ge=0.0001, lt=0.5, description="The significance level of each of the two tests.")
    near_zero: float = Field(
        0.001, ge=0, lt=1, description="The mean difference of the columns up to which records are nearly equal."
    )
    sample_size: int = Field(
        5_000, ge=1, le=50_000, description="The maximum number of synthetic records that are drawn."
    )
    reference_size: int = Field(
        20_000, ge=1, le=200_000, description="The maximum number of records drawn from each of training and holdout."
    )
    seed: int = Field(0, ge=0, description="The seed of the samples and permutations.")

    roles = {"synthetic": "holdout"}
    data_files = (
        "leakage/nearest_neighbour.py",
        "leakage/drawn_records.py",
        "leakage/equal_records.py",
        "leakage/gower_distance.py",
        "leakage/label_permutations.py",
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.numeric and not self.categorical:
            raise ValueError("numeric or categorical is missing: distance is between columns")
        if twice := sorted(set(self.numeric) & set(self.categorical)):
            raise ValueError(f"{twice[0]} cannot be both numeric and categorical")
        if not self.record_key:
            raise ValueError("record_key is missing: samples are drawn by its hash")
        if self.training == self.holdout:
            raise ValueError("holdout is the training: the generator must never have seen the holdout")
        if self.mostly < 1:
            raise ValueError("mostly means nothing here: alpha says what is too much")
        return self

    def population(self) -> Condition:
        """Return synthetic records; a partial one keeps fields of a person by its nature."""
        return self.synthetic

    def samples(self) -> Iterator[Sample]:
        """Yield samples of the synthetic records with their key, and of both references."""
        key = self.record_key or ""
        yield self._sample("synthetic", None, key, self.sample_size, (normalize(field(key), "exact"),), self.synthetic)
        for name, reference, other in (
            ("training", self.training, self.training_key),
            ("holdout", self.holdout, self.holdout_key),
        ):
            yield self._sample(name, reference, other or key, self.reference_size, (), exp.true())

    def evaluator(self) -> SampleEvaluator:
        """Return the comparison of the samples."""
        from synth_expectations.expectations.leakage.nearest_neighbour import Distance

        return Distance(len(self.numeric), self.alpha, self.near_zero, self.seed)

    def rules(self) -> Iterator[Rule]:
        """Yield the rules that the evaluator counts for."""
        from synth_expectations.expectations.leakage.nearest_neighbour import JUDGED, REPORTED

        for name in JUDGED:
            yield Rule(name, exp.false())
        for name in REPORTED:
            yield Rule(name, exp.false(), judged=False)

    def shared_values(self) -> SharedValues:
        """Return the values that any synthetic record shares with a row of a reference: samples would miss a few copies."""
        from synth_expectations.expectations.leakage.nearest_neighbour import THE_SAME

        key = normalize(field(self.record_key or ""), "exact")
        lot = hash_text(key, f"{self.seed}:")
        references = (self.training, self.holdout)
        return SharedValues(THE_SAME, self._compared(), key, lot, MOST_COMBINATIONS, self.synthetic, references)

    def _compared(self) -> tuple[Condition, ...]:
        numbers = (to_number(field(column)) for column in self.numeric)
        return (*numbers, *(normalize(field(column), "text") for column in self.categorical))

    def _sample(
        self, name: str, reference: str | None, key: str, most: int, shown: tuple[Condition, ...], where: Condition
    ) -> Sample:
        """Return a sample in the order of the hash of the key; rows that share a key follow the hash of their values."""
        compared = self._compared()
        numbers, texts = compared[: len(self.numeric)], compared[len(self.numeric) :]
        salt = f"{self.seed}:"
        lots = (hash_text(normalize(field(key), "exact"), salt), *numbers, *(hash_text(text, salt) for text in texts))
        return Sample(name, (*shown, *compared), lots, most, where, reference)
