"""No regulated decision on a synthetic record, unless a human oversaw it."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator
from sqlglot import exp

from synth_expectations.expectations.argument_types import Column, Reference, Values
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.rules.expressions import (
    all_of,
    field,
    is_before,
    is_blank,
    is_given,
    is_one_of,
    is_readable,
    look_up,
    make_key,
    normalize_key,
    to_timestamp,
)
from synth_expectations.rules.model import Lookup, Rule
from synth_expectations.rules.nodes import Condition


class ExpectRegulatedDecisionsToExcludeSyntheticRecords(SyntheticDataExpectation):
    """Expect regulated decisions to exclude synthetic records.

    Credit scores and eligibility decisions about people who do not exist distort the outcomes for real people. Each
    regulated decision must have a known subject that is neither synthetic nor partial, unless a named person reviewed it
    between the model's output and its effect. A decision of a type that is not in the policy is a violation, so a type
    cannot be renamed to avoid the check.

    Does not show: what the model was trained on.
    """

    decision_type: Column = Field(description="The column of the type of decision.")
    regulated: Values = Field(min_length=1, description="The types of decisions that are regulated.")
    not_regulated: Values = Field((), description="The types of decisions that are not regulated.")
    subject: Column = Field(description="The column of the subject of the decision: a key of the reference.")
    reference: Reference = Field(description="The table of subjects.")
    reference_key: Column = Field(description="In the reference: the key that the subject refers to.")
    reference_marker_column: Column | None = Field(None, description="In the reference: its marker.")
    reference_synthetic_values: Values = Field((True,), description="Its values for synthetic records.")
    reference_partial_values: Values = Field(
        (), description="Its values for real people with imputed or augmented fields."
    )
    reference_real_values: Values = Field((False,), description="Its values for real or masked records.")
    reference_all_records: Literal["synthetic", "real"] | None = Field(
        None, description="For a reference without a marker: what all its records are."
    )
    reviewer: Column | None = Field(
        None, description="The column of the reviewer. Without all five columns, a review cannot excuse a decision."
    )
    reviewed_at: Column | None = Field(None, description="The column of the time of the review.")
    model_output_at: Column | None = Field(None, description="The column of the time of the model's output.")
    effective_at: Column | None = Field(None, description="The column of the time at which the decision took effect.")
    outcome: Column | None = Field(None, description="The column of the outcome of the review.")

    roles = {"decisions": None}
    essential = True
    reference_words = {"reference": "subject"}
    evaluated_pointers = ("subject",)
    needs_marker = False

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not (self.reference_marker_column or self.reference_all_records):
            raise ValueError("reference_marker_column is missing (or reference_all_records)")
        oversight = (self.reviewer, self.reviewed_at, self.model_output_at, self.effective_at, self.outcome)
        if any(oversight) and not all(oversight):
            raise ValueError("oversight needs all of reviewer, reviewed_at, model_output_at, effective_at, outcome")
        return self

    def population(self) -> Condition:
        """Return decisions that are regulated, or of a type that nobody listed."""
        return ~is_one_of(field(self.decision_type), self.not_regulated)

    def lookups(self) -> Iterator[Lookup]:
        """Yield the lookup of the subject."""
        yield Lookup(
            name="subject",
            reference=self.reference,
            key=make_key(normalize_key(field(self.subject))),
            reference_key=make_key(normalize_key(field(self.reference_key))),
            attributes={"influenced": self._subject_is("synthetic"), "real": self._subject_is("real")},
        )

    def rules(self) -> Iterator[Rule]:
        """Yield rules about the type, the subject, and the oversight that excuses a decision."""
        regulated = is_one_of(field(self.decision_type), self.regulated)
        subject, found = field(self.subject), look_up("subject")
        influenced, real = look_up("subject", "influenced"), look_up("subject", "real")
        yield Rule("decision type is in neither list", ~regulated)
        yield Rule("subject is missing", regulated & is_blank(subject))
        yield Rule("subject is unknown", regulated & is_given(subject) & ~found)
        yield Rule("subject is untagged", regulated & found & ~influenced & ~real)
        yield Rule("subject is synthetic, without human oversight", regulated & influenced & ~self._overseen())
        yield Rule(
            "subject is synthetic, with human oversight", regulated & influenced & self._overseen(), judged=False
        )

    def _subject_is(self, kind: str) -> Condition:
        if self.reference_all_records:
            return exp.true() if self.reference_all_records == kind else exp.false()
        assert self.reference_marker_column is not None
        influenced = (*self.reference_synthetic_values, *self.reference_partial_values)
        values = influenced if kind == "synthetic" else self.reference_real_values
        return is_one_of(field(self.reference_marker_column), values)

    def _overseen(self) -> Condition:
        """Return that a named person reviewed it, with an outcome, between the model's output and the effect."""
        if not (self.reviewer and self.reviewed_at and self.model_output_at and self.effective_at and self.outcome):
            return exp.false()
        shown, reviewed, effective = (to_timestamp(field(name)) for name in self._times())
        return all_of(
            [
                is_given(field(self.reviewer)),
                is_given(field(self.outcome)),
                *(is_readable(field(name)) for name in self._times()),
                ~is_before(reviewed, shown),
                ~is_before(effective, reviewed),
            ]
        )

    def _times(self) -> tuple[str, str, str]:
        assert self.model_output_at and self.reviewed_at and self.effective_at
        return self.model_output_at, self.reviewed_at, self.effective_at
