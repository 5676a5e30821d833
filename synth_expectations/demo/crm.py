"""The CRM during its generation: its records so far, and ordinary records of each kind."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from synth_expectations.demo.effects import METHODS, NOT_BEFORE, Ledger
from synth_expectations.demo.people import People, Person, make_salesforce_id, scatter
from synth_expectations.demo.records import Contact, Customer, Decision, Hold, Reviewer, Send
from synth_expectations.demo.sheets import Sheets

DECISION_DAYS = 300
"""For how many days before as_of there are decisions."""

_YOUNGEST_DAYS, _SAFE_DAYS = 3, {"testing": 85, "personalisation": 330, "model_training": 900}
_SOURCES = ("persona-factory", "crm-seeder", "loyalty-generator")


@dataclass(frozen=True)
class ReviewTimes:
    """The times at which a decision was scored, reviewed and sent; no two decisions share a second."""

    scored_at: datetime
    reviewed_at: datetime
    sent_at: datetime


class Crm:
    """The records of the CRM, and the methods that add more.

    Args:
        contacts: how many contacts it will have in the end.
        seed: the same seed, the same records.
        as_of: the moment for which they are made, in UTC.
    """

    def __init__(self, contacts: int, seed: int, as_of: datetime) -> None:
        self.size, self.seed, self.as_of = contacts, seed, as_of
        self.pick = random.Random(seed)  # noqa: S311 - repeatable is what it must be
        self.people = People(self.pick)
        self.ledger = Ledger()
        self.contacts: list[Contact] = []
        self.customers: list[Customer] = []
        self.sends: list[Send] = []
        self.decisions: list[Decision] = []
        self.holds: list[Hold] = []
        self.staff: list[Reviewer] = []
        self.reviewers: list[str] = []
        self.sheets = Sheets(as_of)
        self.before: dict[str, dict[str, Any]] = {}  # what a contact was like yesterday, by its key
        self._slots = list(range(self.ordinary_decisions + 500))
        self.pick.shuffle(self._slots)
        self._slot = timedelta(seconds=(DECISION_DAYS - 1) * 86_400 // len(self._slots))

    def ago(self, **length: float) -> datetime:
        """Return a time before as_of, by the arguments of `timedelta`."""
        return self.as_of - timedelta(**length)

    def draw_time(self, earliest_days: int, latest_days: int) -> datetime:
        """Return a random whole second between two numbers of days before as_of."""
        return self.as_of - timedelta(seconds=self.pick.randint(latest_days * 86_400, earliest_days * 86_400))

    # Contacts and customers

    def add_customer(self, first_name: str | None = None, last_name: str | None = None) -> Person:
        """Add a real customer with every identifier."""
        person = self.people.make_real(first_name, last_name)
        self.customers.append(Customer(f"C{scatter(len(self.customers) + 1, 10_000_000):07d}", person))
        return person

    def add_real(self, person: Person | None = None, origin: str | None = "real") -> Contact:
        """Add a contact that is a real person, without provenance."""
        return self._contact(person or self.add_customer(), origin, self.draw_time(2500, 1))

    def add_synthetic(
        self, purpose: str | None = None, person: Person | None = None, generated_at: datetime | None = None
    ) -> Contact:
        """Add a valid synthetic contact: with full provenance, and younger than its class allows."""
        purpose = purpose or self.pick.choice(tuple(_SAFE_DAYS))
        generated_at = generated_at or self._generated_at(purpose)
        created_at = generated_at + timedelta(seconds=self.pick.randint(60, 172_800))
        contact = self._contact(person or self.people.make_synthetic(), "synthetic", created_at)
        contact.sync_run = self.sheets.usual_run
        contact.source = self.pick.choice(_SOURCES)
        contact.generated_at = generated_at
        contact.method = self.pick.choice(METHODS)
        contact.version = f"{self.pick.randint(1, 4)}.{self.pick.randint(0, 12)}.{self.pick.randint(0, 9)}"
        contact.purpose = purpose
        contact.dataset = f"ds-{generated_at:%Y-%m}-{purpose}"
        return contact

    def add_partial(self, purpose: str | None = None) -> Contact:
        """Add a contact that is a customer with some imputed fields: their identifiers, and full provenance."""
        contact = self.add_synthetic(purpose, person=self.add_customer())
        contact.origin = "partial"
        return contact

    def add_masked(self, person: Person | None = None) -> Contact:
        """Add a contact that is a customer with replaced identifiers."""
        return self.add_real(person or self.people.make_masked(), "masked")

    def _contact(self, person: Person, origin: str | None, created_at: datetime) -> Contact:
        contact = Contact(make_salesforce_id("003", len(self.contacts) + 1, self.seed), person, origin, created_at)
        self.contacts.append(contact)
        return contact

    def _generated_at(self, purpose: str) -> datetime:
        known = (self.as_of - NOT_BEFORE).days - 1
        return self.draw_time(min(_SAFE_DAYS[purpose], known), _YOUNGEST_DAYS)

    # Holds

    def add_hold(self, placed_at: datetime, released_at: datetime | None, reason: str) -> str:
        """Add a legal hold and return its id."""
        self.holds.append(Hold(f"HOLD-{len(self.holds) + 1:04d}", placed_at, released_at, reason))
        return self.holds[-1].key

    # Messages and decisions

    def add_send(self, contact: Contact, origin: str) -> Send:
        """Add a message to a contact."""
        sent_at = self.draw_time(400, 1)
        channel = self.pick.choice(("email", "email", "sms", "post"))
        key = f"MS-{scatter(len(self.sends) + 1, 100_000_000):08d}"
        self.sends.append(Send(key, contact.key, sent_at, channel, origin))
        return self.sends[-1]

    def add_reviewer(
        self, key: str | None = None, authorised_until: datetime | None = None, trained_until: datetime | None = None
    ) -> str:
        """Add a person to the staff, authorised and trained since long before the first decision; return the id."""
        key = key or f"P-{len(self.staff) + 1:03d}"
        since = self.draw_time(1500, DECISION_DAYS + 60)
        self.staff.append(Reviewer(key, since, authorised_until, since + timedelta(days=7), trained_until))
        return key

    def add_decision(
        self, contact: Contact | str | None, kind: str | None = None, times: ReviewTimes | None = None
    ) -> Decision:
        """Add a decision: a regulated one, reviewed in time, unless a kind is given."""
        times = times or self.draw_review()
        decision = Decision(
            key=f"CD-{scatter(len(self.decisions) + 1, 10_000_000):07d}",
            contact=contact.key if isinstance(contact, Contact) else contact,
            kind=kind or self.pick.choice(("credit_scoring", "eligibility")),
            scored_at=times.scored_at,
            sent_at=times.sent_at,
            reviewer=self.pick.choice(self.reviewers),
            reviewed_at=times.reviewed_at,
            outcome="overturned" if self.pick.random() < 0.07 else "upheld",
        )
        self.decisions.append(decision)
        return decision

    def draw_review(self) -> ReviewTimes:
        """Return the times of a decision, in a period that no other decision has."""
        start = self.first_decision + self._slots.pop() * self._slot
        quarter = self._slot // timedelta(seconds=4)
        scored_at = start + timedelta(seconds=self.pick.randrange(quarter))
        reviewed_at = start + timedelta(seconds=quarter + 2 + self.pick.randrange(quarter))
        return ReviewTimes(scored_at, reviewed_at, reviewed_at + timedelta(seconds=2 + self.pick.randrange(quarter)))

    @property
    def first_decision(self) -> datetime:
        """The time before which there are no decisions."""
        midnight = datetime.combine(self.as_of.date(), time(), tzinfo=UTC)
        return midnight - timedelta(days=DECISION_DAYS)

    @property
    def ordinary_decisions(self) -> int:
        """The number of decisions without anything planted."""
        return self.size // 5


def subtract_years(moment: datetime, years: int) -> datetime:
    """Return the same day and hour some years earlier; 28 February for a 29th that does not exist."""
    try:
        return moment.replace(year=moment.year - years)
    except ValueError:
        return moment.replace(year=moment.year - years, day=28)
