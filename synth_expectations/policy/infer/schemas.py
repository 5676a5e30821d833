"""The schemas, tables and columns of a database, from SQLAlchemy's inspector."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from synth_expectations.engine.dialects.duckdb import DIALECT as DUCKDB
from synth_expectations.engine.schema import Family
from synth_expectations.errors import nearest
from synth_expectations.policy.infer.model import ProposalError

_BY_TYPE: tuple[tuple[type[TypeEngine[Any]], Family], ...] = (
    (sa.Boolean, Family.BOOLEAN),
    (sa.DateTime, Family.NAIVE),
    (sa.Date, Family.DATE),
    (sa.Float, Family.FLOAT),
    (sa.Numeric, Family.NUMBER),
    (sa.Integer, Family.NUMBER),
    (sa.String, Family.TEXT),  # and enums
    (sa.Uuid, Family.TEXT),
)
_BY_NAME = (
    ("BOOL", Family.BOOLEAN),
    ("TIMESTAMP_TZ", Family.ZONED),
    ("TIMESTAMP_LTZ", Family.ZONED),
    ("TIMESTAMP", Family.NAIVE),
    ("DATETIME", Family.NAIVE),
    ("CITEXT", Family.TEXT),
    ("STRING", Family.TEXT),
    ("DOMAIN", Family.TEXT),
    ("INT", Family.NUMBER),
    ("NUMBER", Family.NUMBER),
    ("DOUBLE", Family.FLOAT),
)
"""Types of dialects that are none of SQLAlchemy's own; the first that is part of the type's name."""


def find_table(connection: sa.Connection, name: str, schema: str | None) -> tuple[str | None, str]:
    """Return the schema and table that a name means, ignoring case if only one table matches.

    Raises:
        ProposalError: there is none, or several; names the nearest.
    """
    places = [(schema, name)]
    if schema is None and "." in name:
        first, last = name.rsplit(".", 1)
        places.append((first.strip('"'), last.strip('"')))
    seen: list[str] = []
    guess = None
    for where, wanted in places:
        found_schema = _match_name(where, _list_schemas(connection)) if where else None
        if where and not found_schema:
            near = nearest(where, _list_schemas(connection))
            guess = f"{near}.{wanted}" if near else guess
            continue
        tables = _list_tables(connection, found_schema)
        if existing := _match_name(wanted, tables):
            return found_schema, existing
        seen = [f"{found_schema}.{table}" if found_schema else table for table in tables]
        near = nearest(wanted, tables)
        guess = (f"{found_schema}.{near}" if found_schema else near) if near else guess
    listed = ", ".join(sorted(seen)[:12]) + (f" and {len(seen) - 12} more" if len(seen) > 12 else "")
    raise ProposalError(
        f"There is no table {schema + '.' if schema else ''}{name}." + (f" Nearest: {guess}." if guess else ""),
        f"There are {listed}." if seen else "No table is visible: check the schema and the grants of this user.",
    )


def list_columns(connection: sa.Connection, name: str, schema: str | None) -> list[tuple[str, Family]]:
    """Return the columns of a table and their type families; none if the user may not see them."""
    if connection.dialect.name == "duckdb":  # its inspector asks for PostgreSQL tables that DuckDB 2 has not
        query: sa.Select[Any] = sa.select(sa.literal_column("*")).select_from(sa.table(name, schema=schema)).limit(0)
        description = connection.execute(query).cursor.description or ()
        return [(field[0], DUCKDB.type_family(field[1])) for field in description]
    inspector = sa.inspect(connection)
    return [(str(column["name"]), find_family(column["type"])) for column in inspector.get_columns(name, schema=schema)]


def find_family(kind: TypeEngine[Any]) -> Family:
    """Return the type family of a SQLAlchemy type."""
    for known, family_of_type in _BY_TYPE:
        if isinstance(kind, known):
            zoned = getattr(kind, "timezone", False) and family_of_type == Family.NAIVE
            return Family.ZONED if zoned else family_of_type
    type_name = type(kind).__name__.upper()
    return next((type_family for text, type_family in _BY_NAME if text in type_name), Family.OTHER)


def _match_name(wanted: str, names: list[str]) -> str | None:
    if wanted in names:
        return wanted
    matching = [candidate for candidate in names if candidate.lower() == wanted.lower()]
    return matching[0] if len(matching) == 1 else None


def _list_schemas(connection: sa.Connection) -> list[str]:
    if connection.dialect.name == "duckdb":
        return _read_column(connection, "SELECT DISTINCT schema_name FROM information_schema.schemata")
    return list(sa.inspect(connection).get_schema_names())


def _list_tables(connection: sa.Connection, schema: str | None) -> list[str]:
    if connection.dialect.name == "duckdb":
        query = "SELECT table_name FROM information_schema.tables WHERE table_schema = "
        return _read_column(connection, query + ("$1" if schema else "current_schema()"), *([schema] if schema else []))
    inspector = sa.inspect(connection)
    tables = [*inspector.get_table_names(schema=schema), *inspector.get_view_names(schema=schema)]
    with suppress(NotImplementedError):  # most dialects have none
        tables += inspector.get_materialized_view_names(schema=schema)
    return list(dict.fromkeys(tables))


def _read_column(connection: sa.Connection, query: str, *arguments: str) -> list[str]:
    return [row[0] for row in connection.exec_driver_sql(query, arguments).fetchall()]
