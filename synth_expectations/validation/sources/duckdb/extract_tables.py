"""Extracts as tables in DuckDB's memory: each is read once, and again when its files have changed.

A view of an extract would parse its text for every query, and meet what is damaged in the middle of one. Tables that
memory does not hold go into the temporary directory of the connection, as results of queries do.
"""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import IO, Any, cast
from urllib.parse import unquote

import duckdb

from synth_expectations.engine.adapters.sqlalchemy import FILE_NAME
from synth_expectations.engine.extracts.damage import DamagedExtractError
from synth_expectations.engine.extracts.extract import Extract
from synth_expectations.engine.extracts.table_loader import (
    FILE_NUMBER,
    Connection,
    LoadedTable,
    load_table,
    quote_name,
)
from synth_expectations.engine.extracts.text_stream import ExtractFile
from synth_expectations.engine.object_addresses import is_address
from synth_expectations.validation.sources.duckdb.scan import find_partition_type
from synth_expectations.validation.sources.file_set import FileSet
from synth_expectations.validation.sources.files import quote, refuse_twin_of_partition
from synth_expectations.validation.sources.object_stores import build_unreachable_error, open_file
from synth_expectations.validation.sources.partition_conflicts import NO_VALUE, refuse_conflict
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError


class ExtractTables:
    """The tables of a connection, each for one or several views of the same files."""

    def __init__(self) -> None:
        self._loaded: dict[Hashable, LoadedTable] = {}
        self._damaged: dict[Hashable, DamagedExtractError] = {}
        self._views: dict[str, Hashable] = {}
        self._numbers = count(1)

    def scan(self, connection: Connection, view: str, files: FileSet, extract: Extract) -> str:
        """Return the query of all rows of files, which are read if that was not done yet.

        Args:
            connection: of DuckDB.
            view: the name of the table, for errors.
            files: at least one.
            extract: how they are read.

        Raises:
            UnreadableTableError: a file is damaged, or a Hive partition contradicts a column.
        """
        key = (files.state, repr(extract)) if files.is_state_known else object()
        if damage := self._damaged.get(key):
            raise _build_unreadable_error(view, damage)
        if key not in self._loaded:
            _refuse_other_partitions(view, files)
            listed = [ExtractFile(file, partial(_open, file)) for file in files.paths]
            try:
                loaded = load_table(connection, f"synth_extract_{next(self._numbers)}", listed, extract)
            except DamagedExtractError as error:
                self._damaged[key] = error
                raise _build_unreadable_error(view, error) from None
            except (duckdb.Error, ArithmeticError, LookupError, RecursionError, TypeError):
                raise  # no error of a store
            except Exception as error:  # each store has its own errors
                if is_address(files.paths[0]):
                    raise build_unreachable_error(files.paths[0], error) from None
                raise
            self._refuse_conflicts(connection, view, files, loaded)
            self._loaded[key] = loaded
        self._views[view] = key
        for unused in self._loaded.keys() - set(self._views.values()):
            connection.execute(f"DROP TABLE IF EXISTS {self._loaded.pop(unused).name}")
        return self._loaded[key].select(_partition_columns(files))

    def scan_with_names(self, view: str, files: FileSet) -> str:
        """Return the query of the rows that a view has, with the file of each as the column `FILE_NAME`."""
        names = _pick(quote(path) for path in files.paths)
        return self._loaded[self._views[view]].select({**_partition_columns(files), FILE_NAME: names})

    def _refuse_conflicts(self, connection: Connection, view: str, files: FileSet, loaded: LoadedTable) -> None:
        refuse_twin_of_partition(view, list(loaded.columns), files.partition_keys, "DuckDB")
        for key in files.partition_keys:
            if key not in loaded.columns:
                continue
            differs = f"CAST({quote_name(key)} AS VARCHAR) IS DISTINCT FROM {_pick(_values(files, key))}"
            found = connection.execute(f"SELECT DISTINCT {FILE_NUMBER} FROM {loaded.name} WHERE {differs}").fetchall()
            numbers = {row[0] for row in found} & loaded.files[key]
            if numbers:
                refuse_conflict(view, key, files.files[min(numbers) - 1])


def _build_unreadable_error(view: str, damage: DamagedExtractError) -> UnreadableTableError:
    return UnreadableTableError(f"{view} cannot be read: {damage.message}", damage.hint)


def _refuse_other_partitions(view: str, files: FileSet) -> None:
    keys = files.partition_keys
    if any(set(file.partitions) != set(keys) for file in files.files):
        raise UnreadableTableError(
            f"{view} cannot be read: its files do not all lie in the same Hive partitions ({', '.join(keys)}).",
            "Narrow the glob.",
        )


def _partition_columns(files: FileSet) -> dict[str, str]:
    return {
        key: f"CAST({_pick(_values(files, key))} AS {find_partition_type(file.partitions[key] for file in files.files)})"
        for key in files.partition_keys
    }


def _values(files: FileSet, key: str) -> Iterator[str]:
    for file in files.files:
        value = unquote(file.partitions[key])
        yield "NULL" if value in {"", NO_VALUE} else quote(value)


def _pick(values: Iterator[str]) -> str:
    """Return the SQL of the value that belongs to the file of a row."""
    return f"list_extract([{', '.join(values)}]::VARCHAR[], {FILE_NUMBER})"


@contextmanager
def _open(path: str) -> Iterator[IO[bytes]]:
    with open_file(path) as found:
        if isinstance(found, str | os.PathLike):
            with open(found, "rb") as opened:
                yield opened
        else:
            yield cast(Any, found)
