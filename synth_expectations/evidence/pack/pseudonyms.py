"""The key with which record keys become pseudonyms: made on first use, kept by the controller, never in a pack."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path

from synth_expectations.errors import SynthError
from synth_expectations.evidence.pack.verifier.verify import make_key_id, pseudonymise_result


class PseudonymKeyError(SynthError):
    """A file that is no key of pseudonyms, or that others can read."""


class PseudonymKey:
    """The key of a project's pseudonyms, in a file of its own.

    Args:
        path: of the file, of 64 hexadecimal digits; it is made when a record key is first replaced.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._key: bytes | None = None

    @property
    def id(self) -> str | None:
        """What names the key in a pack; None while no record key was replaced."""
        return make_key_id(self._key) if self._key else None

    def pseudonymise(self, content: bytes, digest: str) -> bytes | None:
        """Return a copy of a result with pseudonyms in the place of record keys; None if it holds none.

        Raises:
            PseudonymKeyError: the key cannot be used.
            ValueError: the result is no JSON.
        """
        key = self._key or bytes(32)
        copy = pseudonymise_result(content, digest, key)
        if copy is None or self._key:
            return copy
        self._key = self._read_key()
        return pseudonymise_result(content, digest, self._key)

    def _read_key(self) -> bytes:
        if not self.path.exists():
            self._make_key()
        if os.name == "posix" and stat.S_IMODE(self.path.stat().st_mode) & 0o077:
            raise PseudonymKeyError(
                f"{self.path.name}, the key of pseudonyms, can be read by other users of this machine.",
                f"Run: chmod 600 {self.path}",
            )
        try:
            key = bytes.fromhex(self.path.read_text(encoding="ascii"))
        except ValueError:
            key = b""
        if len(key) != 32:
            raise PseudonymKeyError(
                f"{self.path.name} is no key of pseudonyms: it must hold 64 hexadecimal digits.",
                "Restore it from a backup: another key makes other pseudonyms.",
            )
        return key

    def _make_key(self) -> None:
        """Write a new key, whole or not at all; keep the one of another process that was faster."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.path.parent / f".{self.path.name}.{secrets.token_hex(8)}.tmp"
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32) + "\n")
            with contextlib.suppress(FileExistsError):
                os.link(temporary, self.path)
        finally:
            temporary.unlink()
