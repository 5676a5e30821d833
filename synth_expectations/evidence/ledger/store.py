"""Where a ledger lies: files that are created once, and never replaced."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Protocol


class LedgerStore(Protocol):
    """Names and bytes; a name, such as "ledger/00000012.json", is written once."""

    def create(self, name: str, content: bytes) -> bool:
        """Write a file, whole or not at all; return False if the name is taken."""

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None if there is none."""

    def list_names(self, directory: str) -> list[str]:
        """Return the names in a directory, in order, without their path."""


class DirectoryStore:
    """A ledger in a directory of this machine, or of a file share that knows hard links.

    Args:
        path: of the directory; it is made when the first file is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self, name: str, content: bytes) -> bool:
        """Write a file, whole or not at all; return False if the name is taken.

        A temporary file is written and synced, then linked to its name: a link never replaces a file, and a reader sees
        all of it or nothing.
        """
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.parent / f".{target.name}.{secrets.token_hex(8)}.tmp"
        try:
            with open(temporary, "xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(temporary, target)
            except FileExistsError:
                return False
            return True
        finally:
            temporary.unlink(missing_ok=True)

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None if there is none."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    def list_names(self, directory: str) -> list[str]:
        """Return the names in a directory, in order, without their path."""
        try:
            return sorted(name for name in os.listdir(self.path / directory) if not name.startswith("."))
        except FileNotFoundError:
            return []
