"""Samples of rows, for what no condition on a single record can say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from synth_expectations.rules.canonical import canonicalize
from synth_expectations.rules.nodes import Condition


@dataclass(frozen=True)
class Sample:
    """The first rows of a table in a given order, fetched from the engine.

    Attributes:
        name: the name under which the evaluator receives the rows.
        values: what is fetched of each row; of identifiers, only what the evaluator needs.
        order: the sort order, made of hashes and numbers so that every engine returns the same rows. Rows whose first
            sort value is NULL (they have no key) count towards the total and are not fetched.
        most: the largest number of rows.
        where: the rows that take part.
        reference: the table; None for the batch.
    """

    name: str
    values: tuple[Condition, ...]
    order: tuple[Condition, ...]
    most: int
    where: Condition
    reference: str | None = None

    def canonical(self) -> dict[str, object]:
        """Return the sample as plain data in a fixed order, for digests."""
        return {
            "name": self.name,
            "values": [canonicalize(value) for value in self.values],
            "order": [canonicalize(value) for value in self.order],
            "most": self.most,
            "where": canonicalize(self.where),
            "reference": self.reference,
        }


@dataclass(frozen=True)
class SharedValues:
    """The combinations of values that records of the batch have in common with rows of references, in all records.

    Attributes:
        name: the name under which the evaluator receives them.
        values: what is compared; each table has the columns. NULL equals NULL.
        key: the record key; of the records that share their values, one with the smallest is named.
        order: a hash of the record key: it decides which combinations are fetched where there are too many.
        most: the largest number of combinations.
        where: the records of the batch that take part.
        references: the tables that the records are held against; all their rows take part.
    """

    name: str
    values: tuple[Condition, ...]
    key: Condition
    order: Condition
    most: int
    where: Condition
    references: tuple[str, ...]

    def canonical(self) -> dict[str, object]:
        """Return them as plain data in a fixed order, for digests."""
        return {
            "name": self.name,
            "values": [canonicalize(value) for value in self.values],
            "key": canonicalize(self.key),
            "order": canonicalize(self.order),
            "most": self.most,
            "where": canonicalize(self.where),
            "references": list(self.references),
        }


@dataclass(frozen=True)
class SampledRows:
    """The rows of a sample, or combinations of values that are shared.

    Attributes:
        rows: the values of each row; of a combination, a record key, how many records have it, and how many rows of each
            reference.
        total: how many rows the sample was drawn from, or how many combinations are shared.
    """

    rows: Sequence[tuple[Any, ...]]
    total: int


@dataclass(frozen=True)
class SampleEvaluation:
    """What an evaluator finds in its samples.

    Attributes:
        records: how many records it looked at.
        violating: how many of them break a judged rule.
        violations: how many break each rule, in the order of the check.
        figures: the numbers it computed, as plain JSON, for the result.
        keys: the record keys of violating records, by rule name.
    """

    records: int
    violating: int
    violations: tuple[int, ...]
    figures: dict[str, Any]
    keys: dict[str, list[str]] = field(default_factory=dict)


class SampleEvaluator(Protocol):
    """Decides in Python which rules the sampled rows break."""

    def canonical(self) -> dict[str, object]:
        """Return the parameters as plain data: other parameters, other digest."""

    def __call__(self, sampled: Mapping[str, SampledRows]) -> SampleEvaluation:
        """Evaluate the samples, given by name.

        Raises:
            SynthError: the samples are too small to say anything.
        """
