"""No real person inside a synthetic record."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from synth_expectations.expectations.argument_types import CallingCode, Column, Reference, Values
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.leakage import fingerprint_keys, match_keys
from synth_expectations.rules.expressions import field, is_one_of
from synth_expectations.rules.fingerprints import KINDS
from synth_expectations.rules.model import Lookup, Rule
from synth_expectations.rules.nodes import Condition
from synth_expectations.rules.shares import Share

_KINDS = [kind for kind in KINDS if kind != "id"]
"""What is compared: a record key is not a person."""


class ExpectSyntheticRecordsToNotCopyRealRecords(fingerprint_keys.Fingerprinted, SyntheticDataExpectation):
    """Expect synthetic records to not copy real records.

    A synthetic record with a real person's e-mail address, or with the name, birth date and postcode of the same person, is
    personal data without protection. Values are compared without case, spaces, punctuation and accents. A key with a missing
    part matches nothing. A key that many real records share (a switchboard, a household's mailbox) is only reported. With
    fingerprints, the reference contains no identifiers of people.

    Names, birth dates and postcodes can match by chance, and more often in larger tables. If you name a table of people that
    the generator never saw (`unseen`), these keys are judged together: synthetic records that match somebody in only one of
    the two tables must not match the reference more often than its size explains.

    Does not show: without `unseen`, whether a match of names is a copy or chance; and paraphrased copies.
    """

    reference: Reference = Field(description="The table of real records.")
    match: match_keys.Keys = Field(
        description="Keys, each a list of parts: a record matches if all parts of a key are equal."
    )
    reference_key: Column | None = Field(
        None, description="In the reference: the key of a record, so that it is counted once."
    )
    reference_marker_column: Column | None = Field(
        None, description="The reference's marker, if the table also contains other records."
    )
    reference_real_values: Values = Field((False,), description="Its values for records of real people.")
    max_shared: int = Field(20, ge=1, description="A key that more real records share is reported, but not counted.")
    calling_code: CallingCode | None = Field(None, description="The calling code of national phone numbers.")
    unseen: Reference | None = Field(
        None, description="Real people that the generator never saw, one row each, to measure matches by chance."
    )
    alpha: float = Field(1e-6, gt=0, lt=0.5, description="With unseen: the significance level.")

    roles = {"mixed": None, "synthetic": None}
    essential = True
    reference_words = {"reference": "real"}
    default_to_own_table = ("reference",)

    @model_validator(mode="after")
    def _compares(self) -> Self:
        if self.fingerprints and self.match:
            raise ValueError("match and fingerprints exclude each other: fingerprints are compared as they are")
        if self.fingerprints and self.unseen:
            raise ValueError("unseen and fingerprints exclude each other: a fingerprint is one person's, not chance's")
        if self.fingerprints and not self.record_key:
            raise ValueError("record_key is missing: it is what the fingerprints of a record are found by")
        if not self.fingerprints and not self.match:
            raise ValueError("match is empty: name the keys of a person, or the fingerprints of this table")
        return self

    def population(self) -> Condition:
        """Return synthetic records; partial and masked ones belong to real people by their nature."""
        return self.synthetic

    def lookups(self) -> Iterator[Lookup]:
        """Yield a lookup for each match key, or those of fingerprints."""
        if self.fingerprints:
            yield from fingerprint_keys.build_lookups(self.record_key or "", self.fingerprints, self.reference)
            return
        real = None
        if self.reference_marker_column:
            real = is_one_of(field(self.reference_marker_column), self.reference_real_values)
        yield from match_keys.build_lookups(
            self.match, self.reference, self.reference_key, self.max_shared, self.calling_code, real
        )
        if self.unseen:
            yield from match_keys.build_chance_lookups(self.match, self.unseen, self.calling_code)

    def rules(self) -> Iterator[Rule]:
        """Yield a rule for each match key, and for values that too many people share."""
        if self.fingerprints:
            yield from fingerprint_keys.build_rules(_KINDS, "a real record")
            return
        yield from match_keys.build_rules(self.match, "a real record", self.max_shared, self.calling_code, self.unseen)

    def shares(self) -> Iterator[Share]:
        """Yield what chance is asked of keys that people share, all records together."""
        if self.unseen and not self.fingerprints:
            yield from match_keys.build_chance_shares(self.match, self.reference, self.unseen, self.alpha)
