"""Check whether a run could work: drivers, tables, columns, types, references, markers. Nothing is written.

Of the data, it reads how many records have a marker that the policy knows, and whether keys look like identifiers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from synth_expectations.engine.plan import Plan
from synth_expectations.errors import SynthError
from synth_expectations.policy.compile.compiler import CompiledPolicy
from synth_expectations.policy.compile.datasources import OF_FILES, asset_of
from synth_expectations.policy.compile.project_files import CONFIG
from synth_expectations.policy.compile.project_files import open_project as compiled_project
from synth_expectations.policy.compile.suites import Suite
from synth_expectations.policy.compile.table_checks import gx_source_of
from synth_expectations.policy.load.yaml import read_yaml
from synth_expectations.redaction import format_error
from synth_expectations.rules.as_of import current_as_of
from synth_expectations.runner.batch_days import check_days
from synth_expectations.runner.compiled_project import read_compiled
from synth_expectations.runner.freshness import check_written_column
from synth_expectations.runner.key_values import check_key
from synth_expectations.runner.marker_values import check_marker
from synth_expectations.runner.project import open_project
from synth_expectations.runner.shared_records import find_shared_records
from synth_expectations.runner.stock_arguments import check_arguments, check_columns
from synth_expectations.runner.write_access import find_unwritable
from synth_expectations.validation.source_tables import locate

if TYPE_CHECKING:
    from synth_expectations.runner.project import Project


@dataclass(frozen=True)
class Findings:
    """What `check` finds.

    Attributes:
        problems: everything that would make a run errored, as far as names and types tell; a sentence each.
        notes: what a reader of the results should know.
        unnamed: tables beside those of the policy: SOURCE:SCHEMA.TABLE, or a directory of files.
    """

    problems: tuple[str, ...]
    notes: tuple[str, ...]
    unnamed: tuple[str, ...]


def check(compiled: CompiledPolicy) -> Findings:
    """Return what is wrong with a policy and with the tables that it names.

    Args:
        compiled: the policy, compiled; whether it is written does not matter.
    """
    with open_sources(compiled) as project:
        problems = list(_find_problems(project, compiled))
        shared = list(find_shared_records(project, compiled))
        problems += [pair.sentence for pair in shared if not pair.is_narrowed]
        unnamed = project.sources.find_unnamed_tables()
        notes = (*(pair.sentence for pair in shared if pair.is_narrowed), *unnamed.unlisted)
        return Findings(tuple(problems), notes, unnamed.names)


def _find_problems(project: Project, compiled: CompiledPolicy) -> Iterator[str]:
    yield from find_unwritable(compiled.project.root, compiled.project.config, docs=True)
    yield from (f"{path}: edited by hand since compiling" for path in compiled.edited)
    state = replace(read_compiled(compiled.project.root), policy=compiled.policy)
    checked: set[str] = set()
    for suite in compiled.suites:
        yield from _check_suite(project, compiled, suite, state.next_step, suite.table not in checked)
        checked.add(suite.table)


@contextmanager
def open_sources(compiled: CompiledPolicy) -> Iterator[Project]:
    """Give a project of the policy's data sources alone, in a temporary directory, with the paths of the real one."""
    sources = {name: _with_absolute_path(source, compiled.project.root) for name, source in compiled.sources.items()}
    with TemporaryDirectory(prefix="synth_expectations_") as directory:
        project = compiled_project(Path(directory))
        (project.root / CONFIG).write_text(project.with_data_sources(sources, set()), encoding="utf-8")
        with open_project(project.root, _read_variables(compiled)) as opened:
            yield opened


def _with_absolute_path(source: Mapping[str, Any], root: Path) -> dict[str, Any]:
    if source["type"] not in OF_FILES:
        return dict(source)
    path = str(source.get("path", "."))
    with suppress(SynthError):  # a variable that is not set is reported for each of its tables
        path = locate(path, root)
    return {**source, "path": path}


def _read_variables(compiled: CompiledPolicy) -> dict[str, Any]:
    """Return the variables of config_variables.yml that the environment does not set."""
    file = compiled.project.root / str(compiled.project.config.get("config_variables_file_path") or "none")
    variables = read_yaml(file) if file.is_file() else {}
    return {name: value for name, value in variables.items() if name not in os.environ}


def _check_suite(
    project: Project, compiled: CompiledPolicy, suite: Suite, next_step: Callable[[SynthError], str], is_first: bool
) -> Iterator[str]:
    name = asset_of(suite)
    yield from check_arguments(project, compiled.policy, suite)
    try:
        adapter = project.sources.make_adapter(gx_source_of(compiled.policy.tables[suite.table]), name)
        plan = Plan(lambda: adapter, current_as_of())
        types: dict[str, str] = {}
        for planned in suite.expectations:
            if planned.expectation:
                plan.add(planned.expectation.planned_check)
                types[planned.expectation.planned_check.sha256] = planned.type
        sentences: dict[str, list[str]] = {}
        for digest, error in plan.validate().items():
            step = next_step(error)
            sentences.setdefault(f"{error}{f' Next: {step}.' if step else ''}", []).append(types[digest])
        for sentence, needing in sentences.items():
            yield f"{name}: {sentence} Needed by {', '.join(needing)}."
        yield from check_columns(project, compiled.policy, suite, adapter)
        if is_first and (batch := compiled.policy.tables[suite.table].batch):
            yield from check_days(suite.table, adapter, batch)
        if is_first and (fresh := compiled.policy.tables[suite.table].fresh):
            yield from check_written_column(suite.table, adapter, fresh)
        if not sentences:
            own = [planned.expectation for planned in suite.expectations if planned.expectation]
            identifiers = compiled.policy.tables[suite.table].identifiers
            yield from check_marker(name, adapter, own, identifiers.columns() if identifiers else ())
            if is_first:
                entry = compiled.policy.tables[suite.table]
                key = (entry.columns or {}).get("key")
                yield from check_key(name, adapter, key, entry.key_kinds.get(key or ""))
    except SynthError as error:
        yield f"{name}: {error}"
    except Exception as error:  # noqa: BLE001 - a driver may raise anything, and Great Expectations wraps it
        cause = error.__cause__ or error
        yield f"{name}: it cannot be read: {format_error(getattr(cause, 'orig', None) or cause)}"
