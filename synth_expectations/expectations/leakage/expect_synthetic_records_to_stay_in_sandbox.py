"""Synthetic records are where they may be, and nowhere else."""

from collections.abc import Iterator

from pydantic import Field

from synth_expectations.expectations.argument_types import Column, Values
from synth_expectations.expectations.base import SyntheticDataExpectation, join_names
from synth_expectations.rules.expressions import field, is_blank, is_given, is_one_of
from synth_expectations.rules.model import Rule
from synth_expectations.rules.nodes import Condition


class ExpectSyntheticRecordsToStayInSandbox(SyntheticDataExpectation):
    """Expect synthetic records to stay in their sandbox.

    Each synthetic or partial record must name the environment that it was loaded into, and synthetic records must be allowed
    there. A record that names no environment could be anywhere, so it is a violation too.

    Does not show: copies of the record in environments that are not in this table.
    """

    environment: Column = Field(description="The column of the environment that a record was loaded into.")
    allowed: Values = Field(min_length=1, description="The environments in which synthetic records are allowed.")

    roles = {"synthetic": None}

    def population(self) -> Condition:
        """Return synthetic and partial records."""
        return self.influenced

    def rules(self) -> Iterator[Rule]:
        """Yield rules for another environment, and for an unknown one."""
        where = field(self.environment)
        yield Rule(f"{self.environment} is missing", is_blank(where))
        elsewhere = is_given(where) & ~is_one_of(where, self.allowed)
        yield Rule(f"{self.environment} is not one of {join_names(self.allowed)}", elsewhere)
