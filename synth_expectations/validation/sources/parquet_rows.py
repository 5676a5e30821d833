"""The number of rows that the footers of Parquet files name, as DuckDB reads them."""

from __future__ import annotations

import os
from functools import cache

import duckdb

from synth_expectations.engine.object_addresses import is_address
from synth_expectations.validation.sources.file_set import FilesState
from synth_expectations.validation.sources.files import quote_path


def count_parquet_rows(state: FilesState | None) -> int | None:
    """Return the number of rows that local Parquet files have in all, by their footers.

    Args:
        state: of the files when they were read.

    Returns:
        None if a file is no longer the one that was read, is no Parquet, is encrypted, or lies on an object store.
    """
    if not state or any(is_address(path) for path, _ in state):
        return None
    paths = ", ".join(quote_path(path) for path, _ in state)
    try:
        [(files, rows)] = (
            _connect()
            .cursor()
            .execute(f"SELECT count(*), sum(num_rows) FROM parquet_file_metadata([{paths}])")
            .fetchall()
        )
        if files != len(state) or any(_read_state(path) != file_state for path, file_state in state):
            return None
    except (duckdb.Error, OSError):
        return None
    return int(rows)


@cache
def _connect() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def _read_state(path: str) -> tuple[object, ...]:
    found = os.stat(path)
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
