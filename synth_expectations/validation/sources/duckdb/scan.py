"""DuckDB's SQL for all rows of files: columns are matched by name, Hive partitions below the globs are columns.

DuckDB takes every `key=value` of a path for a column, those above the globs too, and prefers it to the column of the
file. So where there is one above, the partitions are read here from the name of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import unquote

from synth_expectations.engine.adapters.sqlalchemy import FILE_NAME
from synth_expectations.validation.sources.duckdb.file_types import compile_as_text, group_by_mixed_types
from synth_expectations.validation.sources.file_set import FileSet
from synth_expectations.validation.sources.files import quote, quote_path
from synth_expectations.validation.sources.partition_conflicts import NO_VALUE, refuse_conflict
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError


def scan_files(table: str, files: FileSet, fetch: Callable[[str], Sequence[Any]], *, with_names: bool = False) -> str:
    """Return the query.

    Args:
        table: its name, for errors.
        files: at least one.
        fetch: executes a query.
        with_names: whether the column `FILE_NAME` says in which file a row lies.

    Raises:
        UnreadableTableError: a column of the files and a partition have the same name and other values, or a column has
            types without values in common.
    """
    groups = group_by_mixed_types(table, files.paths, fetch)
    _refuse_conflicts(table, files, fetch)
    if len(groups) == 1:
        return _scan(table, files, files, fetch, with_names)
    parts = []
    for mixed, paths in groups.items():
        of_group = FileSet(tuple(file for file in files.files if file.path in paths))
        replaced = ", ".join(f"{compile_as_text(column)} AS {quote_name(column.name)}" for column in mixed)
        rows = _scan(table, of_group, files, fetch, with_names)
        parts.append(f"SELECT *{f' REPLACE ({replaced})' if replaced else ''} FROM ({rows})")
    return f"SELECT * FROM ({' UNION ALL BY NAME '.join(parts)})"


def _scan(
    table: str, files: FileSet, of_table: FileSet, fetch: Callable[[str], Sequence[Any]], with_names: bool
) -> str:
    """Return the query for some files of a table; their partitions have the types that those of all files have."""
    keys = of_table.partition_keys
    named = f", filename = {quote(FILE_NAME)}" if with_names else ""
    if not keys:
        return f"SELECT * FROM {_read(files.paths, f'hive_partitioning = false{named}')}"
    if files is of_table and not files.has_partitions_above:
        return f"SELECT * FROM {_read(files.paths, f'hive_partitioning = true{named}')}"
    if any(set(file.partitions) != set(keys) for file in of_table.files):
        raise UnreadableTableError(
            f"{table} cannot be read: its files do not all lie in the same Hive partitions ({', '.join(keys)}).",
            "Narrow the glob.",
        )
    described = fetch(f"DESCRIBE SELECT * FROM {_read(files.paths, 'hive_partitioning = false')}")
    names = {column[0].casefold() for column in described}
    in_files = [quote_name(key) for key in keys if key.casefold() in names]
    left_out = ", ".join([*([] if with_names else [FILE_NAME]), *in_files])
    computed = [
        f"CAST({_value(key)} AS {find_partition_type(file.partitions[key] for file in of_table.files)}) AS {quote_name(key)}"
        for key in keys
    ]
    columns = f"* EXCLUDE ({left_out})" if left_out else "*"
    return f"SELECT {columns}, {', '.join(computed)} FROM {_read_named(files.paths)}"


def _refuse_conflicts(table: str, files: FileSet, fetch: Callable[[str], Sequence[Any]]) -> None:
    if not files.partition_keys:
        return
    described = fetch(f"DESCRIBE SELECT * FROM {_read(files.paths, 'hive_partitioning = false')}")
    types = {column[0]: column[1] for column in described}
    for key in files.partition_keys:
        if key in types:
            _refuse_conflict(table, files, key, types[key], fetch)


def _refuse_conflict(table: str, files: FileSet, key: str, kind: str, fetch: Callable[[str], Sequence[Any]]) -> None:
    column = quote_name(key)
    differs = f"TRY_CAST({_value(key)} AS {kind}) IS DISTINCT FROM {column}"
    schemas = f"parquet_schema([{', '.join(map(quote_path, files.paths))}])"
    has_column = f"{FILE_NAME} IN (SELECT file_name FROM {schemas} WHERE name = {quote(key)})"
    found = fetch(f"SELECT {FILE_NAME} FROM {_read_named(files.paths)} WHERE {differs} AND {has_column} LIMIT 1")
    if found:
        refuse_conflict(table, key, next(file for file in files.files if file.path == found[0][0]))


def _read_named(paths: Iterable[str]) -> str:
    return _read(paths, f"hive_partitioning = false, filename = {quote(FILE_NAME)}")


def _read(paths: Iterable[str], options: str) -> str:
    return f"read_parquet([{', '.join(map(quote_path, paths))}], union_by_name = true, {options})"


def _value(key: str) -> str:
    """Return the value of the last partition of that key in the name of the file, which lies below the glob."""
    pattern = quote(f".*/{re.escape(key)}=([^/]*)/")
    return f"NULLIF(url_decode(regexp_extract({FILE_NAME}, {pattern}, 1)), {quote(NO_VALUE)})"


def find_partition_type(values: Iterable[str]) -> str:
    """Return the type that DuckDB gives to a partition of these values: a day, a whole number, or text."""
    texts = {unquote(value) for value in values} - {NO_VALUE}
    if texts and all(map(_is_day, texts)):
        return "DATE"
    return "BIGINT" if texts and all(re.fullmatch(r"0|-?[1-9][0-9]{0,17}", text) for text in texts) else "VARCHAR"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def quote_name(name: str) -> str:
    """Return the name of a column or table in DuckDB's SQL."""
    return '"' + name.replace('"', '""') + '"'
