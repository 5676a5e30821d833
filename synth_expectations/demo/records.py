"""The records of the demo's CRM by the policy's words; `parquet_files` has the tables' names for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from synth_expectations.demo.people import Person


@dataclass(slots=True)
class Contact:
    """A contact of the CRM: a customer, or a record that a generator made."""

    key: str
    person: Person
    origin: str | None
    created_at: datetime
    source: str | None = None
    generated_at: datetime | None = None
    method: str | None = None
    version: str | None = None
    purpose: str | None = None
    dataset: str | None = None
    hold: str | None = None
    sync_run: str | None = None
    deleted: bool = False


@dataclass(slots=True)
class Customer:
    """A real customer, as the shop knows them."""

    key: str
    person: Person


@dataclass(slots=True)
class Send:
    """A message of a marketing campaign."""

    key: str
    contact: str
    sent_at: datetime
    channel: str
    origin: str | None


@dataclass(slots=True)
class Decision:
    """A decision on a customer, and its review by a person."""

    key: str
    contact: str | None
    kind: str | None
    scored_at: datetime
    sent_at: datetime
    reviewer: str | None
    reviewed_at: datetime | None
    outcome: str | None
    review_kind: str | None = "standard"
    origin: str = "real"


@dataclass(slots=True)
class Hold:
    """A legal hold."""

    key: str
    placed_at: datetime
    released_at: datetime | None
    reason: str
    record: str | None = None


@dataclass(slots=True)
class Reviewer:
    """A period in which a person (or an account) reviews decisions."""

    key: str
    authorised_from: datetime | None
    authorised_until: datetime | None
    trained_from: datetime | None
    trained_until: datetime | None
