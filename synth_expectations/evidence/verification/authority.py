"""Who allowed what, and with which key: approvals before their runs, and keys that could sign at that time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from rfc8785 import CanonicalizationError

from synth_expectations.evidence.approvals import ApprovalRevocationBody, PolicyApproval, read_approval
from synth_expectations.evidence.attestations.envelope import Envelope, read_envelope
from synth_expectations.evidence.canonical import compute_digest, encode_document
from synth_expectations.evidence.cycle.sign_off import PeriodSignOff, parse_sign_off
from synth_expectations.evidence.keys.key_ring import KeyRing
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.persons import is_same_person
from synth_expectations.evidence.records.policy import PolicyRecord
from synth_expectations.evidence.verification.report import VerificationFinding, Weight
from synth_expectations.evidence.verification.runs import VerifiedRun
from synth_expectations.evidence.verification.source import VerifiedEntry

_KEY_KINDS = {EntryKind.KEY_ADDED, EntryKind.KEY_REVOKED}


@dataclass(frozen=True)
class _Revocation:
    entry: VerifiedEntry
    body: ApprovalRevocationBody


class AuthorityCheck:
    """The keys and approvals of some entries.

    Args:
        entries: with their bodies.
        trust: the keys that the verifier got from their owners; None if they gave none.
    """

    def __init__(self, entries: Iterable[VerifiedEntry], trust: KeyRing | None) -> None:
        self.findings: list[VerificationFinding] = []
        self.approvals: dict[int, PolicyApproval] = {}
        self.signed: dict[int, str] = {}
        self.sign_offs: dict[int, PeriodSignOff] = {}
        self._entries = list(entries)
        self._trust = trust
        self._ring = KeyRing()
        self._revocations: list[_Revocation] = []
        self._records = {
            verified.entry.header.body_sha256
            for verified in self._entries
            if verified.entry.header.kind is EntryKind.RUN_FINISHED
        }
        self._absent = {
            verified.seq
            for verified in self._entries
            if verified.is_absent and verified.entry.header.kind is EntryKind.POLICY_APPROVED
        }
        for verified in self._entries:
            if verified.entry.header.kind in _KEY_KINDS and verified.body is not None:
                self._read_key(verified, verified.body)
        for verified in self._entries:
            if verified.body is not None:
                self._read_entry(verified, verified.body)
        self._check_trust()

    def check_runs(self, runs: Iterable[VerifiedRun]) -> Iterator[VerificationFinding]:
        """Yield the runs that say more of their approval than the ledger does, and approvals by those who may not."""
        dependent: dict[tuple[int, str], VerifiedEntry] = {}
        claimed: dict[str, VerifiedEntry] = {}
        for run in runs:
            record, verified = run.start or run.end, run.started or run.finished
            if record is None or verified is None or record.policy is None:
                continue
            policy = record.policy
            for message, name in self._object_to(policy, verified, record.started_at):
                yield VerificationFinding(Weight.ALTERED, message, verified.seq, verified.body_file, f"policy.{name}")
            if policy.state == "approved" and policy.approval_entry in self._absent:
                message = f"Its policy was approved by entry {policy.approval_entry}, whose body is not in the pack."
                yield VerificationFinding(
                    Weight.NOTE, message, verified.seq, verified.body_file, "policy.approval_entry"
                )
            if policy.state == "approved" and policy.approval_entry is None:
                claimed.setdefault(policy.sha256, verified)
            for message in _find_dependence(run, policy):
                dependent.setdefault((policy.approval_entry or 0, message), verified)
        for digest, verified in claimed.items():
            message = f"Runs say that their policy {digest[:12]}… was approved, and no entry of the ledger approves it."
            yield VerificationFinding(Weight.NOTE, message, verified.seq, verified.body_file, "policy.approval_entry")
        for (entry, message), verified in dependent.items():
            yield VerificationFinding(Weight.NOTE, message, entry or verified.seq)

    def _object_to(self, policy: PolicyRecord, verified: VerifiedEntry, at: datetime) -> Iterator[tuple[str, str]]:
        if policy.approval_entry is None or policy.approval_entry in self._absent:
            return
        approval = self.approvals.get(policy.approval_entry)
        if approval is None:
            yield f"Entry {policy.approval_entry} approves no policy.", "approval_entry"
            return
        if approval.terms.policy_sha256 != policy.sha256:
            yield f"Entry {approval.entry} approves another policy.", "approval_entry"
        if approval.entry > verified.seq or approval.at > at:
            yield f"Entry {approval.entry} approves the policy after the run had started.", "approval_entry"
        if policy.state == "approved":
            if approval.is_expired(at):
                yield f"The approval of entry {approval.entry} had expired on {approval.terms.valid_until}.", "state"
            for revocation in self._revocations:
                if revocation.body.approval == approval.entry and revocation.entry.seq < verified.seq:
                    yield f"Entry {revocation.entry.seq} had revoked the approval of entry {approval.entry}.", "state"
        if policy.signed and not approval.is_signed:
            yield f"The approval of entry {approval.entry} is {approval.wording}.", "signed"
        if policy.approved_by.casefold() != approval.terms.by.casefold():
            yield f"Entry {approval.entry} is the approval of {approval.terms.by}.", "approved_by"

    def _read_key(self, verified: VerifiedEntry, body: bytes) -> None:
        try:
            self._ring.add_entry(verified.entry.header, body)
        except ValueError as error:
            reason = str(error) if len(str(error)) < 80 else "it is not written as one"
            self._add(verified, f"It is not an entry about a key: {reason}.")

    def _read_entry(self, verified: VerifiedEntry, body: bytes) -> None:
        kind = verified.entry.header.kind
        if kind is EntryKind.POLICY_APPROVED:
            self._read_approval(verified, body)
        elif kind is EntryKind.POLICY_REVOKED:
            try:
                revocation = ApprovalRevocationBody.model_validate_json(body)
            except ValueError:
                self._add(verified, "It is not a revocation of an approval.")
            else:
                self._revocations.append(_Revocation(verified, revocation))
        elif kind is EntryKind.PERIOD_SIGNED:
            self._read_sign_off(verified, body)
        elif envelope := read_envelope(body):
            self._read_envelope(verified, envelope)
        elif verified.entry.header.signer and kind not in _KEY_KINDS:
            self._add(verified, "Its header names a signer, but its body has no signature.", "signer")

    def _read_approval(self, verified: VerifiedEntry, body: bytes) -> None:
        try:
            approval = read_approval(verified.entry, body, self._ring)
        except ValueError:
            self._add(verified, "It is not an approval of a policy.")
            return
        self.approvals[approval.entry] = approval
        if approval.objection:
            self._add(verified, f"Its signature is not valid: {approval.objection}.", "signatures")
        elif verified.entry.header.signer != approval.keyid:
            self._add(verified, "Its header names another signer than its signature is of.", "signer")
        elif approval.keyid:
            self.signed[approval.entry] = approval.keyid
        else:
            message = f"The approval by {approval.terms.by} is {approval.wording}."
            self.findings.append(VerificationFinding(Weight.NOTE, message, verified.seq))

    def _read_sign_off(self, verified: VerifiedEntry, body: bytes) -> None:
        sign_off = parse_sign_off(verified.entry, body, self._ring)
        if sign_off is None:
            self._add(verified, "It is not a sign-off of a period.")
        elif sign_off.keyid is None or sign_off.objection:
            self._add(verified, f"Its signature is not valid: {sign_off.objection}.", "signatures")
        elif verified.entry.header.signer != sign_off.keyid:
            self._add(verified, "Its header names another signer than its signature is of.", "signer")
        else:
            self.sign_offs[verified.seq] = sign_off
            self.signed[verified.seq] = sign_off.keyid

    def _read_envelope(self, verified: VerifiedEntry, envelope: Envelope) -> None:
        header = verified.entry.header
        keyid = next((keyid for keyid, key in self._ring.keys.items() if envelope.is_signed_by(key.public)), None)
        if keyid is None:
            self._add(verified, "No key of the ledger made its signature.", "signatures")
        elif objection := self._ring.find_objection(keyid, header.at, header.seq):
            self._add(verified, f"Its signature is not valid: {objection}.", "signatures")
        elif header.signer != keyid:
            self._add(verified, "Its header names another signer than its signature is of.", "signer")
        else:
            self.signed[verified.seq] = keyid
            if header.kind is EntryKind.RUN_ATTESTED:
                self._check_attestation(verified, envelope)

    def _check_attestation(self, verified: VerifiedEntry, envelope: Envelope) -> None:
        """Name a signed record that is not the one in the ledger: one of the two was written anew."""
        try:
            record = json.loads(envelope.decode_payload())["predicate"]
            digest, run_id = compute_digest(encode_document(record)), record["run_id"]
        except (ValueError, KeyError, TypeError, CanonicalizationError):
            self._add(verified, "It signs no record of a run.", "predicate")
            return
        if digest not in self._records:
            self._add(verified, f"What was signed as run {run_id} is not a record of the ledger.", "predicate")

    def _check_trust(self) -> None:
        """Hold the keys of signatures against those that the verifier trusts: the ledger's own vouch for nobody."""
        if not self.signed:
            return
        if self._trust is None:
            count = f"{len(self.signed)} signature{'s hold' if len(self.signed) > 1 else ' holds'}"
            message = (
                f"{count}, by keys that the evidence itself names. Whose they are, only their owners can tell: get the "
                "public keys from them, and give --trust keys.json."
            )
            self.findings.append(VerificationFinding(Weight.UNJUDGED, message))
            return
        by_seq = {verified.seq: verified for verified in self._entries}
        for seq, keyid in self.signed.items():
            verified = by_seq[seq]
            own, trusted = self._ring.keys[keyid].body, self._trust.keys.get(keyid)
            if trusted is None:
                message = f"It is signed by a key of {own.person}, {keyid[:12]}…, that is not among those you trust."
                self.findings.append(VerificationFinding(Weight.UNJUDGED, message, seq, verified.body_file))
            elif trusted.body.person and trusted.body.person.casefold() != own.person.casefold():
                self._add(
                    verified, f"The ledger says that its key is that of {own.person}; it is {trusted.body.person}'s."
                )
            elif objection := self._trust.find_objection(keyid, verified.entry.header.at):
                self._add(verified, f"Its signature is not valid: {objection}.", "signatures")

    def _add(self, verified: VerifiedEntry, message: str, field: str = "") -> None:
        self.findings.append(VerificationFinding(Weight.ALTERED, message, verified.seq, verified.body_file, field))


def _find_dependence(run: VerifiedRun, policy: PolicyRecord) -> Iterator[str]:
    """Yield for whom an approver approves: an approval by the operator or by the owner of a table is their own."""
    record = run.end or run.start
    assert record is not None
    if policy.state != "approved":
        return
    if is_same_person(policy.approved_by, record.actor.claimed):
        yield f"{policy.approved_by} approved the policy, and ran it."
    for table in record.tables:
        if is_same_person(policy.approved_by, table.owner):
            yield f"{policy.approved_by} approved the policy, and owns {table.table}, which it judges."
