"""Dumps of SQLite, which CumulusCI keeps datasets in: loaded into memory, with nothing allowed but tables and rows."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

MAX_BYTES = 48_000_000
MAX_SECONDS = 20.0
_HEAP = 160_000_000
"""Bytes that SQLite may take."""
_MAX_VALUE = 4_000_000

_ALLOWED = frozenset(
    {
        sqlite3.SQLITE_CREATE_TABLE,
        sqlite3.SQLITE_CREATE_INDEX,
        sqlite3.SQLITE_INSERT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_REINDEX,
        sqlite3.SQLITE_UPDATE,  # SQLite itself updates its list of tables when one is created
    }
)
_ROWS = re.compile(
    r"\binsert\s+(or\s+[a-z]+\s+)?into\b[^;]{0,20000}?\bvalues\b|\breplace\s+into\b|\bcopy\s[^;]{0,2000}?\bfrom\s+stdin\b",
    re.IGNORECASE,
)
_FUNCTIONS = frozenset({"replace", "char"})
"""What a dump writes line ends with."""
_FORBIDDEN = {
    sqlite3.SQLITE_ATTACH: "it opens another database (ATTACH)",
    sqlite3.SQLITE_CREATE_TRIGGER: "it creates a trigger",
    sqlite3.SQLITE_CREATE_TEMP_TRIGGER: "it creates a trigger",
    sqlite3.SQLITE_CREATE_VIEW: "it creates a view",
    sqlite3.SQLITE_CREATE_VTABLE: "it creates a virtual table",
    sqlite3.SQLITE_FUNCTION: "it calls a function",
    sqlite3.SQLITE_RECURSIVE: "it has a recursive query",
    sqlite3.SQLITE_DELETE: "it deletes rows",
}


class NotOfSqliteError(UnreadFileError):
    """SQLite cannot load a dump, which may be one of another database."""


class _Watch:
    """What a dump may do, and for how long."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._seconds = seconds
        self.refused = ""

    def authorize(self, action: int, first: str | None, second: str | None, *_: Any) -> int:
        """Answer SQLite whether it may do something."""
        if self.is_over():
            return sqlite3.SQLITE_DENY
        if action in _ALLOWED or (action == sqlite3.SQLITE_FUNCTION and (second or "").casefold() in _FUNCTIONS):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_PRAGMA and (first or "").casefold() == "foreign_keys":
            return sqlite3.SQLITE_OK
        self.refused = self.refused or _FORBIDDEN.get(action, "it does more than create tables and insert rows")
        return sqlite3.SQLITE_DENY

    def is_over(self) -> bool:
        """Return whether the time is over, and remember it."""
        if time.monotonic() > self._end:
            self.refused = self.refused or f"it takes longer than {self._seconds:g} s to load"
            return True
        return False


def read_dump(file: SourceFile, seconds: float = MAX_SECONDS) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of a dump, each with its table. Empty texts stay; everything is text.

    Raises:
        UnreadFileError: it is not a dump of SQLite, or does more than create tables and insert rows.
    """
    text = decode(file.read_bytes(MAX_BYTES)).replace("\0", "")
    watch = _Watch(seconds)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute(f"PRAGMA hard_heap_limit={_HEAP}")
        database.execute("PRAGMA trusted_schema=OFF")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_VALUE)
        database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        database.set_authorizer(watch.authorize)
        database.set_progress_handler(watch.is_over, 10_000)
        try:
            database.executescript(text)
            del text
            yield from _read_tables(database)
        except (sqlite3.Error, MemoryError, OverflowError, RecursionError) as error:
            raise UnreadFileError(watch.refused) if watch.refused else NotOfSqliteError(_describe(error)) from None


def holds_rows(file: SourceFile) -> bool:
    """Return whether a file inserts or copies rows, as a dump does and a query or a model does not."""
    try:
        return _ROWS.search(decode(file.read_bytes(MAX_BYTES))) is not None
    except UnreadFileError:
        return True  # what cannot be read is said where it is read


def _read_tables(database: sqlite3.Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for name in names:
        quoted = str(name).replace('"', '""')
        rows = database.execute(f'SELECT * FROM "{quoted}"')
        columns = [column[0] for column in rows.description]
        for row in rows:
            yield name, dict(zip(columns, row, strict=True))


def _describe(error: BaseException) -> str:
    """Return what SQLite refused, without a word of the dump."""
    message = str(error)
    if isinstance(error, MemoryError) or "out of memory" in message:
        return f"it needs more than {_HEAP // 1_000_000} MB of memory"
    if "no such table" in message:
        return "it inserts into a table that it does not create"
    if "syntax error" in message or "unrecognized token" in message or "incomplete input" in message:
        return "it is not valid SQL of SQLite"
    return "SQLite cannot load it"
