"""No synthetic record where only real ones belong."""

from collections.abc import Iterator

from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.rules.expressions import is_one_of
from synth_expectations.rules.model import Rule


class ExpectTableToContainNoSyntheticRecords(SyntheticDataExpectation):
    """Expect the table to contain no synthetic records.

    Production tables, reports and customer communications are about real people, so a synthetic or partial record in them
    is a leak. Untagged records are covered by expect_records_to_be_tagged.

    Does not show: aggregates already computed from synthetic records, and synthetic records that lost their tag.
    """

    roles = {"production": None}

    def rules(self) -> Iterator[Rule]:
        """Yield rules for synthetic and for partial records."""
        yield Rule("record is synthetic", self.synthetic)
        if self.partial_values:
            yield Rule("record is partial", is_one_of(self.marker, self.partial_values))

    def nothing_to_check(self) -> str | None:
        """Return that there is no marker to tell what a record is, if there is none."""
        return "The table has no marker: nothing in it says which records are synthetic." if self.all_records else None
