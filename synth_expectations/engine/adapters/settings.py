"""Settings of a connection that hold for a few statements; neither the session nor the caller's transaction changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from synth_expectations.engine.dialects.base import StatementLimit


@contextmanager
def undone(connection: sa.Connection) -> Iterator[None]:
    """Undo what is set in this context when it ends."""
    if getattr(connection.connection.dbapi_connection, "autocommit", False):
        connection.exec_driver_sql("BEGIN")
        try:
            yield
        finally:
            connection.exec_driver_sql("ROLLBACK")
        return
    savepoint = connection.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


@contextmanager
def limited(connection: sa.Connection, limit: StatementLimit, milliseconds: int) -> Iterator[None]:
    """Let the engine end each statement in this context that takes too long.

    Args:
        connection: of the engine.
        limit: how the engine is told.
        milliseconds: the longest time.
    """
    if limit.unset is None:
        with undone(connection):
            connection.exec_driver_sql(limit.set(milliseconds))
            yield
        return
    connection.exec_driver_sql(limit.set(milliseconds))
    try:
        yield
    finally:
        # a transaction that failed takes no statement, and is rolled back with the limit
        with suppress(SQLAlchemyError):
            connection.exec_driver_sql(limit.unset)
