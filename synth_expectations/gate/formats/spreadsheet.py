"""Spreadsheets of Excel (`.xlsx`): each sheet is a table; rows are read as the parser meets them, and formulas are not run."""

from __future__ import annotations

import errno
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.parsers import expat

from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

_CHUNK = 65_536
_MAX_PART = 1_000_000_000
"""Bytes of a sheet when it is unpacked."""
_MAX_SHARED = 40_000_000
"""Characters of the texts that cells share, which are kept in memory."""
_MAX_TEXTS = 600_000
_MAX_TEXT = 4_000_000
"""Characters of one cell, and bytes of one tag."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_COLUMN = re.compile("[A-Z]{1,3}")
_MAX_COLUMNS = 16_384
_MAX_CELLS = 100_000_000
"""Cells of a sheet, with the empty ones before the last of each row: one tag at column XFD stands for 16,384."""
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How the parts of a book may be packed: of others, zipfile unpacks a piece whatever its size."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError, ValueError)
"""What zipfile raises of damaged books, of encrypted ones and other packings (RuntimeError), and of missing parts (KeyError)."""


def read_spreadsheet(file: SourceFile) -> Iterator[Iterator[tuple[list[str], int]]]:
    """Yield the rows of each sheet, with their numbers.

    Raises:
        UnreadFileError: it is not a spreadsheet, is encrypted, or unpacks to too much.
    """
    with _refuse_damaged(), zipfile.ZipFile(file.location) as book:
        sheets = sorted(name for name in book.namelist() if _SHEET.fullmatch(name))
        if not sheets:
            raise UnreadFileError("it is not a spreadsheet that can be read: it has no sheet")
        shared = _read_shared(book)
        for name in sheets:
            yield _read_sheet(book, name, shared)


@contextmanager
def _refuse_damaged() -> Iterator[None]:
    try:
        yield
    except (*_BROKEN, OSError) as error:
        if isinstance(error, OSError) and error.errno not in (
            None,
            errno.EINVAL,
        ):  # else a place before the file's start
            raise UnreadFileError(f"the system reports: {error.strerror}") from None
        raise UnreadFileError(
            "it is not a spreadsheet that can be read: it is encrypted, damaged, or of an older format"
        ) from None


def _read_shared(book: zipfile.ZipFile) -> list[str]:
    """Return the texts that cells share."""
    texts: list[str] = []
    parts: list[str] = []
    length = 0

    def start(name: str, _: object) -> None:
        if _strip_prefix(name) == "si":
            parts.clear()

    def add(text: str) -> None:
        nonlocal length
        length += len(text)
        if length > _MAX_SHARED:
            raise UnreadFileError(f"its cells share more than {_MAX_SHARED // 1_000_000} MB of texts")
        parts.append(text)

    def end(name: str) -> None:
        if _strip_prefix(name) == "si":
            texts.append("".join(parts))
            if len(texts) > _MAX_TEXTS:
                raise UnreadFileError(f"its cells share more than {_MAX_TEXTS:,} texts")

    if "xl/sharedStrings.xml" in book.namelist():
        parser = _make_parser()
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = add
        for _ in _parse(book, "xl/sharedStrings.xml", parser):
            pass
    return texts


def _read_sheet(book: zipfile.ZipFile, name: str, shared: list[str]) -> Iterator[tuple[list[str], int]]:
    reader = _SheetReader(shared)
    for _ in _parse(book, name, reader.parser):
        yield from reader.take()
    yield from reader.take()


class _SheetReader:
    """Takes the events of the parser, and builds rows of them."""

    def __init__(self, shared: list[str]) -> None:
        self.parser = _make_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add_text
        self._shared = shared
        self._rows: list[tuple[dict[int, str], int]] = []
        self._row: dict[int, str] = {}
        self._number = 0
        self._text: list[str] = []
        self._length = 0
        self._is_value = False
        self._kind = ""
        self._column = 0
        self._cells = 0

    def take(self) -> Iterator[tuple[list[str], int]]:
        """Yield the rows that are complete, once.

        Raises:
            UnreadFileError: the sheet has too many cells.
        """
        rows, self._rows = self._rows, []
        for cells, number in rows:
            width = self._widen(cells)
            row = [""] * width
            for column, text in cells.items():
                row[column] = text
            yield row, number

    def _widen(self, cells: dict[int, str]) -> int:
        width = max(cells, default=-1) + 1
        self._cells += width
        if self._cells > _MAX_CELLS:
            raise UnreadFileError(f"a sheet of it has more than {_MAX_CELLS // 1_000_000} million cells")
        return width

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = _strip_prefix(name)
        if name == "row":
            self._row = {}
            self._column = -1
            self._number = int(attributes["r"]) if attributes.get("r", "").isdigit() else self._number + 1
        elif name == "c":
            self._kind = attributes.get("t", "")
            match = _COLUMN.match(attributes.get("r", ""))
            self._column = _count(match[0]) if match else self._column + 1
            self._text = []
            self._length = 0
        self._is_value = name in {"v", "t"}

    def _add_text(self, text: str) -> None:
        if self._is_value:
            self._text.append(text)
            self._length += len(text)
            if self._length > _MAX_TEXT:
                raise UnreadFileError(f"a cell of it has more than {_MAX_TEXT:,} characters")

    def _end(self, name: str) -> None:
        self._is_value = False
        name = _strip_prefix(name)
        if name == "c" and self._column < _MAX_COLUMNS:
            text = "".join(self._text)
            if self._kind == "s":
                text = self._shared[int(text)] if text.isdigit() and int(text) < len(self._shared) else ""
            self._row[self._column] = text
        elif name == "row":
            self._rows.append((self._row, self._number))


def _strip_prefix(name: str) -> str:
    """Return the name of an element without its prefix: some programs write `<x:row>`."""
    return name.rpartition(":")[2]


def _count(letters: str) -> int:
    """Return the number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _make_parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _parse(book: zipfile.ZipFile, name: str, parser: expat.XMLParserType) -> Iterator[None]:
    """Parse a part of the book, and stop after each piece of it.

    Raises:
        UnreadFileError: it is not XML, or unpacks to too much.
    """
    left = _MAX_PART
    if book.getinfo(name).compress_type not in _PACKINGS:
        raise UnreadFileError("it is packed in another way than Excel packs its books")
    try:
        for chunk in _read_part(book, name):
            left -= len(chunk)
            if left < 0:
                raise UnreadFileError(f"a sheet of it unpacks to more than {_MAX_PART // 1_000_000:,} MB")
            parser.Parse(chunk, False)
            if _MAX_PART - left - parser.CurrentByteIndex > _MAX_TEXT:  # the parser keeps a tag until it is closed
                raise UnreadFileError(f"a tag in a sheet of it has more than {_MAX_TEXT:,} characters")
            yield
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        raise UnreadFileError("a sheet of it is not valid XML") from None


def _read_part(book: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with _refuse_damaged(), book.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _refuse(*_: object) -> None:
    raise UnreadFileError("it declares a document type, which may hide an XML bomb")
