"""The profile of a database table, in any SQLAlchemy dialect."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, NoSuchTableError, SQLAlchemyError

from synth_expectations.engine.addresses import refuse_ambiguous
from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.column_counts import count_known, count_records
from synth_expectations.policy.infer.constraints import read_constraints
from synth_expectations.policy.infer.model import ProposalError, TableProfile
from synth_expectations.policy.infer.schemas import find_table, list_columns
from synth_expectations.redaction import first_line, mask_values, note_address


def profile_table(database: str | sa.URL | sa.Engine, name: str, schema: str | None = None) -> TableProfile:
    """Return the profile of a table or view.

    Args:
        database: its SQLAlchemy address, or an engine, which is left open.
        name: of the table; `SCHEMA.TABLE` if no schema is given and no table is called so. Dots and quotes are fine.
        schema: None for the default one of the connection.

    Raises:
        QueryError: the address can be read in more than one way.
        ProposalError: the address is none, its driver is missing, the database does not answer, there is no such table
            (names the nearest), or it cannot be read. Never with the password.
    """
    with _open_engine(database) as engine, _to_sentences(engine, name), engine.connect() as connection:
        schema, existing = find_table(connection, name, schema)
        columns = list_columns(connection, existing, schema)
        if not columns:
            raise ProposalError(f"{name} has no columns that this user may see.", "Check its grants.")
        keys = read_constraints(connection, existing, schema)
        days = names.find_snapshot_column(columns)
        source = sa.table(existing, schema=schema)
        rows, profiles = count_records(connection, source, columns, existing, days, keys.primary_key)
        location = f"{schema}.{existing}" if schema else existing
        if location.lower() == name.lower() and engine.dialect.requires_name_normalize:
            location = name  # in the case that the warehouse shows
        called = "_".join(names.split_words(existing)) or "table"
        return TableProfile(
            called,
            "table",
            location,
            "",
            engine.dialect.name,
            rows,
            profiles,
            snapshot_column=days,
            primary_key=keys.primary_key,
            foreign_keys=keys.foreign_keys,
        )


def count_known_in_table(
    database: str | sa.URL | sa.Engine, name: str, column: str, values: Collection[object], schema: str | None = None
) -> int:
    """Return how many of some keys a column of a table has.

    Args:
        database: as for `profile_table`.
        name: of the table, as its profile locates it.
        column: of its key.
        values: of the type of the column.
        schema: None for the default one of the connection.

    Raises:
        ProposalError: as `profile_table`.
    """
    with _open_engine(database) as engine, _to_sentences(engine, name), engine.connect() as connection:
        schema, existing = find_table(connection, name, schema)
        return count_known(connection, sa.table(existing, schema=schema), column, values)


@contextmanager
def _open_engine(database: str | sa.URL | sa.Engine) -> Iterator[sa.Engine]:
    if isinstance(database, sa.Engine):
        yield database
        return
    if isinstance(database, str):
        note_address(database)
        refuse_ambiguous(database)
    try:
        engine = sa.create_engine(database)
    except NoSuchModuleError:
        kind = sa.make_url(database).drivername
        raise ProposalError(f"No SQLAlchemy dialect {kind} is installed.", "Install one for that engine.") from None
    except (ArgumentError, ValueError):  # ValueError: its port is not a number
        # never show it: it may hold a password
        hint = "Write one such as postgresql+psycopg://USER@HOST/NAME."
        raise ProposalError("That is not the address of a database.", hint) from None
    except ModuleNotFoundError as error:
        raise ProposalError(
            f"The driver {error.name} is not installed.",
            _DRIVER_HINTS.get(error.name or "", f"pip install {error.name}"),
        ) from None
    try:
        yield engine
    finally:
        engine.dispose()


_DRIVER_HINTS = {
    "psycopg2": "Write the address as postgresql+psycopg://… for the driver of the extra `postgres`; or pip install psycopg2",
    "psycopg": "Install the extra `postgres`: pip install '.[postgres]'",
}
"""What to do where SQLAlchemy asks for a driver that nobody named."""


@contextmanager
def _to_sentences(engine: sa.Engine, table: str) -> Iterator[None]:
    """Turn errors of the engine into one sentence, without values of the data and without the password."""
    try:
        yield
    except NoSuchTableError:
        raise ProposalError(f"There is no table {table} any more.", "Was it dropped just now?") from None
    except SQLAlchemyError as error:
        origin = error.orig if isinstance(error, DBAPIError) and error.orig else error
        note_address(engine.url.render_as_string(hide_password=False))
        message = mask_values(first_line(origin)).rstrip(".")
        if isinstance(error, DBAPIError) and (error.connection_invalidated or not error.statement):
            where = f"{engine.url.get_backend_name()} at {engine.url.host or engine.url.database or 'its address'}"
            hint = "Is it up? Check its address, user and password."
            raise ProposalError(f"The database, {where}, did not answer: {message}.", hint) from None
        raise ProposalError(
            f"The table {table} could not be read: {message}.", "Check the grants of this user."
        ) from None
