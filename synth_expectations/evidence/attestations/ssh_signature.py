"""Signatures of `ssh-keygen -Y sign`, which whoever uses git can make.

The format is that of OpenSSH's PROTOCOL.sshsig: a signature over a namespace and the hash of a message, so that none of
git's can stand for an approval.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from synth_expectations.policy.types import ClosedModel

if TYPE_CHECKING:
    from synth_expectations.evidence.keys.signing_key import PublicKey  # it imports cryptography: 15 ms of each run

NAMESPACE = "synth-policy"
"""What `-n` of ssh-keygen must say."""

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_MAGIC = b"SSHSIG"
_HASHES = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}


class SshSignedBody(ClosedModel):
    """A statement that ssh-keygen signed.

    Attributes:
        payload: the signed bytes, in Base64.
        signature: the file that ssh-keygen wrote.
    """

    body_schema: Literal["ssh-signed/1"] = Field("ssh-signed/1", alias="schema")
    payload: str
    signature: str


@dataclass(frozen=True)
class SshSignature:
    """A signature that ssh-keygen made.

    Attributes:
        key: the public key that it names, which proves nothing of whose it is.
        namespace: what it is for.
        hash_name: of the hash of the message.
        algorithm: of the signature.
        signature: as the algorithm writes it.
    """

    key: PublicKey
    namespace: bytes
    hash_name: bytes
    algorithm: bytes
    signature: bytes

    def is_over(self, content: bytes, namespace: str = NAMESPACE) -> bool:
        """Return whether the key signed some bytes for a purpose; by default as an approval of a policy."""
        if self.namespace != namespace.encode() or self.hash_name not in _HASHES:
            return False
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

        rsa_hashes = {b"rsa-sha2-256": hashes.SHA256(), b"rsa-sha2-512": hashes.SHA512()}
        digest = _HASHES[self.hash_name](content).digest()
        signed = _MAGIC + b"".join(map(_write_string, (self.namespace, b"", self.hash_name, digest)))
        if self.algorithm == b"ecdsa-sha2-nistp256":
            part = _Reader(self.signature)
            pair = (int.from_bytes(part.read_string(), "big"), int.from_bytes(part.read_string(), "big"))
            return self.key.verify(encode_dss_signature(*pair), signed)
        if self.algorithm == b"ssh-ed25519" or self.algorithm in rsa_hashes:
            return self.key.verify(self.signature, signed, rsa_hashes.get(self.algorithm))
        return False


def parse_ssh_signature(text: str, where: str) -> SshSignature:
    """Parse a file that ssh-keygen wrote.

    Args:
        text: of the file.
        where: its name, for errors.

    Raises:
        KeyFileError: it is none, or of a key on a hardware token, whose signatures have more in them.
    """
    from synth_expectations.evidence.keys.signing_key import KeyFileError, parse_public_key

    try:
        body = text[text.index(_BEGIN) + len(_BEGIN) : text.index(_END)]
        reader = _Reader(base64.b64decode("".join(body.split()), validate=True))
        reader.skip(_MAGIC + b"\0\0\0\1")  # the version
        key, namespace, _, hash_name = (reader.read_string() for _ in range(4))
        signature = _Reader(reader.read_string())
        algorithm = signature.read_string()
        kind = _Reader(key).read_string()
        content = signature.read_string()
    except (ValueError, binascii.Error):
        raise KeyFileError(
            f"{where} is not a signature of ssh-keygen.", f"Make one: ssh-keygen -Y sign -n {NAMESPACE} -f KEY FILE"
        ) from None
    line = kind + b" " + base64.b64encode(key)
    return SshSignature(parse_public_key(line, where), namespace, hash_name, algorithm, content)


class _Reader:
    """Reads strings with their length before them, as SSH writes them."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._offset = 0

    def read(self, length: int) -> bytes:
        part = self._content[self._offset : self._offset + length]
        if len(part) != length:
            raise ValueError("it ends too soon")
        self._offset += length
        return part

    def skip(self, expected: bytes) -> None:
        if self.read(len(expected)) != expected:
            raise ValueError("it does not begin as a signature does")

    def read_string(self) -> bytes:
        return self.read(int.from_bytes(self.read(4), "big"))


def _write_string(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content
