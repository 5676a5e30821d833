"""Rows that SQL inserts or copies, of any dialect: migrations, seeds and dumps of PostgreSQL, MySQL, SQL Server and Oracle.

Nothing is run. Rows are those of `INSERT` with `VALUES`, `SET` or a `SELECT` of plain values, and of `COPY … FROM stdin`; a
computed value is left out. sqlglot is no dependency of the gate, and reads a whole text at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.formats.header import infer_names
from synth_expectations.gate.formats.sql_tokens import SqlText, Token, TokenKind
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

_BEFORE_NAME = frozenset(
    {"OR", "IGNORE", "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "OVERWRITE", "REPLACE", "ABORT", "ROLLBACK", "FAIL"}
    | {"INTO", "TABLE", "ALL", "FIRST"}
)
_BEFORE_TABLE = frozenset(
    {"GLOBAL", "LOCAL", "TEMP", "TEMPORARY", "UNLOGGED", "OR", "REPLACE", "TRANSIENT", "EXTERNAL"}
)
_NO_COLUMN = frozenset(
    {"PRIMARY", "KEY", "CONSTRAINT", "UNIQUE", "FOREIGN", "INDEX", "CHECK", "FULLTEXT", "SPATIAL", "EXCLUDE", "LIKE"}
    | {"PERIOD"}
)
_WORDS = {"NULL": None, "TRUE": "true", "FALSE": "false", "DEFAULT": None}
_AFTER_VALUE = frozenset({"FROM", "UNION", "WHERE", "INSERT", "SELECT", "GO", "ON"})
_AFTER_NAMES = frozenset({"VALUES", "SELECT", "INSERT", "WITH", "SET", "GO", "CREATE", "UPDATE"})
_MAX_COLUMNS = 50_000
_COPY_ESCAPE = re.compile(r"\\(.)")
_COPY_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


class SqlRow(NamedTuple):
    """A row: its table without the schema, its values by column, and its line."""

    table: str
    values: dict[str, str | None]
    line: int


def is_template(file: SourceFile) -> bool:
    """Return whether SQL is a template of Jinja, as models and macros of dbt are: it inserts nothing as it stands."""
    return b"{{" in file.beginning or b"{%" in file.beginning


def read_statements(file: SourceFile) -> Iterator[SqlRow]:
    """Yield the rows that the statements of a file hold.

    Raises:
        UnreadFileError: it cannot be read, or a text of it is not closed.
    """
    head = file.beginning
    if b"\0" in decode(file.head).encode(errors="replace"):
        raise UnreadFileError("it is not text: a packed file, or a dump in a format of its own")
    with file.open_text(newline="") as (stream, _):
        yield from _Reader(SqlText(stream, is_mysql=b"`" in head or b"MySQL" in head or b"MariaDB" in head)).read()


@dataclass
class _Reader:
    sql: SqlText
    columns: dict[str, list[str]] = field(default_factory=dict)
    token: Token | None = None

    def read(self) -> Iterator[SqlRow]:
        """Yield the rows of each statement."""
        self._next()
        while self.token is not None:
            word = self._word()
            self._next()
            if word in {"INSERT", "REPLACE"}:
                yield from self._read_insert()
            elif word == "COPY":
                yield from self._read_copy()
            elif word == "CREATE":
                self._read_table()

    def _next(self) -> None:
        self.token = self.sql.take()

    def _word(self) -> str:
        return self.token.value.upper() if self.token and self.token.kind is TokenKind.WORD else ""

    def _is_sign(self, sign: str) -> bool:
        return self.token is not None and self.token.kind is TokenKind.SIGN and self.token.value == sign

    def _take_name(self) -> str:
        """Return the last part of a name, such as that of `public.customers`."""
        name = ""
        while self.token is not None and self.token.kind in {TokenKind.NAME, TokenKind.WORD}:
            name = self.token.value
            self._next()
            if not self._is_sign("."):
                break
            self._next()
        return name

    def _take_names(self) -> list[str]:
        """Return names in brackets; an empty list if there are none."""
        names: list[str] = []
        if self._is_sign("("):
            self._next()
            while name := self._take_name():
                names.append(name)
                _require_few(names)
                if not self._is_sign(","):
                    break
                self._next()
            if not self._is_sign(")"):
                return []
            self._next()
        return names

    def _read_insert(self) -> Iterator[SqlRow]:
        while self._word() in _BEFORE_NAME:
            self._next()
        table = self._take_name()
        names = self._take_names()
        while self._is_between():  # OVERRIDING SYSTEM VALUE, OUTPUT inserted.id, AS new
            self._next()
        if table and self._word() == "SELECT":
            yield from self._read_selects(table, names)
        elif table and self._word() == "SET":
            yield from self._read_set(table)
        if not table or self._word() != "VALUES":
            return
        self._next()
        while True:
            if self._word() == "ROW":
                self._next()
            if not self._is_sign("("):
                return
            line = self.sql.line
            row = self._take_values()
            yield from self._name(table, names, row, line)
            if not self._is_sign(","):
                return
            self._next()

    def _read_selects(self, table: str, names: list[str]) -> Iterator[SqlRow]:
        """Yield the rows of SELECTs of plain values, joined by UNION; those of another table are not shown."""
        while self._word() == "SELECT":
            line = self.sql.line
            row: list[str | None] = []
            while not row or self._is_sign(","):
                self._next()
                row.append(self._take_value(_AFTER_VALUE))
                _require_few(row)
            if self._word() == "FROM":
                self._next()
                if self._word() != "DUAL":
                    return
                self._next()
            yield from self._name(table, names, row, line)
            while self._word() in {"UNION", "ALL"}:
                self._next()

    def _read_set(self, table: str) -> Iterator[SqlRow]:
        """Yield the row of `INSERT INTO contact SET email = '…'`, as MySQL has it."""
        line = self.sql.line
        names: list[str] = []
        row: list[str | None] = []
        while not names or self._is_sign(","):
            self._next()
            names.append(self._take_name())
            if not self._is_sign("="):
                return
            self._next()
            row.append(self._take_value(_AFTER_VALUE))
            _require_few(row)
        yield from self._name(table, names, row, line)

    def _take_value(self, ending_words: frozenset[str] = frozenset()) -> str | None:
        """Return a value, and go to what ends it: a comma, a bracket, a semicolon or a word; a computed one is None."""
        value: str | None = None
        is_first, depth = True, 0
        while self.token is not None:
            kind, text = self.token
            if depth == 0 and ((kind is TokenKind.SIGN and text in ",;)") or self._word() in ending_words):
                break
            if kind is TokenKind.SIGN and text in "()":
                depth += 1 if text == "(" else -1
                value = None
            elif is_first:
                value = _read_plain(self.token)
            is_first = False
            self._next()
        return value

    def _is_between(self) -> bool:
        """Return whether a token stands between the names of an INSERT and its VALUES."""
        if self.token is None or self._word() in _AFTER_NAMES:
            return False
        return self.token.kind in {TokenKind.WORD, TokenKind.NAME} or self._is_sign(".") or self._is_sign(",")

    def _take_values(self) -> list[str | None]:
        """Return the values of a row; a computed one is None.

        Raises:
            UnreadFileError: the row is not closed.
        """
        values: list[str | None] = []
        while not values or self._is_sign(","):
            self._next()
            values.append(self._take_value())
            _require_few(values)
        if not self._is_sign(")"):
            raise UnreadFileError("it ends within a row" if self.token is None else "a row of it is not closed")
        self._next()
        return values

    def _name(self, table: str, names: list[str], row: list[str | None], line: int) -> Iterator[SqlRow]:
        """Yield a row by the columns of the statement, else of its table, else by what its values are."""
        known = names or self.columns.get(table.casefold()) or []
        if not known:
            known = infer_names([[value or "" for value in row]])
            if known:
                self.columns[table.casefold()] = known
        yield SqlRow(table, dict(zip(known, row, strict=False)), line)

    def _read_table(self) -> None:
        while self._word() in _BEFORE_TABLE:
            self._next()
        if self._word() != "TABLE":
            return
        self._next()
        while self._word() in {"IF", "NOT", "EXISTS"}:
            self._next()
        table = self._take_name()
        if not self._is_sign("("):
            return
        names: list[str] = []
        depth, is_first = 0, False
        while self.token is not None:
            if self._is_sign("("):
                depth += 1
                is_first = depth == 1
            elif self._is_sign(")"):
                depth -= 1
                if depth == 0:
                    break
            elif depth == 1 and self._is_sign(","):
                is_first = True
            elif is_first:
                if self.token.kind is TokenKind.NAME or self._word() not in {"", *_NO_COLUMN}:
                    names.append(self.token.value)
                    _require_few(names)
                is_first = False
            self._next()
        self.columns[table.casefold()] = names

    def _read_copy(self) -> Iterator[SqlRow]:
        table = self._take_name()
        names = self._take_names()
        if not table or self._word() != "FROM":
            return
        self._next()
        if self._word() != "STDIN":
            return
        is_csv = False
        while self.token is not None and not self._is_sign(";"):
            is_csv |= self._word() == "CSV"
            self._next()
        self.sql.take_line()
        while (line := self.sql.take_line()) is not None and line != "\\.":
            number = self.sql.line - 1
            if is_csv:
                cells: list[str | None] = list(_split_csv(line))
            else:
                cells = [None if cell == r"\N" else _unescape(cell) for cell in line.split("\t")]
            yield from self._name(table, names, cells, number)
        self._next()


def _read_plain(token: Token) -> str | None:
    if token.kind is TokenKind.WORD:
        return _WORDS.get(token.value.upper())
    return None if token.kind is TokenKind.SIGN else token.value


def _require_few(columns: list[str] | list[str | None]) -> None:
    if len(columns) > _MAX_COLUMNS:
        raise UnreadFileError(f"a statement of it has more than {_MAX_COLUMNS:,} columns")


def _split_csv(line: str) -> list[str]:
    import csv

    return next(csv.reader([line]), [])


def _unescape(cell: str) -> str:
    if "\\" not in cell:
        return cell
    return _COPY_ESCAPE.sub(lambda match: _COPY_ESCAPES.get(match[1], match[1]), cell)
