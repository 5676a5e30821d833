"""A second revocation of a key moves its time back, and never the first entry that revoked it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from synth_expectations.evidence.keys.key_ring import add_key, read_key_ring, revoke_key
from synth_expectations.evidence.keys.signing_key import make_key_file
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore

START = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_second_revocation_goes_back_further_and_forgives_nothing(tmp_path: Path) -> None:
    ledger = EvidenceLedger(DirectoryStore(tmp_path / "evidence"), now=lambda: START + timedelta(days=30))
    public = make_key_file(tmp_path / "dpo.key").public
    add_key(ledger, public, "dpo@shop.example", "dpo", START, None)
    first = revoke_key(ledger, public.keyid, START + timedelta(days=20), "lost").header.seq
    second = revoke_key(ledger, public.keyid, START + timedelta(days=10), "stolen").header.seq
    revoke_key(ledger, public.keyid, START + timedelta(days=25), "a later one says nothing new")

    def object_to(days: int, seq: int) -> str:
        return read_key_ring(ledger).find_objection(public.keyid, START + timedelta(days=days), seq)

    assert object_to(5, first - 1) == ""
    assert object_to(15, first - 1).endswith("revoked as of 2026-03-11 00:00:00 UTC: stolen")
    # a clock that was set back: the entry lies behind the first revocation, whatever its time says
    assert first < second
    assert "was revoked" in object_to(5, first + 1)
