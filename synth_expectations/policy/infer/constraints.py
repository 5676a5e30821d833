"""Primary and foreign keys that a database declares."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import NoSuchTableError


@dataclass(frozen=True)
class Constraints:
    """The keys of a table.

    Attributes:
        primary_key: its column; None without one, or with one of several columns.
        foreign_keys: pairs of a column and the table that it points into, with its schema if that is not the table's.
    """

    primary_key: str | None = None
    foreign_keys: frozenset[tuple[str, str]] = frozenset()


def read_constraints(connection: sa.Connection, table: str, schema: str | None) -> Constraints:
    """Return the keys of a table; none for a view, and where the dialect cannot tell.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the engine refused.
    """
    if connection.dialect.name == "duckdb":
        return _read_duckdb(connection, table, schema)
    inspector = sa.inspect(connection)
    primary: list[str] = []
    foreign: list[tuple[list[str], str, str | None]] = []
    with suppress(NotImplementedError, NoSuchTableError):
        primary = list(inspector.get_pk_constraint(table, schema=schema).get("constrained_columns") or ())
    with suppress(NotImplementedError, NoSuchTableError):
        foreign = [
            (list(key["constrained_columns"]), str(key["referred_table"]), key["referred_schema"])
            for key in inspector.get_foreign_keys(table, schema=schema)
        ]
    return _make(primary, foreign, schema)


def _read_duckdb(connection: sa.Connection, table: str, schema: str | None) -> Constraints:
    # its inspector asks for PostgreSQL tables that DuckDB 2 has not
    query = (
        "SELECT constraint_type, constraint_column_names, referenced_table FROM duckdb_constraints() WHERE"
        " table_name = $1 AND schema_name = " + ("$2" if schema else "current_schema()")
    )
    rows = connection.exec_driver_sql(query, (table, schema) if schema else (table,)).fetchall()
    primary = [column for kind, columns, _ in rows if kind == "PRIMARY KEY" for column in columns]
    return _make(
        primary, [(columns, target, schema) for kind, columns, target in rows if kind == "FOREIGN KEY"], schema
    )


def _make(primary: list[str], foreign: list[tuple[list[str], str, str | None]], schema: str | None) -> Constraints:
    pairs = set()
    for columns, table, where in foreign:
        if len(columns) == 1:
            pairs |= {(columns[0], f"{where or schema}.{table}" if where or schema else table)}
    return Constraints(primary[0] if len(primary) == 1 else None, frozenset(pairs))
