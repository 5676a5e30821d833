"""Reads what a proposal needs of Parquet files: DuckDB over a glob."""

from __future__ import annotations

import glob as globbing
import re
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from synth_expectations.engine.dialects.duckdb import DIALECT as DUCKDB
from synth_expectations.engine.schema import Family
from synth_expectations.policy.infer.counting import count
from synth_expectations.policy.infer.layout import HIVE, files_of, place_of, split_parquet
from synth_expectations.policy.infer.model import Partition, ProposalError, TableProfile


def profile_parquet(glob: str) -> TableProfile:
    """The profile of the table that a glob's files make.

    Args:
        glob: relative to the working directory, or absolute; `~` and `**` are understood. If its files may make several
            tables, `split_parquet` says so beforehand.

    Raises:
        ProposalError: no file matches, a file cannot be read, or the files are no one table.
    """
    files = files_of(glob)
    tables = split_parquet(glob)
    if len(tables) > 1:
        raise ProposalError(f"The files of {glob} make {len(tables)} tables: {', '.join(tables)}.", "Propose each.")
    base, location, name = place_of(glob)
    engine = sa.create_engine("duckdb:///:memory:", poolclass=sa.pool.StaticPool)
    try:
        with engine.connect() as connection:
            columns = _open(connection, files, name)
            partitions = _partitions(files, {column for column, _ in columns})
            batch = next((each.column for each in partitions if period_of(each.values)), None)
            rows, profiles = count(connection, sa.table("profiled"), columns, name, batch)
    except SQLAlchemyError as error:
        # DuckDB's own words may hold a value of the data
        raise ProposalError(
            f"The files of {glob} cannot be read as one table: {_kind(error)}.",
            "Do their columns have the same types in every file? Propose one of them alone to see.",
        ) from None
    finally:
        engine.dispose()
    return TableProfile(name, "parquet", location, base, "duckdb", rows, profiles, partitions)


def period_of(values: tuple[str, ...]) -> str | None:
    """`day` or `month`, if all values of a partition are one."""
    if values and all(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) for value in values):
        return "day"
    if values and all(re.fullmatch(r"[0-9]{4}-[0-9]{2}", value) for value in values):
        return "month"
    return None


def _open(connection: sa.Connection, files: list[str], table: str) -> list[tuple[str, Family]]:
    # DuckDB reads a name as a pattern again; a quote in it is doubled
    listed = ", ".join("'" + globbing.escape(each).replace("'", "''") + "'" for each in files)
    scan = f"SELECT * FROM read_parquet([{listed}], union_by_name = true, hive_partitioning = true)"
    connection.exec_driver_sql("SET TimeZone = 'UTC'")
    connection.exec_driver_sql(f"CREATE TEMP VIEW profiled AS {scan}")
    description = connection.exec_driver_sql("SELECT * FROM profiled LIMIT 0").cursor.description or ()
    columns = [(each[0], DUCKDB.type_family(each[1])) for each in description]
    _refuse_twins([name for name, _ in columns], files, table)
    return columns


def _refuse_twins(columns: list[str], files: list[str], table: str) -> None:
    """DuckDB calls the second of `a` and `A` by another name, and reads the first for both."""
    known = {name.casefold() for name in columns}
    if not any((match := re.fullmatch(r"(.*)_\d+", name.casefold())) and match[1] in known for name in columns):
        return
    for file in files:
        seen: dict[str, str] = {}
        for name in pq.read_schema(file).names:
            if (same := seen.setdefault(name.casefold(), name)) != name:
                raise ProposalError(f"Columns {same} and {name} of {table} differ only by case.", "Rename one of them.")


def _partitions(files: list[str], columns: set[str]) -> tuple[Partition, ...]:
    values: dict[str, set[str]] = {}
    for file in files:
        for part in Path(file).parts[:-1]:
            if (match := HIVE.match(part)) and match[1] in columns:
                values.setdefault(match[1], set()).add(match[2])
    return tuple(Partition(column, tuple(sorted(found))) for column, found in values.items())


def _kind(error: SQLAlchemyError) -> str:
    origin = getattr(error, "orig", None) or error
    kinds = {
        duckdb.ConversionException: "a value does not fit the type of its column",
        duckdb.InvalidInputException: "a file is damaged",
        duckdb.IOException: "a file is damaged or went away",
        duckdb.BinderException: "the columns do not fit together",
        duckdb.OutOfMemoryException: "the memory is full",
    }
    return next((text for kind, text in kinds.items() if isinstance(origin, kind)), type(origin).__name__)
