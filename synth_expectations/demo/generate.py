"""The generation of the demo's data: planted, filled up, shuffled and written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from synth_expectations.demo.crm import Crm
from synth_expectations.demo.manifest import Manifest
from synth_expectations.demo.parquet_files import MANIFEST, list_records, prepare_directory, write
from synth_expectations.demo.planting import (
    access,
    changes,
    copies,
    decisions,
    distance,
    lineage,
    lost_tags,
    models,
    oversight,
    provenance,
    retention,
    sends,
    tags,
    uses,
)
from synth_expectations.demo.records import Contact
from synth_expectations.errors import SynthError

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
FEWEST, MOST = 1_000, 1_000_000
_EARLIEST, _LATEST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2033, 1, 1, tzinfo=UTC)
_STAFF = 30


def generate(directory: Path, contacts: int = 20_000, seed: int = 7, as_of: datetime = AS_OF) -> Manifest:
    """Write the demo's tables as Parquet, and return what is planted in them.

    The same arguments give the same files, byte for byte with one version of pyarrow. What an earlier demo wrote into
    the directory is replaced.

    Args:
        directory: where the tables lie, one folder each; made if it is not there.
        contacts: how many contacts there are; the number of planted records does not depend on it.
        seed: another seed gives other people.
        as_of: the moment for which time is to be judged; naive is UTC.

    Raises:
        SynthError: the directory holds something else, or an argument is out of range.
    """
    if not FEWEST <= contacts <= MOST:
        raise SynthError(f"The demo has {FEWEST:,} to {MOST:,} contacts, not {contacts:,}.")
    as_of = as_of.replace(tzinfo=UTC) if as_of.tzinfo is None else as_of.astimezone(UTC)
    if not _EARLIEST <= as_of < _LATEST:
        raise SynthError(f"The demo's as_of lies from {_EARLIEST.year} to {_LATEST.year - 1}, not {as_of:%Y-%m-%d}.")
    prepare_directory(directory)
    crm = _made(contacts, seed, as_of)
    counts = {name: len(records) for name, records in list_records(crm).items()}
    manifest = crm.ledger.build_manifest(counts, contacts, seed, as_of)
    (directory / MANIFEST).write_text(manifest.to_json(), encoding="utf-8", newline="\n")
    write(directory, crm)
    return manifest


def _made(contacts: int, seed: int, as_of: datetime) -> Crm:
    """Return the CRM: planted records first, then ordinary ones until it is full."""
    crm = Crm(contacts, seed, as_of)
    crm.reviewers = [crm.add_reviewer() for _ in range(_STAFF)]
    _holds(crm)
    provenance.plant(crm)
    copies.plant(crm)
    retention.plant(crm)
    sends.plant(crm)
    decisions.plant(crm)
    oversight.plant(crm)
    models.plant(crm)
    uses.plant(crm)
    access.plant(crm)
    changes.plant(crm)
    tags.plant(crm)
    lost_tags.plant(crm)
    distance.plant(crm)
    lineage.plant(crm)
    subjects = _ordinary_contacts(crm)
    _ordinary_customers(crm)
    for _ in range(crm.size - len(crm.sends)):
        contact = crm.pick.choice(subjects)
        crm.add_send(contact, contact.origin or "real")
    for _ in range(crm.ordinary_decisions):
        crm.add_decision(crm.pick.choice(subjects), "discount" if crm.pick.random() < 0.2 else None)
    tags.snapshot(crm)
    for rows in list_records(crm).values():
        crm.pick.shuffle(rows)
    return crm


def _holds(crm: Crm) -> None:
    for _ in range(5):
        crm.add_hold(crm.draw_time(700, 300), crm.draw_time(250, 10), "audit, closed")


def _ordinary_contacts(crm: Crm) -> list[Contact]:
    """Add contacts until the CRM is full; return the real people among them who can be written to."""
    subjects = []
    while len(crm.contacts) < crm.size:
        drawn = crm.pick.random()
        if drawn < 0.15:
            contact = crm.add_synthetic()
            _with_gaps(crm, contact)
        elif drawn < 0.16:
            crm.add_partial()
        elif drawn < 0.18:
            subjects.append(crm.add_masked())
        else:
            contact = crm.add_real()
            _with_gaps(crm, contact)
            contact.deleted = crm.pick.random() < 0.01
            if not contact.deleted:
                subjects.append(contact)
    return subjects


def _ordinary_customers(crm: Crm) -> None:
    """Add customers of the shop who are not contacts of the CRM."""
    for _ in range(crm.size // 20):
        crm.add_customer()


def _with_gaps(crm: Crm, contact: Contact) -> None:
    """Remove the e-mail address or phone of some people, in the CRM and, for customers, in the shop."""
    drawn = crm.pick.random()
    if drawn < 0.02:
        contact.person.phone = None
    elif drawn < 0.03:
        contact.person.email = ""
    elif drawn < 0.04:
        contact.person.email = None
