"""Rows of plain values that SQL selects: `VALUES (…), (…)`, `SELECT 'Ann' AS name FROM dual UNION ALL …`, in brackets or not.

They are what `INSERT … SELECT` and `MERGE … USING` take their rows from, if not from another table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from synth_expectations.gate.formats.sql_cursor import AFTER_VALUE, SqlCursor, require_few
from synth_expectations.gate.model import UnreadFileError

_MAX_DEPTH = 40
_MAX_ROWS = 200_000
"""Rows of a source, whose names may stand behind them."""
_AFTER_ROW = frozenset({"UNION", "WHERE", "ON", "WHEN", "INSERT", "SELECT", "GO"})


@dataclass(slots=True)
class SourceRow:
    """A row of plain values.

    Attributes:
        values: None where one is computed.
        names: as its SELECT names its values; empty where it does not.
        line: in the file.
    """

    values: list[str | None]
    names: list[str]
    line: int


@dataclass
class SourceReader:
    """Reads the rows that a query selects.

    Attributes:
        cursor: at the query.
        named: the rows of each common table expression, by its name in lower case.
    """

    cursor: SqlCursor
    named: dict[str, list[SourceRow]] = field(default_factory=dict)

    def read_named(self) -> None:
        """Read `WITH name (columns) AS (query), …`, and keep the rows by name."""
        cursor = self.cursor
        while True:
            cursor.take_word("RECURSIVE")
            name = cursor.take_name()
            names = cursor.take_names()
            while cursor.take_word("AS", "NOT", "MATERIALIZED"):
                pass
            if not name or not cursor.is_sign("("):
                return
            self.named[name.casefold()] = _rename(self._read_brackets(1), names)
            if not cursor.is_sign(","):
                return
            cursor.next()

    def read(self, depth: int = 0) -> list[SourceRow]:
        """Return the rows of a query or table here, and go behind it; of a table there are none.

        Raises:
            UnreadFileError: it has too many rows.
        """
        cursor = self.cursor
        if depth > _MAX_DEPTH:
            raise UnreadFileError(f"a statement of it is nested more than {_MAX_DEPTH} levels deep")
        rows: list[SourceRow] = []
        while True:
            if cursor.is_sign("("):
                rows += self._read_brackets(depth + 1)
            elif cursor.take_word("VALUES"):
                rows += self._read_values(len(rows))
            elif cursor.word() == "SELECT":
                rows += self._read_select(depth)
            elif cursor.take_word("WITH"):
                self.read_named()
                continue
            else:
                return rows or list(self.named.get(cursor.take_name().casefold(), ()))
            if len(rows) > _MAX_ROWS:
                raise UnreadFileError(f"a statement of it selects more than {_MAX_ROWS:,} rows of values")
            if not cursor.take_word("UNION"):
                return _rename(rows, rows[0].names if rows else [])  # the first SELECT names the columns
            cursor.take_word("ALL", "DISTINCT")

    def _read_brackets(self, depth: int) -> list[SourceRow]:
        """Return the rows of a query in brackets, with the names that stand behind it."""
        cursor = self.cursor
        cursor.next()
        rows = self.read(depth)
        cursor.leave_brackets()
        cursor.take_word("AS")
        if cursor.is_name() and cursor.word() not in _AFTER_ROW:
            cursor.take_name()
            return _rename(rows, cursor.take_names())
        return rows

    def _read_values(self, count: int) -> list[SourceRow]:
        cursor = self.cursor
        rows: list[SourceRow] = []
        while True:
            cursor.take_word("ROW")
            if not cursor.is_sign("("):
                return rows
            line = cursor.sql.line
            rows.append(SourceRow(cursor.take_values(), [], line))
            if len(rows) + count > _MAX_ROWS:
                raise UnreadFileError(f"a statement of it selects more than {_MAX_ROWS:,} rows of values")
            if not cursor.is_sign(","):
                return rows
            cursor.next()

    def _read_select(self, depth: int) -> list[SourceRow]:
        """Return the row of a SELECT of plain values, or the rows of the query that it selects from."""
        cursor = self.cursor
        row = SourceRow([], [], cursor.sql.line)
        while not row.values or cursor.is_sign(","):
            cursor.next()
            item = cursor.take_expression(AFTER_VALUE)
            row.values.append(item.value)
            row.names.append(item.called)
            require_few(row.values)
        rows = [row]
        if cursor.take_word("FROM") and not cursor.take_word("DUAL"):
            rows = self.read(depth + 1)
        while cursor.token is not None and not cursor.is_sign(")") and not cursor.is_sign(";"):  # AS v, WHERE, LIMIT
            if cursor.word() in {"UNION", "ON", "WHEN", "INSERT", "GO"}:
                break
            is_open = cursor.is_sign("(")
            cursor.next()
            if is_open:
                cursor.leave_brackets()
        return rows


def _rename(rows: list[SourceRow], names: list[str]) -> list[SourceRow]:
    return [SourceRow(row.values, names, row.line) for row in rows] if names else rows


def name_values(row: SourceRow, names: Sequence[str]) -> Mapping[str, str | None]:
    """Return the values of a row by its own names, or by others where it has none."""
    return {
        name or other: value
        for name, other, value in zip(
            row.names or [""] * len(row.values), [*names, *[""] * len(row.values)], row.values, strict=False
        )
        if name or other
    }
