"""Real customers inside synthetic records, and records that only look like them."""

from __future__ import annotations

from dataclasses import replace

from synth_expectations.demo.crm import Crm
from synth_expectations.demo.effects import (
    MAX_SHARED,
    NO_COPIES,
    SAME_EMAIL,
    SAME_NAME,
    SAME_PHONE,
    SHARED_KEY,
    Effect,
)
from synth_expectations.demo.names import ACCENTED_FIRST_NAMES, ACCENTED_LAST_NAMES, to_ascii
from synth_expectations.demo.people import Person

_PASSES = Effect("contact", NO_COPIES)


def plant(crm: Crm) -> None:
    """Plant all of them."""
    _copies(crm)
    _neighbours(crm)
    _missing_parts(crm)
    _switchboard(crm)


def _copies(crm: Crm) -> None:
    for number in range(9):
        _, email, _, _ = crm.add_customer().identify()
        email = (email.upper(), f"  {email.title()} ", email)[number % 3]
        contact = crm.add_synthetic(person=replace(crm.people.make_synthetic(), email=email))
        crm.ledger.plant("real customer copied, by e-mail address", contact.key, SAME_EMAIL)
    for number in range(8):
        customer = crm.add_customer()
        name = (customer.last_name.upper(), to_ascii(customer.last_name), customer.last_name)[number % 3]
        person = replace(crm.people.make_synthetic(), last_name=name, phone=_rewritten(customer, number))
        contact = crm.add_synthetic(person=person)
        crm.ledger.plant("real customer copied, by phone and surname", contact.key, SAME_PHONE)
    for number in range(8):
        customer = crm.add_customer(crm.pick.choice(ACCENTED_FIRST_NAMES), crm.pick.choice(ACCENTED_LAST_NAMES))
        person = _named_alike(crm, customer)
        if number % 2:
            person.last_name = to_ascii(customer.last_name).upper()
        contact = crm.add_synthetic(person=person)
        crm.ledger.plant("real customer copied, by name and birth date", contact.key, SAME_NAME)
    for _ in range(4):
        contact = crm.add_synthetic(person=replace(crm.add_customer()))
        crm.ledger.plant("real customer copied as a whole", contact.key, SAME_EMAIL, SAME_PHONE, SAME_NAME)


def _named_alike(crm: Crm, customer: Person) -> Person:
    first_name, _, _, postcode = customer.identify()
    return replace(
        crm.people.make_synthetic(),
        first_name=f" {to_ascii(first_name)}",
        last_name=customer.last_name.lower(),
        born=customer.born,
        postcode=postcode.replace(" ", "").lower(),
    )


def _rewritten(customer: Person, number: int) -> str:
    """Return the customer's phone number in another notation."""
    _, _, phone, _ = customer.identify()
    _, _, start, end = phone.split(" ")
    forms = (f"+44 (0)20 {start} {end}", f"0044 20{start}{end}", f"+4420{start}{end}", f"+44-20-{start}.{end} ext 12")
    return forms[number % 4]


def _neighbours(crm: Crm) -> None:
    for _ in range(6):
        customer = crm.add_customer()
        first = crm.people.draw_first_name(other_than=customer.first_name)
        twin = replace(crm.people.make_synthetic(), first_name=first, last_name=customer.last_name)
        twin.born, twin.postcode = customer.born, customer.postcode
        crm.ledger.spare("twin: other first name, all else equal", crm.add_synthetic(person=twin).key, _PASSES)
    for _ in range(6):
        customer = crm.add_customer()
        name = crm.people.draw_last_name(other_than=customer.last_name)
        person = replace(crm.people.make_synthetic(), last_name=name, phone=customer.phone)
        crm.ledger.spare("shared phone, other surname", crm.add_synthetic(person=person).key, _PASSES)
    for tag in ("test", "1", "crm", "sandbox", "qa", "x"):
        _, email, _, _ = crm.add_customer().identify()
        person = replace(crm.people.make_synthetic(), email=email.replace("@", f"+{tag}@"))
        crm.ledger.spare("+tag in a real address", crm.add_synthetic(person=person).key, _PASSES)
    for _ in range(6):
        crm.ledger.spare("partial record like its own customer", crm.add_partial().key, _PASSES)
    for _ in range(4):
        contact = crm.add_masked(person=replace(crm.people.make_masked(), email=crm.add_customer().email))
        crm.ledger.spare("masked record with its customer's address", contact.key, _PASSES)


def _missing_parts(crm: Crm) -> None:
    """Plant records where a part of the key is empty on both sides, and all other parts are equal."""
    for number in range(9):
        customer = crm.add_customer()
        person = _named_alike(crm, customer)
        match number:
            case 0 | 1:
                person.born = customer.born = None
            case 2 | 3:
                person.postcode = customer.postcode = None
            case 4:
                person.postcode = customer.postcode = " "
            case 5 | 6:
                person.first_name = customer.first_name = None
            case 7:
                person.phone = customer.phone = None
                person.born = None
            case _:
                person.email = customer.email = ""
                person.born = None
        crm.ledger.spare("key with an empty part", crm.add_synthetic(person=person).key, _PASSES)


def _switchboard(crm: Crm) -> None:
    """Plant a number that more than `MAX_SHARED` real customers of one surname share: reported, not counted."""
    first = crm.add_customer()
    for _ in range(MAX_SHARED + 4):
        crm.add_customer(last_name=first.last_name).phone = first.phone
    for _ in range(5):
        person = replace(crm.people.make_synthetic(), last_name=first.last_name, phone=first.phone)
        crm.ledger.spare("switchboard that many customers share", crm.add_synthetic(person=person).key, SHARED_KEY)
