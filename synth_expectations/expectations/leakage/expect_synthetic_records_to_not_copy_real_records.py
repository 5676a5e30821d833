"""No real person inside a synthetic record."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from synth_expectations.conditions import (
    Condition,
    all_of,
    any_of,
    field,
    joined,
    key,
    looked_up,
    normalised,
    one_of,
)
from synth_expectations.expectation import Column, Columns, Reference, SyntheticDataExpectation, Values
from synth_expectations.rules import Lookup, Rule


class KeyPart(BaseModel):
    """A part of a key: columns here, columns there, and how both are made comparable."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: Columns = Field(description="Here; several are read as one text, in that order.")
    reference_columns: Columns = Field((), description="In the reference; the same names if empty.")
    kind: Literal["text", "email", "phone", "name", "postcode", "date"] = "text"

    def shown(self) -> str:
        """How a rule names it."""
        return " ".join(self.columns)

    def value(self, columns: Columns, calling_code: str | None) -> Condition:
        """Its comparable value on one side."""
        return joined(*[normalised(field(name), self.kind, calling_code) for name in columns])


class ExpectSyntheticRecordsToNotCopyRealRecords(SyntheticDataExpectation):
    """Expect synthetic records to not copy real records.

    A synthetic record with a real person's e-mail address, or name, birth date and postcode together, is that person's
    data without their protection. Values are compared without case, spaces, punctuation and accents; a key with a
    missing part matches nothing; a key that many real records share (a switchboard, a household's mailbox) is only
    reported.

    Does not show: whether a match is a copy or chance, and copies that were paraphrased.
    """

    reference: Reference = Field(description="The table of real records.")
    match: Annotated[tuple[tuple[KeyPart, ...], ...], Field(min_length=1)] = Field(
        description="Keys, each a list of parts: a record matches where all parts of one key are equal."
    )
    reference_marker_column: Column | None = Field(None, description="The reference's marker, if it holds others too.")
    reference_real_values: Values = Field((False,), description="Its values for records of real people.")
    max_shared: int = Field(20, ge=1, description="More real records than that with one key: reported, not counted.")
    calling_code: str | None = Field(None, pattern="^[1-9][0-9]{0,2}$", description="Of national phone numbers.")

    def population(self) -> Condition:
        """Synthetic records; partial and masked ones are of real people by their nature."""
        return self.synthetic

    def lookups(self) -> Iterator[Lookup]:
        """One a key."""
        real = None
        if self.reference_marker_column:
            real = one_of(field(self.reference_marker_column), self.reference_real_values)
        for number, parts in enumerate(self.match):
            yield Lookup(
                name=f"key{number}",
                reference=self.reference,
                key=key(*[part.value(part.columns, self.calling_code) for part in parts]),
                reference_key=key(
                    *[part.value(part.reference_columns or part.columns, self.calling_code) for part in parts]
                ),
                more_than={"shared": self.max_shared},
                where=real,
            )

    def rules(self) -> Iterator[Rule]:
        """One a key, and what is shared too widely to tell."""
        for number, parts in enumerate(self.match):
            copied = looked_up(f"key{number}") & ~looked_up(f"key{number}", "shared")
            yield Rule(f"same {' and '.join(part.shown() for part in parts)} as a real record", copied)
        keys = range(len(self.match))
        shared = any_of(looked_up(f"key{number}", "shared") for number in keys)
        alone = all_of(~looked_up(f"key{number}") | looked_up(f"key{number}", "shared") for number in keys)
        name = f"only a key that more than {self.max_shared} real records share: not counted"
        yield Rule(name, shared & alone, judged=False)
