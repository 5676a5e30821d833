"""Synthetic records that are kept too long, and those that may be kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from synth_expectations.demo.crm import Crm, subtract_years
from synth_expectations.demo.effects import EXPIRE, HELD, LIMITS, NOT_BEFORE, TOO_EARLY, Effect, make_age_effect
from synth_expectations.demo.records import Contact


def plant(crm: Crm) -> None:
    """Plant all of them."""
    _kept(crm)
    _without_a_hold(crm)
    _negatives(crm)


def limit(crm: Crm, retention_class: str) -> datetime:
    """Return the generation time that is exactly as old as the class allows."""
    match retention_class:
        case "testing":
            return crm.ago(days=90)
        case "personalisation":
            return subtract_years(crm.as_of, 1)
    return subtract_years(crm.as_of, 10)


def _expired(crm: Crm, retention_class: str, number: int) -> datetime:
    """Plant records past the limit: by a second, then by more and more days."""
    return limit(crm, retention_class) - (timedelta(days=4 * number) if number else timedelta(seconds=1))


def _plant_expired(crm: Crm, kind: str, retention_class: str, number: int) -> Contact:
    """Plant a synthetic record past its limit; one of ten years is also older than any generator."""
    generated_at = _expired(crm, retention_class, number)
    contact = crm.add_synthetic(retention_class, generated_at=generated_at)
    early = (TOO_EARLY,) if generated_at < NOT_BEFORE else ()
    crm.ledger.plant(kind, contact.key, make_age_effect(retention_class), *early)
    return contact


def _kept(crm: Crm) -> None:
    for retention_class in LIMITS:
        for number in range(8):
            _plant_expired(crm, "synthetic record kept past its limit", retention_class, number)
    for number in range(5):
        contact = _plant_expired(crm, "kept past its limit, marked as deleted", "personalisation", number)
        contact.deleted = True
    for number in range(4):
        contact = _plant_expired(crm, "partial record kept past its limit", "personalisation", number)
        contact.origin, contact.person = "partial", crm.add_customer()


def _without_a_hold(crm: Crm) -> None:
    for number in range(6):
        released = crm.as_of if number == 0 else crm.draw_time(40, 1)
        contact = _plant_expired(crm, "kept past its limit, hold released", "testing", number)
        contact.hold = crm.add_hold(crm.draw_time(80, 50), released, "complaint, settled")
    for number, hold in enumerate(("true", "HOLD-9999", "yes", "hold")):
        contact = _plant_expired(crm, "kept past its limit, hold not on record", "testing", number)
        contact.hold = hold


def _negatives(crm: Crm) -> None:
    for number in range(8):
        retention_class = ("testing", "personalisation")[number % 2]
        contact = crm.add_synthetic(retention_class, generated_at=_expired(crm, retention_class, number))
        released = crm.as_of + timedelta(days=number) if number in (5, 6) else None
        contact.hold = crm.add_hold(crm.draw_time(85, 2), released, "litigation")
        crm.ledger.spare("active hold past the limit", contact.key, HELD)
    for number in range(6):
        retention_class = ("testing", "personalisation")[number % 2]
        exact = limit(crm, retention_class) + timedelta(microseconds=number // 4)
        contact = crm.add_synthetic(retention_class, generated_at=exact)
        crm.ledger.spare("generated exactly at the limit", contact.key, Effect("contact", EXPIRE))
    for _ in range(4):
        contact = crm.add_synthetic()
        contact.hold = crm.add_hold(crm.draw_time(200, 2), None, "litigation")
        crm.ledger.spare("active hold, not past the limit", contact.key, Effect("contact", EXPIRE))
