"""A file of several keys is refused: nothing says which of them signs, or is trusted."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from synth_expectations.evidence.keys.signing_key import KeyFileError, read_public_key, read_signing_key

KEYS = (ed25519.Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256R1()))
PRIVATE = tuple(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) for key in KEYS)
PEM = tuple(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo) for key in KEYS)
SSH = tuple(key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH) + b" ann\n" for key in KEYS)


def test_two_private_keys(tmp_path: Path) -> None:
    path = tmp_path / "signer.key"
    for content in PRIVATE:
        path.write_bytes(content)
        path.chmod(0o600)
        assert read_signing_key(path).keyid
    path.write_bytes(b"".join(PRIVATE))
    with pytest.raises(KeyFileError, match="contains 2 keys"):
        read_signing_key(path)


@pytest.mark.parametrize("keys", [PEM, SSH], ids=["PEM", "SSH"])
def test_two_public_keys(tmp_path: Path, keys: tuple[bytes, ...]) -> None:
    path = tmp_path / "signer.pub"
    for content in keys:
        path.write_bytes(content)
        assert read_public_key(path).keyid
    for content in (keys[0] + keys[1], keys[0] + b"\r\n" + keys[0]):
        path.write_bytes(content)
        with pytest.raises(KeyFileError, match="contains 2 keys"):
            read_public_key(path)
