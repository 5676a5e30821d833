"""The profile of CSV and JSON Lines: they are loaded as a run would load them, and types are proposed from all values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.dialects.duckdb import DIALECT as DUCKDB
from synth_expectations.engine.extracts.column_types import parse_type
from synth_expectations.engine.extracts.damage import DamagedExtractError
from synth_expectations.engine.extracts.extract import build_extract
from synth_expectations.engine.extracts.table_loader import FILE_NUMBER, LoadedTable, load_table, quote_name, quote_text
from synth_expectations.engine.memory_database import open_memory_database
from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.column_counts import count_known, count_records
from synth_expectations.policy.infer.extract_formats import ExtractKind, guess_format, open_extract, spell_words
from synth_expectations.policy.infer.layout import HIVE, list_files, locate_table, split_tables
from synth_expectations.policy.infer.model import Partition, ProposalError, TableProfile
from synth_expectations.policy.infer.nested import list_nested_fields
from synth_expectations.policy.infer.parquet import find_granularity

_PROPOSED = ("date", "timestamp", "timestamptz")
"""The types that are proposed. Of others it is not known whether they stay: a post code of digits is text."""

_COLUMNS_A_QUERY = 100
"""DuckDB plans the casts of thousands of columns in quadratic time."""


def profile_extract(glob: str, kind: ExtractKind) -> TableProfile:
    """Return the profile of the table that the files of a glob make.

    Args:
        glob: relative to the working directory, or absolute; `~` and `**` are understood.
        kind: of the files.

    Raises:
        ProposalError: no file matches, a file is damaged, or the files are no one table.
    """
    files = list_files(glob, kind)
    tables = split_tables(glob, kind)
    if len(tables) > 1:
        raise ProposalError(f"The files of {glob} make {len(tables)} tables: {', '.join(tables)}.", "Propose each.")
    base, location, name = locate_table(glob)
    words = guess_format(files, kind)
    partitions = _find_partitions(files)
    with _load(files, kind, words) as (connection, loaded):
        types = _find_types(connection, loaded)
        _make_view(connection, loaded, files, partitions, types)
        found = connection.exec_driver_sql("DESCRIBE profiled").fetchall()
        columns = [(row[0], DUCKDB.type_family(row[1])) for row in found]
        days = names.find_snapshot_column(columns)
        batch = next((partition.column for partition in partitions if find_granularity(partition.values)), days)
        rows, profiles = count_records(connection, sa.table("profiled"), columns, name, batch)
    return TableProfile(
        name, kind, location, base, "duckdb", rows, profiles, partitions, days, format=words, types=types
    )


def count_known_in_extract(
    glob: str, kind: ExtractKind, words: Mapping[str, Any], column: str, values: Collection[object]
) -> int:
    """Return how many of some keys a column of the table has that the files of a glob make.

    Args:
        glob: as `profile_extract` takes it.
        kind: of the files.
        words: of their format, as the profile has them.
        column: whose values are compared.
        values: the keys.

    Raises:
        ProposalError: as `profile_extract`.
    """
    files = list_files(glob, kind)
    with _load(files, kind, words) as (connection, loaded):
        _make_view(connection, loaded, files, _find_partitions(files), {})
        return count_known(connection, sa.table("profiled"), column, values)


@contextmanager
def _load(
    files: Sequence[str], kind: ExtractKind, words: Mapping[str, Any]
) -> Iterator[tuple[sa.Connection, LoadedTable]]:
    extract = build_extract(kind, spell_words(dict(words)), {})
    engine = open_memory_database()
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SET TimeZone = 'UTC'")
            driver = connection.connection.driver_connection
            assert driver is not None
            yield connection, load_table(driver, "extract", list(map(open_extract, files)), extract)
    except DamagedExtractError as error:
        raise ProposalError(error.message, error.hint) from None
    finally:
        engine.dispose()


def _find_types(connection: sa.Connection, loaded: LoadedTable) -> dict[str, str]:
    """Return the columns all of whose values are days or times, and at least one is there."""
    texts = [name for name, sql in loaded.columns.items() if sql == quote_name(name)]
    if not texts:
        return {}
    types: dict[str, str] = {}
    for start in range(0, len(texts), _COLUMNS_A_QUERY):
        types |= _find_types_of(connection, loaded.name, texts[start : start + _COLUMNS_A_QUERY])
    return types


def _find_types_of(connection: sa.Connection, table: str, texts: Sequence[str]) -> dict[str, str]:
    counts = []
    for name in texts:
        quoted = quote_name(name)
        counts += [f"count({quoted})", *(f"count({parse_type(kind).cast(quoted)})" for kind in _PROPOSED)]
    numbers = list(connection.exec_driver_sql(f"SELECT {', '.join(counts)} FROM {table}").fetchall()[0])
    types = {}
    for name in texts:
        filled, *fitting = numbers[: 1 + len(_PROPOSED)]
        del numbers[: 1 + len(_PROPOSED)]
        fits = [kind for kind, count in zip(_PROPOSED, fitting, strict=True) if filled and count == filled]
        if fits:
            types[name] = fits[0]
    return types


def _make_view(
    connection: sa.Connection,
    loaded: LoadedTable,
    files: Sequence[str],
    partitions: Sequence[Partition],
    types: dict[str, str],
) -> None:
    more = {name: parse_type(kind).cast(quote_name(name)) for name, kind in types.items()}
    for partition in partitions:
        values = ", ".join(quote_text(_partition_values(file).get(partition.column, "")) for file in files)
        kind = "DATE" if find_granularity(partition.values) == "day" else "VARCHAR"
        more[partition.column] = f"CAST(list_extract([{values}], {FILE_NUMBER}) AS {kind})"
    select = loaded.select(more)
    fields = list_nested_fields(connection.exec_driver_sql(f"DESCRIBE {select}").fetchall())
    connection.exec_driver_sql(f"CREATE VIEW profiled AS SELECT {', '.join(['*', *fields])} FROM ({select})")


def _find_partitions(files: Sequence[str]) -> tuple[Partition, ...]:
    values: dict[str, set[str]] = {}
    for file in files:
        for key, value in _partition_values(file).items():
            values.setdefault(key, set()).add(value)
    return tuple(Partition(key, tuple(sorted(of_key))) for key, of_key in values.items())


def _partition_values(file: str) -> dict[str, str]:
    return {match[1]: match[2] for part in Path(file).parts[:-1] if (match := HIVE.match(part))}
