"""A person really looked at the decision, in time, and was allowed to."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, field_validator, model_validator
from sqlglot import exp

from synth_expectations.expectations.argument_types import Column, Reference, Values
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.signatures import read_list
from synth_expectations.rules.canonical import require_portable
from synth_expectations.rules.expressions import (
    field,
    is_before,
    is_blank,
    is_given,
    is_one_of,
    is_readable,
    look_up,
    lower,
    make_key,
    matches,
    normalize,
    normalize_key,
    to_second,
    to_timestamp,
)
from synth_expectations.rules.model import BATCH, Lookup, Rule
from synth_expectations.rules.nodes import Condition


class ExpectHumanOversightToBeEffective(SyntheticDataExpectation):
    """Expect human oversight to be effective.

    A reviewer's name in a column is not oversight. The reviewer must be a person, not a service account, and must have
    been authorised and trained at the time. The review must take place after the model's output and before the decision
    takes effect (a review that the customer requested may follow later), and must record an outcome. Nobody reviews a
    pile of decisions in one second.

    Does not show: competence and attention.
    """

    reviewer: Column = Field(description="The column of the reviewer: a key of `people`, or a name.")
    reviewed_at: Column = Field(description="The column of the time of the review.")
    model_output_at: Column = Field(description="The column of the time of the model's output.")
    effective_at: Column = Field(description="The column of the time at which the decision took effect.")
    outcome: Column = Field(description="The column of the outcome of the review.")
    decision_type: Column | None = Field(None, description="The column of the type of decision.")
    not_regulated: Values = Field((), description="The types of decisions that need no oversight.")
    review_kind: Column | None = Field(None, description="The column of the reason for the review.")
    on_request: Values = Field(("on_request",), description="Its values for a review that the customer requested.")
    overturned: Values = Field(("overturned", "reversed", "changed"), description="Outcomes that changed the decision.")
    people: Reference | None = Field(None, description="The table of reviewers.")
    people_key: Column | None = Field(None, description="In people: the key of a person.")
    authorised_from: Column | None = Field(None, description="In people: the time from which they may review.")
    authorised_until: Column | None = Field(None, description="In people: the time until which they may review.")
    trained_from: Column | None = Field(None, description="In people: the time from which their training is valid.")
    trained_until: Column | None = Field(None, description="In people: the time until which their training is valid.")
    automated: tuple[str, ...] = Field(
        read_list("automated_accounts"), description="Patterns, in lower case, of account names that are not people."
    )
    max_batch: int = Field(5, ge=1, description="The maximum number of reviews by one person in one second.")

    roles = {"decisions": None}
    reference_columns = {"people": ("authorised_from", "authorised_until", "trained_from", "trained_until")}
    needs_marker = False
    data_files = ("signatures/automated_accounts.txt",)

    @field_validator("automated")
    @classmethod
    def _portable(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            require_portable(pattern)
        return patterns

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if bool(self.people) != bool(self.people_key):
            raise ValueError("people and people_key need each other")
        periods = (self.authorised_from, self.authorised_until, self.trained_from, self.trained_until)
        if any(periods) and not self.people:
            raise ValueError("authorised_… and trained_… are columns of people, which is missing")
        if self.not_regulated and not self.decision_type:
            raise ValueError("not_regulated is about decision_type, which is missing")
        return self

    def population(self) -> Condition:
        """Return decisions that need oversight: all except those of a type that is known not to need it."""
        return ~is_one_of(field(self.decision_type), self.not_regulated) if self.decision_type else exp.true()

    def lookups(self) -> Iterator[Lookup]:
        """Yield the reviews of one person in one second, and the reviewer's rights at that time."""
        reviewer = normalize(field(self.reviewer), "text")
        pile = make_key(reviewer, to_second(field(self.reviewed_at)))
        review = make_key(normalize_key(field(self.record_key))) if self.record_key else None
        limits = {"too_many": self.max_batch}
        yield Lookup("pile", BATCH, pile, pile, more_than=limits, where=self.population(), record=review)
        if self.people and self.people_key:
            periods = {
                "authorised": (self.authorised_from, self.authorised_until),
                "trained": (self.trained_from, self.trained_until),
            }
            for name, (start, end) in periods.items():
                yield Lookup(
                    name=name,
                    reference=self.people,
                    key=make_key(reviewer),
                    reference_key=make_key(normalize(field(self.people_key), "text")),
                    attributes={"then": _period_given(start)},
                    at=to_timestamp(field(self.reviewed_at)),
                    valid=(to_timestamp(field(start)) if start else None, to_timestamp(field(end)) if end else None),
                )

    def rules(self) -> Iterator[Rule]:
        """Yield rules about the reviewer, the times, the outcome and reviews in bulk."""
        reviewer, outcome = field(self.reviewer), field(self.outcome)
        robot = matches(lower(reviewer), *self.automated)
        yield Rule("no reviewer", is_blank(reviewer))
        yield Rule("reviewer is an automated account", is_given(reviewer) & robot)
        if self.people:
            yield from self._of_people(is_given(reviewer), ~is_blank(reviewer) & is_readable(field(self.reviewed_at)))
        yield from self._of_times()
        yield Rule("no outcome", is_blank(outcome))
        yield Rule(f"more than {self.max_batch} reviews by one person in one second", look_up("pile", "too_many"))
        yield Rule("decision was overturned", is_one_of(outcome, self.overturned), judged=False)

    def _of_people(self, named: Condition, dated: Condition) -> Iterator[Rule]:
        known = look_up("authorised")
        yield Rule("reviewer is unknown", named & ~known)
        yield Rule("reviewer was not authorised then", dated & known & ~look_up("authorised", "then"))
        yield Rule("reviewer was not trained then", dated & known & ~look_up("trained", "then"))

    def _of_times(self) -> Iterator[Rule]:
        for name in (self.model_output_at, self.reviewed_at, self.effective_at):
            yield Rule(f"{name} is missing or not a time", ~is_readable(field(name)))
        shown, reviewed = to_timestamp(field(self.model_output_at)), to_timestamp(field(self.reviewed_at))
        late = is_before(to_timestamp(field(self.effective_at)), reviewed)
        if self.review_kind:
            late &= ~is_one_of(field(self.review_kind), self.on_request)
        yield Rule("reviewed before the model's output", is_before(reviewed, shown))
        yield Rule("reviewed after the decision took effect", late)


def _period_given(start: str | None) -> Condition:
    """Return that a row of people has the beginning of its period; true if there is no column for it."""
    return is_readable(field(start)) if start else exp.true()
