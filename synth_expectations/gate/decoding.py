"""Text of unknown encoding: UTF-8, UTF-16 and UTF-32 are told apart, and anything else is read as Latin-1, which is noted."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from synth_expectations.gate.model import UnreadFileError

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: it begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""What a text begins with that says how it is encoded."""


@dataclass(frozen=True)
class Encoding:
    """The encoding of a file.

    Attributes:
        name: by Python's name.
        is_guess: whether the bytes fit no Unicode encoding, so that letters may be wrong.
    """

    name: str
    is_guess: bool = False


def detect(open_bytes: Callable[[], BinaryIO], head: bytes) -> Encoding:
    """Return the encoding of a file, which is read once if it has no mark: in chunks, whatever its size.

    Args:
        open_bytes: opens it.
        head: its first bytes.

    Raises:
        UnreadFileError: it cannot be read.
    """
    if name := _find_mark(head) or _guess_wide(head):
        return Encoding(name)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with open_bytes() as stream:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return Encoding("latin-1", is_guess=True)
    except OSError as error:
        raise UnreadFileError(f"the system reports: {error.strerror}") from None
    return Encoding("utf-8")


def decode(content: bytes) -> str:
    """Return bytes as text, by the same rules."""
    if name := _find_mark(content[:4]) or _guess_wide(content[:200]):
        return content.decode(name, "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _find_mark(head: bytes) -> str:
    return next((name for mark, name in _MARKS if head.startswith(mark)), "")


def _guess_wide(head: bytes) -> str:
    """Return the name of UTF-16 or UTF-32 without a mark, by where the zeros of the beginning lie; else an empty text."""
    for name, width, byte in (("utf-32-le", 4, 0), ("utf-32-be", 4, 3), ("utf-16-le", 2, 0), ("utf-16-be", 2, 1)):
        places = [head[place : 200 - 200 % width : width] for place in range(width)]
        if len(places[-1]) >= 2 and all(places.pop(byte)) and not any(map(any, places)):
            return name
    return ""
