"""A secret of a project in a file of its own: made on first use, kept by the controller, never in a ledger or a pack."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path

from synth_expectations.errors import SynthError


class SecretFileError(SynthError):
    """A file that is no secret key, or that others can read."""


class SecretFile:
    """A key of 32 bytes, in a file of 64 hexadecimal digits.

    Args:
        path: of the file; it is made when the key is first read.
        name: what the key is, for sentences, such as `the key of pseudonyms`.
        consequence: what happens with another key, as a sentence.
    """

    def __init__(self, path: Path, name: str, consequence: str) -> None:
        self.path = path
        self._name = name
        self._consequence = consequence
        self._key: bytes | None = None

    def read(self) -> bytes:
        """Return the key.

        Raises:
            SecretFileError: it can be read by other users, is damaged, or can neither be read nor made.
        """
        if self._key is None:
            try:
                self._key = self._read()
            except OSError as error:
                raise SecretFileError(
                    f"{self.path.name}, {self._name}, cannot be read: {error.strerror or error}.",
                    "Check its owner and permissions.",
                ) from None
        return self._key

    def _read(self) -> bytes:
        if not self.path.exists():
            self._make()
        if os.name == "posix" and stat.S_IMODE(self.path.stat().st_mode) & 0o077:
            raise SecretFileError(
                f"{self.path.name}, {self._name}, can be read by other users of this machine.",
                f"Run: chmod 600 {self.path}",
            )
        try:
            key = bytes.fromhex(self.path.read_text(encoding="ascii"))
        except ValueError:
            key = b""
        if len(key) != 32:
            raise SecretFileError(
                f"{self.path.name} is not a {self._name.removeprefix('the ')}: it must hold 64 hexadecimal digits.",
                f"Restore it from a backup. {self._consequence}",
            )
        return key

    def _make(self) -> None:
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
