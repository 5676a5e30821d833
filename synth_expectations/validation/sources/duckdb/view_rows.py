"""The rows of a view, as DuckDB's SQL: the scan of its files, with computed columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from synth_expectations.validation.sources.duckdb.nested_columns import find_column
from synth_expectations.validation.sources.duckdb.scan import quote_name, scan_files
from synth_expectations.validation.sources.file_set import FileSet
from synth_expectations.validation.sources.files import describe_error, find_damaged_file, refuse_twins
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError


def scan_parquet(connection: sa.Connection, name: str, files: FileSet) -> tuple[str, Sequence[sa.Row[Any]]]:
    """Return the query for all rows of Parquet files, and its description."""
    try:
        source = scan_files(name, files, lambda query: connection.exec_driver_sql(query).fetchall())
        described = connection.exec_driver_sql(f"DESCRIBE {source}").fetchall()
    except sa.exc.SQLAlchemyError as error:
        raise build_unreadable_error(name, files.paths, error) from None
    refuse_twins(name, [row[0] for row in described], files)
    return source, described


def scan_with_names(connection: sa.Connection, name: str, files: FileSet) -> str:
    """Return the query for all rows of Parquet files, with the file of each."""
    return scan_files(name, files, lambda query: connection.exec_driver_sql(query).fetchall(), with_names=True)


def add_computed_columns(
    connection: sa.Connection,
    name: str,
    source: str,
    described: Sequence[sa.Row[Any]],
    first_of: Mapping[str, Sequence[str]],
) -> tuple[str, Sequence[sa.Row[Any]]]:
    """Return the query of files with computed columns, and its description."""
    types = {row[0].casefold(): row[1] for row in described}
    computed = []
    for alias, columns in first_of.items():
        parts = [part for column in columns if (part := find_column(column, types))]
        if alias.casefold() not in types and len(parts) == len(columns):
            computed.append(f"COALESCE({', '.join(parts)}) AS {quote_name(alias)}")
    if not computed:
        return source, described
    source = f"SELECT *, {', '.join(computed)} FROM ({source})"
    try:
        return source, connection.exec_driver_sql(f"DESCRIBE {source}").fetchall()
    except sa.exc.SQLAlchemyError as error:
        reason = describe_error(getattr(error, "orig", None) or error)
        hint = f"They are {', '.join(first_of)}: name one of each, or make their types the same."
        raise UnreadableTableError(f"Columns of {name} have no value in common: {reason}.", hint) from None


def build_unreadable_error(name: str, files: Sequence[str], error: BaseException) -> UnreadableTableError:
    """Return the error of a view whose files cannot be read, with the file that is damaged, if one is."""
    reason = describe_error(getattr(error, "orig", None) or error)
    if not any(file in reason for file in files):
        damaged = find_damaged_file(files)
        reason += f" ({damaged})" if damaged else ""
    return UnreadableTableError(f"{name} cannot be read: {reason}.", "Extract it again, or correct the glob.")
