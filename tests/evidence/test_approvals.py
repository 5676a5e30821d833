"""What the ledger says of the approval of a policy at a time."""

from __future__ import annotations

import base64
import json
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from synth_expectations.errors import SynthError
from synth_expectations.evidence.approvals import (
    ApprovalTerms,
    find_approval,
    find_last_approval,
    record_approval,
    revoke_approval,
)
from synth_expectations.evidence.canonical import compute_digest, encode_document
from synth_expectations.evidence.keys.key_ring import KeyBody, KeyRevocationBody
from synth_expectations.evidence.keys.signing_key import PublicKey, make_key_file, read_public_key
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore

POLICY, OTHER = compute_digest(b"policy"), compute_digest(b"other")
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> EvidenceLedger:
    ledger = EvidenceLedger(DirectoryStore(tmp_path / "evidence"), now=clock)
    ledger.open_project()
    return ledger


def add_key(ledger: EvidenceLedger, public: PublicKey, person: str = "dpo@shop.example", **limits: datetime) -> None:
    body = KeyBody(
        keyid=public.keyid,
        public_key=public.pem,
        person=person,
        role="dpo",
        **{"valid_from": NOW - DAY, **limits},  # type: ignore[arg-type]
    )
    ledger.append(EntryKind.KEY_ADDED, body)


def make_terms(**words: object) -> ApprovalTerms:
    return ApprovalTerms(**{"policy_sha256": POLICY, "by": "dpo@shop.example", "role": "dpo", **words})  # type: ignore[arg-type]


def test_an_approval_without_a_key_is_asserted(ledger: EvidenceLedger) -> None:
    record_approval(ledger, make_terms(ticket="GOV-118"))
    approval = find_approval(ledger, POLICY, NOW)
    assert approval is not None
    assert (approval.entry, approval.is_signed, approval.wording) == (2, False, "asserted, not signed")
    assert approval.terms.ticket == "GOV-118"


def test_only_this_content_by_then_counts(ledger: EvidenceLedger, clock: Clock) -> None:
    """An approval after the run, or of another content, approves nothing."""
    record_approval(ledger, make_terms())
    assert find_approval(ledger, POLICY, NOW - timedelta(seconds=1)) is None
    assert find_approval(ledger, OTHER, NOW) is None
    last = find_last_approval(ledger, NOW)
    assert last is not None
    assert last.terms.policy_sha256 == POLICY


def test_an_approval_holds_to_the_end_of_its_last_day(ledger: EvidenceLedger) -> None:
    record_approval(ledger, make_terms(valid_until=date(2026, 11, 30)))
    on_last_day = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
    for at, is_expired in ((on_last_day, False), (on_last_day + timedelta(seconds=1), True)):
        approval = find_approval(ledger, POLICY, at)
        assert approval is not None
        assert approval.is_expired(at) is is_expired


def test_an_approval_that_has_not_expired_goes_first(ledger: EvidenceLedger) -> None:
    record_approval(ledger, make_terms(valid_until=date(2027, 11, 30)))
    record_approval(ledger, make_terms(valid_until=date(2026, 11, 30)))
    approval = find_approval(ledger, POLICY, NOW + 90 * DAY)
    assert approval is not None
    assert approval.entry == 2


def test_a_revoked_approval_counts_no_longer(ledger: EvidenceLedger, clock: Clock) -> None:
    approval = record_approval(ledger, make_terms())
    clock.time = NOW + DAY
    revoke_approval(ledger, approval, by="dpo@shop.example", reason="The purpose changed.")
    assert find_approval(ledger, POLICY, NOW + DAY) is None
    assert find_approval(ledger, POLICY, NOW) is not None


def test_a_revocation_that_is_on_record_is_never_overlooked(
    ledger: EvidenceLedger, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that is killed leaves both the entry and what leads to it, or no entry."""
    approval = record_approval(ledger, make_terms())
    create = DirectoryStore.create

    def die_at_index(store: DirectoryStore, name: str, content: bytes) -> bool:
        if name.startswith("index/"):
            raise KeyboardInterrupt
        return create(store, name, content)

    clock.time = NOW + DAY
    with monkeypatch.context() as patched:
        patched.setattr(DirectoryStore, "create", die_at_index)
        with pytest.raises(KeyboardInterrupt):
            revoke_approval(ledger, approval, by="dpo@shop.example", reason="The purpose changed.")
    kinds = [entry.header.kind for entry in ledger.read_entries()]
    assert (EntryKind.POLICY_REVOKED in kinds) == (find_approval(ledger, POLICY, NOW + DAY) is None)
    ledger.append(EntryKind.RUN_STARTED, {})
    assert find_approval(ledger, POLICY, NOW + DAY) == approval


def test_a_revocation_that_cannot_be_read_is_a_sentence(ledger: EvidenceLedger) -> None:
    ledger.append(EntryKind.POLICY_REVOKED, {"schema": "approval-revocation/2"})
    with pytest.raises(SynthError, match="ends an approval, and this version cannot read which"):
        find_approval(ledger, POLICY, NOW)


def test_the_approvers_own_key_signs(ledger: EvidenceLedger, tmp_path: Path) -> None:
    key = make_key_file(tmp_path / "dpo.key")
    with pytest.raises(SynthError, match="does not know the key"):
        record_approval(ledger, make_terms(), key)
    add_key(ledger, key.public)
    assert record_approval(ledger, make_terms(), key).is_signed
    approval = find_approval(ledger, POLICY, NOW)
    assert approval is not None
    assert approval.wording == "signed by the approver's key"
    with pytest.raises(SynthError, match=r"is that of dpo@shop.example, not of ceo@shop.example"):
        record_approval(ledger, make_terms(by="ceo@shop.example"), key)


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_a_signature_of_ssh_keygen(ledger: EvidenceLedger, tmp_path: Path, kind: str) -> None:
    """The statement is signed elsewhere, with what git gave the approver."""
    terms, statement = make_terms(), tmp_path / "approval.json"
    statement.write_bytes(encode_document(terms.build_statement()))
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", "id"], cwd=tmp_path, check=True)
    public = read_public_key(tmp_path / "id.pub")
    add_key(ledger, public)

    def sign(namespace: str) -> str:
        (tmp_path / "approval.json.sig").unlink(missing_ok=True)
        command = ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", "id", "approval.json"]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
        return (tmp_path / "approval.json.sig").read_text()

    assert record_approval(ledger, terms, ssh_signature=sign("synth-policy")).is_signed
    approval = find_approval(ledger, POLICY, NOW)
    assert approval is not None
    assert approval.is_signed
    assert approval.keyid == public.keyid
    with pytest.raises(SynthError, match="not over this statement"):
        record_approval(ledger, terms, ssh_signature=sign("git"))
    with pytest.raises(SynthError, match="not over this statement"):
        record_approval(ledger, make_terms(ticket="GOV-119"), ssh_signature=sign("synth-policy"))
    for nonsense in ("", "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----", "\u202e"):
        with pytest.raises(SynthError, match="is not a signature of ssh-keygen"):
            record_approval(ledger, terms, ssh_signature=nonsense)


def test_a_forged_approval_approves_nothing(ledger: EvidenceLedger, tmp_path: Path) -> None:
    """Whoever can write into the ledger can append an entry, and cannot sign it."""
    key = make_key_file(tmp_path / "dpo.key")
    add_key(ledger, key.public)
    record_approval(ledger, make_terms(), key)
    entry = next(ledger.read_indexed("approvals"))
    document = json.loads(ledger.read_object(entry.header.body_sha256))
    payload = base64.b64decode(document["payload"]).replace(POLICY.encode(), OTHER.encode())
    forged = {**document, "payload": base64.b64encode(payload).decode()}
    ledger.append(EntryKind.POLICY_APPROVED, forged, key.keyid)
    ledger.append(EntryKind.POLICY_APPROVED, {"approved": True}, None)
    assert find_approval(ledger, OTHER, NOW) is None
    assert find_approval(ledger, POLICY, NOW) is not None


@pytest.mark.parametrize(
    ("limits", "objection"),
    [
        ({"valid_from": NOW + DAY}, "is valid only from 2026-11-29"),
        ({"valid_until": NOW - DAY}, "was valid only until 2026-11-27"),
    ],
)
def test_a_key_signs_within_its_limits(
    ledger: EvidenceLedger, tmp_path: Path, limits: dict[str, datetime], objection: str
) -> None:
    key = make_key_file(tmp_path / "dpo.key")
    add_key(ledger, key.public, **limits)
    with pytest.raises(SynthError, match=objection):
        record_approval(ledger, make_terms(), key)


def test_what_a_stolen_key_signs_counts_no_longer(ledger: EvidenceLedger, tmp_path: Path, clock: Clock) -> None:
    """A revocation names the time of the theft, which is before its entry; what was signed before stays."""
    key = make_key_file(tmp_path / "dpo.key")
    add_key(ledger, key.public)
    record_approval(ledger, make_terms(), key)
    clock.time = NOW + 2 * DAY
    record_approval(ledger, make_terms(policy_sha256=OTHER), key)
    body = KeyRevocationBody(keyid=key.keyid, since=NOW + DAY, reason="stolen")
    ledger.append(EntryKind.KEY_REVOKED, body)
    assert find_approval(ledger, POLICY, NOW + 3 * DAY) is not None
    assert find_approval(ledger, OTHER, NOW + 3 * DAY) is None
    clock.time = NOW  # a clock that is set back does not help
    with pytest.raises(SynthError, match="was revoked as of 2026-11-29 09:00:00 UTC: stolen"):
        record_approval(ledger, make_terms(), key)
