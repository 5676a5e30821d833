"""Errors of database drivers, as one sentence."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from synth_expectations.errors import QueryError, SynthError
from synth_expectations.redaction import first_line, mask_values

_CONNECTION_HINT = "Check that it runs, and the address, user and password of its data source."

_RAISED = "P0001"
"""SQLSTATE of `RAISE` in PL/pgSQL: whoever wrote the function chose the words."""


class DriverErrors:
    """A context that turns an engine's errors into one sentence without values of the data, secrets or SQL."""

    def __init__(self, table: str) -> None:
        self._table = table

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, SynthError) or not isinstance(error, SQLAlchemyError):
            return
        origin = error.orig if isinstance(error, DBAPIError) and error.orig else error
        text = mask_values(first_line(origin)).rstrip(".")
        if _RAISED in {getattr(origin, "sqlstate", None), getattr(origin, "pgcode", None)}:  # psycopg and psycopg2
            text = "a function of the database raised an error, whose words may quote a record"
        if isinstance(error, DBAPIError) and (error.connection_invalidated or not error.statement):
            raise QueryError(f"The database of {self._table} did not answer: {text}.", _CONNECTION_HINT) from None
        raise QueryError(f"The query on {self._table} failed: {text}.") from None
