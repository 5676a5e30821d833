"""The effects of sync jobs on tags and provenance: records without a run, and tags that changed overnight."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from synth_expectations.demo.crm import Crm
from synth_expectations.demo.effects import DATASET, GENERATED_AT, NO_MARKER, PROVENANCE, VERSION, Effect
from synth_expectations.demo.records import Contact

LINEAGE = "expect_synthetic_records_to_have_lineage"
PERSIST = "expect_synthetic_tags_to_persist"
REGISTERED = "expect_synthetic_records_to_be_registered"


def plant(crm: Crm) -> None:
    """Plant all of them."""
    _runs(crm)
    _tags(crm)
    _registry(crm)


def snapshot(crm: Crm) -> None:
    """Write yesterday's contacts: as they are now, except for what is planted."""
    for contact in crm.contacts:
        now = {
            "RecordOrigin__c": contact.origin,
            GENERATED_AT: contact.generated_at,
            VERSION: contact.version,
            DATASET: contact.dataset,
        }
        crm.sheets.contact_snapshot.add(Id=contact.key, **{**now, **crm.before.get(contact.key, {})})


def _runs(crm: Crm) -> None:
    runs = crm.sheets.sync_run
    contact = crm.add_synthetic()
    faults: dict[str, tuple[str, str | None]] = {
        "synthetic record that no run brought": ("SyncRun__c is missing", " "),
        "synthetic record of an unknown run": ("run is unknown", "SR-9999"),
        "synthetic record of a failed run": ("run did not succeed", runs.add(status="failed")),
        "synthetic record of another table's run": ("run was meant for another table", runs.add(target="lead")),
        "loaded after its run had ended": (
            "run had ended before the record was loaded",
            runs.add(ended_at=contact.created_at - timedelta(days=1)),
        ),
    }
    for kind, (rule, run) in faults.items():
        for _ in range(3):
            brought = crm.add_synthetic(contact.purpose, generated_at=contact.generated_at)
            brought.created_at, brought.sync_run = contact.created_at, run
            crm.ledger.plant(kind, brought.key, Effect("contact", LINEAGE, rule))
    for _ in range(2):
        fresh = crm.add_synthetic()
        fresh.created_at, fresh.sync_run = crm.ago(hours=20), "SR-8888"
        reported = "run is unknown, loaded less than PT24H ago: not counted"
        crm.ledger.spare("record of a run that the log lacks yet", fresh.key, Effect("contact", LINEAGE, reported))


def _changed(crm: Crm, contact: Contact, **before: Any) -> str:
    crm.before[contact.key] = before
    return contact.key


def _tags(crm: Crm) -> None:
    def persist(rule: str) -> Effect:
        return Effect("contact", PERSIST, rule)

    made = {"RecordOrigin__c": "synthetic"}
    real, untagged = (f"was synthetic or partial, and is {now}" for now in ("marked as real", "untagged"))
    for _ in range(4):
        crm.ledger.plant("synthetic yesterday, real today", _changed(crm, crm.add_real(), **made), persist(real))
        lost = crm.add_real(origin=None)
        crm.ledger.plant("tag lost overnight", _changed(crm, lost, **made), persist(untagged), NO_MARKER)
        again = crm.add_synthetic()
        assert again.generated_at
        before = {GENERATED_AT: again.generated_at - timedelta(days=30)}
        rule = persist(f"{GENERATED_AT} is another than before")
        crm.ledger.plant("retention clock reset overnight", _changed(crm, again, **before), rule)
        for column, value in ((VERSION, "9.9.9"), (DATASET, "ds-of-yesterday")):
            rule = persist(f"{column} is another than before")
            crm.ledger.plant(
                "provenance changed overnight", _changed(crm, crm.add_synthetic(), **{column: value}), rule
            )
    unapproved = crm.add_real()
    crm.sheets.correction.add(Id=unapproved.key, reason="was a customer", approver=None)
    crm.ledger.plant("correction that nobody approved", _changed(crm, unapproved, **made), persist(real))
    for _ in range(3):
        corrected = crm.add_real()
        crm.sheets.correction.add(Id=corrected.key, reason="was a customer", approver="dpo@retailer.example")
        reported = persist("changed by a correction with a reason and an approver: not counted")
        crm.ledger.spare("correction with a reason and an approver", _changed(crm, corrected, **made), reported)


def _registry(crm: Crm) -> None:
    sheets = crm.sheets
    late = sheets.dataset.add(purpose="testing", registered_at=crm.ago(days=5))
    retired = sheets.dataset.add(purpose="testing", retired_at=crm.ago(days=40))
    faults = {
        "persona of an unregistered dataset": ("dataset is not registered", "D-7777"),
        "persona older than its dataset's entry": ("dataset was registered after the record was made", late),
        "persona made after its dataset was retired": ("dataset had been retired", retired),
        "persona of a dataset for another purpose": (
            "dataset is registered for another purpose",
            sheets.synthetic_dataset,
        ),
    }
    for kind, (rule, dataset) in faults.items():
        for _ in range(2):
            email = crm.people.make_synthetic().email
            key = sheets.persona.add(email=email, dataset_id=dataset)
            crm.ledger.plant(kind, key, Effect("persona", REGISTERED, rule))
    nameless = sheets.persona.add(email=crm.people.make_synthetic().email, dataset_id=None)
    effects = (
        Effect("persona", REGISTERED, "dataset_id is missing"),
        Effect("persona", PROVENANCE, "dataset_id is missing or a placeholder"),
    )
    crm.ledger.plant("persona that names no dataset", nameless, *effects)
    then = sheets.dataset.add(purpose="testing", retired_at=crm.ago(days=19))
    spared = sheets.persona.add(email=crm.people.make_synthetic().email, dataset_id=then)
    crm.ledger.spare("made just before its dataset was retired", spared, Effect("persona", REGISTERED))
