"""Looks whether a run could work: drivers, tables, columns, types, references. No data is read, nothing is written."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from great_expectations.data_context import FileDataContext
from great_expectations.datasource.fluent.interfaces import Datasource
from sqlalchemy.exc import SQLAlchemyError

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.plan import Plan
from synth_expectations.errors import SynthError
from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource, ParquetAsset
from synth_expectations.gx.datasources.files import with_variables
from synth_expectations.gx.datasources.object_stores import is_address, unread_directories
from synth_expectations.gx.plan_metric import adapter_for
from synth_expectations.gx.references import finder
from synth_expectations.policy.compile.compiler import CompiledPolicy
from synth_expectations.policy.compile.datasources import OF_FILES, asset_of
from synth_expectations.policy.compile.project_files import CONFIG
from synth_expectations.policy.compile.project_files import open_project as compiled_project
from synth_expectations.policy.compile.suites import Suite
from synth_expectations.policy.compile.table_checks import gx_source_of
from synth_expectations.policy.load.yaml import read_yaml
from synth_expectations.rules.as_of import current_as_of
from synth_expectations.runner.compiled_project import read_compiled
from synth_expectations.runner.project import one_line, open_project, unwritable


def check(compiled: CompiledPolicy) -> Iterator[str]:
    """Everything that would make a run errored, as far as names and types tell; one sentence each.

    Args:
        compiled: the policy, compiled; whether it is written does not matter.
    """
    yield from unwritable(compiled.project.root, compiled.project.config)
    yield from (f"{path}: edited by hand since compiling" for path in compiled.edited)
    state = replace(read_compiled(compiled.project.root), policy=compiled.policy)
    with _context(compiled) as context:
        for suite in compiled.suites:
            yield from _of_suite(context, compiled, suite, state.next_step)


def unnamed_tables(compiled: CompiledPolicy) -> Iterator[str]:
    """Tables beside those of the policy that the policy does not name: SOURCE:SCHEMA.TABLE, or a directory of files."""
    with _context(compiled) as context:
        sources = list(context.data_sources.all().values())
        read = {file for source in sources for asset in _of_files(source) for file in _files(asset)}
        for source in sources:
            try:
                if isinstance(source, DuckDBDatasource):
                    yield from _unnamed_directories(source, read)
                elif hasattr(source, "get_engine"):
                    yield from _unnamed_in_schemas(source)
            except Exception:  # noqa: BLE001, S112 - check says what is wrong with it
                continue


@contextmanager
def _context(compiled: CompiledPolicy) -> Iterator[FileDataContext]:
    """A project of the policy's data sources alone, in a directory that is gone afterwards; paths start from the real one."""
    sources = {name: _placed(each, compiled.project.root) for name, each in compiled.sources.items()}
    with TemporaryDirectory(prefix="synth_expectations_") as directory:
        project = compiled_project(Path(directory))
        (project.root / CONFIG).write_text(project.with_data_sources(sources, set()), encoding="utf-8")
        yield open_project(project.root, _variables(compiled))


def _placed(source: Mapping[str, Any], root: Path) -> dict[str, Any]:
    if source["type"] not in OF_FILES:
        return dict(source)
    path = str(source.get("path", "."))
    with suppress(SynthError):  # a variable that is not set is said for each of its tables
        path = with_variables(path)
        path = path if is_address(path) else str((root / path).resolve())
    return {**source, "path": path}


def _variables(compiled: CompiledPolicy) -> dict[str, Any]:
    """What config_variables.yml says, under what the environment says."""
    file = compiled.project.root / str(compiled.project.config.get("config_variables_file_path") or "none")
    said = read_yaml(file) if file.is_file() else {}
    return {name: value for name, value in said.items() if name not in os.environ}


def _of_suite(context: FileDataContext, compiled: CompiledPolicy, suite: Suite, next_step: Any) -> Iterator[str]:
    name = asset_of(suite)
    try:
        source = context.data_sources.get(gx_source_of(compiled.policy.tables[suite.table]))
        adapter = _adapter(source, name)
        plan = Plan(lambda: adapter, current_as_of())
        kinds: dict[str, str] = {}
        for planned in suite.expectations:
            if planned.expectation and planned.expectation.nothing_to_check() is None:
                plan.add(planned.expectation.check)
                kinds[planned.expectation.check.sha256] = planned.type
        said: dict[str, list[str]] = {}
        for digest, error in plan.validate().items():
            step = next_step(error)
            said.setdefault(f"{error}{f' Next: {step}.' if step else ''}", []).append(kinds[digest])
        for sentence, needing in said.items():
            yield f"{name}: {sentence} Needed by {', '.join(needing)}."
        yield from _columns_of_others(compiled, suite, adapter)
    except SynthError as error:
        yield f"{name}: {error}"
    except Exception as error:  # noqa: BLE001 - a driver may raise anything, and Great Expectations wraps it
        cause = error.__cause__ or error
        yield f"{name}: it cannot be read: {one_line(getattr(cause, 'orig', None) or cause)}"


def _adapter(source: Datasource[Any, Any], asset: str) -> Adapter:
    engine = source.get_execution_engine()
    return adapter_for(engine, source.get_asset(asset).as_selectable(), finder(engine, lambda: source), asset)


def _columns_of_others(compiled: CompiledPolicy, suite: Suite, adapter: Adapter) -> Iterator[str]:
    """The columns of batches, and of Great Expectations' own expectations."""
    batch = compiled.policy.tables[suite.table].batch
    names = [batch.column] if batch else []
    names += [
        str(planned.arguments["column"])
        for planned in suite.expectations
        if not planned.expectation and "column" in planned.arguments
    ]
    for name in names:
        try:
            adapter.columns().find(name)
        except SynthError as error:
            yield f"{suite.table}: {error}"


def _of_files(source: Datasource[Any, Any]) -> Iterator[ParquetAsset]:
    yield from (asset for asset in source.assets if isinstance(asset, ParquetAsset))


def _unnamed_directories(source: DuckDBDatasource, read: set[str]) -> Iterator[str]:
    if is_address(source.base()):
        yield from (f"{source.name}/{each}" for each in unread_directories(source.base(), read))
        return
    base = Path(source.base())
    known = {Path(file).resolve() for file in read}
    unread = {file.resolve() for file in base.rglob("*.parquet")} - known if base.is_dir() else set()
    for first in sorted({file.relative_to(base).parts[0] for file in unread}):
        yield f"{source.name}/{first}"


def _files(asset: ParquetAsset) -> list[str]:
    try:
        files: list[str] = asset.files()
    except SynthError:
        return []
    return files


def _unnamed_in_schemas(source: Datasource[Any, Any]) -> Iterator[str]:
    named = {(each.schema_name, each.table_name.strip('"')) for each in source.assets if hasattr(each, "table_name")}
    inspector = sa.inspect(source.get_engine())  # type: ignore[attr-defined]
    for schema in sorted({schema for schema, _ in named}, key=str):
        known = {table.casefold() for of, table in named if of == schema}
        try:
            tables = inspector.get_table_names(schema=schema)
        except SQLAlchemyError:
            continue  # not every warehouse lets every user list them
        for table in sorted(each for each in tables if each.casefold() not in known):
            yield f"{source.name}:{f'{schema}.' if schema else ''}{table}"
