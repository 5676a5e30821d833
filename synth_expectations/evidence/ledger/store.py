"""Where a ledger lies: files that are created once, and never replaced."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from synth_expectations.evidence.ledger.entry import INDEXED
from synth_expectations.evidence.ledger.errors import LedgerError, build_unreadable_error, build_unwritable_error

OBJECTS, ENTRIES, INDEX = "objects", "ledger", "index"
"""The directories of a ledger: bodies by their digest, headers by their number, and where entries of a kind are."""
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV, errno.EMLINK}
_NO_LINK, _NO_WAIT = getattr(os, "O_NOFOLLOW", 0), getattr(os, "O_NONBLOCK", 0)
_PROBE_BYTES = 65_536
"""What a check of the space left writes: more than a header, less than what anybody would notice."""
TEMPORARY = ".tmp"
"""How the name of a file ends that was being written; a process that was killed leaves it behind."""


class LedgerStore(Protocol):
    """Names and bytes; a name, such as "ledger/00000012.json", is written once.

    Each method raises LedgerError where the store does not do what is asked of it.

    Attributes:
        parallel_reads: how many files are worth reading at once.
    """

    parallel_reads: int

    @property
    def where(self) -> str:
        """The directory or the address, for sentences."""

    def create(self, name: str, content: bytes) -> bool:
        """Write a file, whole or not at all; return False if the name is taken."""

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None if there is none."""

    def list_names(self, directory: str) -> list[str]:
        """Return the names in a directory, in order, without their path."""

    def list_leftovers(self) -> list[str]:
        """Return the files that a killed process did not finish, each with its path in the ledger."""

    def replace(self, name: str, content: bytes) -> None:
        """Write a file in the place of one that is there: for a redaction alone."""

    def check_writable(self) -> None:
        """Raise an error if the store takes no file, or does not refuse a name that is taken."""


class DirectoryStore:
    """A ledger in a directory of this machine, or of a file share that knows hard links.

    Nothing may be written twice, so files are read-only. Objects hold keys of records: others than the owner and the
    group get no permission for them. The process's umask takes away from that, as for any other file.

    Args:
        path: of the directory; it is made when the first file is.
    """

    parallel_reads = 1

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def where(self) -> str:
        """The directory, for sentences."""
        return str(self.path)

    def create(self, name: str, content: bytes) -> bool:
        """Write a file, whole or not at all; return False if the name is taken.

        A temporary file is written and synced, then linked to its name: a link never replaces a file, and a reader sees
        all of it or nothing.
        """
        target = self.path / name
        with self._temporary_file(target, content) as temporary:
            if is_new := self._link(temporary, target):
                _sync_directory(target.parent)
            return is_new

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None if there is none."""
        try:
            # without O_NONBLOCK, a pipe that lies there would be waited for
            with open(os.open(self.path / name, os.O_RDONLY | _NO_LINK | _NO_WAIT), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise LedgerError(
                        f"{name} of the ledger in {self.where} is a pipe, a socket or a device, not a file.",
                        "This package never creates one. Remove it, and run: synth-expectations audit verify",
                    )
                return file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            if error.errno in {errno.ELOOP, errno.EMLINK}:
                raise LedgerError(
                    f"{name} of the ledger in {self.where} is a symbolic link, not a file.",
                    "This package never creates one. Remove it, and run: synth-expectations audit verify",
                ) from None
            raise build_unreadable_error(f"{self.where}/{name}", error) from None

    def list_names(self, directory: str) -> list[str]:
        """Return the names in a directory, in order, without their path."""
        return [name for name in self._list_all(directory) if not name.startswith(".")]

    def list_leftovers(self) -> list[str]:
        """Return the files that a killed process did not finish, each with its path in the ledger."""
        return [
            f"{directory}/{name}"
            for directory in (ENTRIES, OBJECTS, *(f"{INDEX}/{name}" for name in sorted(set(INDEXED.values()))))
            for name in self._list_all(directory)
            if name.startswith(".") and name.endswith(TEMPORARY)
        ]

    def replace(self, name: str, content: bytes) -> None:
        """Write a file in the place of one that is there: for a redaction alone."""
        target = self.path / name
        with self._temporary_file(target, content) as temporary:
            temporary.replace(target)
            _sync_directory(target.parent)

    def check_writable(self) -> None:
        """Raise an error if the directory takes no file, is full, or knows no hard links; nothing stays behind."""
        name = f"{ENTRIES}/.{secrets.token_hex(8)}.probe{TEMPORARY}"
        try:
            self.create(name, bytes(_PROBE_BYTES))
        finally:
            with suppress(OSError):
                (self.path / name).unlink(missing_ok=True)
        self._make_directory(self.path / OBJECTS)
        if not os.access(self.path / OBJECTS, os.W_OK | os.X_OK):
            raise build_unwritable_error(self.where, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))

    @contextmanager
    def _temporary_file(self, target: Path, content: bytes) -> Iterator[Path]:
        temporary = target.parent / f".{target.name}.{secrets.token_hex(8)}{TEMPORARY}"
        mode = 0o440 if target.parent.name == OBJECTS else 0o444
        self._make_directory(target.parent)
        try:
            with open(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            yield temporary
        except OSError as error:
            raise build_unwritable_error(self.where, error) from None
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _link(self, temporary: Path, target: Path) -> bool:
        """Give a file its name; return False if the name is taken."""
        try:
            os.link(temporary, target)
        except FileExistsError:
            # a file server may answer a second time, because its first answer was lost
            return temporary.stat().st_nlink > 1
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            raise LedgerError(
                f"The ledger cannot lie in {self.where}: its file system knows no hard links.",
                "A link is what keeps two runs from writing one entry. Choose a directory on a local disk or on NFS, "
                "or an object store such as s3://bucket/evidence.",
            ) from None
        return True

    def _make_directory(self, directory: Path) -> None:
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise LedgerError(
                f"The ledger cannot be written: {directory} is a file, not a directory.", "Move it elsewhere."
            ) from None
        except OSError as error:
            raise build_unwritable_error(self.where, error) from None
        below = directory
        while below != self.path:
            if below.is_symlink():
                raise LedgerError(
                    f"The ledger cannot be written: {below} is a symbolic link.",
                    "Only the directory of the whole ledger may be one. Move what it points to into its place.",
                )
            below = below.parent

    def _list_all(self, directory: str) -> list[str]:
        try:
            return sorted(os.listdir(self.path / directory))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise build_unreadable_error(f"{self.where}/{directory}", error) from None


def _sync_directory(directory: Path) -> None:
    """Make a new name survive a loss of power, on systems whose directories can be synced."""
    if os.name == "posix":
        opened = os.open(directory, os.O_RDONLY)
        try:
            with suppress(OSError):  # some file shares do not know how, and keep their own order
                os.fsync(opened)
        finally:
            os.close(opened)
