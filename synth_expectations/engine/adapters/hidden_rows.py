"""Describe a table only if the database shows all of its rows.

Row-level security hides rows without a word. With `row_security` off, PostgreSQL refuses a query that a policy would
filter, in views and functions too, and judges each as the user that it runs for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from synth_expectations.engine.adapters.settings import undone
from synth_expectations.errors import ConditionError

_NOT_PERMITTED = "42501"
"""The SQLSTATE of both a query that row-level security would filter and one that the user may not run at all."""


def describe_all_rows(connection: sa.Connection, query: sa.Executable, setting: str, table: str) -> Sequence[Any]:
    """Return the description of a query's columns; neither the session nor the transaction of the caller changes.

    Args:
        connection: of the database.
        query: one without rows, for its description.
        setting: the statement after which a query fails that would not see all rows.
        table: the name of the table in sentences.

    Raises:
        ConditionError: rows may be hidden from the user.
    """
    try:
        with undone(connection):
            connection.exec_driver_sql(setting)
            return connection.execute(query).cursor.description or ()
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", getattr(error.orig, "pgcode", None)) != _NOT_PERMITTED:
            raise
    connection.execute(query)  # raises what else is not permitted
    raise ConditionError(
        f"Row-level security may hide rows of {table} from the user of the run.",
        "Run as a user with BYPASSRLS, or accept it in the policy: "
        "row_level_security: {accepted: {reason, approved_by, until}}.",
    )
