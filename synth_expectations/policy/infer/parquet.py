"""The profile of Parquet files, read with DuckDB."""

from __future__ import annotations

import glob as globbing
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from synth_expectations.engine.dialects.duckdb import DIALECT as DUCKDB
from synth_expectations.engine.memory_database import open_memory_database
from synth_expectations.engine.schema import Family
from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.column_counts import count_known, count_records
from synth_expectations.policy.infer.layout import HIVE, list_files, locate_table, split_tables
from synth_expectations.policy.infer.model import Partition, ProposalError, TableProfile
from synth_expectations.policy.infer.nested import list_nested_fields


def profile_parquet(glob: str) -> TableProfile:
    """Return the profile of the table that the files of a glob make.

    Args:
        glob: relative to the working directory, or absolute; `~` and `**` are understood. If its files may make several
            tables, `split_tables` says so beforehand.

    Raises:
        ProposalError: no file matches, a file cannot be read, or the files are no one table.
    """
    files = list_files(glob)
    tables = split_tables(glob)
    if len(tables) > 1:
        raise ProposalError(f"The files of {glob} make {len(tables)} tables: {', '.join(tables)}.", "Propose each.")
    base, location, name = locate_table(glob)
    with _connect(glob) as connection:
        columns = _open(connection, files, name)
        partitions = _find_partitions(files, {column for column, _ in columns})
        days = names.find_snapshot_column(columns)
        batch = next((partition.column for partition in partitions if find_granularity(partition.values)), days)
        rows, profiles = count_records(connection, sa.table("profiled"), columns, name, batch)
    return TableProfile(name, "parquet", location, base, "duckdb", rows, profiles, partitions, days)


@contextmanager
def _connect(glob: str) -> Iterator[sa.Connection]:
    """Open DuckDB for the files of a glob, and turn its errors into a sentence."""
    engine = open_memory_database()
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        # DuckDB's own words may hold a value of the data
        raise ProposalError(
            f"The files of {glob} cannot be read as one table: {_describe_error(error)}.",
            "Do their columns have the same types in every file? Propose one of them alone to see.",
        ) from None
    finally:
        engine.dispose()


def count_known_in_files(glob: str, column: str, values: Collection[object]) -> int:
    """Return how many of some keys a column of the table has that the files of a glob make.

    Raises:
        ProposalError: as `profile_parquet`.
    """
    with _connect(glob) as connection:
        _open(connection, list_files(glob), column)
        return count_known(connection, sa.table("profiled"), column, values)


def find_granularity(values: tuple[str, ...]) -> str | None:
    """Return `day` or `month` if all values of a partition are one, else None."""
    if values and all(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) for value in values):
        return "day"
    if values and all(re.fullmatch(r"[0-9]{4}-[0-9]{2}", value) for value in values):
        return "month"
    return None


def _open(connection: sa.Connection, files: list[str], table: str) -> list[tuple[str, Family]]:
    # DuckDB reads a name as a pattern again; a quote in it is doubled
    listed = ", ".join("'" + globbing.escape(file).replace("'", "''") + "'" for file in files)
    scan = f"SELECT * FROM read_parquet([{listed}], union_by_name = true, hive_partitioning = true)"
    connection.exec_driver_sql("SET TimeZone = 'UTC'")
    described = connection.exec_driver_sql(f"DESCRIBE {scan}").fetchall()
    fields = list_nested_fields(described)
    connection.exec_driver_sql(f"CREATE TEMP VIEW profiled AS SELECT {', '.join(['*', *fields])} FROM ({scan})")
    description = connection.exec_driver_sql("SELECT * FROM profiled LIMIT 0").cursor.description or ()
    columns = [(field[0], DUCKDB.type_family(field[1])) for field in description]
    _reject_twins([name for name, _ in columns], files, table)
    return columns


def _reject_twins(columns: list[str], files: list[str], table: str) -> None:
    """Reject columns that differ only by case: DuckDB renames the second and reads the first for both."""
    known = {name.casefold() for name in columns}
    if not any((match := re.fullmatch(r"(.*)_\d+", name.casefold())) and match[1] in known for name in columns):
        return
    for file in files:
        seen: dict[str, str] = {}
        for name in pq.read_schema(file).names:
            if (first := seen.setdefault(name.casefold(), name)) != name:
                raise ProposalError(
                    f"Columns {first} and {name} of {table} differ only by case.", "Rename one of them."
                )


def _find_partitions(files: list[str], columns: set[str]) -> tuple[Partition, ...]:
    values: dict[str, set[str]] = {}
    for file in files:
        for part in Path(file).parts[:-1]:
            if (match := HIVE.match(part)) and match[1] in columns:
                values.setdefault(match[1], set()).add(match[2])
    return tuple(Partition(column, tuple(sorted(partition_values))) for column, partition_values in values.items())


def _describe_error(error: SQLAlchemyError) -> str:
    origin = getattr(error, "orig", None) or error
    kinds = {
        duckdb.ConversionException: "a value does not fit the type of its column",
        duckdb.InvalidInputException: "a file is damaged",
        duckdb.IOException: "a file is damaged or went away",
        duckdb.BinderException: "the columns do not fit together",
        duckdb.OutOfMemoryException: "the memory is full",
    }
    return next((text for kind, text in kinds.items() if isinstance(origin, kind)), type(origin).__name__)
