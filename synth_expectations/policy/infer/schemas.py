"""What a database has: its schemas, tables and columns, as SQLAlchemy's inspector tells."""

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
    """The schema and table that a name means: exactly, or in another case if only one table is called so.

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
        found_schema = _one(where, _schemas(connection)) if where else None
        if where and not found_schema:
            near = nearest(where, _schemas(connection))
            guess = f"{near}.{wanted}" if near else guess
            continue
        tables = _tables(connection, found_schema)
        if found := _one(wanted, tables):
            return found_schema, found
        seen = [f"{found_schema}.{each}" if found_schema else each for each in tables]
        near = nearest(wanted, tables)
        guess = (f"{found_schema}.{near}" if found_schema else near) if near else guess
    shown = ", ".join(sorted(seen)[:12]) + (f" and {len(seen) - 12} more" if len(seen) > 12 else "")
    raise ProposalError(
        f"There is no table {schema + '.' if schema else ''}{name}." + (f" Nearest: {guess}." if guess else ""),
        f"There are {shown}." if seen else "No table is visible: check the schema and the grants of this user.",
    )


def columns_of(connection: sa.Connection, name: str, schema: str | None) -> list[tuple[str, Family]]:
    """The columns of a table, and what they hold; none if the user may not see it."""
    if connection.dialect.name == "duckdb":  # its inspector asks for PostgreSQL tables that DuckDB 2 has not
        query: sa.Select[Any] = sa.select(sa.literal_column("*")).select_from(sa.table(name, schema=schema)).limit(0)
        description = connection.execute(query).cursor.description or ()
        return [(each[0], DUCKDB.type_family(each[1])) for each in description]
    inspector = sa.inspect(connection)
    return [(str(each["name"]), family(each["type"])) for each in inspector.get_columns(name, schema=schema)]


def family(kind: TypeEngine[Any]) -> Family:
    """What a column of a SQLAlchemy type holds."""
    for known, found in _BY_TYPE:
        if isinstance(kind, known):
            return Family.ZONED if getattr(kind, "timezone", False) and found == Family.NAIVE else found
    shown = type(kind).__name__.upper()
    return next((found for text, found in _BY_NAME if text in shown), Family.OTHER)


def _one(wanted: str, names: list[str]) -> str | None:
    if wanted in names:
        return wanted
    same = [each for each in names if each.lower() == wanted.lower()]
    return same[0] if len(same) == 1 else None


def _schemas(connection: sa.Connection) -> list[str]:
    if connection.dialect.name == "duckdb":
        return _column(connection, "SELECT DISTINCT schema_name FROM information_schema.schemata")
    return list(sa.inspect(connection).get_schema_names())


def _tables(connection: sa.Connection, schema: str | None) -> list[str]:
    if connection.dialect.name == "duckdb":
        query = "SELECT table_name FROM information_schema.tables WHERE table_schema = "
        return _column(connection, query + ("$1" if schema else "current_schema()"), *([schema] if schema else []))
    inspector = sa.inspect(connection)
    found = [*inspector.get_table_names(schema=schema), *inspector.get_view_names(schema=schema)]
    with suppress(NotImplementedError):  # most dialects have none
        found += inspector.get_materialized_view_names(schema=schema)
    return list(dict.fromkeys(found))


def _column(connection: sa.Connection, query: str, *arguments: str) -> list[str]:
    return [row[0] for row in connection.exec_driver_sql(query, arguments).fetchall()]
