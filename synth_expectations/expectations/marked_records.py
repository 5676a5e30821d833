"""What each record of a table is: synthetic, real, partial, masked or untagged, by the marker or for all of them."""

# no `from __future__ import annotations`: pydantic would compile each annotation once for each expectation

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, Field, model_validator
from sqlglot import exp

from synth_expectations.errors import SynthError
from synth_expectations.expectations.argument_types import Column, Values
from synth_expectations.rules.canonical import spellings
from synth_expectations.rules.census import explain_unaccounted
from synth_expectations.rules.expressions import field, is_one_of
from synth_expectations.rules.nodes import Condition


class MarkedRecords(BaseModel, defer_build=True):
    """The arguments that say what each record is, and the populations that follow from them."""

    marker_column: Column | None = Field(None, description="The column that says what kind of record a row is.")
    synthetic_values: Values = Field((True,), description="Its values for synthetic records.")
    real_values: Values = Field((False,), description="Its values for real records.")
    partial_values: Values = Field((), description="Its values for real people with imputed or augmented fields.")
    masked_values: Values = Field((), description="Its values for real people whose identifiers were replaced.")
    all_records: Literal["synthetic", "real"] | None = Field(
        None, description="For a table without a marker: what kind all its records are."
    )

    needs_marker: ClassVar[bool] = True
    """Whether it must know which records are synthetic."""

    judges_untagged: ClassVar[bool] = False
    """Whether it says something of a table in which no record is tagged; others are errored there."""

    @model_validator(mode="after")
    def _knows_what_records_are(self) -> Self:
        if self.marker_column and self.all_records:
            raise ValueError("marker_column and all_records exclude each other: give the one that is so")
        if self.needs_marker and not (self.marker_column or self.all_records):
            raise ValueError("marker_column is missing (or all_records, for a table without a marker)")
        seen: dict[Any, str] = {}
        for kind, values in self._values_of_kinds().items():
            for value in values:
                for text in spellings(value):
                    if seen.setdefault(text, kind) != kind:
                        raise ValueError(f"marker value {value!r} cannot mean both {seen[text]} and {kind}")
        return self

    @property
    def synthetic(self) -> Condition:
        """Return the records that are synthetic."""
        return self._marked("synthetic", self.synthetic_values)

    @property
    def real(self) -> Condition:
        """Return the records that are real and nothing else."""
        return self._marked("real", self.real_values)

    @property
    def influenced(self) -> Condition:
        """Return the records that are synthetic or partial."""
        return self._marked("synthetic", (*self.synthetic_values, *self.partial_values))

    @property
    def tagged(self) -> Condition:
        """Return the records whose marker has one of its values."""
        every = (*self.synthetic_values, *self.real_values, *self.partial_values, *self.masked_values)
        return exp.true() if self.all_records else is_one_of(self.marker, every)

    @property
    def marker(self) -> Condition:
        """Return the marker's value."""
        assert self.marker_column is not None
        return field(self.marker_column)

    def _marked(self, kind: str, values: Iterable[bool | int | float | str]) -> Condition:
        if self.all_records:
            return exp.true() if self.all_records == kind else exp.false()
        return is_one_of(self.marker, values) if self.marker_column else exp.false()

    def census(self) -> Iterator[tuple[str, Condition]]:
        """Yield what the batch is made of: each record is of exactly one kind, as far as the marker's values go."""
        if self.all_records:
            yield self.all_records, exp.true()
        if self.marker_column:
            for kind, values in self._values_of_kinds().items():
                if values:
                    yield kind, self._marked(kind, values)
            yield "untagged", ~self.tagged

    def _values_of_kinds(self) -> dict[str, Values]:
        kinds = {"synthetic": self.synthetic_values, "real": self.real_values}
        return kinds | {"partial": self.partial_values, "masked": self.masked_values}

    def explain_unaccounted(
        self, census: Mapping[str, int], *, may_be_untagged: bool | None = None
    ) -> SynthError | None:
        """Return why what the batch is made of proves nothing; None if it accounts for all records.

        Args:
            census: the number of records by kind.
            may_be_untagged: whether it is not an error that no record is tagged; if None, as the class declares.
        """
        allowed = self.judges_untagged if may_be_untagged is None else may_be_untagged
        return explain_unaccounted(census, self.marker_column or "", may_be_untagged=allowed)
