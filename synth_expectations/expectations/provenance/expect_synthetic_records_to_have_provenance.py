"""Every synthetic record says where it came from."""

from collections.abc import Iterator

from pydantic import Field

from synth_expectations.expectations.argument_types import Columns, Values
from synth_expectations.expectations.base import SyntheticDataExpectation, join_names
from synth_expectations.expectations.signatures import read_list
from synth_expectations.rules.expressions import field, is_blank, is_one_of
from synth_expectations.rules.model import Rule
from synth_expectations.rules.nodes import Condition


class ExpectSyntheticRecordsToHaveProvenance(SyntheticDataExpectation):
    """Expect synthetic records to have provenance.

    For each synthetic record, an auditor asks who made it, when, with which version of which generator, and for which
    purpose. A field that is NULL, blank or a placeholder such as `n/a` does not answer this. Partial records count too.

    Does not show: that the values are right.
    """

    fields: Columns = Field(min_length=1, description="The provenance columns that must be filled.")
    placeholders: Values = Field(read_list("placeholders"), description="Texts that count as empty.")

    roles = {"mixed": None, "synthetic": None}
    data_files = ("signatures/placeholders.txt",)

    def population(self) -> Condition:
        """Return synthetic and partial records."""
        return self.influenced

    def rules(self) -> Iterator[Rule]:
        """Yield a rule for each field."""
        for name in self.fields:
            value = field(name)
            yield Rule(f"{name} is missing or a placeholder", is_blank(value) | is_one_of(value, self.placeholders))

    def sentence(self) -> str:
        """Return its summary with the names of the fields."""
        return f"{self.summary()}: {join_names(self.fields)}"
