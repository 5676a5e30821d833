"""Synthetic data promoted without approval, objects without history, and holds on deleted records."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from synth_expectations.demo.crm import Crm
from synth_expectations.demo.effects import Effect
from synth_expectations.demo.people import make_salesforce_id

PROMOTED = "expect_promotions_to_be_approved"
HISTORY = "expect_synthetic_components_to_keep_history"
HONORED = "expect_legal_holds_to_be_honored"


def plant(crm: Crm) -> None:
    """Plant all of them; the contacts and their holds must exist."""
    _promotions(crm)
    _components(crm)
    _holds(crm)


def _promotions(crm: Crm) -> None:
    promoted = crm.ago(days=30)
    faults: dict[str, tuple[str, dict[str, Any]]] = {
        "promoted without approval": ("no approver", {"approved_by": None}),
        "promotion that nobody asked for": ("no requester", {"requested_by": " "}),
        "promotion approved by its requester": ("approved by the requester", {"approved_by": "DEV@retailer.example "}),
        "promotion approved afterwards": (
            "approved after it was promoted",
            {"approved_at": promoted + timedelta(seconds=1)},
        ),
        "promotion approved nobody knows when": ("approved_at is missing or not a time", {"approved_at": None}),
        "promoted nobody knows when": ("promoted_at is missing or not a time", {"promoted_at": None}),
        "promoted without a validation": ("no validation", {"validation_run": None}),
        "promoted though validation failed": ("validation did not pass", {"validation_status": "failed"}),
    }
    for kind, (rule, different) in faults.items():
        for _ in range(2):
            key = crm.sheets.promotion.add(**{"promoted_at": promoted, **different})
            crm.ledger.plant(kind, key, Effect("promotion", PROMOTED, rule))
    after = {"approved_at": promoted + timedelta(hours=3), "promoted_at": promoted, "emergency": True}
    reported = Effect("promotion", PROMOTED, "approved after it was promoted, in an emergency")
    crm.ledger.spare("emergency, approved afterwards", crm.sheets.promotion.add(**after), reported)
    simultaneous = crm.sheets.promotion.add(approved_at=promoted, promoted_at=promoted)
    crm.ledger.spare("approved at the moment of promotion", simultaneous, Effect("promotion", PROMOTED))
    for _ in range(20):
        crm.sheets.promotion.add()


def _components(crm: Crm) -> None:
    faults: dict[str, tuple[str, dict[str, Any]]] = {
        "custom object without a version": ("component_version is missing", {"component_version": ""}),
        "custom object without history of its marker": ("no marker_history", {"marker_history": False}),
        "no history of provenance": ("no provenance_history", {"provenance_history": None}),
    }
    for kind, (rule, different) in faults.items():
        for _ in range(3):
            crm.ledger.plant(kind, crm.sheets.component.add(**different), Effect("component", HISTORY, rule))
    unasked = crm.sheets.component.add(holds_synthetic="no", component_version=None, marker_history=False)
    crm.ledger.spare("object without synthetic data", unasked, Effect("component", HISTORY))
    unknown = crm.sheets.component.add(holds_synthetic=None)
    reported = Effect("component", HISTORY, "nobody knows whether it holds synthetic data")
    crm.ledger.spare("object of which nobody knows, with history", unknown, reported)
    for _ in range(15):
        crm.sheets.component.add()


def _holds(crm: Crm) -> None:
    def held(rule: str) -> Effect:
        return Effect("legal_hold", HONORED, rule)

    live = next(contact for contact in crm.contacts if not contact.deleted)
    for hold in crm.holds:
        covered = next(
            (contact.key for contact in crm.contacts if contact.hold == hold.key and not contact.deleted), live.key
        )
        hold.record = covered
    for number in range(3):
        key = crm.add_hold(crm.ago(days=40), None, "litigation")
        crm.holds[-1].record = make_salesforce_id("003", crm.size + 3000 + number, crm.seed)
        crm.ledger.plant("held record that is gone", key, held("what is held is gone"))
    for _ in range(3):
        contact = crm.add_real()
        contact.deleted = True
        key = crm.add_hold(crm.ago(days=40), None, "litigation")
        crm.holds[-1].record = contact.key
        crm.ledger.plant("held record that is marked as deleted", key, held("what is held is marked as deleted"))
    for record in (None, " "):
        key = crm.add_hold(crm.ago(days=40), None, "litigation")
        crm.holds[-1].record = record
        crm.ledger.plant("hold that names no record", key, held("record_id is missing"))
    for _ in range(2):
        key = crm.add_hold(crm.ago(days=90), crm.ago(days=9), "complaint, settled")
        crm.holds[-1].record = make_salesforce_id("003", crm.size + 4000, crm.seed)
        crm.ledger.spare("released hold on a record that is gone", key, Effect("legal_hold", HONORED))
