"""Rows that stand in a script of PostgreSQL behind `COPY … FROM stdin`, separated by tabs or as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from synth_expectations.gate.formats.sql_cursor import SqlCursor
from synth_expectations.gate.formats.sql_tokens import SqlText, Token, TokenKind
from synth_expectations.gate.model import UnreadFileError

_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_MAX_ROW = 4_000_000


@dataclass
class CopyFormat:
    """How the rows are written.

    Attributes:
        is_csv: whether they are CSV.
        delimiter: between values.
        null: what NULL is written as; None for the usual.
        quote: around values of CSV.
        has_header: whether the first row names the columns.
    """

    is_csv: bool = False
    delimiter: str = ""
    null: str | None = None
    quote: str = '"'
    has_header: bool = False

    def split(self, line: str) -> list[str | None]:
        """Return the values of a row."""
        if self.is_csv:
            null = self.null or ""
            rows = csv.reader([line], delimiter=self.delimiter or ",", quotechar=self.quote)
            return [None if cell == null else cell for cell in next(rows, [])]
        null = r"\N" if self.null is None else self.null
        return [None if cell == null else _unescape(cell) for cell in line.split(self.delimiter or "\t")]


@dataclass(frozen=True, slots=True)
class CopiedRow:
    """A row: the names of its columns, if they are known, its values, and its line."""

    names: list[str]
    values: list[str | None]
    line: int


def read_copy(cursor: SqlCursor, names: list[str], *, is_of_psql: bool) -> Iterator[CopiedRow]:
    """Yield the rows behind the word FROM; there are none if they lie in another file.

    Args:
        cursor: behind the word FROM.
        names: of the columns, as the statement has them.
        is_of_psql: whether it is a command of psql, which ends with its line.

    Raises:
        UnreadFileError: a row is too long, or its quotes are not closed.
    """
    if cursor.word() not in {"STDIN", "PSTDIN"}:
        return
    form = _read_format(cursor, is_of_psql=is_of_psql)
    is_first = True
    for line, number in _take_rows(cursor, form):
        try:
            values = form.split(line)
        except (csv.Error, TypeError):
            raise UnreadFileError(f"the row at line {number} is not valid CSV") from None
        if is_first and form.has_header:
            names = names or [name or "" for name in values]
        else:
            yield CopiedRow(names, values, number)
        is_first = False
    cursor.next()


def _take_rows(cursor: SqlCursor, form: CopyFormat) -> Iterator[tuple[str, int]]:
    """Yield each row with its line, up to a backslash with a full stop; a row of CSV goes on while a quote is open."""
    while (line := cursor.sql.take_line()) is not None and line != "\\.":
        number = cursor.sql.line - 1
        parts, length, quotes = [line], len(line), line.count(form.quote)
        while form.is_csv and quotes % 2:
            more = cursor.sql.take_line()
            if more is None:
                raise UnreadFileError(f"a quote that is opened at line {number} is not closed")
            parts.append(more)
            length += len(more)
            quotes += more.count(form.quote)
            if length > _MAX_ROW:
                raise UnreadFileError(f"the row at line {number} has more than {_MAX_ROW:,} characters")
        yield "\n".join(parts), number


def _read_format(cursor: SqlCursor, *, is_of_psql: bool) -> CopyFormat:
    """Read the options, in the old spelling or the new: `CSV HEADER DELIMITER ';'`, `(FORMAT csv, HEADER true)`."""
    form, option = CopyFormat(), ""
    for token in _take_options(cursor, is_of_psql=is_of_psql):
        word = token.value.upper() if token.kind is TokenKind.WORD else ""
        if token.kind is TokenKind.TEXT:
            if option.startswith("DELIMITER") and len(token.value) == 1:
                form.delimiter = token.value
            elif option == "NULL":
                form.null = token.value
            elif option == "QUOTE" and len(token.value) == 1:
                form.quote = token.value
        elif word == "CSV":
            form.is_csv = True
        elif word in {"FALSE", "OFF"} and option == "HEADER":
            form.has_header = False
        elif word not in {"", "AS", "WITH", "TRUE", "ON", "MATCH"}:
            option = word
            form.has_header |= word == "HEADER"
    return form


def _take_options(cursor: SqlCursor, *, is_of_psql: bool) -> Iterator[Token]:
    """Yield the tokens behind STDIN, and go to the line behind: that of psql has no semicolon."""
    if is_of_psql:
        options = SqlText(io.StringIO(cursor.sql.take_line() or ""), is_mysql=False)
        while (token := options.take()) is not None:
            yield token
        return
    cursor.next()
    while cursor.token is not None and not cursor.is_sign(";"):
        yield cursor.token
        cursor.next()
    cursor.sql.take_line()


def _unescape(cell: str) -> str:
    if "\\" not in cell:
        return cell
    return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]), cell)
