"""Marketing messages to people who do not exist."""

from __future__ import annotations

from synth_expectations.demo.crm import Crm
from synth_expectations.demo.effects import (
    NO_SYNTHETIC,
    PARTIAL_SEND,
    SYNTHETIC_SEND,
    UNKNOWN_SEND,
    UNTAGGED_SEND,
    Effect,
)


def plant(crm: Crm) -> None:
    """Plant all of them."""
    for number in range(15):
        origin = ("synthetic", "Synthetic", " SYNTHETIC ")[number % 3]
        crm.ledger.plant("message to a synthetic record", crm.add_send(crm.add_synthetic(), origin).key, SYNTHETIC_SEND)
    for _ in range(5):
        crm.ledger.plant("message to a partial record", crm.add_send(crm.add_partial(), "partial").key, PARTIAL_SEND)
    for origin in ("non-synthetic", "synthetic?"):
        crm.ledger.plant("message of an unknown origin", crm.add_send(crm.add_real(), origin).key, UNKNOWN_SEND)
    for origin in ("", " "):
        crm.ledger.plant("message without a marker", crm.add_send(crm.add_real(), origin).key, UNTAGGED_SEND)
    for origin in ("masked", "masked", "Masked", " REAL "):
        sent = crm.add_send(crm.add_masked() if "ask" in origin else crm.add_real(), origin)
        crm.ledger.spare("message to a masked or a real person", sent.key, Effect("marketing_send", NO_SYNTHETIC))
