"""Whose a key is, and when it may sign: by the entries of a ledger, or by a file that its reader trusts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationError

from synth_expectations.evidence.ledger.entry import KEYS, Entry, EntryKind, Header
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.records.fields import Sha256, UtcTime
from synth_expectations.policy.types import ClosedModel, Text

if TYPE_CHECKING:
    from synth_expectations.evidence.keys.signing_key import PublicKey  # it imports cryptography


class KeyBody(ClosedModel):
    """A public key, and whose it is: the body of the entry that adds it.

    Attributes:
        keyid: the SHA-256 of the key as SubjectPublicKeyInfo.
        public_key: in PEM.
        person: whose it is.
        role: what they sign as, such as `dpo` or `operator`.
        valid_from: the time from which it may sign.
        valid_until: the time until which it may; None is for ever.
    """

    body_schema: Literal["key/1"] = Field("key/1", alias="schema")
    keyid: Sha256
    public_key: str
    person: Text
    role: Text
    valid_from: UtcTime
    valid_until: UtcTime | None = None

    def load(self) -> PublicKey:
        """Return the key.

        Raises:
            KeyFileError: it is none.
        """
        from synth_expectations.evidence.keys.signing_key import parse_public_key  # most ledgers have no key

        return parse_public_key(self.public_key.encode(), f"the key of {self.person}")


class KeyRevocationBody(ClosedModel):
    """The end of a key, before it was to end.

    Attributes:
        since: the time from which its signatures hold no longer; that of a theft lies before the entry.
        reason: why.
    """

    body_schema: Literal["key-revocation/1"] = Field("key-revocation/1", alias="schema")
    keyid: Sha256
    since: UtcTime
    reason: Text


class TrustFile(ClosedModel):
    """The keys that a reader trusts, got from their owners: keys.json."""

    keys: tuple[KeyBody, ...]


@dataclass(frozen=True)
class KnownKey:
    """A key and its limits.

    Attributes:
        body: whose it is.
        public: the key.
        added_by: the number of the entry; None for a key of a file.
    """

    body: KeyBody
    public: PublicKey
    added_by: int | None = None


@dataclass
class KeyRing:
    """Keys by their id, and which of them were revoked.

    Attributes:
        revocations: of each key the revocation that goes back furthest, and the number of the entry that was the first to
            revoke it: a second one may only move the time back.
    """

    keys: dict[str, KnownKey] = field(default_factory=dict)
    revocations: dict[str, tuple[KeyRevocationBody, int]] = field(default_factory=dict)

    def add_entry(self, header: Header, body: bytes) -> None:
        """Take in an entry about a key.

        Raises:
            ValueError: the body is none of a key, or the id is not that of the key.
        """
        if header.kind is EntryKind.KEY_ADDED:
            added = KeyBody.model_validate_json(body)
            public = added.load()
            if public.keyid != added.keyid:
                raise ValueError("keyid is not that of public_key")
            self.keys.setdefault(added.keyid, KnownKey(added, public, header.seq))
        elif header.kind is EntryKind.KEY_REVOKED:
            revoked = KeyRevocationBody.model_validate_json(body)
            before, first = self.revocations.get(revoked.keyid, (revoked, header.seq))
            earlier = revoked if revoked.since < before.since else before
            self.revocations[revoked.keyid] = (earlier, min(first, header.seq))

    def find_objection(self, keyid: str, at: datetime, seq: int | None = None) -> str:
        """Return why a key could not sign at a time, as a clause; empty if it could.

        Args:
            keyid: of the key.
            at: the time of the signature.
            seq: the number of the signed entry: what follows a revocation in the ledger is signed too late, whatever its
                time says.
        """
        known = self.keys.get(keyid)
        if known is None:
            return f"key {keyid[:12]}… is not known"
        name, body = f"the key of {known.body.person}", known.body
        if revocation := self.revocations.get(keyid):
            revoked, entry = revocation
            if at >= revoked.since or (seq is not None and seq > entry):
                return f"{name} was revoked as of {format_time(revoked.since)}: {revoked.reason}"
        if at < body.valid_from:
            return f"{name} is valid only from {format_time(body.valid_from)}"
        if body.valid_until and at > body.valid_until:
            return f"{name} was valid only until {format_time(body.valid_until)}"
        return ""


def read_key_ring(ledger: EvidenceLedger) -> KeyRing:
    """Return the keys of a ledger, by the entries that its index names.

    An entry that cannot be read adds nothing: a signature by its key is then not accepted, and `audit verify` names it.
    """
    ring = KeyRing()
    for header, body in _read_key_entries(ledger):
        try:
            ring.add_entry(header, body)
        except (ValueError, ValidationError):
            continue
    return ring


def add_key(
    ledger: EvidenceLedger,
    public: PublicKey,
    person: str,
    role: str,
    valid_from: datetime,
    valid_until: datetime | None,
) -> Entry:
    """Append a key, and whose it is."""
    body = KeyBody(
        keyid=public.keyid,
        public_key=public.pem,
        person=person,
        role=role,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    return ledger.append(EntryKind.KEY_ADDED, body)


def revoke_key(ledger: EvidenceLedger, keyid: str, since: datetime, reason: str) -> Entry:
    """Append the end of a key.

    Args:
        ledger: of the project.
        keyid: of a key of the ledger.
        since: the time from which its signatures hold no longer.
        reason: why.
    """
    return ledger.append(EntryKind.KEY_REVOKED, KeyRevocationBody(keyid=keyid, since=since, reason=reason))


def _read_key_entries(ledger: EvidenceLedger) -> Iterator[tuple[Header, bytes]]:
    for entry in ledger.read_indexed(KEYS):
        if entry.header.kind in {EntryKind.KEY_ADDED, EntryKind.KEY_REVOKED}:
            yield entry.header, ledger.read_object(entry.header.body_sha256)


def format_time(time: datetime) -> str:
    """Return a time in UTC, to the second."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
