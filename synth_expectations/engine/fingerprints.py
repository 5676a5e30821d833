"""Recognise the files that a run read: their size, and a digest of each file or of its Parquet footer."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import BinaryIO

FileState = tuple[object, ...]
"""Device, inode, size and time of a local file, as it was when it was read."""

_TAIL = 8
_MAGIC = (b"PAR1", b"PARE")  # https://parquet.apache.org/docs/file-format/: the second has an encrypted footer
_PIECE = 1 << 20


@dataclass(frozen=True)
class FileFingerprint:
    """What a file is recognised by.

    Attributes:
        size: in bytes.
        sha256: of all of it; None where only its footer was read.
        footer_sha256: of the footer of a Parquet file, with its length and the letters behind it; None of other files.
    """

    size: int
    sha256: str | None = None
    footer_sha256: str | None = None


@dataclass
class Fingerprinter:
    """Reads each file once a run, however many tables look it up.

    Attributes:
        reads_all: whether whole files are read, and not only the footers of Parquet files.
    """

    reads_all: bool = False
    _known: dict[tuple[str, FileState], FileFingerprint] = field(default_factory=dict, repr=False)

    def read(self, path: str, state: FileState) -> FileFingerprint | None:
        """Return the fingerprint of a local file; None if it is no longer the file that was read.

        Args:
            path: of the file.
            state: of the file when it was read.
        """
        if (known := self._known.get((path, state))) is not None:
            return known
        try:
            with open(path, "rb") as file:
                if _read_state(file) != state:
                    return None
                fingerprint = _read(file, reads_all=self.reads_all)
                if _read_state(file) != state:
                    return None
        except OSError:
            return None
        return self._known.setdefault((path, state), fingerprint)


def _read_state(file: BinaryIO) -> FileState:
    found = os.fstat(file.fileno())
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def _read(file: BinaryIO, *, reads_all: bool) -> FileFingerprint:
    size = file.seek(0, os.SEEK_END)
    footer = _read_footer(file, size)
    return FileFingerprint(
        size,
        sha256=_digest_all(file) if reads_all else None,
        footer_sha256=hashlib.sha256(footer).hexdigest() if footer else None,
    )


def _digest_all(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _read_footer(file: BinaryIO, size: int) -> bytes:
    """Return the footer of a Parquet file, with its length and the four letters behind it; nothing of other files."""
    if size < _TAIL + len(_MAGIC[0]):
        return b""
    file.seek(size - _TAIL)
    tail = file.read(_TAIL)
    length = int.from_bytes(tail[:4], "little") + _TAIL
    if tail[4:] not in _MAGIC or length > size:
        return b""
    file.seek(size - length)
    return file.read(length)
