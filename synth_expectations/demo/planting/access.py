"""Personas used without access control or outside their sandbox, real people in a sandbox, dangling messages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from synth_expectations.demo.crm import Crm
from synth_expectations.demo.effects import Effect
from synth_expectations.demo.people import make_salesforce_id

ACCESS = "expect_synthetic_personas_to_be_accessed_by_allowed_roles"
STAY = "expect_synthetic_records_to_stay_in_sandbox"
NO_REAL = "expect_sandboxes_to_contain_no_real_records"
POINTS = "expect_references_to_not_resolve_to_synthetic_records"


def plant(crm: Crm) -> None:
    """Plant all of them."""
    _personas(crm)
    _accesses(crm)
    _sandbox(crm)
    _messages(crm)


def _personas(crm: Crm) -> None:
    for _ in range(60):
        _persona(crm)
    for environment in (None, "", " "):
        rule = Effect("persona", STAY, "environment is missing")
        crm.ledger.plant("persona that is nobody knows where", _persona(crm, environment=environment), rule)
    for environment in ("production", "prod", "sandbox-eu"):
        rule = Effect("persona", STAY, "environment is not one of sandbox, uat")
        crm.ledger.plant("persona outside its sandbox", _persona(crm, environment=environment), rule)
    crm.ledger.spare("sandbox written otherwise", _persona(crm, environment=" UAT "), Effect("persona", STAY))


def _persona(crm: Crm, **different: Any) -> str:
    return crm.sheets.persona.add(email=crm.people.make_synthetic().email, **different)


def _accesses(crm: Crm) -> None:
    lapsed = crm.add_reviewer(trained_until=crm.ago(days=60))
    persona = crm.sheets.persona.rows[0]["persona_id"]
    faults: dict[str, tuple[str, dict[str, Any]]] = {
        "persona used by nobody": ("accessed_by is missing", {"accessed_by": " "}),
        "persona used nobody knows when": ("accessed_at is missing or not a time", {"accessed_at": None}),
        "persona used in a role that may not": (
            "access_role is not one of crm_tester, data_steward",
            {"access_role": "sales"},
        ),
        "persona used by an unknown person": ("person is unknown", {"accessed_by": "P-999"}),
        "persona used after training lapsed": ("person was not trained then", {"accessed_by": lapsed}),
    }
    for kind, (rule, different) in faults.items():
        for _ in range(3):
            key = crm.sheets.access_log.add(record_id=persona, **different)
            crm.ledger.plant(kind, key, Effect("access_log", ACCESS, rule))
    before = crm.sheets.access_log.add(record_id=persona, accessed_by=lapsed, accessed_at=crm.ago(days=60, seconds=1))
    crm.ledger.spare("access just before training lapsed", before, Effect("access_log", ACCESS))
    other = crm.sheets.access_log.add(record_id="a report", access_role="sales")
    reported = Effect("access_log", ACCESS, "access to something else than a persona")
    crm.ledger.spare("access to something else", other, reported)
    for number in range(120):
        crm.sheets.access_log.add(record_id=persona, accessed_at=crm.ago(days=20) + timedelta(minutes=number))


def _sandbox(crm: Crm) -> None:
    def real(rule: str) -> Effect:
        return Effect("sandbox_contact", NO_REAL, rule)

    marked, same_id = real("is marked as a real person's"), real("same Id as a record of production")
    same_email = real("same Email as a record of production")
    for _ in range(4):
        customer = crm.customers[-1] if crm.add_customer() else None
        assert customer is not None
        copied = crm.sheets.sandbox_contact.add(Id=customer.key, Email=customer.person.email, record_origin="real")
        crm.ledger.plant("real customer in a sandbox", copied, marked, same_id, same_email)
        crm.add_customer()
        renamed = crm.sheets.sandbox_contact.add(
            Id=crm.customers[-1].key, record_origin="synthetic", Email=_made_up(crm)
        )
        crm.ledger.plant("customer's id on a record called synthetic", renamed, same_id)
        email = crm.add_customer().email
        leaked = crm.sheets.sandbox_contact.add(Email=email, record_origin="masked")
        crm.ledger.plant("masked in a sandbox, with their real address", leaked, same_email)
        partial = crm.sheets.sandbox_contact.add(Email=_made_up(crm), record_origin="partial")
        crm.ledger.plant("partial record in a sandbox", partial, marked)
    for _ in range(3):
        masked = crm.sheets.sandbox_contact.add(Email=crm.people.make_masked().email, record_origin="masked")
        crm.ledger.spare("masked in a sandbox, without an identifier", masked, Effect("sandbox_contact", NO_REAL))
        untagged = crm.sheets.sandbox_contact.add(Email=_made_up(crm), record_origin=None)
        reported = real("is untagged, and like nothing in production: not counted")
        crm.ledger.spare("untagged in a sandbox, like nobody", untagged, reported)
    for _ in range(60):
        crm.sheets.sandbox_contact.add(Email=_made_up(crm), record_origin="synthetic")


def _made_up(crm: Crm) -> str | None:
    return crm.people.make_synthetic().email


def _messages(crm: Crm) -> None:
    def points(at: str) -> Effect:
        return Effect("marketing_send", POINTS, f"contact_id points at {at}")

    untagged = [contact for contact in crm.contacts if not (contact.origin or "").strip()][:4]
    for number in range(8):
        contact = crm.add_synthetic() if number % 2 else crm.add_partial()
        key = crm.add_send(contact, "real").key
        crm.ledger.plant("customer message to who does not exist", key, points("a synthetic record"))
    for contact in untagged:
        key = crm.add_send(contact, "real").key
        crm.ledger.plant("customer message to an untagged record", key, points("an untagged record"))
    for number in range(3):
        sent = crm.add_send(untagged[0], "real")
        sent.contact = make_salesforce_id("003", crm.size + 5000 + number, crm.seed)
        crm.ledger.plant("customer message to nobody", sent.key, points("a record that is not there"))
