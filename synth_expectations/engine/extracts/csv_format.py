"""CSV as RFC 4180 describes it, with another delimiter, quote or encoding where the policy says so.

A row with other than the header's number of fields, an open quote, text after a closing quote, or an empty line between
records is an error. An empty field is NULL, quoted or not. A quote within a field that begins without one is text.
"""

from __future__ import annotations

import csv
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from synth_expectations.engine.extracts.blocks import BLOCK_ROWS, Block, build_fields
from synth_expectations.engine.extracts.damage import DamagedExtractError, build_damage
from synth_expectations.engine.extracts.text_stream import ExtractFile, check_encoding, open_text

_LARGEST_FIELD = 1 << 30
_LIMIT = threading.Lock()  # Python's limit on fields is one for the process
_SEPARATOR_LINE = re.compile("sep=.?", re.IGNORECASE)
"""The line that Excel writes before a header."""


@dataclass(frozen=True)
class CsvFormat:
    """How CSV files are written.

    Attributes:
        delimiter: one character between fields.
        quote: one character around fields; None if quotes are text.
        escape: one character before a quote or delimiter that is text, such as a backslash; None if a quote is doubled.
        encoding: as Python names it.
        header: the names of the columns, of files that have no header; None if the first record is it.
    """

    delimiter: str = ","
    quote: str | None = '"'
    escape: str | None = None
    encoding: str = "utf-8"
    header: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """Check the characters.

        Raises:
            ValueError: one is more or less than a character, a line end, or stands for two things.
        """
        for name in ("delimiter", "quote", "escape"):
            value = getattr(self, name)
            if value is not None and (not isinstance(value, str) or len(value) != 1 or value in "\r\n\0"):
                raise ValueError(f"{name} is one character, and no line end")
        given = [value for value in (self.delimiter, self.quote, self.escape) if value]
        if len(set(given)) < len(given):
            raise ValueError(
                "delimiter, quote and escape are different characters (leave escape out for doubled quotes)"
            )
        if self.delimiter == " ":
            raise ValueError("a space is not a delimiter")
        check_encoding(self.encoding)
        if self.header is not None and (problem := describe_names(self.header)):
            raise ValueError(f"header: {problem}")

    def read_names(self, file: ExtractFile) -> tuple[str, ...]:
        """Return the names of a file's columns.

        Raises:
            DamagedExtractError: there is no header, or two columns have one name.
        """
        with self._open(file) as reader:
            return self._read_names(file, reader)

    def read(self, file: ExtractFile) -> Iterator[Block]:
        """Yield the rows of a file in blocks; at least one, which may be empty.

        Raises:
            DamagedExtractError: a row is damaged; names its line.
        """
        with self._open(file) as reader:
            names = self._read_names(file, reader)
            records = 0
            while True:
                rows = self._read_rows(file, reader, len(names))
                if rows or not records:
                    yield self._build_block(file, names, rows, records)
                records += len(rows)
                if len(rows) < BLOCK_ROWS:
                    return

    def find_line(self, file: ExtractFile, record: int) -> int:
        """Return the line in which a record begins.

        Args:
            file: its file.
            record: its number, from 0.
        """
        with self._open(file) as reader, _any_length():
            if self.header is None:
                next(reader)
            start: int = reader.line_num + 1
            for _ in islice(reader, record):
                start = reader.line_num + 1
            return start

    def _build_block(self, file: ExtractFile, names: tuple[str, ...], rows: list[list[str]], records: int) -> Block:
        values = zip(*rows, strict=True) if rows else ((),) * len(names)
        try:
            return Block(names, tuple(build_fields(column) for column in values), records, len(rows))
        except UnicodeEncodeError:
            row = next(number for number, fields in enumerate(rows) if any(map(_has_surrogate, fields)))
            raise build_damage(
                file.path, self.find_line(file, records + row), "it has half of a surrogate pair"
            ) from None

    @contextmanager
    def _open(self, file: ExtractFile) -> Iterator[Any]:
        with open_text(file, self.encoding, newline="") as text:
            yield csv.reader(
                text,
                delimiter=self.delimiter,
                quotechar=self.quote,
                quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
                escapechar=self.escape,
                doublequote=self.escape is None,
                strict=True,
            )

    def _read_names(self, file: ExtractFile, reader: Any) -> tuple[str, ...]:
        if self.header is not None:
            return self.header
        try:
            with _any_length():
                names = tuple(next(reader))
        except StopIteration:
            hint = "Extract it again; name the columns of files without a header under format: header."
            raise build_damage(file.path, None, "it is empty, without even a header", hint) from None
        except csv.Error as error:
            raise _build_damage(file, 1, error) from None
        if names and _SEPARATOR_LINE.fullmatch(names[0]) and not any(names[1:]):
            hint = "Remove that line, and name the delimiter under format:."
            raise build_damage(file.path, 1, "it names the separator, which only spreadsheet programs read", hint)
        if problem := describe_names(names):
            raise build_damage(
                file.path, 1, f"in the header, {problem}", "Correct the header, or the delimiter under format:."
            )
        return names

    def _read_rows(self, file: ExtractFile, reader: Any, width: int) -> list[list[str]]:
        try:
            with _any_length():
                rows: list[list[str]] = list(islice(reader, BLOCK_ROWS))
                if set(map(len, rows)) <= {width}:
                    return rows
                if width == 1:  # an empty line is an empty field
                    rows = [row or [""] for row in rows]
                else:
                    records = next((number for number, row in enumerate(rows) if not row), len(rows))
                    if not any(rows[records:]) and not any(reader):  # empty lines at the end
                        rows = rows[:records]
                if set(map(len, rows)) <= {width}:
                    return rows
        except csv.Error:
            pass
        raise self._find_damage(file, width)

    def _find_damage(self, file: ExtractFile, width: int) -> DamagedExtractError:
        """Return the first damage of a file, which is read again to count its lines."""
        with self._open(file) as reader, _any_length():
            start, empty = 1, 0
            try:
                if self.header is None:
                    next(reader)
                    start = reader.line_num + 1
                for row in reader:
                    if not row and width > 1:
                        empty = empty or start
                    elif empty:
                        return build_damage(file.path, empty, "there is an empty line between records")
                    elif len(row or [""]) != width:
                        fields = f"{len(row)} field{'s' if len(row) > 1 else ''}, too {'many' if len(row) > width else 'few'}"
                        return build_damage(
                            file.path,
                            start,
                            f"it has {fields} for {width} columns",
                            "Extract it again, or correct the delimiter.",
                        )
                    start = reader.line_num + 1
            except csv.Error as error:
                return _build_damage(file, start, error)
        return build_damage(
            file.path, None, "it changed while it was read", "Run it again when the extract is complete."
        )


def describe_names(names: Sequence[str]) -> str | None:
    """Return what is wrong with the names of columns; None if nothing is. Engines ignore the case of names."""
    if not names:
        return "there is no name"
    if any(not name.strip() for name in names):
        number = next(number for number, name in enumerate(names, start=1) if not name.strip())
        return f"column {number} has no name" if len(names) > 1 else "there is no name"
    counts = Counter(name.casefold() for name in names)
    twice = next((name for name in names if counts[name.casefold()] > 1), None)
    if twice is None:
        return None
    spellings = sorted({name for name in names if name.casefold() == twice.casefold()})
    return f"two columns are called {' and '.join(spellings)}"


@contextmanager
def _any_length() -> Iterator[None]:
    """Let fields be long: Python's own limit is 128 kB."""
    with _LIMIT:
        limit = csv.field_size_limit(_LARGEST_FIELD)
        try:
            yield
        finally:
            csv.field_size_limit(limit)


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _build_damage(file: ExtractFile, line: int, error: csv.Error) -> DamagedExtractError:
    text = str(error)
    if "unexpected end of data" in text:
        return build_damage(file.path, line, "a quote is not closed")
    if "expected after" in text:
        return build_damage(file.path, line, "text follows a closing quote, or a quote is not closed")
    return build_damage(file.path, line, "it is not CSV")
