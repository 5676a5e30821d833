"""The text of a file: decompressed by what it begins with, and decoded without leaving out a byte."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import IO, Any

import pyarrow as pa

from synth_expectations.engine.extracts.damage import build_damage
from synth_expectations.engine.extracts.foreign_formats import LOOKED_AT, find_foreign_format

_GZIP, _BZIP2, _ZSTD = b"\x1f\x8b", b"BZh", b"\x28\xb5\x2f\xfd"
"""What files of these formats begin with: RFC 1952, bzip2's and RFC 8878's magic numbers."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, with whose mark it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_STREAM = re.compile("decompress|compressed (stream|input)", re.IGNORECASE)
"""What pyarrow says of a file that it cannot decompress; other errors without a number are those of a store."""


@dataclass(frozen=True)
class ExtractFile:
    """A file of a table.

    Attributes:
        path: its path or address, for errors.
        open: opens it, in binary.
    """

    path: str
    open: Callable[[], AbstractContextManager[IO[bytes]]]


def check_encoding(name: str) -> str:
    """Return the name of an encoding if Python knows it and it encodes text.

    Raises:
        ValueError: it does not.
    """
    try:
        "".encode(name)
    except (LookupError, UnicodeError, ValueError):
        raise ValueError(f"{name!r} is not an encoding: write utf-8, utf-16, cp1252, latin-1 or the like") from None
    return name


_WIDE = ("utf-16", "utf-32")
"""Encodings in which letters of ASCII have NUL bytes."""


@contextmanager
def open_text(file: ExtractFile, encoding: str, newline: str) -> Iterator[io.TextIOWrapper]:
    """Yield the text of a file, without its byte order mark.

    Args:
        file: the file.
        encoding: as Python names it.
        newline: as `open` takes it.

    Raises:
        DamagedExtractError: the file cannot be opened, is cut off, or is not of the encoding; names the line.
    """
    try:
        with open_binary(file) as binary:
            codec = _find_codec(file, binary.peek(4)[:4], encoding)
            is_wide = codecs.lookup(codec).name.startswith(_WIDE)
            checked = binary if is_wide else io.BufferedReader(_WithoutNul(file, binary), _CHUNK)
            with io.TextIOWrapper(checked, encoding=codec, errors="strict", newline=newline) as text:
                yield text
    except UnicodeError:  # also UTF-16 without a mark, which is not a UnicodeDecodeError
        hint = "Name the encoding of the files under format: encoding, or extract them again."
        line = _find_undecodable_line(file, encoding)
        raise build_damage(file.path, line, f"it has bytes that are not {encoding}", hint) from None


@contextmanager
def open_binary(file: ExtractFile) -> Iterator[io.BufferedReader]:
    """Yield the bytes of a file, decompressed.

    Raises:
        DamagedExtractError: the file cannot be opened, is cut off, or is of a format that holds no rows of text.
    """
    try:
        with file.open() as opened, _decompress(io.BufferedReader(_Readable(opened), _CHUNK)) as binary:
            if foreign := find_foreign_format(binary.peek(LOOKED_AT)[:LOOKED_AT]):
                kind, hint = foreign
                raise build_damage(file.path, None, f"it is {kind}", hint)
            yield binary
    except (EOFError, zlib.error, gzip.BadGzipFile, pa.ArrowException) as error:
        raise build_damage(file.path, None, f"it is compressed, and {_describe_compression(error)}") from None
    except OSError as error:
        if error.errno is None and _STREAM.search(str(error)):
            raise build_damage(file.path, None, f"it is compressed, and {_describe_compression(error)}") from None
        reason = (error.strerror or str(error) or type(error).__name__).rstrip(".").lower()
        raise build_damage(
            file.path, None, f"it cannot be read ({reason})", "Let the user of the run read it."
        ) from None


def guess_mark(first: bytes) -> str | None:
    """Return the encoding that a byte order mark at the start of a file names; None if there is no mark."""
    return next((name for mark, name in _MARKS if first.startswith(mark)), None)


def _find_codec(file: ExtractFile, first: bytes, encoding: str) -> str:
    """Return the codec that reads a file: it leaves the byte order mark out."""
    name = codecs.lookup(encoding).name
    mark = guess_mark(first)
    if mark and not name.startswith(mark):
        hint = f"Write encoding: {mark} under format:, or extract it again."
        raise build_damage(
            file.path, 1, f"it begins with the byte order mark of {mark}, but is to be read as {encoding}", hint
        )
    if mark is None or name in {"utf-8-sig", "utf-16", "utf-32"}:
        return encoding
    return "utf-8-sig" if mark == "utf-8" else mark


@contextmanager
def _decompress(binary: io.BufferedReader) -> Iterator[io.BufferedReader]:
    first = binary.peek(4)[:4]
    if first.startswith(_GZIP):
        yield io.BufferedReader(gzip.GzipFile(fileobj=binary), _CHUNK)
    elif first.startswith((_BZIP2, _ZSTD)):
        # Python's bz2 leaves out what follows the first stream if it is damaged; pyarrow refuses it
        codec = "bz2" if first.startswith(_BZIP2) else "zstd"
        yield io.BufferedReader(_Readable(pa.CompressedInputStream(pa.PythonFile(binary, "r"), codec)), _CHUNK)
    else:
        yield binary


class _WithoutNul(io.RawIOBase):
    """Bytes of text: a NUL among them is what a crash leaves of a block, or a file that is no text."""

    def __init__(self, file: ExtractFile, source: io.BufferedReader) -> None:
        self._file = file
        self._source = source
        self._lines = 1

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, and return how many bytes were read."""
        data = self._source.read1(len(buffer))
        if (place := data.find(b"\0")) >= 0:
            line = self._lines + data.count(b"\n", 0, place)
            hint = "Extract it again; if it is UTF-16, name that under format: encoding."
            raise build_damage(self._file.path, line, "it has a NUL byte, which text has not", hint)
        self._lines += data.count(b"\n")
        buffer[: len(data)] = data
        return len(data)


class _Readable(io.RawIOBase):
    """What has a `read`, as a stream that Python's buffers and decoders take."""

    def __init__(self, source: Any) -> None:
        self._read: Callable[[int], bytes] = source.read

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, and return how many bytes were read."""
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _find_undecodable_line(file: ExtractFile, encoding: str) -> int | None:
    """Return the line of the first byte that is not of an encoding; None if the file has changed meanwhile."""
    with open_binary(file) as binary:
        decoder = codecs.getincrementaldecoder(encoding)()
        lines = 1
        while True:
            chunk = binary.read(_CHUNK)
            state = decoder.getstate()
            try:
                lines += _count_ends(decoder.decode(chunk, not chunk))
            except UnicodeDecodeError as error:
                decoder.setstate(state)
                return lines + _count_ends(decoder.decode(chunk[: max(error.start - len(state[0]), 0)]))
            except UnicodeError:
                return 1
            if not chunk:
                return None


def _count_ends(text: str) -> int:
    return max(text.count("\n"), text.count("\r"))


def _describe_compression(error: Exception) -> str:
    ended = isinstance(error, EOFError) or "truncated" in str(error).lower()
    return "it ends in the middle" if ended else "it is damaged"
