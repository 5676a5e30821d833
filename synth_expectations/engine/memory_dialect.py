"""SQLAlchemy's dialect of a DuckDB in memory, on DuckDB's own driver.

Statements are written in standard SQL already, so nothing of PostgreSQL's dialect is needed: `duckdb_engine` imports it,
and opens three databases before the first statement, in a tenth of a second. Great Expectations needs `duckdb_engine`: it
chooses how to write a pattern by the class of the dialect.
"""

from __future__ import annotations

from contextlib import suppress
from types import ModuleType
from typing import Any

import duckdb
from sqlalchemy import URL
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.sql.compiler import SQLCompiler


class MemoryConnection:
    """A connection whose cursors are the connection itself: one of DuckDB's has settings and a transaction of its own."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def cursor(self) -> MemoryCursor:
        """Return a cursor of this connection."""
        return MemoryCursor(self._connection)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class MemoryCursor:
    """What runs statements on a connection; it has none to close."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, statement: str, parameters: Any = ()) -> None:
        """Run a statement."""
        self._connection.execute(statement, parameters or None)

    def close(self) -> None:
        """Do nothing: the connection is closed by itself."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class MemoryCompiler(SQLCompiler):
    """Writes statements as `duckdb_engine` writes them: their digests are recorded, whichever way a table is evaluated."""

    def limit_clause(self, select: Any, **options: Any) -> str:
        """Return the limit of a query."""
        clause = super().limit_clause(select, **options)  # type: ignore[no-untyped-call]
        return f" {clause}"


class MemoryDialect(DefaultDialect):
    """Runs statements on a DuckDB in memory."""

    name = "duckdb"
    driver = "memory"
    default_paramstyle = "numeric_dollar"
    supports_statement_cache = False  # a statement holds the names of its table and its values
    supports_sane_rowcount = False
    statement_compiler = MemoryCompiler

    def __init__(self, **options: Any) -> None:
        super().__init__(paramstyle="numeric_dollar", **options)

    @classmethod
    def import_dbapi(cls) -> ModuleType:
        """Return DuckDB's driver."""
        return duckdb

    def create_connect_args(self, url: URL) -> tuple[list[str], dict[str, Any]]:
        """Return the arguments of DuckDB's `connect`."""
        return [url.database or ":memory:"], {}

    def connect(self, *arguments: Any, **named: Any) -> Any:
        """Open a database."""
        return MemoryConnection(duckdb.connect(*arguments, **named))

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin a transaction, which DuckDB would end after each statement."""
        dbapi_connection.begin()

    def do_rollback(self, dbapi_connection: Any) -> None:
        """End the transaction, unless an error has ended it already."""
        with suppress(duckdb.TransactionException):
            dbapi_connection.rollback()
