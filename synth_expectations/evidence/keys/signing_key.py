"""Private and public keys: Ed25519, or ECDSA on P-256, in the files that OpenSSL and SSH know."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from synth_expectations.errors import SynthError
from synth_expectations.evidence.canonical import compute_digest

PrivateKey = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey
RawPublicKey = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey

_PRIVATE = re.compile(b"-----BEGIN [A-Z ]*PRIVATE KEY-----")
_PUBLIC = re.compile(b"-----BEGIN [A-Z ]*PUBLIC KEY-----")
_SSH = re.compile(rb"^[ \t]*(?:ssh|ecdsa)-\S+ ", re.MULTILINE)
"""How a key begins in a file: of several in one, nothing says which is meant."""


class KeyFileError(SynthError):
    """A key that cannot be read or used."""


@dataclass(frozen=True)
class PublicKey:
    """A public key.

    Attributes:
        raw: as cryptography has it.
    """

    raw: RawPublicKey

    @property
    def keyid(self) -> str:
        """The SHA-256 of the key as SubjectPublicKeyInfo (DER): `openssl pkey -pubin -outform DER | sha256sum`."""
        return compute_digest(self.raw.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))

    @property
    def pem(self) -> str:
        """The key as OpenSSL reads it."""
        return self.raw.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def verify(self, signature: bytes, content: bytes, rsa_hash: hashes.HashAlgorithm | None = None) -> bool:
        """Return whether the key signed some bytes.

        Args:
            signature: of Ed25519; of ECDSA with SHA-256, in DER; or of RSA, PKCS #1 v1.5.
            content: what was signed.
            rsa_hash: the hash of an RSA signature; by default SHA-256.
        """
        try:
            if isinstance(self.raw, ed25519.Ed25519PublicKey):
                self.raw.verify(signature, content)
            elif isinstance(self.raw, rsa.RSAPublicKey):
                self.raw.verify(signature, content, padding.PKCS1v15(), rsa_hash or hashes.SHA256())
            else:
                self.raw.verify(signature, content, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """A private key."""

    raw: PrivateKey

    @property
    def public(self) -> PublicKey:
        """Its public part."""
        return PublicKey(self.raw.public_key())

    @property
    def keyid(self) -> str:
        """The id of its public part."""
        return self.public.keyid

    def sign(self, content: bytes) -> bytes:
        """Return the signature of some bytes: Ed25519, or ECDSA with SHA-256 in DER."""
        if isinstance(self.raw, ed25519.Ed25519PrivateKey):
            return self.raw.sign(content)
        return self.raw.sign(content, ec.ECDSA(hashes.SHA256()))


def make_key_file(path: Path) -> SigningKey:
    """Make an Ed25519 key, and write its private part to a new file that only its owner can read.

    Raises:
        KeyFileError: the file is there already: a key is never overwritten.
    """
    key = SigningKey(ed25519.Ed25519PrivateKey.generate())
    content = key.raw.private_bytes(Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
    except FileExistsError:
        raise KeyFileError(f"{path} is there already.", "Give another name: no key is ever overwritten.") from None
    return key


def read_signing_key(path: Path) -> SigningKey:
    """Read a private key in PEM, such as `audit key` or `openssl genpkey -algorithm ed25519` writes.

    Raises:
        KeyFileError: it cannot be read, has a password, is of another kind, or others can read it.
    """
    content = read_file(path)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise KeyFileError(f"Others can read the private key {path}.", f"Run: chmod 600 {path}")
    _refuse_several(len(_PRIVATE.findall(content)), str(path))
    try:
        is_ssh = content.startswith(b"-----BEGIN OPENSSH")
        key = (serialization.load_ssh_private_key if is_ssh else serialization.load_pem_private_key)(content, None)
    except TypeError:
        raise KeyFileError(
            f"The private key {path} has a password, which cannot be entered here.",
            "Sign with ssh-keygen instead: audit approve --help says how.",
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise KeyFileError(
            f"{path} contains no private key.", "It must be a PEM file, as this makes: audit key FILE"
        ) from None
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return SigningKey(key)
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name == "secp256r1":
        return SigningKey(key)
    raise KeyFileError(f"The private key {path} is neither Ed25519 nor ECDSA on P-256.", "Make one: audit key FILE")


def read_public_key(path: Path) -> PublicKey:
    """Read a public key: PEM, or the line of an SSH key.

    Raises:
        KeyFileError: it cannot be read, or is of a kind that signs nothing here.
    """
    return parse_public_key(read_file(path), str(path))


def parse_public_key(content: bytes, where: str) -> PublicKey:
    """Parse a public key: PEM, or the line of an SSH key.

    Args:
        content: of a file, or of a document.
        where: its name, for errors.

    Raises:
        KeyFileError: it is none, or of a kind that signs nothing here.
    """
    if b"PRIVATE KEY" in content:
        raise KeyFileError(f"{where} holds a private key.", "Only its public part is needed, as in FILE.pub.")
    is_pem = content.lstrip().startswith(b"-----BEGIN")
    _refuse_several(len(_PUBLIC.findall(content) if is_pem else _SSH.findall(content)), where)
    try:
        key = (
            serialization.load_pem_public_key(content) if is_pem else serialization.load_ssh_public_key(content.strip())
        )
    except (ValueError, UnsupportedAlgorithm):
        raise KeyFileError(f"{where} contains no public key.", "It must be PEM, or the line of an SSH key.") from None
    if isinstance(key, ed25519.Ed25519PublicKey | rsa.RSAPublicKey):
        return PublicKey(key)
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == "secp256r1":
        return PublicKey(key)
    raise KeyFileError(f"The public key of {where} is neither Ed25519, nor ECDSA on P-256, nor RSA.")


def _refuse_several(count: int, where: str) -> None:
    if count > 1:
        raise KeyFileError(f"{where} contains {count} keys.", "Give a file for each: nothing says which one is meant.")


def read_file(path: Path) -> bytes:
    """Return the content of a file that holds a key, or a statement that one signed.

    Raises:
        KeyFileError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeyFileError(f"{path} cannot be read: {error.strerror}.", "Check the path and its owner.") from None
