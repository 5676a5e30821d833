"""Entries of the ledger are told in sentences: no encoded statement, no key in PEM, no name of a field."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from synth_expectations.evidence.adoption import AdoptedResult, AdoptionBody
from synth_expectations.evidence.approvals import ApprovalTerms, find_last_approval, record_approval, revoke_approval
from synth_expectations.evidence.cycle.gap_explanations import GapExplanation
from synth_expectations.evidence.keys.key_ring import add_key
from synth_expectations.evidence.keys.signing_key import make_key_file
from synth_expectations.evidence.ledger.bodies import RecoveryBody, RedactionBody
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.pack_entry import PackMadeBody
from synth_expectations.evidence.site.builder import write_site
from synth_expectations.evidence.site.entry_sentences import UNREADABLE
from tests.evidence.sample_ledger import write_sample_ledger
from tests.evidence.site.pages import read_pages

DIGEST = "ab" * 32


def _fill(ledger: EvidenceLedger, directory: Path) -> None:
    key = make_key_file(directory / "dora.key")
    add_key(ledger, key.public, "dora@shop.example", "dpo", datetime(2026, 1, 1, tzinfo=UTC), None)
    terms = ApprovalTerms(
        policy_sha256=DIGEST, by="dora@shop.example", role="dpo", valid_until=date(2027, 1, 31), ticket="GOV-7"
    )
    record_approval(ledger, terms, key)
    record_approval(ledger, terms.model_copy(update={"by": "ann", "valid_until": None, "ticket": ""}))
    approval = find_last_approval(ledger, ledger.now())
    assert approval
    revoke_approval(ledger, approval, "ann", "It was the wrong file.")
    ledger.append(EntryKind.REDACTION, RedactionBody(sha256=DIGEST, reason="Article 17", by="dora"))
    ledger.append(EntryKind.RECOVERY, RecoveryBody(missing=(3, 4)))
    gap = GapExplanation(
        subject="table", name="order", first=date(2026, 12, 1), last=date(2026, 12, 3), reason="CHG-8", by="ops"
    )
    ledger.append(EntryKind.GAP_EXPLAINED, gap)
    pack = PackMadeBody(
        period="2026Q4", regulations=("gdpr",), tables=(), head=7, pack_sha256=DIGEST, manifest_sha256=DIGEST
    )
    ledger.append(EntryKind.PACK_MADE, pack)
    adopted = AdoptedResult(path="a.json", sha256=DIGEST, bytes=3)
    ledger.append(EntryKind.RESULT_ADOPTED, AdoptionBody(results=(adopted,), by="ops"))
    ledger.append(EntryKind.KEY_REVOKED, {"schema": "key-revocation/9"})


def test_entries_are_sentences(tmp_path: Path) -> None:
    ledger = write_sample_ledger(tmp_path, runs=1)
    _fill(ledger, tmp_path)
    write_site(ledger, tmp_path / "site")
    pages = read_pages(tmp_path / "site")
    policy, integrity = pages["policy.html"].text, pages["integrity.html"].text
    approved = f"approved the policy {DIGEST[:12]}…"
    for sentence in (
        f"dora@shop.example as dpo {approved} until 2027-01-31, ticket GOV-7. Signed by key ",
        f"ann as dpo {approved} without a last day. Asserted, not signed.",
        "ann ended the approval of entry #6: It was the wrong file.",
    ):
        assert sentence in policy, (sentence, policy)
    for sentence in (
        "dora@shop.example signs as dpo with key ",
        f"dora removed the content of object {DIGEST[:12]}…: Article 17",
        "Entries #3, #4 had gone missing by then.",
        "ops explained why table order was not checked on 2026-12-01 to 2026-12-03: CHG-8",
        "A pack of 2026Q4, only gdpr was made up to entry #7.",
        "ops took in 1 result from before the ledger. Nothing proves when they were made.",
        f": {UNREADABLE}",
        "run finished 1",
    ):
        assert sentence in integrity, (sentence, integrity)
    for text in (policy, integrity):
        assert not [word for word in ("payload", "BEGIN PUBLIC KEY", "_added", "keyid", "schema key") if word in text]
