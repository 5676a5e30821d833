"""Programs that are not ours verify what we sign: OpenSSL and securesystemslib."""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from securesystemslib.dsse import Envelope as OtherEnvelope
from securesystemslib.signer import SSlibKey

from synth_expectations.evidence.attestations.envelope import (
    PAYLOAD_TYPE,
    encode_pre_authentication,
    read_envelope,
    sign_manifest,
)
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.keys.signing_key import SigningKey, make_key_file

MANIFEST = b'{"index.html":{"bytes":12,"sha256":"00"}}'


@pytest.fixture(params=["Ed25519", "ECDSA"])
def key(request: pytest.FixtureRequest, tmp_path: Path) -> SigningKey:
    if request.param == "Ed25519":
        return make_key_file(tmp_path / "signer.key")
    return SigningKey(ec.generate_private_key(ec.SECP256R1()))


def test_openssl_verifies_a_manifest(key: SigningKey, tmp_path: Path) -> None:
    document = json.loads(sign_manifest(MANIFEST, key))
    payload = base64.b64decode(document["payload"])
    assert json.loads(payload)["subject"] == [{"name": "MANIFEST.json", "digest": {"sha256": compute_digest(MANIFEST)}}]
    (tmp_path / "signer.pub").write_text(key.public.pem)
    (tmp_path / "sig").write_bytes(base64.b64decode(document["signatures"][0]["sig"]))

    def verify(signed: bytes) -> int:
        (tmp_path / "pae").write_bytes(signed)
        command = "openssl pkeyutl -verify -pubin -inkey signer.pub -rawin -in pae -sigfile sig"
        return subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False).returncode

    signed = b"DSSEv1 %d %s %d " % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(payload)) + payload
    assert signed == encode_pre_authentication(PAYLOAD_TYPE, payload)
    assert verify(signed) == 0
    assert verify(signed.replace(b"MANIFEST", b"MANIFESt")) == 1


def test_securesystemslib_verifies_a_manifest(key: SigningKey) -> None:
    envelope = OtherEnvelope.from_dict(json.loads(sign_manifest(MANIFEST, key)))
    public = SSlibKey.from_crypto(key.public.raw, keyid=key.keyid)
    assert list(envelope.verify([public], threshold=1)) == [key.keyid]


def test_the_key_id_is_what_openssl_computes(key: SigningKey, tmp_path: Path) -> None:
    (tmp_path / "signer.pub").write_text(key.public.pem)
    command = ["openssl", "pkey", "-pubin", "-in", "signer.pub", "-outform", "DER"]
    assert key.keyid == compute_digest(subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout)


def test_a_changed_payload_type_or_key_is_not_accepted(key: SigningKey, tmp_path: Path) -> None:
    document = json.loads(sign_manifest(MANIFEST, key))
    envelope = read_envelope(json.dumps(document).encode())
    assert envelope is not None
    assert envelope.is_signed_by(key.public)
    assert not envelope.is_signed_by(make_key_file(tmp_path / "other.key").public)
    for field, value in (("payload", "e30="), ("payload", "é"), ("signatures", [{"sig": "e30="}]), ("signatures", [])):
        changed = read_envelope(json.dumps({**document, field: value}).encode())
        assert changed is not None
        assert not changed.is_signed_by(key.public)
    assert read_envelope(json.dumps({**document, "payloadType": "text/plain"}).encode()) is None
