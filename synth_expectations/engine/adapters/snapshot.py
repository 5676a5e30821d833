"""The name that a database gives to the state that a query reads, so that it can be found again."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from synth_expectations.engine.dialects.base import Dialect


def read_snapshot(connection: sa.Connection, dialect: Dialect) -> str | None:
    """Return the name of the state that the next query reads; None if the engine has no name for it, or tells none.

    It reads no data. After an error the connection takes no further statement of its transaction, so this must be the
    last one.
    """
    if dialect.snapshot is None:
        return None
    try:
        found = connection.exec_driver_sql(dialect.snapshot).scalar()
    except DBAPIError:
        return None
    return None if found is None else str(found)
