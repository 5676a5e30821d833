"""No real person inside a synthetic record."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from synth_expectations.expectations.argument_types import CallingCode, Column, Reference, Values
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.leakage import match_keys
from synth_expectations.rules.expressions import field, is_one_of
from synth_expectations.rules.model import Lookup, Rule
from synth_expectations.rules.nodes import Condition


class ExpectSyntheticRecordsToNotCopyRealRecords(SyntheticDataExpectation):
    """Expect synthetic records to not copy real records.

    A synthetic record with a real person's e-mail address, or name, birth date and postcode together, is that person's
    data without their protection. Values are compared without case, spaces, punctuation and accents; a key with a
    missing part matches nothing; a key that many real records share (a switchboard, a household's mailbox) is only
    reported.

    Does not show: whether a match is a copy or chance, and copies that were paraphrased.
    """

    reference: Reference = Field(description="The table of real records.")
    match: Annotated[match_keys.Keys, Field(min_length=1)] = Field(
        description="Keys, each a list of parts: a record matches where all parts of one key are equal."
    )
    reference_key: Column | None = Field(None, description="In the reference: what names a record, to count it once.")
    reference_marker_column: Column | None = Field(None, description="The reference's marker, if it holds others too.")
    reference_real_values: Values = Field((False,), description="Its values for records of real people.")
    max_shared: int = Field(20, ge=1, description="More real records than that with one key: reported, not counted.")
    calling_code: CallingCode | None = Field(None, description="Of national phone numbers.")

    roles = {"mixed": None, "synthetic": None}
    essential = True
    reference_words = {"reference": "real"}
    default_to_own_table = ("reference",)

    def population(self) -> Condition:
        """Return synthetic records; partial and masked ones belong to real people by their nature."""
        return self.synthetic

    def lookups(self) -> Iterator[Lookup]:
        """Yield a lookup for each match key."""
        real = None
        if self.reference_marker_column:
            real = is_one_of(field(self.reference_marker_column), self.reference_real_values)
        yield from match_keys.build_lookups(
            self.match, self.reference, self.reference_key, self.max_shared, self.calling_code, real
        )

    def rules(self) -> Iterator[Rule]:
        """Yield a rule for each match key, and for values that too many people share."""
        yield from match_keys.build_rules(self.match, "a real record", self.max_shared, self.calling_code)
