"""CSV and its relatives: the delimiter and the encoding are found out, and rows are read one at a time."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

from synth_expectations.gate.fields import classify
from synth_expectations.gate.formats.header import MOST_BEFORE, infer_names, name_values, names_a_person, tell_unnamed
from synth_expectations.gate.load import Load
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.packing import strip_packing
from synth_expectations.gate.repository import HEAD, SourceFile

_NUMBER = re.compile("[0-9]+|[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
_MAX_FIELD = 4_000_000
"""Characters of one value."""
_MAX_LINE = 16_000_000
_BEFORE_HEADER = re.compile("#|sep=.$", re.IGNORECASE | re.MULTILINE)
_MAX_COLUMNS = 50_000
_MAX_BEGINNING = 1_000_000
"""Characters of the first lines, by which the delimiter and the header are told."""


@dataclass
class RowDoubts:
    """What is odd about the rows of a file.

    Attributes:
        ragged: rows with more or fewer values than the header.
        is_guess: whether the encoding is a guess.
        repeated: names that the header has twice.
        has_no_header: whether the columns were told by their values.
        is_told: whether columns were, although there is a header.
    """

    ragged: int = 0
    is_guess: bool = False
    repeated: int = 0
    has_no_header: bool = False
    is_told: bool = False

    def describe(self) -> list[str]:
        """Return each doubt as a sentence."""
        sentences = []
        if self.ragged:
            plural = "row has" if self.ragged == 1 else "rows have"
            sentences.append(f"{self.ragged:,} {plural} another number of values than the header.")
        if self.is_guess:
            sentences.append("It is not UTF-8, and was read as Latin-1: letters may be wrong.")
        if self.repeated:
            columns = f"{self.repeated} column{'s' * (self.repeated > 1)}"
            sentences.append(f"The header names {columns} more than once. A marker with several values is no tag.")
        if self.has_no_header:
            sentences.append("It has no header: e-mails and phones were told by their values, and names were not.")
        if self.is_told:
            sentences.append("No field of it is called like an e-mail: a column of addresses was told by its values.")
        return sentences


def name_object(path: str) -> str:
    """Return the object that a file is named after: `Contact.csv`, `contact_2024.csv`, `01-Contacts.csv`."""
    folder, _, name = strip_packing(path).rpartition("/")
    stem = name.lstrip(".").split(".")[0] or name
    if _NUMBER.fullmatch(stem) and folder:  # a record a file: `contacts/17.json`
        stem = folder.rpartition("/")[2]
    plain = re.sub(
        r"^[0-9]+[-_ ]+|[-_ ]+[0-9]+$|[-_ ]*(data|export|import|sample|source|target)$", "", stem, flags=re.I
    )
    for known in ("Contact", "Lead", "Individual", "User", "Account"):
        if plain.casefold() in {known.casefold(), f"{known.casefold()}s"}:
            return known
    return plain or stem


def looks_delimited(file: SourceFile) -> bool:
    """Return whether a file of another ending holds a table: a header that names a person, or rows with an address each."""
    lines = file.beginning.decode(errors="replace").splitlines()
    if len(file.head) == HEAD:
        lines = lines[:-1]  # it is cut off
    lines = lines[:MOST_BEFORE]
    start = _find_header(lines)
    if not start.has_header:
        return len(start.names) > 2 or len([line for line in lines if line.strip()]) > 1
    rows = [row for row in csv.reader(lines[start.before :], delimiter=start.delimiter) if any(row)]
    return (
        len(rows) > 1
        and len(rows[0]) > 1
        and names_a_person(rows[0])
        and not any("@" in cell or cell.strip().endswith(".") for cell in rows[0])
        and len(rows[1]) == len(rows[0])
    )


def read_delimited(file: SourceFile, load: Load, delimiter: str | None = None) -> RowDoubts:
    """Add the rows of a delimited file to a load.

    Raises:
        UnreadFileError: it is empty, has a value of millions of characters, or cannot be read.
    """
    if file.head.startswith((b"PAR1", b"<")):
        raise UnreadFileError("it is not CSV: Parquet or HTML")
    try:
        with file.open_text(newline="") as (stream, encoding):
            doubts = read_rows(stream, load, delimiter)
            doubts.is_guess = encoding.is_guess
            return doubts
    except UnicodeError:
        raise UnreadFileError("the system reports: the text ends within a letter") from None


def read_rows(stream: TextIO, load: Load, delimiter: str | None = None) -> RowDoubts:
    """Add the rows of a delimited text to a load.

    Raises:
        UnreadFileError: it is empty, or has a value of millions of characters.
        OSError: it cannot be read.
    """
    doubts = RowDoubts()
    csv.field_size_limit(_MAX_FIELD)
    try:
        start = _find_header(list(_read_beginning(stream)), delimiter)
        before, names = start.before, start.names
        stream.seek(0)
        for _ in range(before):
            stream.readline()
        rows = csv.reader(_read_lines(stream), delimiter=start.delimiter, strict=True)
        doubts.has_no_header = not start.has_header
        doubts.is_told = start.has_header and bool(names)
        if start.has_header:
            header = next((row for row in rows if any(map(str.strip, row))), [])
            names = names if len(names) == len(header) else [name.strip().lstrip("\ufeff") for name in header]
        if not any(names):
            raise UnreadFileError("it is empty")
        if len(names) > _MAX_COLUMNS:
            raise UnreadFileError(f"it has {len(names):,} columns, and at most {_MAX_COLUMNS:,} are read")
        doubts.repeated = len(names) - len(set(names))
        # a value may have several lines: a row begins where the one before has ended
        line = before + rows.line_num + 1
        for row in rows:
            if row:
                doubts.ragged += len(row) != len(names)
                load.add(name_values(names, row), line)
            line = before + rows.line_num + 1
    except csv.Error:
        raise UnreadFileError(
            f"a value has more than {_MAX_FIELD:,} characters, or a quote is not closed or stands within a value"
        ) from None
    return doubts


def _read_lines(stream: TextIO) -> Iterator[str]:
    """Yield lines; csv itself takes a line of any length before it looks at the values."""
    while line := stream.readline(_MAX_LINE):
        if len(line) == _MAX_LINE:
            raise UnreadFileError(f"a line has more than {_MAX_LINE:,} characters")
        yield line


def _read_beginning(stream: TextIO) -> Iterator[str]:
    """Yield the first lines; fewer where they are long."""
    left = _MAX_BEGINNING
    for _ in range(MOST_BEFORE):
        yield (line := stream.readline(_MAX_BEGINNING))
        left -= len(line)
        if left <= 0:
            return


@dataclass(frozen=True)
class _TableStart:
    """How a table begins.

    Attributes:
        before: lines before the header.
        delimiter: between values.
        names: of the columns, told by their values; empty if the header names them.
        has_header: whether the first row is a header.
    """

    before: int
    delimiter: str
    names: list[str] = field(default_factory=list)
    has_header: bool = True


def _find_header(lines: list[str], known: str | None = None) -> _TableStart:
    """Return how a table begins.

    Exports may begin with `sep=;`, a title or remarks: lines are left out only where one behind them names a field.

    Args:
        lines: the first of the file.
        known: the delimiter, if it is known.
    """
    first = next((line for line in lines if line.strip()), "")
    for number, line in enumerate(lines):
        delimiter = known or _find_delimiter(line)
        cells = [cell.strip(" \"'\r\n") for cell in line.split(delimiter)]
        if line is not first and len(cells) > 1 and any(map(classify, cells)):
            return _TableStart(number, delimiter)
        if not _BEFORE_HEADER.match(line) and sum(map(bool, cells)) > 1:
            break
    delimiter = known or _find_delimiter(first)
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if any(map(str.strip, row))]
    if names := infer_names(rows):
        return _TableStart(0, delimiter, names, has_header=False)
    header = [cell.strip().lstrip("\ufeff") for cell in rows[0]] if rows else []
    told = tell_unnamed(header, rows[1:])
    return _TableStart(0, delimiter, told if told != header else [])


def _find_delimiter(header: str) -> str:
    outside = re.sub('"[^"]*"', "", header)
    return max(",;\t|^~\x01\x1f", key=lambda candidate: (outside.count(candidate), candidate == ","))
