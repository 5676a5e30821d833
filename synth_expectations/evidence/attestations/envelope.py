"""DSSE envelopes: what was signed, and by which keys.

The format is that of https://github.com/secure-systems-lab/dsse (version 1.0.2), which cosign, in-toto and
securesystemslib read; `openssl pkeyutl` verifies a signature of one.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from synth_expectations.evidence.attestations.statements import PACK, build_statement
from synth_expectations.evidence.canonical import compute_digest, encode_document

if TYPE_CHECKING:
    from synth_expectations.evidence.keys.signing_key import PublicKey, SigningKey  # they import cryptography

PAYLOAD_TYPE = "application/vnd.in-toto+json"


class EnvelopeSignature(BaseModel, defer_build=True):
    """A signature, and the id of its key."""

    keyid: str = ""
    sig: str


class Envelope(BaseModel, defer_build=True):
    """A payload and its signatures, as DSSE writes them."""

    model_config = ConfigDict(populate_by_name=True)

    payload_type: str = Field(alias="payloadType")
    payload: str
    signatures: tuple[EnvelopeSignature, ...]

    def decode_payload(self) -> bytes:
        """Return what was signed.

        Raises:
            ValueError: it is not Base64.
        """
        return base64.b64decode(self.payload, validate=True)

    def is_signed_by(self, key: PublicKey) -> bool:
        """Return whether a key signed it: any of its signatures, whatever id it names."""
        try:
            content = encode_pre_authentication(self.payload_type, self.decode_payload())
            signatures = [base64.b64decode(signature.sig, validate=True) for signature in self.signatures]
        except (ValueError, binascii.Error):
            return False
        return any(key.verify(signature, content) for signature in signatures)


def encode_pre_authentication(payload_type: str, payload: bytes) -> bytes:
    """Return the bytes that a signature is over: type and payload, each with its length."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def sign_statement(statement: dict[str, Any], key: SigningKey) -> bytes:
    """Return the envelope of a statement, signed by one key, in canonical JSON."""
    payload = encode_document(statement)
    signature = EnvelopeSignature(
        keyid=key.keyid,
        sig=base64.b64encode(key.sign(encode_pre_authentication(PAYLOAD_TYPE, payload))).decode(),
    )
    envelope = Envelope(payload_type=PAYLOAD_TYPE, payload=base64.b64encode(payload).decode(), signatures=(signature,))
    return encode_document(envelope)


def sign_manifest(content: bytes, key: SigningKey) -> bytes:
    """Return the envelope of a statement about the manifest of a pack: MANIFEST.dsse.json.

    Args:
        content: the bytes of MANIFEST.json, as they lie in the pack.
        key: of whoever made the pack.
    """
    subject = {"name": "MANIFEST.json", "digest": {"sha256": compute_digest(content)}}
    return sign_statement(build_statement([subject], PACK, {"format": "evidence-pack/1"}), key)


def read_envelope(content: bytes) -> Envelope | None:
    """Return the envelope of a statement; None if the bytes are none, or something else was signed."""
    try:
        envelope = Envelope.model_validate_json(content)
    except ValidationError:
        return None
    return envelope if envelope.payload_type == PAYLOAD_TYPE else None
