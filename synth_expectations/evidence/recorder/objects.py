"""Keep what a record refers to: most of it lies in the ledger since the run before."""

from __future__ import annotations

from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.ledger import EvidenceLedger


def keep_object(ledger: EvidenceLedger, content: bytes) -> str:
    """Keep some bytes as an object of a ledger, and return their SHA-256; what is there already is not written again."""
    digest = compute_digest(content)
    return digest if ledger.store.read(f"objects/{digest}") == content else ledger.put_object(content)
