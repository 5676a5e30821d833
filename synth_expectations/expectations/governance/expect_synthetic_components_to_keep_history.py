"""Objects and flows that hold synthetic data have a version, and keep the history of what says so."""

from collections.abc import Iterator

from pydantic import Field

from synth_expectations.expectations.argument_types import Column, Columns, Values
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.rules.expressions import field, is_blank, is_one_of
from synth_expectations.rules.model import Rule
from synth_expectations.rules.nodes import Condition


class ExpectSyntheticComponentsToKeepHistory(SyntheticDataExpectation):
    """Expect synthetic components to keep history.

    A custom object or a flow that holds synthetic data has a version, and keeps the history of its marker and of its
    provenance: without that, nobody can say later who changed what a record is. A component of which nobody knows
    whether it holds synthetic data is asked too.

    Does not show: that the history is kept long enough, or that nobody can delete it.
    """

    component_version: Column = Field(description="The column of the component's version.")
    history: Columns = Field(
        min_length=1, description="Columns that say whether a history is kept: of marker, of provenance."
    )
    history_values: Values = Field((True,), description="Their values for yes.")
    holds_synthetic: Column | None = Field(None, description="The column that says whether it holds synthetic data.")
    holds_synthetic_values: Values = Field((False,), description="Its values for no: such components are not asked.")

    roles = {"components": None}
    needs_marker = False

    def population(self) -> Condition:
        """Return components that hold synthetic data, or may hold it."""
        if self.holds_synthetic is None:
            return super().population()
        return ~is_one_of(field(self.holds_synthetic), self.holds_synthetic_values)

    def rules(self) -> Iterator[Rule]:
        """Yield rules about the version and each history."""
        yield Rule(f"{self.component_version} is missing", is_blank(field(self.component_version)))
        for name in self.history:
            yield Rule(f"no {name}", ~is_one_of(field(name), self.history_values))
        if self.holds_synthetic:
            unknown = is_blank(field(self.holds_synthetic))
            yield Rule("nobody knows whether it holds synthetic data", unknown, judged=False)
