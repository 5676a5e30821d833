"""The tables that data sources have and a project does not name."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from synth_expectations.engine.object_addresses import is_address
from synth_expectations.errors import SynthError
from synth_expectations.redaction import format_error
from synth_expectations.validation.sources.duckdb.file_table import FileTable, list_file_tables
from synth_expectations.validation.sources.file_set import FileSet
from synth_expectations.validation.sources.files import with_variables
from synth_expectations.validation.sources.object_stores import unread_directories


def locate(path: str, root: Path) -> str:
    """Return the absolute path of files, or their address, with variables substituted.

    Args:
        path: as a policy has it.
        root: relative paths start there.

    Raises:
        SynthError: a variable is not set.
    """
    path = with_variables(path)
    return path if is_address(path) else str((root / path).resolve())


@dataclass(frozen=True)
class UnnamedTables:
    """Tables beside those of the data sources' assets.

    Attributes:
        names: SOURCE:SCHEMA.TABLE, or SOURCE/DIRECTORY for files.
        unlisted: a sentence for each schema, directory or data source whose tables cannot be listed.
    """

    names: tuple[str, ...]
    unlisted: tuple[str, ...]


def find_unnamed(sources: Sequence[Any]) -> UnnamedTables:
    """Return the tables beside those of the sources' assets, as far as they can be listed."""
    unlisted: list[str] = []
    return UnnamedTables(tuple(_find_unnamed(sources, unlisted)), tuple(dict.fromkeys(unlisted)))


def _find_unnamed(sources: Sequence[Any], unlisted: list[str]) -> Iterator[str]:
    read = {file for source in sources for asset in list_file_tables(source) for file in _files(asset)}
    for source in sources:
        try:
            if getattr(source, "engine_name", "") == "duckdb":
                yield from _unnamed_directories(source, read, unlisted)
            elif hasattr(source, "get_engine"):
                yield from _unnamed_in_schemas(source, unlisted)
        except Exception as error:  # noqa: BLE001 - a driver may raise anything
            unlisted.append(_format_unlisted(source.name, error))


def _format_unlisted(where: str, error: Exception) -> str:
    cause = error.__cause__ or error
    reason = format_error(getattr(cause, "orig", None) or cause).rstrip(".")
    return f"The tables of {where} cannot be listed, so it is unknown which ones the policy lacks: {reason}."


def _files(asset: FileTable) -> list[str]:
    try:
        files: FileSet = asset.find_files()
    except SynthError:
        return []
    return files.paths


def _unnamed_directories(source: Any, read: set[str], unlisted: list[str]) -> Iterator[str]:
    if is_address(source.base()):
        yield from (f"{source.name}/{directory}" for directory in unread_directories(source.base(), read))
        return
    base = Path(source.base())
    known = {Path(file).resolve() for file in read}
    unread: list[Path] = []
    for directory, _, files in os.walk(
        base, onerror=lambda error: unlisted.append(_format_unlisted(source.name, error))
    ):
        found = (Path(directory, file) for file in files if file.endswith(".parquet"))
        unread += (file for file in found if file.resolve() not in known)
    for name in sorted({file.relative_to(base).parts[0] for file in unread}):
        yield f"{source.name}/{name}"


def _unnamed_in_schemas(source: Any, unlisted: list[str]) -> Iterator[str]:
    named = {
        (asset.schema_name, asset.table_name.strip('"')) for asset in source.assets if hasattr(asset, "table_name")
    }
    inspector = sa.inspect(source.get_engine())
    for schema in sorted({schema for schema, _ in named}, key=str):
        known = {table.casefold() for named_schema, table in named if named_schema == schema}
        try:
            tables = inspector.get_table_names(schema=schema)
        except SQLAlchemyError as error:  # not every warehouse lets every user list its tables
            unlisted.append(_format_unlisted(f"{source.name}:{schema}" if schema else source.name, error))
            continue
        for table in sorted(name for name in tables if name.casefold() not in known):
            yield f"{source.name}:{f'{schema}.' if schema else ''}{table}"
