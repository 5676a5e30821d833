"""The tables that data sources have: how to read one, and which a project does not name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from great_expectations.datasource.fluent.interfaces import Datasource
from sqlalchemy.exc import SQLAlchemyError

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.errors import SynthError
from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource, ParquetAsset
from synth_expectations.gx.datasources.file_set import FileSet
from synth_expectations.gx.datasources.files import with_variables
from synth_expectations.gx.datasources.object_stores import is_address, unread_directories
from synth_expectations.gx.plan_metric import adapter_for
from synth_expectations.gx.references import finder, is_security_accepted
from synth_expectations.gx.time_limits import read_time_limit


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


def make_adapter(source: Datasource[Any, Any], asset: str) -> Adapter:
    """Return the engine's adapter for all records of a table.

    Raises:
        SynthError: the table cannot be read.
    """
    engine = source.get_execution_engine()
    find = finder(engine, lambda: source)
    accepts = partial(is_security_accepted, source)
    table = source.get_asset(asset)
    return adapter_for(engine, table.as_selectable(), find, asset, accepts, read_time_limit(table))


def find_unnamed(sources: Sequence[Datasource[Any, Any]]) -> Iterator[str]:
    """Yield tables beside those of the sources' assets: SOURCE:SCHEMA.TABLE, or SOURCE/DIRECTORY for files."""
    read = {file for source in sources for asset in _file_assets(source) for file in _files(asset)}
    for source in sources:
        try:
            if isinstance(source, DuckDBDatasource):
                yield from _unnamed_directories(source, read)
            elif hasattr(source, "get_engine"):
                yield from _unnamed_in_schemas(source)
        except Exception:  # noqa: BLE001, S112 - `check` reports what is wrong with a data source
            continue


def _file_assets(source: Datasource[Any, Any]) -> Iterator[ParquetAsset]:
    yield from (asset for asset in source.assets if isinstance(asset, ParquetAsset))


def _files(asset: ParquetAsset) -> list[str]:
    try:
        files: FileSet = asset.find_files()
    except SynthError:
        return []
    return files.paths


def _unnamed_directories(source: DuckDBDatasource, read: set[str]) -> Iterator[str]:
    if is_address(source.base()):
        yield from (f"{source.name}/{directory}" for directory in unread_directories(source.base(), read))
        return
    base = Path(source.base())
    known = {Path(file).resolve() for file in read}
    unread = {file.resolve() for file in base.rglob("*.parquet")} - known if base.is_dir() else set()
    for directory in sorted({file.relative_to(base).parts[0] for file in unread}):
        yield f"{source.name}/{directory}"


def _unnamed_in_schemas(source: Datasource[Any, Any]) -> Iterator[str]:
    named = {
        (asset.schema_name, asset.table_name.strip('"')) for asset in source.assets if hasattr(asset, "table_name")
    }
    inspector = sa.inspect(source.get_engine())  # type: ignore[attr-defined]
    for schema in sorted({schema for schema, _ in named}, key=str):
        known = {table.casefold() for named_schema, table in named if named_schema == schema}
        try:
            tables = inspector.get_table_names(schema=schema)
        except SQLAlchemyError:
            continue  # not every warehouse lets every user list its tables
        for table in sorted(name for name in tables if name.casefold() not in known):
            yield f"{source.name}:{f'{schema}.' if schema else ''}{table}"
