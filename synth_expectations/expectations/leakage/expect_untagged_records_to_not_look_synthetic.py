"""No synthetic record that lost its tag."""

from collections.abc import Iterator
from itertools import chain, combinations
from typing import Self

from pydantic import Field, field_validator, model_validator

from synth_expectations.expectations.argument_types import CallingCode, Column, Columns, Reference
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.signatures.person_fields import PersonFields
from synth_expectations.expectations.signatures.shares import table_signatures
from synth_expectations.expectations.signatures.tiers import Tier
from synth_expectations.rules.canonical import require_portable
from synth_expectations.rules.expressions import (
    all_of,
    any_of,
    field,
    is_one_of,
    look_up,
    lower,
    make_key,
    matches,
    normalize_key,
)
from synth_expectations.rules.model import UNCOMPARED, Lookup, Rule
from synth_expectations.rules.nodes import Condition
from synth_expectations.rules.shares import Share, ShareLimits


class ExpectUntaggedRecordsToNotLookSynthetic(SyntheticDataExpectation):
    """Expect untagged records to not look synthetic.

    A synthetic record that lost its tag looks like a real person. Values that generators write reveal it: addresses at
    reserved domains, phone numbers reserved for fiction, test cards, and numbers that are never issued. Shoppers who
    withhold their address type such values too, so a match in one kind of field is only reported. A violation takes two
    kinds, or one mark that only a generator writes. If more values of a column match than among real people, the table is
    in violation, whichever records they are in. Partial and masked records are not checked, because their fields were
    replaced.

    Does not show: synthetic records whose fields could belong to a person; docs/signatures.md has the measured rates.
    """

    emails: Columns = Field((), description="Columns of e-mail addresses.")
    phones: Columns = Field((), description="Columns of telephone numbers.")
    cards: Columns = Field((), description="Columns of payment card numbers.")
    ssns: Columns = Field((), description="Columns of US social security numbers.")
    names: Columns = Field((), description="The columns of a person's name, with the first name first.")
    definitive: dict[Column, tuple[str, ...]] = Field(
        {},
        description="By column, patterns in lower case of values that only your generator writes, such as an id or a canary.",
    )
    min_tier: Tier = Field(
        Tier.RESERVED, description="The lowest tier of signatures that count; all higher tiers count too."
    )
    min_fields: int = Field(2, ge=1, le=5, description="How many kinds of fields must match for a violation.")
    calling_code: CallingCode | None = Field(None, description="The calling code of national phone numbers.")
    base_rates: dict[str, float] = Field(
        {},
        description="By signature of a table, the base rate of real people, from 0 to 1; 1 disables the signature.",
    )
    alpha: float = Field(
        1e-6, gt=0, lt=0.5, description="The significance level of a share, at the base rate of real people."
    )
    min_count: int = Field(20, ge=1, description="The minimum number of values in a column for its share to be tested.")
    min_share: float = Field(0.1, ge=0, le=1, description="The smallest share that is a violation of the table.")
    cleared: Reference | None = Field(None, description="The table of records that were reviewed and are real.")
    cleared_key: Column | None = Field(None, description="In cleared: the record key.")

    roles = {"mixed": None, "production": None}
    judges_untagged = True
    data_files = tuple(
        f"signatures/{name}.txt"
        for name in (
            "emails",
            "sample_people",
            "crossed",
            "surname_endings",
            "withheld",
            "withheld_phones",
            "phones",
            "national_phones",
            "local_phones",
            "impossible_phones",
            "impossible_national_phones",
            "phone_layouts",
            "cards",
            "ssns",
            "names",
            "shares",
        )
    )

    @field_validator("definitive")
    @classmethod
    def _portable(cls, marks: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for pattern in chain.from_iterable(marks.values()):
            require_portable(pattern)
            if pattern != pattern.lower():
                raise ValueError(f"the pattern {pattern!r} has capitals, and values are compared in lower case")
        return marks

    @field_validator("base_rates")
    @classmethod
    def _check_rates(cls, rates: dict[str, float]) -> dict[str, float]:
        for name, rate in rates.items():
            if name not in table_signatures():
                raise ValueError(
                    f"there is no signature {name!r} of a table; there are {', '.join(table_signatures())}"
                )
            if not 0 < rate <= 1:
                raise ValueError(f"the rate of {name} is {rate}: it is a share above 0, and 1 leaves the signature out")
        return rates

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
        if fields >= self.min_fields or self._has_marks() or self._has_shares():
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
        """Yield rules for definitive marks, for kinds of field together, and for what is only counted."""
        signed = self._signed()
        anywhere = {kind: any_of(by_tier.values()) for kind, by_tier in signed.items()}
        own = (matches(lower(field(column)), *patterns) for column, patterns in self.definitive.items())
        marked = any_of([*own, *([self._fields.definitive()] if self.emails else [])])
        several = any_of(all_of(chosen) for chosen in combinations(anywhere.values(), self.min_fields))
        cleared = look_up("cleared") if self.cleared else None
        if self._has_marks():
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
        if self.phones:
            yield Rule(self._name_of_unread(), self._fields.unread_phone(), judged=False)
        if cleared is not None:
            yield Rule("looks synthetic, and was cleared", (several | marked) & cleared, judged=False)

    def shares(self) -> Iterator[Share]:
        """Yield what all untagged records together are judged by; nothing where only definitive marks count."""
        if not self._has_shares() or self.all_records == "synthetic":
            return
        cleared = look_up("cleared") if self.cleared else None
        for name, shared in self._fields.shared():
            signature = table_signatures()[name]
            base_rate = self.base_rates.get(name, signature.base_rate)
            if base_rate < 1:
                conditions = [_unless(cleared, part) for part in (shared.values, shared.matching, *shared.traits)]
                limits = ShareLimits(base_rate, self.alpha, self.min_count, self.min_share)
                values, matching, *traits = conditions
                yield Share(name, values, values & matching, signature.noun, signature.does, limits, tuple(traits))

    def _has_shares(self) -> bool:
        """Return whether a column is named whose shares are judged."""
        return self.min_tier is not Tier.DEFINITIVE and any((self.emails, self.phones, self.cards, self.ssns))

    def _name_of_unread(self) -> str:
        if self.calling_code is None:
            return f"phone is national, without a calling_code{UNCOMPARED}"
        return f"phone is no number of +{self.calling_code}, nor international{UNCOMPARED}"

    @property
    def _fields(self) -> PersonFields:
        return PersonFields(self.emails, self.phones, self.cards, self.ssns, self.names, self.calling_code)

    def _signed(self) -> dict[str, dict[Tier, Condition]]:
        """Return a condition for each kind of field and tier that counts."""
        return self._fields.signed(self.min_tier)

    def _has_marks(self) -> bool:
        """Return whether there is a definitive mark to look for, of the policy or of this package."""
        return bool(self.emails) or any(self.definitive.values())


def _unless(cleared: Condition | None, condition: Condition) -> Condition:
    return condition if cleared is None else condition & ~cleared
