"""The types of columns in each file of a table: DuckDB makes text of what differs, `nan` of NaN, or fails in the middle."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from synth_expectations.engine.date_ranges import compile_text
from synth_expectations.engine.dialects.duckdb import DIALECT as DUCKDB
from synth_expectations.engine.schema import Column, Columns, Family
from synth_expectations.validation.sources.files import quote_path
from synth_expectations.validation.sources.mixed_types import find_mixed_columns, refuse_types

_TIMES: set[Family] = {Family.DATE, Family.NAIVE, Family.ZONED}
"""Alike in a session whose time zone is UTC: a time without zone is in UTC."""


@dataclass(frozen=True)
class TypedColumn(Column):
    """A column of some files.

    Attributes:
        kind: its type in DuckDB's words.
    """

    kind: str


def group_by_mixed_types(
    table: str, files: Sequence[str], fetch: Callable[[str], Sequence[Any]]
) -> dict[tuple[TypedColumn, ...], set[str]]:
    """Return the files of a table by those of their columns that must be read as text; one group if no column is.

    Args:
        table: its name, for errors.
        files: paths.
        fetch: executes a query.

    Raises:
        UnreadableTableError: a column has types that cannot be read as one; names them.
    """
    alike_files = group_by_schema(files, fetch)
    if len(alike_files) == 1:
        return {(): set(files)}
    schemas = [
        [
            TypedColumn(row[0], DUCKDB.type_family(row[1]), row[1])
            for row in fetch(
                f"DESCRIBE SELECT * FROM read_parquet([{quote_path(paths[0])}], hive_partitioning = false)"
            )
        ]
        for paths in alike_files
    ]
    mixed = find_mixed_columns(table, schemas, [_TIMES])
    _refuse_shapes(table, schemas)
    groups: dict[tuple[TypedColumn, ...], set[str]] = {}
    for paths, columns in zip(alike_files, schemas, strict=True):
        of_group = tuple(sorted((column for column in columns if column.name.casefold() in mixed), key=_name))
        groups.setdefault(of_group, set()).update(paths)
    return groups


def group_by_schema(files: Sequence[str], fetch: Callable[[str], Sequence[Any]]) -> list[list[str]]:
    """Return files in groups that each have one schema, in one query on their footers, which DuckDB keeps.

    Args:
        files: paths.
        fetch: executes a query.
    """
    if len(files) == 1:
        return [list(files)]
    element = "(name, type, type_length, num_children, converted_type, precision, scale, logical_type)"
    listed = ", ".join(map(quote_path, files))
    of_file = f"SELECT file_name, list({element}) AS elements FROM parquet_schema([{listed}]) GROUP BY file_name"
    return [paths for (paths,) in fetch(f"SELECT list(file_name) FROM ({of_file}) GROUP BY elements")]


def compile_as_text(column: TypedColumn) -> str:
    """Return the SQL of a column as text."""
    return compile_text(Columns([column], "the files"), DUCKDB, column.name)


def _name(column: Column) -> str:
    return column.name


def _refuse_shapes(table: str, schemas: Sequence[Sequence[TypedColumn]]) -> None:
    """Refuse a column that is a list in one file and a struct in another, or another type that is nothing like it."""
    shapes: dict[str, set[str]] = {}
    for column in (column for columns in schemas for column in columns if column.family is Family.OTHER):
        shape = "list" if column.kind.endswith("]") else re.split(r"\W", column.kind)[0].lower()
        of_column = shapes.setdefault(column.name.casefold(), set())
        of_column.add(shape)
        if len(of_column) > 1:
            refuse_types(table, column.name, of_column)
