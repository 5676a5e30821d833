"""Regulated decisions on people who do not exist or are unknown, and decisions of a type that no list has."""

from __future__ import annotations

from datetime import timedelta

from synth_expectations.demo.crm import Crm
from synth_expectations.demo.effects import (
    EXCLUDE,
    NO_OUTCOME,
    NO_REVIEW_TIME,
    NO_REVIEWER,
    NO_SUBJECT,
    OVERSEEN_SUBJECT,
    OVERSIGHT,
    SYNTHETIC_SUBJECT,
    UNKNOWN_SUBJECT,
    UNLISTED_TYPE,
    UNTAGGED_SUBJECT,
    Effect,
)
from synth_expectations.demo.people import make_salesforce_id
from synth_expectations.demo.planting.oversight import unreviewed
from synth_expectations.demo.records import Contact

_PASSES = tuple(Effect("credit_decision", name) for name in (EXCLUDE, OVERSIGHT))


def plant(crm: Crm) -> None:
    """Plant all of them; the contacts must exist."""
    untagged = [contact for contact in crm.contacts if not (contact.origin or "").strip()]
    _on_synthetic(crm)
    _on_nobody(crm, untagged)
    _negatives(crm)


def _on_synthetic(crm: Crm) -> None:
    for number in range(6):
        decision = unreviewed(crm.add_decision(_subject(crm, number)))
        effects = (SYNTHETIC_SUBJECT, NO_REVIEWER, NO_REVIEW_TIME, NO_OUTCOME)
        crm.ledger.plant("unreviewed decision on a synthetic record", decision.key, *effects)
    for _ in range(3):
        decision = unreviewed(crm.add_decision(_plant_decision(crm, "partial")))
        effects = (SYNTHETIC_SUBJECT, NO_REVIEWER, NO_REVIEW_TIME, NO_OUTCOME)
        crm.ledger.plant("unreviewed decision on a partial record", decision.key, *effects)
    for number in range(4):
        decision = crm.add_decision(_subject(crm, number))
        decision.reviewed_at, decision.sent_at = decision.sent_at, decision.sent_at - timedelta(seconds=1)
        decision.review_kind = "on_request"
        crm.ledger.plant("synthetic subject, reviewed after the effect", decision.key, SYNTHETIC_SUBJECT)


def _on_nobody(crm: Crm, untagged: list[Contact]) -> None:
    for number in range(6):
        nobody = make_salesforce_id("003", crm.size + 1000 + number, crm.seed)
        crm.ledger.plant("decision on an unknown subject", crm.add_decision(nobody).key, UNKNOWN_SUBJECT)
    for nothing in (None, "", "  "):
        crm.ledger.plant("decision that names no subject", crm.add_decision(nothing).key, NO_SUBJECT)
    for contact in crm.pick.sample(untagged, 5):
        crm.ledger.plant("decision on a record without a marker", crm.add_decision(contact).key, UNTAGGED_SUBJECT)
    for kind in ("affordability", "credit-scoring", "score", "loyalty"):
        decision = crm.add_decision(crm.add_real(), kind)
        crm.ledger.plant("decision of a type that nobody listed", decision.key, UNLISTED_TYPE)
    decision = crm.add_decision(crm.add_real())
    decision.kind = None
    crm.ledger.plant("decision of a type that nobody listed", decision.key, UNLISTED_TYPE)


def _negatives(crm: Crm) -> None:
    for number in range(8):
        decision = crm.add_decision(_subject(crm, number))
        if number == 6:
            decision.reviewed_at = decision.scored_at
        if number == 7:
            decision.reviewed_at = decision.sent_at
        passes = (OVERSEEN_SUBJECT, Effect("credit_decision", OVERSIGHT))
        crm.ledger.spare("synthetic subject, reviewed in time", decision.key, *passes)
    for kind in ("discount", "discount", "discount", "Discount", " DISCOUNT "):
        decision = unreviewed(crm.add_decision(crm.add_synthetic(), kind))
        crm.ledger.spare("discount for a synthetic record", decision.key, *_PASSES)
    for kind in ("Credit_Scoring", " eligibility ", "ELIGIBILITY"):
        crm.ledger.spare("type of decision in other case", crm.add_decision(crm.add_real(), kind).key, *_PASSES)
    for _ in range(4):
        crm.ledger.spare("decision on a masked record", crm.add_decision(crm.add_masked()).key, *_PASSES)


def _subject(crm: Crm, number: int) -> Contact:
    contact = _plant_decision(crm, "synthetic")
    contact.origin = ("synthetic", " Synthetic", "SYNTHETIC")[number % 3]
    return contact


def _plant_decision(crm: Crm, origin: str) -> Contact:
    return crm.add_partial() if origin == "partial" else crm.add_synthetic()
