"""Text of unknown encoding: UTF-8 and UTF-16 are told apart, and anything else is read as Latin-1, which is noted."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from synth_expectations.gate.model import UnreadFileError

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Encoding:
    """The encoding of a file.

    Attributes:
        name: by Python's name.
        is_guess: whether the bytes fit no Unicode encoding, so that letters may be wrong.
    """

    name: str
    is_guess: bool = False


def detect(path: Path, head: bytes) -> Encoding:
    """Return the encoding of a file, which is read once if it has no mark: in chunks, whatever its size.

    Raises:
        UnreadFileError: it cannot be read.
    """
    if head.startswith(codecs.BOM_UTF8):
        return Encoding("utf-8-sig")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16")
    if name := _guess_utf16(head):
        return Encoding(name)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return Encoding("latin-1", is_guess=True)
    except OSError as error:
        raise UnreadFileError(f"the system says: {error.strerror}") from None
    return Encoding("utf-8")


def decode(content: bytes) -> str:
    """Return bytes as text, by the same rules."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(name, "replace")
    if name := _guess_utf16(content[:200]):
        return content.decode(name, "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _guess_utf16(head: bytes) -> str:
    """Return the name of UTF-16 without a mark, if every other byte of the beginning is zero; else an empty text."""
    first, second = head[0:200:2], head[1:200:2]
    if len(second) >= 2 and not any(second) and all(first):
        return "utf-16-le"
    if len(second) >= 2 and not any(first) and all(second):
        return "utf-16-be"
    return ""
