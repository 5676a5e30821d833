"""No customer in a sandbox."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from synth_expectations.expectations.argument_types import CallingCode, Column, Reference, Values
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.leakage import fingerprint_keys, match_keys
from synth_expectations.rules.expressions import any_of, field, is_one_of, look_up, make_key, normalize_key
from synth_expectations.rules.fingerprints import KINDS
from synth_expectations.rules.model import Lookup, Rule
from synth_expectations.rules.nodes import Condition


class ExpectSandboxesToContainNoRealRecords(fingerprint_keys.Fingerprinted, SyntheticDataExpectation):
    """Expect sandboxes to contain no real records.

    More people can access a sandbox than production. A record in a sandbox must not be marked real or partial. A masked
    record is allowed if none of its identifiers is found in production. A record with an id from production belongs to a
    real person whatever its marker says, and so does a record with a customer's e-mail address: a refreshed sandbox keeps
    both. Production records count as real people unless they are known to be synthetic. With fingerprints, the check sees
    only fingerprints of production.

    Does not show: real people who are not in production, free text and attachments, and whether masking can be undone.
    """

    reference: Reference = Field(description="The production table of which the sandbox may contain copies.")
    reference_key: Column | None = Field(
        None, description="In production: the key of a customer; not needed for fingerprints."
    )
    match: match_keys.Keys = Field(
        (), description="Keys of a person, each a list of parts: a record matches where all parts of one key are equal."
    )
    reference_marker_column: Column | None = Field(
        None, description="Production's marker, if the table also contains other records."
    )
    reference_synthetic_values: Values = Field(
        (True,), description="Its values for synthetic records, which are not people."
    )
    max_shared: int = Field(20, ge=1, description="A key that more real records share is reported, but not counted.")
    calling_code: CallingCode | None = Field(None, description="The calling code of national phone numbers.")

    roles = {"sandbox": "production"}
    reference_words = {"reference": "production"}

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.record_key:
            raise ValueError("record_key is missing: it is what is looked up in production")
        if not self.fingerprints and not self.reference_key:
            raise ValueError("reference_key is missing: it is what the record's id is compared with")
        if self.fingerprints and self.match:
            raise ValueError("match and fingerprints exclude each other: fingerprints are compared as they are")
        if self.masked_values and not self.match and not self.fingerprints:
            raise ValueError("match is missing: only by identifiers is it told whether a masked record is one")
        return self

    def lookups(self) -> Iterator[Lookup]:
        """Yield lookups of the record's id, and of each match key, in production; or those of fingerprints."""
        if self.fingerprints:
            yield from fingerprint_keys.build_lookups(self.record_key or "", self.fingerprints, self.reference)
            return
        people = None
        if self.reference_marker_column:
            people = ~is_one_of(field(self.reference_marker_column), self.reference_synthetic_values)
        here, there = (
            make_key(normalize_key(field(name))) for name in (self.record_key or "", self.reference_key or "")
        )
        yield Lookup("id", self.reference, here, there, where=people, incriminates=True)
        yield from match_keys.build_lookups(
            self.match, self.reference, self.reference_key, self.max_shared, self.calling_code, people
        )

    def rules(self) -> Iterator[Rule]:
        """Yield rules about the marker, the id and each match key; and about what is unknown."""
        yield Rule("is marked as a real person's", self._unmasked())
        untagged = "is untagged, and like nothing in production: not counted"
        if self.fingerprints:
            yield from fingerprint_keys.build_rules(list(KINDS), "a record of production")
            yield Rule(untagged, ~self.tagged & ~fingerprint_keys.find_matches(list(KINDS)), judged=False)
            return
        yield Rule(f"same {self.record_key} as a record of production", look_up("id"))
        if self.match:
            yield from match_keys.build_rules(self.match, "a record of production", self.max_shared, self.calling_code)
        unlike = ~any_of([look_up("id"), *match_keys.find_matches(self.match)])
        yield Rule(untagged, ~self.tagged & unlike, judged=False)

    def _unmasked(self) -> Condition:
        """Return records of real people that are not marked as masked."""
        return self._marked("real", (*self.real_values, *self.partial_values))
