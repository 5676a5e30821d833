"""Records without a marker, and synthetic ones with missing or impossible provenance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from synth_expectations.demo.crm import Crm
from synth_expectations.demo.effects import (
    AFTER_LOADING,
    DATASET,
    EXPIRE,
    GENERATED_AT,
    IN_THE_FUTURE,
    METHOD,
    NO_AGE,
    NO_CLASS,
    NO_MARKER,
    NO_VERSION,
    NOT_BEFORE,
    OTHER_MARKER,
    OTHER_METHOD,
    OTHER_PURPOSE,
    PROVENANCE,
    PURPOSE,
    SOURCE,
    TAGGED,
    TOO_EARLY,
    VERSION,
    WELL_FORMED,
    Effect,
    make_field_effect,
)
from synth_expectations.demo.records import Contact

_ATTRIBUTES = {SOURCE: "source", METHOD: "method", VERSION: "version", PURPOSE: "purpose", DATASET: "dataset"}
_NOT_LISTED = {METHOD: (OTHER_METHOD,), VERSION: (NO_VERSION,), PURPOSE: (OTHER_PURPOSE, NO_CLASS)}
"""What a text breaks that stands where a known one should."""

_PASSES = tuple(Effect("contact", name) for name in (PROVENANCE, WELL_FORMED, TAGGED, EXPIRE))


def plant(crm: Crm) -> None:
    """Plant all of them."""
    _markers(crm)
    _empty_fields(crm)
    _times(crm)
    _unlisted(crm)
    _negatives(crm)


def _markers(crm: Crm) -> None:
    for origin in (None, None, None, None, None, None, "", "", "", "   ", "   ", "\t"):
        crm.ledger.plant("record without a marker", crm.add_real(origin=origin).key, NO_MARKER)
    for origin in ("yes", "unknown", "synth", "realistic", "true", "fake", "1", "not synthetic"):
        crm.ledger.plant("marker of another value", crm.add_real(origin=origin).key, OTHER_MARKER)


def _empty_fields(crm: Crm) -> None:
    for column, attribute in _ATTRIBUTES.items():
        knock_on = (NO_CLASS,) if column == PURPOSE else ()
        for missing in (None, None, "", " \t "):
            contact = crm.add_synthetic()
            setattr(contact, attribute, missing)
            crm.ledger.plant("provenance field missing", contact.key, make_field_effect(column), *knock_on)
        for placeholder in crm.pick.sample(("n/a", "TBD", " unknown ", "None", "-", "NULL"), 3):
            contact = crm.add_synthetic()
            setattr(contact, attribute, placeholder)
            effects = (make_field_effect(column), *_NOT_LISTED.get(column, ()))
            crm.ledger.plant("provenance field a placeholder", contact.key, *effects)
    for _ in range(4):
        contact = crm.add_synthetic()
        contact.generated_at = None
        crm.ledger.plant("provenance field missing", contact.key, make_field_effect(GENERATED_AT), NO_AGE)


def _times(crm: Crm) -> None:
    for day in range(1, 6):
        contact = crm.add_synthetic()
        contact.generated_at = crm.as_of + timedelta(days=day * day, minutes=6)
        contact.created_at = crm.draw_time(20, 1)
        crm.ledger.plant("generated in the future", contact.key, IN_THE_FUTURE, AFTER_LOADING)
    for month in (1, 4, 7, 10, 12):
        early = datetime(NOT_BEFORE.year - 1, month, 28, 23, 59, 59, tzinfo=UTC)
        contact = crm.add_synthetic("model_training", generated_at=early)
        crm.ledger.plant("generated before there was a generator", contact.key, TOO_EARLY)
    for hours in (1, 5, 30, 200, 900):
        generated_at = crm.draw_time(80, 40)
        contact = crm.add_synthetic(generated_at=generated_at)
        contact.created_at = generated_at - timedelta(hours=hours)
        crm.ledger.plant("generated after it was loaded", contact.key, AFTER_LOADING)


def _unlisted(crm: Crm) -> None:
    for version in ("latest", "latest", "main", "1.2", "v2", "1.02.3"):
        contact = crm.add_synthetic()
        contact.version = version
        crm.ledger.plant("version that names no build", contact.key, NO_VERSION)
    for method in ("gan", "manual", "smote", "ct-gan", "llm2", "rules"):
        contact = crm.add_synthetic()
        contact.method = method
        crm.ledger.plant("method that nobody approved", contact.key, OTHER_METHOD)
    for purpose in ("analytics", "marketing", "demo", "analytics", "training", "benchmark"):
        contact = crm.add_synthetic()
        contact.purpose = purpose
        crm.ledger.plant("purpose that nobody approved", contact.key, OTHER_PURPOSE, NO_CLASS)


def _negatives(crm: Crm) -> None:
    def spare(kind: str, contact: Contact) -> None:
        crm.ledger.spare(kind, contact.key, *_PASSES)

    for origin in (" Synthetic ", "SYNTHETIC", "synthetic\t", "Synthetic"):
        contact = crm.add_synthetic()
        contact.origin = origin
        spare("marker in other case", contact)
    for origin in ("REAL", " real", "Real ", "Masked"):
        spare("marker in other case", crm.add_real(origin=origin))
    for _ in range(6):
        spare("masked record without provenance", crm.add_masked())
    for seconds in (0, 1, 60, 179, 180, 180):
        late = crm.as_of + timedelta(seconds=seconds)
        contact = crm.add_synthetic(generated_at=late)
        contact.created_at = late + timedelta(seconds=1)
        spare("clock skew of up to three minutes", contact)
    for second in (0, 0, 1):
        exact = NOT_BEFORE + timedelta(seconds=second)
        spare("generated at the first moment that counts", crm.add_synthetic("model_training", generated_at=exact))
    for method, purpose in ((" CTGAN ", "testing"), ("LLM", "Testing"), ("Rule_Based", " PERSONALISATION")):
        contact = crm.add_synthetic(purpose.strip().lower())
        contact.method, contact.purpose = method, purpose
        spare("method and purpose in other case", contact)
    for version in ("v1.2.3", "2.0.0-rc.1", "1.0.0+build.5", "0.0.1", " 3.1.4 "):
        contact = crm.add_synthetic()
        contact.version = version
        spare("version with all that semver allows", contact)
