"""What a table is made of, so that two names of it are known to be one: its files, or its place in a database."""

from __future__ import annotations

import os
from collections.abc import Hashable, Sequence
from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.dialects.registry import find_dialect
from synth_expectations.validation.sources.duckdb.file_table import FileTable


def identify_files(source: Any, asset: str) -> frozenset[Hashable]:
    """Return an identity for each file of a table, whatever path leads to it.

    Raises:
        UnreadableTableError: the files cannot be listed.
    """
    files = source.get_asset(asset)
    return (
        frozenset(file.identity for file in files.find_files().files) if isinstance(files, FileTable) else frozenset()
    )


def identify_table(source: Any, name: str, parts: Sequence[str]) -> frozenset[Hashable]:
    """Return the identity of a table of a database; nothing if there is no such table.

    Args:
        source: the data source.
        name: of the table, as a query writes it.
        parts: of the name, the same for all ways to write it.
    """
    engine: sa.Engine = source.get_engine()
    dialect = find_dialect(engine.dialect.name)
    if dialect and dialect.table_identity:
        with engine.connect() as connection:
            row = connection.execute(sa.text(dialect.table_identity), {"name": name}).one()
        return frozenset() if None in row else frozenset({tuple(row)})
    url = engine.url
    database = url.database or ""
    if os.path.exists(database):  # an engine in process reads a file
        database = os.path.realpath(database)
    schema = sa.inspect(engine).default_schema_name or ""
    server = (engine.dialect.name, url.host, url.port, tuple(sorted(url.query.items())), database)
    default = (database.casefold(), schema.casefold())
    return frozenset({(*server, *default[: 3 - len(parts)], *parts)})
