"""The fields of a person as conditions: which signatures each has, by itself and together with others.

The patterns are those of the files beside this module; nothing here is about an engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from synth_expectations.expectations.signatures import read_list
from synth_expectations.expectations.signatures.shares import phone_layouts, surname_endings
from synth_expectations.expectations.signatures.tiers import Tier, signatures
from synth_expectations.rules.expressions import (
    any_of,
    concatenate,
    field,
    is_equal,
    is_given,
    is_one_of,
    letter_at,
    lower,
    matches,
    normalize,
    only_where,
    text_after,
)
from synth_expectations.rules.nodes import Condition
from synth_expectations.rules.phone_plans import NORTH_AMERICA

_NORTH_AMERICAN = "[+]1[0-9]{10}"
_NATIONAL = "[0-9]+"
"""What is left of a number that is not in international form; shorter numbers than seven digits are none."""

_SANDBOX = ".*@(.*[.])?[^.@]+[.][a-z]+[.]invalid"
"""An address whose domain is a real one before `.invalid`."""

_FAKERJS = "[A-Z][A-Za-z'-]*([._][A-Z][A-Za-z'-]*[0-9]{0,2}|[0-9]{1,2})@[a-z0-9.-]+"
"""An address as @faker-js/faker writes it, capitals included: two names, or one and a number, in equal parts."""
_UNDERLINED = "[^@]*_[^@]*@.+"
_ONE_NUMBERED = "[^@._]*[0-9]@.+"
"""The two of its three forms that people write least: people who write one seldom write the other."""

_MOCKAROO = "[0-9a-z]{1,2}@.+"
_WITH_LETTER = "([0-9]?[a-z]|[a-z][0-9a-z])@.+"
_WITH_DIGIT = "([0-9]|[0-9][0-9a-z]|[a-z][0-9])@.+"
"""The endings that Mockaroo writes; people who write letters write no digits, and the other way round."""


@dataclass(frozen=True)
class SharedSignature:
    """The conditions of a table's signature: see `rules.shares.Share`."""

    values: Condition
    matching: Condition
    traits: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class PersonFields:
    """The columns of a person's fields.

    Attributes:
        emails, phones, cards, ssns: the columns of each kind.
        names: of one person, the first name first.
        calling_code: of phone numbers that are written nationally; None if nobody knows.
    """

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    ssns: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    calling_code: str | None = None

    def signed(self, tier: Tier) -> dict[str, dict[Tier, Condition]]:
        """Return a condition for each kind of field and tier, from a tier on; without kinds that have none."""
        counted = {counting: self._of_tier(counting) for counting in tier.and_better()}
        kinds = ("email", "phone", "card", "ssn", "name")
        by_kind = {kind: {at: fields[kind] for at, fields in counted.items() if kind in fields} for kind in kinds}
        return {kind: conditions for kind, conditions in by_kind.items() if conditions}

    def definitive(self) -> Condition:
        """Return the condition that a field is what nobody but a generator writes."""
        return any_of(self._of_tier(Tier.DEFINITIVE).values())

    def unread_phone(self) -> Condition:
        """Return the condition that a number is written nationally, and cannot be compared."""
        known = (*self._impossible_national(), *self._kept_for_fiction(Tier.RESERVED))
        return any_of(
            matches(self._phone(column), _NATIONAL) & ~matches(self._phone(column), *known) for column in self.phones
        )

    def shared(self) -> Iterator[tuple[str, SharedSignature]]:
        """Yield what the table is judged by as a whole, by the name in `signatures/shares.txt`."""
        if self.emails:
            yield from self._shared_emails()
        if self.phones:
            yield from self._shared_phones()
        for name, kind, columns in (("test_card", "card", self.cards), ("impossible_ssn", "ssn", self.ssns)):
            if columns:
                given = any_of(is_given(field(column)) for column in columns)
                yield name, SharedSignature(given, self._of_tier(Tier.RESERVED)[kind])

    def _shared_emails(self) -> Iterator[tuple[str, SharedSignature]]:
        given = any_of(is_given(field(column)) for column in self.emails)
        withheld = tuple(f"{pattern}@.*" for pattern in read_list("withheld"))
        addresses = [self._made_up_address(column) for column in self.emails]
        reserved = any_of(
            matches(address, *signatures("emails")[Tier.RESERVED])
            & ~matches(address, *withheld)
            & ~matches(address, _SANDBOX)
            for address in addresses
        )
        sandbox = any_of(
            matches(address, *signatures("emails")[Tier.RESERVED]) & matches(address, _SANDBOX) for address in addresses
        )
        generated = any_of(
            matches(address, *signatures("emails")[Tier.GENERATOR]) & ~matches(address, *withheld)
            for address in addresses
        )
        yield "reserved_email", SharedSignature(given, reserved)
        yield "sandbox_email", SharedSignature(given, sandbox)
        yield "generator_email", SharedSignature(given, generated)
        yield "fakerjs_email", self._capitalized()
        if len(self.names) > 1:
            matching, lettered, numbered = (
                self._crossed(pattern) for pattern in (_MOCKAROO, _WITH_LETTER, _WITH_DIGIT)
            )
            named = given & is_given(field(self.names[-1]))
            traits = (matching & lettered & ~self._ends_as_people_do(), matching & numbered)
            yield "mockaroo_email", SharedSignature(named, matching, traits)

    def _capitalized(self) -> SharedSignature:
        """Return the signature of addresses with the capitals of a name: they are compared as they are written."""
        written = [normalize(field(column), "exact") for column in self.emails]
        alike = [only_where(matches(address, _FAKERJS), address) for address in written]
        traits = (any_of(matches(address, form) for address in alike) for form in (_UNDERLINED, _ONE_NUMBERED))
        given = any_of(is_given(field(column)) for column in self.emails)
        return SharedSignature(given, any_of(matches(address, _FAKERJS) for address in written), tuple(traits))

    def _shared_phones(self) -> Iterator[tuple[str, SharedSignature]]:
        given = any_of(is_given(field(column)) for column in self.phones)
        yield "fictional_phone", SharedSignature(given, self._of_tier(Tier.RESERVED)["phone"])
        national = ("1?[0-9]{10}",) if self.calling_code == NORTH_AMERICA else ()
        american = any_of(matches(self._phone(column), _NORTH_AMERICAN, *national) for column in self.phones)
        yield "impossible_phone", SharedSignature(american, self._impossible())
        for generator, patterns in phone_layouts().items():
            laid_out = any_of(matches(lower(field(column)), *patterns) for column in self.phones)
            yield f"{generator}_phone", SharedSignature(given, laid_out)

    def _of_tier(self, tier: Tier) -> dict[str, Condition]:
        """Return a condition for each kind of field that has signatures of a tier."""
        conditions: Mapping[str, Iterator[Condition]] = {
            "email": self._email_conditions(tier),
            "phone": self._phone_conditions(tier),
            "card": self._card_conditions(tier),
            "ssn": self._ssn_conditions(tier),
            "name": self._name_conditions(tier),
        }
        listed = {kind: list(of_kind) for kind, of_kind in conditions.items()}
        return {kind: any_of(of_kind) for kind, of_kind in listed.items() if of_kind}

    def _email_conditions(self, tier: Tier) -> Iterator[Condition]:
        if not self.emails:
            return
        if patterns := _address_patterns(tier):
            yield any_of(matches(self._made_up_address(column), *patterns) for column in self.emails)
        if len(self.names) > 1:
            for pattern in signatures("crossed").get(tier, ()):
                yield self._crossed(pattern) & ~self._ends_as_people_do()

    def _phone_conditions(self, tier: Tier) -> Iterator[Condition]:
        if not self.phones:
            return
        if patterns := self._kept_for_fiction(tier):
            yield any_of(matches(self._phone(column), *patterns) for column in self.phones)
        if tier in signatures("impossible_phones"):
            yield self._impossible()

    def _card_conditions(self, tier: Tier) -> Iterator[Condition]:
        if self.cards and (numbers := signatures("cards").get(tier)):
            yield any_of(is_one_of(normalize(field(column), "digits"), numbers) for column in self.cards)

    def _ssn_conditions(self, tier: Tier) -> Iterator[Condition]:
        if self.ssns and (patterns := signatures("ssns").get(tier)):
            yield any_of(
                matches(normalize(field(column), "digits", self.calling_code), *patterns) for column in self.ssns
            )

    def _name_conditions(self, tier: Tier) -> Iterator[Condition]:
        """Yield the conditions that a name matches by itself, and all names written together."""
        if self.names and (patterns := signatures("names").get(tier)):
            yield self._match(self.names, patterns)
            yield matches(concatenate(*[normalize(field(name), "name") for name in self.names]), *patterns)

    def _impossible(self) -> Condition:
        patterns = (*signatures("impossible_phones")[Tier.GENERATOR], *self._impossible_national())
        withheld = read_list("withheld_phones")
        return any_of(
            matches(self._phone(column), *patterns) & ~matches(self._phone(column), *withheld) for column in self.phones
        )

    def _impossible_national(self) -> tuple[str, ...]:
        if self.calling_code != NORTH_AMERICA:
            return ()
        return signatures("impossible_national_phones")[Tier.GENERATOR]

    def _kept_for_fiction(self, tier: Tier) -> tuple[str, ...]:
        national = () if self.calling_code else signatures("national_phones").get(tier, ())
        is_american = self.calling_code in {None, NORTH_AMERICA}
        local = signatures("local_phones").get(tier, ()) if is_american else ()
        return (*signatures("phones").get(tier, ()), *national, *local)

    def _crossed(self, pattern: str) -> Condition:
        """Return the condition on what follows in an address after the first initial and the surname.

        The surname is looked for only where both initials stand in the address, and its own first: many addresses begin
        with the initial of the first name, few go on with that of the surname. Accents are not removed, which would
        cost more than all else: generators write names that need none.
        """
        first, surname = (field(name) for name in (self.names[0], self.names[-1]))
        matching = []
        for column in self.emails:
            address = normalize(field(column), "lowered")
            has_initial, has_surname_initial = (
                is_equal(letter_at(address, place), letter_at(normalize(name, "lowered"), 1))
                for place, name in ((1, first), (2, surname))
            )
            after_surname = text_after(address, normalize(surname, "letters"), 2)
            after_initials = only_where(has_surname_initial, only_where(has_initial, after_surname))
            matching.append(matches(after_initials, pattern))
        return any_of(matching)

    def _ends_as_people_do(self) -> Condition:
        """Return the condition that an address ends in what people write behind their surname, such as `jr`."""
        return self._crossed(f"({'|'.join(surname_endings())})@.+")

    def _match(self, columns: tuple[str, ...], patterns: tuple[str, ...]) -> Condition:
        return any_of(matches(self._text(column), *patterns) for column in columns)

    def _made_up_address(self, column: str) -> Condition:
        """Return an address that any pattern of any tier matches, and NULL for all others.

        Few do: one look at each address is enough, where several patterns would read all of them several times.
        """
        patterns = [pattern for tier in Tier for pattern in _address_patterns(tier)]
        return only_where(matches(self._text(column), *patterns), self._text(column))

    def _text(self, column: str) -> Condition:
        return normalize(field(column), "text", self.calling_code)

    def _phone(self, column: str) -> Condition:
        return normalize(field(column), "phone", self.calling_code)


def _address_patterns(tier: Tier) -> tuple[str, ...]:
    """Return the patterns of addresses of a tier, and the addresses of sample people."""
    people = signatures("sample_people").get(tier, ())
    return (*(address.replace(".", "[.]") for address in people), *signatures("emails").get(tier, ()))
