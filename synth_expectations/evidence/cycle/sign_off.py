"""The sign-off of a closed period: who concludes what of which requirement, over their own signature."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from synth_expectations.errors import SynthError
from synth_expectations.evidence.attestations.envelope import read_envelope, sign_statement
from synth_expectations.evidence.attestations.ssh_signature import SshSignedBody, parse_ssh_signature
from synth_expectations.evidence.canonical import encode_document
from synth_expectations.evidence.cycle.closing import ClosingError, PeriodClosing
from synth_expectations.evidence.cycle.run_history import LoggedRun, read_run_history
from synth_expectations.evidence.cycle.sign_off_terms import SignOffTerms, find_contradiction, parse_terms
from synth_expectations.evidence.keys.key_ring import KeyRing, read_key_ring
from synth_expectations.evidence.ledger.entry import Entry, EntryKind, Header
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.period import parse_period
from synth_expectations.evidence.persons import is_same_person

if TYPE_CHECKING:
    from synth_expectations.evidence.keys.signing_key import SigningKey  # it imports cryptography

NAMESPACE = "synth-signoff"
"""What `-n` of ssh-keygen must say: the signature of an approval cannot stand for a sign-off."""


@dataclass(frozen=True)
class PeriodSignOff:
    """A sign-off of a ledger.

    Attributes:
        keyid: of the key that signed; None if none that is known did.
        objection: why the signature does not hold, as a clause; empty if it does.
    """

    header: Header
    terms: SignOffTerms
    keyid: str | None
    objection: str = ""


def sign_off(
    ledger: EvidenceLedger,
    closing: PeriodClosing,
    terms: SignOffTerms,
    signers: Sequence[str],
    key: SigningKey | None = None,
    ssh_signature: str | None = None,
) -> tuple[Entry, bytes]:
    """Append the sign-off of a role, and return the entry with its signed bytes.

    Args:
        ledger: of the project; it must know the key.
        closing: of the period.
        terms: what is signed.
        signers: the roles that the policy names.
        key: the signer's.
        ssh_signature: what `ssh-keygen -Y sign` made of the statement, if they signed elsewhere.

    Raises:
        ClosingError: the role does not sign, has signed already, or the key is not theirs; the signer ran the checks; or
            the statement does not fit the close.
    """
    if terms.role.casefold() not in {role.casefold() for role in signers}:
        raise ClosingError(
            f"The policy does not name {terms.role} among those who sign.", f"cycle.signers has: {', '.join(signers)}."
        )
    payload = encode_document(terms.build_statement())
    if key is not None:
        keyid, body = key.keyid, sign_statement(terms.build_statement(), key)
    else:
        parsed = parse_ssh_signature(ssh_signature or "", "the signature")
        if not parsed.is_over(payload, NAMESPACE):
            raise ClosingError(
                "The signature is not over this statement.",
                f"Write the statement again, sign it with ssh-keygen -Y sign -n {NAMESPACE}, and give both, unchanged.",
            )
        keyid = parsed.key.keyid
        body = encode_document(SshSignedBody(payload=base64.b64encode(payload).decode(), signature=ssh_signature or ""))
    _check_key(ledger, keyid, terms)
    if contradiction := find_contradiction(terms, closing):
        raise ClosingError(
            f"The statement does not fit the close of {closing.body.terms.period}: {contradiction}.",
            "Write it again, and have it signed.",
        )
    for signed in read_sign_offs(ledger):
        is_same = (signed.terms.closing, signed.terms.role.casefold()) == (terms.closing, terms.role.casefold())
        if is_same and not signed.objection:
            raise ClosingError(
                f"{signed.terms.by} has signed {terms.period} as {terms.role} already, with entry {signed.header.seq}."
            )
    runs = count_runs(read_run_history(ledger).runs, closing, terms.by)
    if runs:
        raise ClosingError(
            f"{terms.by} started {runs} of the runs of {terms.period}: who runs the checks does not sign for them.",
            f"Let somebody else sign as {terms.role}.",
        )
    return ledger.append(EntryKind.PERIOD_SIGNED, body, keyid), body


def read_sign_offs(ledger: EvidenceLedger, entries: Iterable[Entry] | None = None) -> Iterator[PeriodSignOff]:
    """Yield the sign-offs of a ledger in their order; a body that is none says nothing, and `audit verify` names it.

    Raises:
        LedgerError: a body cannot be read.
    """
    ring: KeyRing | None = None
    for entry in ledger.read_entries() if entries is None else entries:
        if entry.header.kind is EntryKind.PERIOD_SIGNED:
            ring = ring or read_key_ring(ledger)
            signed = parse_sign_off(entry, ledger.read_object(entry.header.body_sha256), ring)
            if signed:
                yield signed


def parse_sign_off(entry: Entry, body: bytes, ring: KeyRing) -> PeriodSignOff | None:
    """Return the sign-off of an entry; None if the body is none.

    Args:
        entry: of the ledger.
        body: its body: an envelope, or what ssh-keygen signed.
        ring: the keys whose signatures count.
    """
    signed = read_sign_off(body, ring)
    if signed is None:
        return None
    keyid, terms = signed
    header = entry.header
    if keyid is None:
        return PeriodSignOff(header, terms, None, "no known key made its signature")
    objection = ring.find_objection(keyid, header.at, header.seq) or _find_other_owner(ring, keyid, terms)
    return PeriodSignOff(header, terms, keyid, objection)


def read_sign_off(body: bytes, ring: KeyRing) -> tuple[str | None, SignOffTerms] | None:
    """Return the key that signed, if it is one of a ring, and what it signed; None if the bytes are not a sign-off."""
    envelope = read_envelope(body)
    keyid: str | None = None
    try:
        if envelope:
            payload = envelope.decode_payload()
            keyid = next((name for name, known in ring.keys.items() if envelope.is_signed_by(known.public)), None)
        else:
            signed = SshSignedBody.model_validate_json(body)
            payload = base64.b64decode(signed.payload, validate=True)
            parsed = parse_ssh_signature(signed.signature, "the signature")
            if parsed.key.keyid in ring.keys and parsed.is_over(payload, NAMESPACE):
                keyid = parsed.key.keyid
        return keyid, parse_terms(payload)
    except (ValueError, TypeError, SynthError):
        return None


def count_runs(runs: Iterable[LoggedRun], closing: PeriodClosing, person: str) -> int:
    """Return how many runs of a closed period a person started, by what their environment said."""
    period = parse_period(closing.body.terms.period)
    return sum(period.has(run.started_at) and is_same_person(run.actor, person) for run in runs)


def _check_key(ledger: EvidenceLedger, keyid: str, terms: SignOffTerms) -> None:
    ring = read_key_ring(ledger)
    if keyid not in ring.keys:
        raise ClosingError(
            f"The ledger does not know the key {keyid[:12]}… that signs.",
            f"Add it first: synth-expectations audit key --public FILE.pub --person {terms.by} --role {terms.role}",
        )
    objection = ring.find_objection(keyid, ledger.now(), ledger.read_head().seq + 1) or _find_other_owner(
        ring, keyid, terms
    )
    if objection:
        raise ClosingError(f"The key cannot sign for {terms.role}: {objection}.")


def _find_other_owner(ring: KeyRing, keyid: str, terms: SignOffTerms) -> str:
    """Return whose a key is if not the signer's, or as what they sign if not as the role."""
    known = ring.keys[keyid].body
    if known.person.casefold() != terms.by.casefold():
        return f"it is that of {known.person}, not of {terms.by}"
    if known.role.casefold() != terms.role.casefold():
        return f"{known.person} signs with it as {known.role}, not as {terms.role}"
    return ""
