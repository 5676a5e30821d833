"""Records of real people carry no provenance of synthetic ones."""

from collections.abc import Iterator

from pydantic import Field

from synth_expectations.expectations.argument_types import Columns
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.rules.expressions import field, is_given
from synth_expectations.rules.model import Rule
from synth_expectations.rules.nodes import Condition


class ExpectRealRecordsToHaveNoSyntheticProvenance(SyntheticDataExpectation):
    """Expect real records to have no synthetic provenance.

    If a record is marked real but names a generator, a generation time or a synthetic dataset, its tag was changed by hand or
    it was overwritten by a test load. Partial and masked records are exempt, because they were in fact processed. The
    purpose is not checked, because real records have one too.

    Does not show: synthetic records that lost both their tag and their provenance.
    """

    fields: Columns = Field(
        min_length=1, description="The columns of synthetic provenance: source, generation time, dataset."
    )

    roles = {"mixed": None}
    provenance_words = ("source", "generated_at", "dataset_id")

    def population(self) -> Condition:
        """Return records that are real and nothing else."""
        return self.real

    def rules(self) -> Iterator[Rule]:
        """Yield a rule for each field."""
        for name in self.fields:
            yield Rule(f"{name} is set", is_given(field(name)))
