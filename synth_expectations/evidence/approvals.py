"""Approvals of a policy: who allowed which content of it, from when until when, and what proves that."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, ValidationError

from synth_expectations.errors import SynthError
from synth_expectations.evidence.attestations.envelope import Envelope, read_envelope, sign_statement
from synth_expectations.evidence.attestations.ssh_signature import SshSignedBody, parse_ssh_signature
from synth_expectations.evidence.attestations.statements import APPROVAL, build_statement
from synth_expectations.evidence.canonical import encode_document
from synth_expectations.evidence.keys.key_ring import KeyRing, read_key_ring
from synth_expectations.evidence.ledger.entry import APPROVALS, Entry, EntryKind
from synth_expectations.evidence.ledger.errors import VERIFY, LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.records.fields import Sha256
from synth_expectations.policy.types import ClosedModel, Text

if TYPE_CHECKING:
    from synth_expectations.evidence.keys.signing_key import SigningKey  # it imports cryptography


class ApprovalTerms(ClosedModel):
    """What an approver allows: the predicate of the statement.

    Attributes:
        policy_sha256: of what the policy says, without comments, order and its own `approved`.
        diff_from: the digest of the policy that was approved before; None for the first.
        changes: how the two differ, a line each.
        by: who approves.
        role: as what, such as `dpo`.
        valid_until: the last day, in UTC; None is without end.
        ticket: where the approval was asked for.
    """

    policy_sha256: Sha256
    diff_from: Sha256 | None = None
    changes: tuple[str, ...] = ()
    by: Text
    role: Text
    valid_until: date | None = None
    ticket: str = ""

    def build_statement(self) -> dict[str, Any]:
        """Return the statement about the policy."""
        subject = {"name": "policy", "digest": {"sha256": self.policy_sha256}}
        return build_statement([subject], APPROVAL, self.model_dump(mode="json"))


class ApprovalRevocationBody(ClosedModel):
    """The end of an approval, before it was to end.

    Attributes:
        approval: the number of the entry that approved.
    """

    body_schema: Literal["approval-revocation/1"] = Field("approval-revocation/1", alias="schema")
    approval: int
    by: Text
    reason: Text


class ApprovalError(SynthError):
    """An approval that cannot be recorded."""


@dataclass(frozen=True)
class PolicyApproval:
    """An approval of a ledger.

    Attributes:
        entry: the number of its entry.
        at: when it was recorded.
        terms: what was allowed.
        keyid: the key that signed it; None if nobody did.
        objection: why the signature does not hold, as a clause; empty if it does, or if there is none.
    """

    entry: int
    at: datetime
    terms: ApprovalTerms
    keyid: str | None = None
    objection: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether a key that was valid then signed it; otherwise it is only asserted."""
        return self.keyid is not None and not self.objection

    def is_expired(self, at: datetime) -> bool:
        """Return whether its last day is over at a time."""
        last_day = self.terms.valid_until
        return last_day is not None and at.astimezone(UTC).date() > last_day

    @property
    def wording(self) -> str:
        """What proves it, for people."""
        if self.objection:
            return f"not signed: {self.objection}"
        return "signed by the approver's key" if self.is_signed else "asserted, not signed"


def find_approval(ledger: EvidenceLedger, policy_sha256: str, at: datetime) -> PolicyApproval | None:
    """Return the approval of a policy that held at a time; None if nobody approved this content by then.

    One that has expired is returned only if none has not: ask `is_expired`. Of several the last one counts.

    Args:
        ledger: of the project.
        policy_sha256: of what the policy says.
        at: the time, such as the start of a run.
    """
    approvals = [
        approval
        for approval in read_approvals(ledger, at)
        if approval.terms.policy_sha256 == policy_sha256 and not (approval.keyid and approval.objection)
    ]
    valid = [approval for approval in approvals if not approval.is_expired(at)]
    return next(reversed(valid or approvals), None)


def find_last_approval(ledger: EvidenceLedger, at: datetime) -> PolicyApproval | None:
    """Return the last approval of any content of the policy by a time; None if there is none."""
    return next(reversed(list(read_approvals(ledger, at))), None)


def read_approvals(ledger: EvidenceLedger, at: datetime) -> Iterator[PolicyApproval]:
    """Yield the approvals that were recorded by a time and not revoked by then, in their order.

    Only the entries that the index names are read. One that is not an approval, or cannot be read, allows nothing:
    `audit verify` names it.

    Raises:
        LedgerError: a revocation cannot be read, so that nobody knows what it ends.
    """
    entries = [entry for entry in ledger.read_indexed(APPROVALS) if entry.header.at <= at]
    revoked = set()
    for entry in entries:
        if entry.header.kind is EntryKind.POLICY_REVOKED:
            revoked.add(_read_revoked(ledger, entry))
    ring = read_key_ring(ledger) if entries else KeyRing()
    for entry in entries:
        if entry.header.kind is EntryKind.POLICY_APPROVED and entry.header.seq not in revoked:
            try:
                yield read_approval(entry, ledger.read_object(entry.header.body_sha256), ring)
            except (ValueError, LedgerError):
                continue


def _read_revoked(ledger: EvidenceLedger, entry: Entry) -> int:
    """Return the number of the entry whose approval another entry ends."""
    body = ledger.read_object(entry.header.body_sha256)
    try:
        return ApprovalRevocationBody.model_validate_json(body).approval
    except ValidationError:
        raise LedgerError(
            f"Entry {entry.header.seq} of the ledger ends an approval, and this version cannot read which.", VERIFY
        ) from None


def read_approval(entry: Entry, body: bytes, ring: KeyRing) -> PolicyApproval:
    """Return the approval of an entry.

    Args:
        entry: of the ledger.
        body: its body: a statement, alone or in an envelope, or one that ssh-keygen signed.
        ring: the keys whose signatures count.

    Raises:
        ValueError: the body is not an approval, or its statement is about another policy than it says.
    """
    header = entry.header
    envelope = read_envelope(body)
    ssh_body = None if envelope else _read_ssh_body(body)
    payload = envelope.decode_payload() if envelope else base64.b64decode(ssh_body.payload) if ssh_body else body
    terms = parse_terms(payload)
    if envelope is None and ssh_body is None:
        return PolicyApproval(header.seq, header.at, terms)
    keyid = _find_signer(envelope, ssh_body, payload, ring)
    if keyid is None:
        named = header.signer or "no key"
        return PolicyApproval(header.seq, header.at, terms, named, f"no known key made its signature ({named[:12]}…)")
    objection = ring.find_objection(keyid, header.at, header.seq)
    known = ring.keys[keyid].body
    if not objection and known.person.casefold() != terms.by.casefold():
        objection = f"the key is that of {known.person}"
    return PolicyApproval(header.seq, header.at, terms, keyid, objection)


def parse_terms(payload: bytes) -> ApprovalTerms:
    """Return what a statement allows.

    Raises:
        ValueError: it is not a statement of an approval, or is about another policy than its predicate says.
    """
    statement = _StatementModel.model_validate_json(payload)
    terms = statement.predicate
    if statement.build() != terms.build_statement():
        raise ValueError("the statement is not that of its predicate")
    return terms


class _StatementModel(ClosedModel):
    type_: str = Field(alias="_type")
    subject: list[dict[str, Any]]
    predicate_type: str = Field(alias="predicateType")
    predicate: ApprovalTerms

    def build(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True)


def record_approval(
    ledger: EvidenceLedger, terms: ApprovalTerms, key: SigningKey | None = None, ssh_signature: str | None = None
) -> PolicyApproval:
    """Append an approval, and return it.

    Args:
        ledger: of the project.
        terms: what is allowed.
        key: the approver's, if it is at hand.
        ssh_signature: what `ssh-keygen -Y sign` made of the statement, if the approver signed elsewhere.

    Raises:
        ApprovalError: the signature is not over this statement, or by nobody whom the ledger knows.
    """
    statement = terms.build_statement()
    payload = encode_document(statement)
    signer = None
    body: bytes = payload
    ring = read_key_ring(ledger)
    if key is not None:
        signer, body = key.keyid, sign_statement(statement, key)
    elif ssh_signature is not None:
        parsed = parse_ssh_signature(ssh_signature, "the signature")
        if not parsed.is_over(payload):
            raise ApprovalError(
                "The signature is not over this statement.",
                "Print the statement again, sign it with ssh-keygen -Y sign -n synth-policy, and give both, unchanged.",
            )
        signer = parsed.key.keyid
        signed = SshSignedBody(payload=base64.b64encode(payload).decode(), signature=ssh_signature)
        body = encode_document(signed)
    if signer:
        known = ring.keys.get(signer)
        if known is None:
            raise ApprovalError(
                f"The ledger does not know the key {signer[:12]}… that signed.",
                f"Add it first: synth-expectations audit key --public FILE.pub --person {terms.by} --role {terms.role}",
            )
        objection = ring.find_objection(signer, ledger.now(), ledger.read_head().seq + 1)
        if not objection and known.body.person.casefold() != terms.by.casefold():
            objection = f"it is that of {known.body.person}, not of {terms.by}"
        if objection:
            raise ApprovalError(f"The key cannot sign this approval: {objection}.")
    entry = ledger.append(EntryKind.POLICY_APPROVED, body, signer)
    return read_approval(entry, body, ring)


def revoke_approval(ledger: EvidenceLedger, approval: PolicyApproval, by: str, reason: str) -> Entry:
    """Append the end of an approval."""
    body = ApprovalRevocationBody(approval=approval.entry, by=by, reason=reason)
    return ledger.append(EntryKind.POLICY_REVOKED, body)


def _read_ssh_body(body: bytes) -> SshSignedBody | None:
    try:
        return SshSignedBody.model_validate_json(body)
    except ValidationError:
        return None


def _find_signer(
    envelope: Envelope | None, ssh_body: SshSignedBody | None, payload: bytes, ring: KeyRing
) -> str | None:
    """Return the id of the known key that signed; None if none did."""
    if envelope:
        return next((keyid for keyid, known in ring.keys.items() if envelope.is_signed_by(known.public)), None)
    assert ssh_body is not None
    try:
        parsed = parse_ssh_signature(ssh_body.signature, "the signature")
    except SynthError:
        return None
    return parsed.key.keyid if parsed.key.keyid in ring.keys and parsed.is_over(payload) else None
