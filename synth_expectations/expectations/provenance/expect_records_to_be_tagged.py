"""Every record says what it is."""

from collections.abc import Iterator

from pydantic import Field

from synth_expectations.expectations.base import SyntheticDataExpectation, join_names
from synth_expectations.rules.expressions import is_blank, is_given
from synth_expectations.rules.model import Rule


class ExpectRecordsToBeTagged(SyntheticDataExpectation):
    """Expect records to be tagged.

    A record without a marker is neither synthetic nor real: later checks cannot classify it, and a sync job that drops the
    marker makes synthetic customers look like real ones.

    Does not show: that the tag is right. A synthetic record that is tagged real passes.
    """

    marker_can_be_empty: bool = Field(
        True, description="False for a column that is never empty, such as a Salesforce checkbox: it proves no tagging."
    )

    roles = {"mixed": None, "production": None}
    judges_untagged = True

    def rules(self) -> Iterator[Rule]:
        """Yield rules for a missing marker, and for one with another value."""
        if self.all_records:
            return
        values = (*self.synthetic_values, *self.real_values, *self.partial_values, *self.masked_values)
        yield Rule("marker is missing", is_blank(self.marker))
        yield Rule(
            f"marker is not one of {join_names(map(_format_value, values))}", is_given(self.marker) & ~self.tagged
        )

    def nothing_to_check(self) -> str | None:
        """Return why the marker proves nothing: there is none, or an untouched record has it too."""
        if self.all_records:
            return f"The table has no marker: the policy says that all its records are {self.all_records}."
        defaults = {"false", "0", ""}
        if not self.marker_can_be_empty and {str(value).strip().lower() for value in self.real_values} <= defaults:
            return (
                f"{self.marker_column} is never empty: a record that nobody tagged reads as real. "
                "Tag with a picklist that has a value for real records."
            )
        return None


def _format_value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
