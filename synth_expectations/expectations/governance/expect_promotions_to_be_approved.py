"""Nothing goes from a sandbox to production without someone else's approval, in time."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from synth_expectations.expectations.argument_types import Column, Values
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.rules.expressions import (
    field,
    is_before,
    is_blank,
    is_equal,
    is_given,
    is_one_of,
    is_readable,
    normalize,
    to_timestamp,
)
from synth_expectations.rules.model import Rule
from synth_expectations.rules.nodes import Condition


class ExpectPromotionsToBeApproved(SyntheticDataExpectation):
    """Expect promotions to be approved.

    A promotion from a sandbox to production must be requested by one person and approved by another before it takes place,
    after a validation that passed. An emergency may be approved afterwards, if it is marked as one.

    Does not show: promotions that were not logged, and whether the approver looked at them.
    """

    requester: Column = Field(description="The column of the person who requested the promotion.")
    approver: Column = Field(description="The column of the person who approved it.")
    approved_at: Column = Field(description="The column of the time of the approval.")
    promoted_at: Column = Field(description="The column of the time of the promotion.")
    validation_run: Column = Field(description="The column of the validation run.")
    validation_status: Column | None = Field(None, description="The column of the result of the validation.")
    passed: Values = Field(("passed", "success"), description="Its values for a validation that passed.")
    emergency: Column | None = Field(None, description="The column that says whether it was an emergency.")
    emergency_values: Values = Field((True,), description="Its values for an emergency.")

    roles = {"promotions": None}
    needs_marker = False

    @model_validator(mode="after")
    def _two_people(self) -> Self:
        if self.requester == self.approver:
            raise ValueError("requester and approver are one column: nobody approves what they asked for")
        return self

    def rules(self) -> Iterator[Rule]:
        """Yield rules about the people, the times and the validation."""
        asked, approved = (normalize(field(name), "text") for name in (self.requester, self.approver))
        times = {name: to_timestamp(field(name)) for name in (self.approved_at, self.promoted_at)}
        yield Rule("no requester", is_blank(field(self.requester)))
        yield Rule("no approver", is_blank(field(self.approver)))
        yield Rule("approved by the requester", is_given(field(self.approver)) & is_equal(asked, approved))
        for name in times:
            yield Rule(f"{name} is missing or not a time", ~is_readable(field(name)))
        late = is_before(times[self.promoted_at], times[self.approved_at])
        emergency = self._emergency()
        yield Rule("approved after it was promoted", late & ~emergency if emergency is not None else late)
        if emergency is not None:
            yield Rule("approved after it was promoted, in an emergency", late & emergency, judged=False)
        yield Rule("no validation", is_blank(field(self.validation_run)))
        if self.validation_status:
            failed = is_given(field(self.validation_run)) & ~is_one_of(field(self.validation_status), self.passed)
            yield Rule("validation did not pass", failed)

    def _emergency(self) -> Condition | None:
        return is_one_of(field(self.emergency), self.emergency_values) if self.emergency else None
