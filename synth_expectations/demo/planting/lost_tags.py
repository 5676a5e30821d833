"""Synthetic records that lost their tag, recognisable by leftover provenance or by values that no person has."""

from __future__ import annotations

from dataclasses import replace

from synth_expectations.demo.crm import Crm
from synth_expectations.demo.effects import DATASET, GENERATED_AT, SOURCE, Effect

BARE = "expect_real_records_to_have_no_synthetic_provenance"
LOOKS = "expect_untagged_records_to_not_look_synthetic"


def plant(crm: Crm) -> None:
    """Plant all of them."""
    _plant_leftovers(crm)
    _plant_lookalikes(crm)


def _plant_leftovers(crm: Crm) -> None:
    for _ in range(3):
        of_source, of_time, of_dataset = crm.add_real(), crm.add_real(), crm.add_real()
        of_source.source = "crm-seeder"
        of_time.generated_at = crm.ago(days=30)
        of_dataset.dataset = "ds-2026-09-testing"
        for contact, column in ((of_source, SOURCE), (of_time, GENERATED_AT), (of_dataset, DATASET)):
            rule = Effect("contact", BARE, f"{column} is set")
            crm.ledger.plant("real record with a generator's provenance", contact.key, rule)
    purposeful, masked = crm.add_real(), crm.add_masked()
    purposeful.purpose, masked.source = "testing", "masking job"
    crm.ledger.spare("real record with a purpose", purposeful.key, Effect("contact", BARE))
    crm.ledger.spare("masked record with a source", masked.key, Effect("contact", BARE))


def _plant_lookalikes(crm: Crm) -> None:
    for _ in range(5):
        contact = crm.add_real(crm.people.make_synthetic())  # a reserved address, and a number kept for drama
        rule = Effect("contact", LOOKS, "2 kinds of field look synthetic")
        crm.ledger.plant("called real, with a made-up address and phone", contact.key, rule)
    for number in range(3):
        shopper = crm.add_real()
        shopper.person = replace(shopper.person, email=f"shopper{number}@example.com")
        reported = Effect("contact", LOOKS, "looks synthetic in fewer than 2 kinds of field: not counted")
        crm.ledger.spare("shopper who typed an example address", shopper.key, reported)
