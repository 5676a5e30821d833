"""The key of one comparison: made for it, carried from one side to the other, and destroyed after it."""

from __future__ import annotations

import hmac
import os
import re
import secrets
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from synth_expectations.errors import SynthError

MOST_DAYS = 7
"""How long a key may be used: a second comparison with one key would link the two."""
_BYTES = 32
_FILE = re.compile(r"synth-expectations (\w+) key 1\nmade_at: ([0-9T:-]{19})Z\nkey: ([0-9a-f]{64})\n")
_MOST_SIZE = 1_000
_OTHERS = 0o077
_DIGEST = "sha256"
LENGTH = 16
"""Bytes of a fingerprint: 128 bits, so that two people share one by chance in no table."""


@dataclass(frozen=True)
class KeyPurpose:
    """What a key is for: it serves nothing else, as two uses of one key could be linked.

    Attributes:
        name: as the file says it.
        advice: how to make such a key.
    """

    name: str
    advice: str


FINGERPRINTS = KeyPurpose("fingerprint", "Make one with --new-key.")


@dataclass(frozen=True)
class ComparisonKey:
    """A key; nothing that shows the object shows it.

    Attributes:
        made_at: in UTC.
    """

    secret: bytes = field(repr=False)
    made_at: datetime

    @property
    def key_id(self) -> str:
        """What the key is recognised by: it says nothing of the key."""
        return hmac.digest(self.secret, b"synth-expectations key id", _DIGEST)[:8].hex()

    def fingerprint(self, message: bytes) -> bytes:
        """Return the fingerprint of a text: HMAC-SHA-256 (RFC 2104), cut to 128 bits."""
        return self.digest_all(b"", [message])[:LENGTH]

    def digest_all(self, start: bytes, messages: Iterable[bytes]) -> bytes:
        """Return the HMAC-SHA-256 of each message, one after the other, 32 bytes each.

        The state after the key is copied, and not computed again for each message: that takes two thirds of the time of
        `hmac.digest`.

        Args:
            start: what all messages begin with.
            messages: the rest of each.
        """
        keyed = hmac.new(self.secret, start, _DIGEST)
        digests: list[bytes] = []
        for message in messages:
            code = keyed.copy()
            code.update(message)
            digests.append(code.digest())
        return b"".join(digests)

    def seal(self, digest: str) -> str:
        """Return what shows that a file was made with the key."""
        return hmac.digest(self.secret, f"seal\x1f{digest}".encode(), _DIGEST).hex()


def make_key(
    path: Path, now: datetime, purpose: KeyPurpose = FINGERPRINTS, secret: bytes | None = None
) -> ComparisonKey:
    """Make a key and write it into a new file that its owner alone can read.

    Args:
        path: of the file.
        now: in UTC.
        purpose: what the key is for.
        secret: 32 bytes that another library made; random ones if there are none.

    Raises:
        SynthError: the file is there already, or cannot be written.
    """
    key = ComparisonKey(secret or secrets.token_bytes(_BYTES), now.astimezone(UTC).replace(microsecond=0))
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR)
    except FileExistsError:
        raise SynthError(
            f"The key {path.name} is there already: each comparison needs a new key.", "Name a file that is not there."
        ) from None
    except OSError as error:
        raise SynthError(f"The key cannot be written to {path}: {error.strerror}.", "Name another file.") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        made = key.made_at.replace(tzinfo=None).isoformat()
        file.write(f"synth-expectations {purpose.name} key 1\nmade_at: {made}Z\nkey: {key.secret.hex()}\n")
    return key


def read_key(path: Path, now: datetime, purpose: KeyPurpose = FINGERPRINTS) -> ComparisonKey:
    """Return the key in a file.

    Args:
        path: of the file.
        now: in UTC.
        purpose: what it was made for.

    Raises:
        SynthError: others may read the file, it is not a key, or it is too old.
    """
    refusal = SynthError(f"{path.name} is not a key for {purpose.name}s.", purpose.advice)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_SIZE:
            raise refusal
        if os.name == "posix" and found.st_mode & _OTHERS:
            raise SynthError(f"Others than its owner may read the key {path.name}.", f"Use: chmod 600 {path.name}")
        text = path.read_bytes().decode("ascii", "replace")
    except OSError as error:
        raise SynthError(f"The key {path} cannot be read: {error.strerror}.", purpose.advice) from None
    if not (parts := _FILE.fullmatch(text)) or parts[1] != purpose.name:
        raise refusal
    try:
        key = ComparisonKey(bytes.fromhex(parts[3]), datetime.fromisoformat(parts[2]).replace(tzinfo=UTC))
    except ValueError:
        raise refusal from None
    if key.made_at - now > timedelta(days=1):  # the clocks of two machines may differ
        raise SynthError(f"The key {path.name} says that it was made in the future.", purpose.advice)
    if now - key.made_at > timedelta(days=MOST_DAYS):
        raise SynthError(
            f"The key {path.name} is more than {MOST_DAYS} days old: it serves one comparison, and no later one.",
            f"{purpose.advice} Then repeat both sides.",
        )
    return key


def destroy_key(path: Path) -> None:
    """Overwrite a key and remove its file; a copy of it, and what a disk keeps, is not reached.

    Raises:
        SynthError: it cannot be removed.
    """
    try:
        with path.open("r+b") as file:
            file.write(b"\0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except OSError as error:
        raise SynthError(f"The key {path} cannot be destroyed: {error.strerror}.", "Remove it yourself.") from None
