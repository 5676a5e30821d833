"""Who signed a pack: its manifest, and the sign-offs of its period that came beside it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress

from synth_expectations.evidence.attestations.envelope import Envelope, read_envelope
from synth_expectations.evidence.attestations.statements import PACK
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.cycle.sign_off import read_sign_off
from synth_expectations.evidence.keys.key_ring import KeyRing
from synth_expectations.evidence.ledger.entry import EntryKind, Header
from synth_expectations.evidence.verification.pack_source import MANIFEST, SIGNATURE, PackSource
from synth_expectations.evidence.verification.report import VerificationFinding, Weight

KEY_KINDS = {EntryKind.KEY_ADDED, EntryKind.KEY_REVOKED}


def check_signature(files: Mapping[str, bytes], trust: KeyRing | None) -> Iterator[VerificationFinding]:
    """Yield who signed the manifest of a pack, by the keys that the verifier got from their owners, or that nobody did."""
    content = files.get(SIGNATURE)
    if content is None:
        message = "Nobody signed the manifest: whoever had the pack could have changed all of it."
        yield VerificationFinding(Weight.UNJUDGED, message, None, SIGNATURE)
        return
    envelope = read_envelope(content)
    digest = _find_subject(envelope) if envelope else None
    if envelope is None or digest is None:
        yield VerificationFinding(Weight.ALTERED, "It is not a signed statement about a pack.", None, SIGNATURE)
        return
    if digest != compute_digest(files.get(MANIFEST, b"")):
        yield VerificationFinding(Weight.ALTERED, f"It is about another {MANIFEST}.", None, SIGNATURE, "subject")
    if trust is None:
        message = (
            "Who signed the manifest? Get their public key from them, not from the pack, and give it: --trust FILE."
        )
        yield VerificationFinding(Weight.UNJUDGED, message, None, SIGNATURE)
        return
    named = {signature.keyid for signature in envelope.signatures}
    signers = [known for known in trust.keys.values() if envelope.is_signed_by(known.public)]
    if signers:
        persons = ", ".join(known.body.person or known.public.keyid for known in signers)
        yield VerificationFinding(Weight.NOTE, f"The manifest is signed by {persons}.", None, SIGNATURE)
    elif named & trust.keys.keys():
        message = "Its signature is not by the key that it names: it was altered."
        yield VerificationFinding(Weight.ALTERED, message, None, SIGNATURE, "signatures")
    else:
        message = "None of the keys that you trust signed the manifest."
        yield VerificationFinding(Weight.UNJUDGED, message, None, SIGNATURE)


def check_sign_off(
    files: Mapping[str, bytes], name: str, content: bytes, trust: KeyRing | None, own: KeyRing
) -> VerificationFinding:
    """Return whether a sign-off that came beside a pack is over it, and by a trusted key of who signs.

    Args:
        files: of the pack.
        name: of the file.
        content: its bytes.
        trust: the keys that the verifier got from their owners.
        own: the keys of the pack; one that was revoked there was revoked before anybody signed for the pack.
    """
    ring = trust or KeyRing()
    sign_off = read_sign_off(content, ring)
    if sign_off is None:
        return VerificationFinding(Weight.ALTERED, "It is not a sign-off of a period.", None, name)
    keyid, terms = sign_off
    if terms.manifest_sha256 != compute_digest(files.get(MANIFEST, b"")):
        return VerificationFinding(Weight.ALTERED, f"It is over another {MANIFEST}.", None, name, "subject")
    if keyid is None:
        message = (
            f"{terms.by} signs off {terms.period} as {terms.role}, by no key that you trust: get it, and give --trust."
        )
        return VerificationFinding(Weight.UNJUDGED, message, None, name)
    for known in (ring.keys[keyid].body, *([own.keys[keyid].body] if keyid in own.keys else [])):
        named = (known.person.casefold(), known.role.casefold())
        if known.person and named != (terms.by.casefold(), terms.role.casefold()):
            message = f"{terms.by} signs as {terms.role} with the key of {known.person}, {known.role}."
            return VerificationFinding(Weight.ALTERED, message, None, name, "signatures")
    if revocation := own.revocations.get(keyid):
        message = f"{terms.by} signs with a key that entry {revocation[1]} of the pack revoked: {revocation[0].reason}"
        return VerificationFinding(Weight.ALTERED, message, None, name, "signatures")
    counts = Counter(row.conclusion for row in terms.conclusions)
    told = ", ".join(f"{counts[word]} {word}" for word in sorted(counts)) or "nothing"
    message = f"{terms.by} signs off {terms.period} as {terms.role}; concluded of requirements: {told}."
    return VerificationFinding(Weight.NOTE, message, None, name)


def read_pack_keys(source: PackSource) -> KeyRing:
    """Return the keys of a pack; an entry that cannot be read adds none, and is named elsewhere."""
    ring = KeyRing()
    for file in source.read_headers():
        with suppress(ValueError):
            header = Header.model_validate_json(file.content or b"")
            if header.kind in KEY_KINDS and (body := source.read_object(header.body_sha256)) is not None:
                ring.add_entry(header, body)
    return ring


def _find_subject(envelope: Envelope) -> str | None:
    """Return the digest of the manifest that a statement is about; None if it is about something else."""
    try:
        statement = json.loads(envelope.decode_payload())
        return str(statement["subject"][0]["digest"]["sha256"]) if statement["predicateType"] == PACK else None
    except (ValueError, KeyError, IndexError, TypeError):
        return None
