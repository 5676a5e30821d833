"""Rows that SQL inserts, merges or copies: migrations, seeds and dumps of PostgreSQL, MySQL, SQL Server, Oracle and others.

Nothing is run. Rows are those of `INSERT` with `VALUES`, `SET` or a `SELECT` of plain values, of `MERGE`, and of
`COPY … FROM stdin`; a computed value is left out. sqlglot is no dependency of the gate, and reads a whole text at once.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.formats.header import infer_names
from synth_expectations.gate.formats.sql_copy import read_copy
from synth_expectations.gate.formats.sql_cursor import AFTER_VALUE, SqlCursor, SqlExpression, require_few
from synth_expectations.gate.formats.sql_sources import SourceReader, SourceRow, name_values
from synth_expectations.gate.formats.sql_tokens import SqlText, TokenKind
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

_INSERT = frozenset({"INSERT", "REPLACE", "UPSERT"})
_RUN = frozenset({"DO", "EXEC", "EXECUTE"})
_MAX_DEPTH = 5
"""Texts with statements within texts with statements."""
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
_AFTER_NAMES = _INSERT | {"VALUES", "SELECT", "WITH", "SET", "GO", "CREATE", "UPDATE", "MERGE"}


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
        text = SqlText(stream, is_mysql=b"`" in head or b"MySQL" in head or b"MariaDB" in head)
        yield from _Reader(SqlCursor(text)).read()


@dataclass
class _Reader:
    cursor: SqlCursor
    columns: dict[str, list[str]] = field(default_factory=dict)
    depth: int = 0

    def read(self) -> Iterator[SqlRow]:
        """Yield the rows of each statement."""
        cursor = self.cursor
        sources = SourceReader(cursor)
        is_of_psql = False
        cursor.next()
        while cursor.token is not None:
            word = cursor.word()
            if cursor.is_sign(";"):
                sources.named.clear()
            was_of_psql, is_of_psql = is_of_psql, cursor.is_sign("\\")
            cursor.next()
            if word in _INSERT:
                yield from self._read_insert(sources)
            elif word == "MERGE":
                yield from self._read_merge(sources)
            elif word == "WITH":
                sources.read_named()
            elif word == "COPY":
                yield from self._read_copy(is_of_psql=was_of_psql)
            elif word == "CREATE":
                self._read_table()
            elif word in _RUN:
                yield from self._read_run()

    def _read_run(self) -> Iterator[SqlRow]:
        """Yield the rows of statements in a text that is run at once: `DO $$…$$`, `EXEC('…')`, `EXECUTE IMMEDIATE '…'`."""
        cursor = self.cursor
        while cursor.take_word("IMMEDIATE", "SP_EXECUTESQL", "LANGUAGE", "PLPGSQL") or cursor.is_sign("("):
            if cursor.is_sign("("):
                cursor.next()
        if self.depth < _MAX_DEPTH and cursor.token is not None and cursor.token.kind is TokenKind.TEXT:
            line = cursor.sql.line - cursor.token.value.count("\n")
            inner = SqlText(io.StringIO(cursor.token.value), is_mysql=cursor.sql.is_mysql)
            cursor.next()
            for row in _Reader(SqlCursor(inner), self.columns, self.depth + 1).read():
                yield row._replace(line=row.line + line - 1)

    def _read_insert(self, sources: SourceReader) -> Iterator[SqlRow]:
        """Yield the rows of an INSERT; Oracle's `INSERT ALL` has several tables."""
        cursor = self.cursor
        while True:
            while cursor.take_word(*_BEFORE_NAME):
                pass
            yield from self._read_insert_into(cursor.take_name(), sources)
            if cursor.word() != "INTO":
                return

    def _read_insert_into(self, table: str, sources: SourceReader) -> Iterator[SqlRow]:
        cursor = self.cursor
        names = cursor.take_names()
        while self._is_between():  # OVERRIDING SYSTEM VALUE, OUTPUT inserted.id, AS new
            cursor.next()
        if not table:
            return
        if cursor.take_word("VALUES"):
            yield from self._read_values(table, names)
        elif cursor.word() == "SET":
            yield from self._read_set(table)
        elif cursor.word() in {"SELECT", "WITH"} or cursor.is_sign("("):
            for row in sources.read():
                yield from self._name(table, names or row.names, row.values, row.line)

    def _read_values(self, table: str, names: list[str]) -> Iterator[SqlRow]:
        cursor = self.cursor
        while True:
            cursor.take_word("ROW")
            if not cursor.is_sign("("):
                return
            line = cursor.sql.line
            row = cursor.take_values()
            yield from self._name(table, names, row, line)
            if not cursor.is_sign(","):
                return
            cursor.next()

    def _read_set(self, table: str) -> Iterator[SqlRow]:
        """Yield the row of `INSERT INTO contact SET email = '…'`, as MySQL has it."""
        cursor = self.cursor
        line = cursor.sql.line
        names: list[str] = []
        row: list[str | None] = []
        while not names or cursor.is_sign(","):
            cursor.next()
            names.append(cursor.take_name())
            if not cursor.is_sign("="):
                return
            cursor.next()
            row.append(cursor.take_value(AFTER_VALUE))
            require_few(row)
        yield from self._name(table, names, row, line)

    def _read_merge(self, sources: SourceReader) -> Iterator[SqlRow]:
        """Yield the rows that a MERGE takes from plain values, by the columns that it inserts them into.

        H2 has `MERGE INTO contact (id, email) KEY (id) VALUES (…)`.
        """
        cursor = self.cursor
        line = cursor.sql.line
        cursor.take_word("INTO")
        table = cursor.take_name()
        names = cursor.take_names()
        if cursor.take_word("KEY"):
            cursor.take_names()
        if cursor.take_word("VALUES"):
            yield from self._read_values(table, names)
        while cursor.word() not in {"USING", "SELECT", "WITH", *_INSERT} and self._is_between():  # AS t
            cursor.next()
        if cursor.word() == "SELECT":
            for row in sources.read():
                yield from self._name(table, names or row.names, row.values, row.line)
        if not table or not cursor.take_word("USING"):
            return
        rows = [] if cursor.take_word("DUAL") else sources.read()
        inserted = self._read_inserted()
        if not inserted:
            known = self.columns.get(table.casefold(), [])
            yield from (SqlRow(table, dict(name_values(row, known)), row.line) for row in rows)
            return
        for row in rows or [SourceRow([], [], line)]:
            values = _fill(inserted, row)
            if any(value is not None for value in values.values()):
                yield SqlRow(table, values, row.line)

    def _read_inserted(self) -> dict[str, SqlExpression]:
        """Return what a MERGE inserts, by column: up to its semicolon, of the last of its inserts."""
        cursor = self.cursor
        inserted: dict[str, SqlExpression] = {}
        while cursor.token is not None and not cursor.is_sign(";") and cursor.word() not in {"GO", "MERGE"}:
            if not cursor.take_word("INSERT"):
                cursor.next()
                continue
            if cursor.word() == "INTO":
                break
            names = cursor.take_names()
            if not cursor.take_word("VALUES") or not cursor.is_sign("("):
                continue
            parts: list[SqlExpression] = []
            while not parts or cursor.is_sign(","):
                cursor.next()
                parts.append(cursor.take_expression())
                require_few(parts)
            inserted = dict(zip(names, parts, strict=False))
        return inserted

    def _is_between(self) -> bool:
        """Return whether a token stands between the names of an INSERT and its VALUES."""
        cursor = self.cursor
        if cursor.token is None or cursor.word() in _AFTER_NAMES:
            return False
        return cursor.is_name() or cursor.is_sign(".") or cursor.is_sign(",")

    def _name(self, table: str, names: list[str], row: list[str | None], line: int) -> Iterator[SqlRow]:
        """Yield a row by the columns of the statement, else of its table, else by what its values are."""
        known = names if any(names) else self.columns.get(table.casefold()) or []
        if not known:
            known = infer_names([[value or "" for value in row]])
            if known:
                self.columns[table.casefold()] = known
        yield SqlRow(table, dict(zip(known, row, strict=False)), line)

    def _read_table(self) -> None:
        cursor = self.cursor
        while cursor.take_word(*_BEFORE_TABLE):
            pass
        if not cursor.take_word("TABLE"):
            return
        while cursor.take_word("IF", "NOT", "EXISTS"):
            pass
        table = cursor.take_name()
        if not cursor.is_sign("("):
            return
        names: list[str] = []
        depth, is_first = 0, False
        while cursor.token is not None:
            if cursor.is_sign("("):
                depth += 1
                is_first = depth == 1
            elif cursor.is_sign(")"):
                depth -= 1
                if depth == 0:
                    break
            elif depth == 1 and cursor.is_sign(","):
                is_first = True
            elif is_first:
                if cursor.token.kind is TokenKind.NAME or cursor.word() not in {"", *_NO_COLUMN}:
                    names.append(cursor.token.value)
                    require_few(names)
                is_first = False
            cursor.next()
        self.columns[table.casefold()] = names

    def _read_copy(self, *, is_of_psql: bool) -> Iterator[SqlRow]:
        cursor = self.cursor
        table = cursor.take_name()
        names = cursor.take_names()
        if not table or not cursor.take_word("FROM"):
            return
        for row in read_copy(cursor, names, is_of_psql=is_of_psql):
            yield from self._name(table, row.names, row.values, row.line)


def _fill(inserted: dict[str, SqlExpression], row: SourceRow) -> dict[str, str | None]:
    """Return what a MERGE inserts of a row: plain values, and those of its source by their name."""
    source = {name.casefold(): value for name, value in zip(row.names, row.values, strict=False) if name}
    values: dict[str, str | None] = {}
    for name, part in inserted.items():
        value = part.value if part.length == 1 else None
        if value is None and part.last is not None:
            value = source.get(part.last.value.casefold())
        values[name] = value
    return values
