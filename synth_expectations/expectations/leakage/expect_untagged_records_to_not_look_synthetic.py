"""No synthetic record that lost its tag."""

from collections.abc import Iterator
from itertools import chain, combinations
from typing import Self

from pydantic import Field, field_validator, model_validator

from synth_expectations.expectations.argument_types import Column, Columns, Reference
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.signatures.tiers import Tier, signatures
from synth_expectations.rules.canonical import require_portable
from synth_expectations.rules.expressions import (
    all_of,
    any_of,
    concatenate,
    field,
    is_one_of,
    look_up,
    lower,
    make_key,
    matches,
    normalize,
    normalize_key,
)
from synth_expectations.rules.model import Lookup, Rule
from synth_expectations.rules.nodes import Condition


class ExpectUntaggedRecordsToNotLookSynthetic(SyntheticDataExpectation):
    """Expect untagged records to not look synthetic.

    A synthetic record that lost its tag is taken for a real person. What generators write betrays it: addresses of
    reserved domains, numbers kept for fiction, test cards, numbers that are never given out. Shoppers who will not give
    their address write such things too, so one kind of field alone is only reported: it takes two, or one mark that
    nothing but your generator writes. Partial and masked records are not asked about: their fields were replaced.

    Does not show: synthetic records whose fields could be a person's; docs/signatures.md has the measured rates.
    """

    emails: Columns = Field((), description="Columns of e-mail addresses.")
    phones: Columns = Field((), description="Columns of telephone numbers.")
    cards: Columns = Field((), description="Columns of payment card numbers.")
    ssns: Columns = Field((), description="Columns of US social security numbers.")
    names: Columns = Field((), description="Columns of one person's name, the first name first.")
    definitive: dict[Column, tuple[str, ...]] = Field(
        default_factory=dict,
        description="By column, patterns in lower case of what only a generator of yours writes: an id, a canary.",
    )
    min_tier: Tier = Field(Tier.RESERVED, description="The tier of signatures that count, and all surer ones.")
    min_fields: int = Field(2, ge=1, le=5, description="How many kinds of field must match to make a violation.")
    calling_code: str | None = Field(None, pattern="^[1-9][0-9]{0,2}$", description="Of national phone numbers.")
    cleared: Reference | None = Field(None, description="The table of records that were looked into, and are real.")
    cleared_key: Column | None = Field(None, description="In it: the record key.")

    roles = {"mixed": None, "production": None}
    judges_untagged = True
    data_files = tuple(f"signatures/{name}.txt" for name in ("emails", "phones", "cards", "ssns", "names"))

    @field_validator("definitive")
    @classmethod
    def _portable(cls, marks: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for pattern in chain.from_iterable(marks.values()):
            require_portable(pattern)
            if pattern != pattern.lower():
                raise ValueError(f"the pattern {pattern!r} has capitals, and values are compared in lower case")
        return marks

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if bool(self.cleared) != bool(self.cleared_key):
            raise ValueError("cleared and cleared_key need each other")
        if self.cleared and not self.record_key:
            raise ValueError("record_key is missing: it is what is looked up in cleared")
        return self

    def nothing_to_check(self) -> str | None:
        """Return why nothing can be found: all records are synthetic, or too few kinds of field are named."""
        if self.all_records == "synthetic":
            return "All records of the table are synthetic: none is untagged."
        fields = len(self._signed())
        if fields >= self.min_fields or any(self.definitive.values()):
            return None
        if not fields:
            return f"No column is named that has signatures of the tier {self.min_tier}, and no definitive mark."
        return f"A violation takes {self.min_fields} kinds of field, and {fields} is named: name another, or set min_fields."

    def population(self) -> Condition:
        """Return records whose marker does not say that their fields are made up."""
        if self.all_records:
            return super().population()
        return ~is_one_of(self.marker, (*self.synthetic_values, *self.partial_values, *self.masked_values))

    def lookups(self) -> Iterator[Lookup]:
        """Yield the lookup of the record among those that were cleared."""
        if self.cleared and self.cleared_key and self.record_key:
            here, there = (make_key(normalize_key(field(name))) for name in (self.record_key, self.cleared_key))
            yield Lookup("cleared", self.cleared, here, there)

    def rules(self) -> Iterator[Rule]:
        """Yield rules for definitive marks, for kinds of field together, and for what is only reported."""
        signed = self._signed()
        anywhere = {kind: any_of(by_tier.values()) for kind, by_tier in signed.items()}
        marked = any_of(matches(lower(field(column)), *patterns) for column, patterns in self.definitive.items())
        several = any_of(all_of(chosen) for chosen in combinations(anywhere.values(), self.min_fields))
        cleared = look_up("cleared") if self.cleared else None
        if any(self.definitive.values()):
            yield Rule("a definitive mark", _unless(cleared, marked))
        if len(signed) >= self.min_fields:
            kinds = "kinds of field look" if self.min_fields > 1 else "kind of field looks"
            yield Rule(f"{self.min_fields} {kinds} synthetic", _unless(cleared, several))
        if signed and self.min_fields > 1:
            alone = any_of(anywhere.values()) & ~several & ~marked
            yield Rule(
                f"looks synthetic in fewer than {self.min_fields} kinds of field: not counted",
                _unless(cleared, alone),
                judged=False,
            )
        for kind, by_tier in signed.items():
            for tier, matching in by_tier.items():
                yield Rule(f"{kind} is {tier}", matching, judged=False)
        if cleared is not None:
            yield Rule("looks synthetic, and was cleared", (several | marked) & cleared, judged=False)

    def _signed(self) -> dict[str, dict[Tier, Condition]]:
        """Return a condition for each kind of field and tier that counts."""
        by_tier = {
            "email": {tier: self._match(self.emails, patterns, "text") for tier, patterns in self._counted("emails")},
            "phone": {tier: self._match(self.phones, patterns, "phone") for tier, patterns in self._counted("phones")},
            "card": {
                tier: any_of(is_one_of(normalize(field(name), "digits"), numbers) for name in self.cards)
                for tier, numbers in self._counted("cards")
            },
            "ssn": {tier: self._match(self.ssns, patterns, "digits") for tier, patterns in self._counted("ssns")},
            "name": {tier: self._named(patterns) for tier, patterns in self._counted("names")},
        }
        return {kind: conditions for kind, conditions in by_tier.items() if conditions}

    def _counted(self, argument: str) -> Iterator[tuple[Tier, tuple[str, ...]]]:
        """Return the signatures of an argument's columns in each tier that counts."""
        tiers = self.min_tier.and_better() if getattr(self, argument) else []
        return ((tier, patterns) for tier, patterns in signatures(argument).items() if tier in tiers)

    def _match(self, columns: Columns, patterns: tuple[str, ...], kind: str) -> Condition:
        return any_of(matches(normalize(field(name), kind, self.calling_code), *patterns) for name in columns)

    def _named(self, patterns: tuple[str, ...]) -> Condition:
        """Return the condition that a name matches by itself, or all names written together."""
        whole = concatenate(*[normalize(field(name), "name") for name in self.names])
        return self._match(self.names, patterns, "text") | matches(whole, *patterns)


def _unless(cleared: Condition | None, condition: Condition) -> Condition:
    return condition if cleared is None else condition & ~cleared
