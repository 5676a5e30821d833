"""Packed files: gzip, bzip2 and xz are unpacked as they are read, up to a bound."""

from __future__ import annotations

import io
import re
import zlib
from pathlib import Path
from typing import Any, BinaryIO, cast

from synth_expectations.gate.model import UnreadFileError

MAX_UNPACKED = 2_000_000_000
"""Bytes that a packed file may have when it is unpacked."""
_ENDING = re.compile(r"\.(gz|gzip|bz2|xz)$", re.IGNORECASE)
_MARKS = ((b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz"))


def strip_packing(path: str) -> str:
    """Return a path without the ending of a packed file: `Contact.csv.gz` is `Contact.csv`."""
    return _ENDING.sub("", path)


def is_called_packed(path: str) -> bool:
    """Return whether a file is called like a packed one that can be unpacked here."""
    return _ENDING.search(path) is not None


def open_unpacked(path: Path) -> BinaryIO:
    """Open a packed file for its contents.

    Raises:
        UnreadFileError: it is not packed by gzip, bzip2 or xz. Reading raises it where the file is damaged or too large.
        OSError: it cannot be opened.
    """
    with path.open("rb") as stream:
        head = stream.read(6)
    packing = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    if packing == "gzip":
        import gzip

        return _Bounded.wrap(cast("BinaryIO", gzip.open(path)), packing)
    if packing == "bzip2":
        import bz2

        return _Bounded.wrap(cast("BinaryIO", bz2.open(path)), packing)
    if packing == "xz":
        import lzma

        return _Bounded.wrap(cast("BinaryIO", lzma.open(path)), packing, lzma.LZMAError)
    raise UnreadFileError("it has the name of a compressed file, but is not gzip, bzip2 or xz")


class _Bounded(io.RawIOBase):
    """A stream of unpacked bytes that ends with an error where there are too many, or where they are damaged."""

    def __init__(self, stream: BinaryIO, packing: str, *errors: type[Exception]) -> None:
        self._stream = stream
        self._packing = packing
        self._errors: tuple[type[Exception], ...] = (OSError, EOFError, zlib.error, ValueError, *errors)
        self._left = MAX_UNPACKED

    @classmethod
    def wrap(cls, stream: BinaryIO, packing: str, *errors: type[Exception]) -> BinaryIO:
        """Return a stream with bounds, buffered; the errors are those that its packing alone raises of damage."""
        return cast("BinaryIO", io.BufferedReader(cls(stream, packing, *errors), 1 << 16))

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True: back to the beginning, that is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, from where the bytes are counted anew."""
        self._left = MAX_UNPACKED
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Return the place."""
        return self._stream.tell()

    def readinto(self, buffer: Any) -> int:
        """Read some bytes.

        Raises:
            UnreadFileError: the file is damaged, or has too many.
        """
        try:
            content = self._stream.read(len(buffer))
        except self._errors as error:
            raise self._refuse(error) from None
        self._left -= len(content)
        if self._left < 0:
            raise UnreadFileError(f"it unpacks to more than {MAX_UNPACKED // 1_000_000:,} MB")
        buffer[: len(content)] = content
        return len(content)

    def _refuse(self, error: Exception) -> UnreadFileError:
        if isinstance(error, OSError) and error.strerror:
            return UnreadFileError(f"the system reports: {error.strerror}")
        return UnreadFileError(f"it is packed by {self._packing}, and is cut off or damaged")

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
        super().close()
