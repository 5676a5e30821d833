"""Where the tables of a copy of the demo lie: Parquet or CSV files, or a database of PostgreSQL."""

from __future__ import annotations

import atexit
import csv
import os
import re
import shutil
from collections.abc import Mapping
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from synth_expectations.demo.project import PATH_IN_THE_REPOSITORY
from synth_expectations.testing.engines import PostgresqlEngine, write_field
from tools.mutations.file_changes import list_files

PARQUET = "Parquet"
"""The store that the page shows whole; others are compared with it."""

ADDRESS = "MUTATIONS_DATABASE"
"""The environment variable with the address of the database that a run reads."""


class Store(Protocol):
    """Where the tables of a copy lie.

    Attributes:
        name: of the kind of store.
        has_files: whether a table is files, which can be cut, emptied or removed one by one.
    """

    name: str
    has_files: bool

    def adjust_policy(self, text: str, schemas: Mapping[str, pa.Schema]) -> str:
        """Return the demo's policy for tables that lie here."""

    def fill(self, root: Path, tables: Mapping[str, pa.Table]) -> None:
        """Store all tables of a new demo, whose Parquet files lie in its directory."""

    def duplicate(self, source: Path, target: Path) -> None:
        """Store what lies outside a directory again, for a copy of it."""

    def write(self, root: Path, name: str, table: pa.Table) -> None:
        """Replace a table, in as many files as it has."""

    def drop(self, root: Path, name: str) -> None:
        """Remove a table."""

    def prepare_run(self, root: Path) -> None:
        """Let the next run of this process read the tables of a directory."""

    def remove(self, root: Path) -> None:
        """Remove what lies outside a directory."""


class ParquetFiles:
    """Parquet files, which DuckDB reads."""

    name = PARQUET
    has_files = True

    def adjust_policy(self, text: str, schemas: Mapping[str, pa.Schema]) -> str:
        """See `Store`."""
        return text.replace(PATH_IN_THE_REPOSITORY, "../extracts")

    def fill(self, root: Path, tables: Mapping[str, pa.Table]) -> None:
        """See `Store`: the demo wrote them here."""

    def duplicate(self, source: Path, target: Path) -> None:
        """See `Store`: everything lies in the directory."""

    def write(self, root: Path, name: str, table: pa.Table) -> None:
        """See `Store`."""
        files = list_files(root / "extracts" / name)
        rows = -(-len(table) // len(files))
        for number, file in enumerate(files):
            file.unlink()
            self.write_file(table.slice(number * rows, rows), file)

    def write_file(self, table: pa.Table, file: Path) -> None:
        """Write a file."""
        pq.write_table(table, file)

    def drop(self, root: Path, name: str) -> None:
        """See `Store`."""
        shutil.rmtree(root / "extracts" / name)

    def prepare_run(self, root: Path) -> None:
        """See `Store`: the policy names the files."""

    def remove(self, root: Path) -> None:
        """See `Store`: everything lies in the directory."""


class CsvFiles(ParquetFiles):
    """CSV files, which are read through DuckDB; the policy names the types that are not text."""

    name = "CSV"

    def adjust_policy(self, text: str, schemas: Mapping[str, pa.Schema]) -> str:
        """See `Store`."""
        text = super().adjust_policy(text, schemas).replace("{type: parquet,", "{type: files,")
        text = text.replace("parquet: extracts/", "csv: extracts/").replace("/*.parquet", "/*.csv")
        for table, schema in schemas.items():
            types = ", ".join(f"{field.name}: {kind}" for field in schema if (kind := _name_csv_type(field.type)))
            if types:
                text = text.replace(f"\n  {table}:\n", f"\n  {table}:\n    types: {{{types}}}\n")
        return text

    def fill(self, root: Path, tables: Mapping[str, pa.Table]) -> None:
        """See `Store`."""
        for file in sorted((root / "extracts").rglob("*.parquet")):
            self.write_file(pq.read_table(file, partitioning=None), file.with_suffix(".csv"))
            file.unlink()

    def write_file(self, table: pa.Table, file: Path) -> None:
        """See `ParquetFiles`."""
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(table.column_names)
            rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
            writer.writerows([write_field(value) for value in row] for row in rows)


class PostgresDatabases:
    """A database of PostgreSQL for each copy, on a server that this process starts."""

    name = "PostgreSQL"
    has_files = False

    def __init__(self) -> None:
        self._names: dict[Path, str] = {}
        self._numbers = count()

    def adjust_policy(self, text: str, schemas: Mapping[str, pa.Schema]) -> str:
        """See `Store`."""
        source = '  crm: {type: postgres, connection: "${' + ADDRESS + '}"}\n'
        text = text.replace(PATH_IN_THE_REPOSITORY, "../extracts").replace(
            "\ndata_sources:\n", f"\ndata_sources:\n{source}"
        )
        text = text.replace("\ndefaults:\n", "\ndefaults:\n  data_source: crm\n")
        return re.sub(r"parquet: extracts/(\w+)/\S+", r"table: \1", text)

    def fill(self, root: Path, tables: Mapping[str, pa.Table]) -> None:
        """See `Store`."""
        self._create(root, "template1")
        for name, table in tables.items():
            self.write(root, name, table)

    def duplicate(self, source: Path, target: Path) -> None:
        """See `Store`."""
        self._create(target, self._names[source])

    def write(self, root: Path, name: str, table: pa.Table) -> None:
        """See `Store`."""
        import psycopg
        from psycopg import sql

        relation = sql.Identifier(name)
        columns = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(field.name), sql.SQL(_name_postgres_type(field.type)))
            for field in table.schema
        )
        with psycopg.connect(self._find_address(root)) as connection, connection.cursor() as cursor:
            cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(relation))
            cursor.execute(sql.SQL("CREATE TABLE {} ({})").format(relation, columns))
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(relation)) as copied:
                for row in zip(*(_read_column(column) for column in table.columns), strict=True):
                    copied.write_row(row)

    def drop(self, root: Path, name: str) -> None:
        """See `Store`."""
        import psycopg
        from psycopg import sql

        with psycopg.connect(self._find_address(root)) as connection:
            connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(name)))

    def prepare_run(self, root: Path) -> None:
        """See `Store`."""
        url = self._server.url.set(database=self._names[root])
        os.environ[ADDRESS] = url.render_as_string(hide_password=False)

    def remove(self, root: Path) -> None:
        """See `Store`."""
        self._execute(f"DROP DATABASE {self._names.pop(root)} WITH (FORCE)")

    @cached_property
    def _server(self) -> sa.Engine:
        server = PostgresqlEngine()
        atexit.register(server.close)
        engine: sa.Engine = server.start()
        return engine

    def _create(self, root: Path, template: str) -> None:
        self._names[root] = f"copy_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {self._names[root]} TEMPLATE {template}")

    def _find_address(self, root: Path) -> str:
        url = self._server.url.set(drivername="postgresql", database=self._names[root])
        return url.render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        with self._server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(statement)


STORES: Mapping[str, type[ParquetFiles | PostgresDatabases]] = {
    store.name: store for store in (ParquetFiles, CsvFiles, PostgresDatabases)
}
"""The kinds of stores, by name."""


def read_tables(directory: Path) -> dict[str, pa.Table]:
    """Return the tables that the demo wrote into a directory, by name."""
    return {
        folder.name: pa.concat_tables(
            [pq.read_table(file, partitioning=None) for file in sorted(folder.rglob("*.parquet"))]
        )
        for folder in sorted(directory.iterdir())
        if folder.is_dir()
    }


def _name_csv_type(kind: pa.DataType) -> str | None:
    """Return the word of the policy for a column whose fields are read as something else than text."""
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "integer"
    return "number" if pa.types.is_floating(kind) else None


def _name_postgres_type(kind: pa.DataType) -> str:
    """Return the type of PostgreSQL for a column."""
    names = {
        "boolean": pa.types.is_boolean(kind),
        "bigint": pa.types.is_integer(kind),
        "double precision": pa.types.is_floating(kind),
        "date": pa.types.is_date(kind),
        "bytea": pa.types.is_binary(kind),
        "text[]": pa.types.is_list(kind),
    }
    if pa.types.is_timestamp(kind):
        return "timestamptz" if kind.tz else "timestamp"
    return next((name for name, is_type in names.items() if is_type), "text")


def _read_column(column: pa.ChunkedArray) -> list[Any]:
    """Return the values of a column; nanoseconds, which PostgreSQL has not, cut off."""
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    values: list[Any] = column.to_pylist()
    return values
