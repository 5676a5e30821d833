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

    A custom object or a flow with synthetic data must have a version, and must keep the history of its marker and of its
    provenance. Otherwise, nobody can find out later who changed the tag of a record. Components are checked, too, if it is
    unknown whether they hold synthetic data.

    Does not show: that the history is kept long enough, or that nobody can delete it.
    """

    component_version: Column = Field(description="The column of the component's version.")
    history: Columns = Field(
        min_length=1, description="The columns that say whether history is kept, of the marker and of provenance."
    )
    history_values: Values = Field((True,), description="Their values for yes.")
    holds_synthetic: Column | None = Field(None, description="The column that says whether it holds synthetic data.")
    holds_synthetic_values: Values = Field((False,), description="Its values for no: such components are not checked.")

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
