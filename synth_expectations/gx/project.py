"""A Great Expectations project, as `synth_expectations.runner` uses it. The runner imports this module alone, and late.

What it returns are plain records and plain data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import great_expectations
from great_expectations.data_context import FileDataContext
from great_expectations.data_context.data_context.context_factory import project_manager
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)
from great_expectations.exceptions import GreatExpectationsError
from great_expectations.exceptions.exceptions import DataContextRequiredError
from great_expectations.expectations.registry import list_registered_expectation_implementations

import synth_expectations.gx  # noqa: F401 - registers the classes
from synth_expectations.errors import SynthError, nearest
from synth_expectations.gx import internals
from synth_expectations.gx.addresses import note_variables
from synth_expectations.gx.checkpoint_run import GxCheckpointRun, unreadable_checkpoint
from synth_expectations.gx.datasources.spark.session import running_queries as find_running_queries
from synth_expectations.gx.guard import Problem
from synth_expectations.gx.plain_run import PlainRun
from synth_expectations.gx.project_sources import GxProjectSources
from synth_expectations.gx.stock_arguments import ArgumentReading, read_arguments
from synth_expectations.gx.stores import read_suite
from synth_expectations.gx.validation import Validation
from synth_expectations.redaction import format_error
from synth_expectations.validation.evaluated_expectation import EvaluatedExpectation
from synth_expectations.validation.source_tables import locate
from synth_expectations.validation.stored_checkpoint import StoredCheckpoint

__all__ = [
    "ArgumentReading",
    "EvaluatedExpectation",
    "GxCheckpointRun",
    "GxProject",
    "PlainRun",
    "Problem",
    "StoredCheckpoint",
    "Validation",
    "find_current_project",
    "find_running_queries",
    "locate",
    "open_project",
    "set_current_project",
]  # fmt: skip


@dataclass(frozen=True)
class GxProject:
    """A Great Expectations project that is open.

    Attributes:
        root: the directory of great_expectations.yml.
        context: of Great Expectations; for this room alone.
    """

    root: Path
    context: FileDataContext

    @property
    def configuration(self) -> Mapping[str, Any]:
        """What great_expectations.yml says, with variables substituted."""
        configuration: Mapping[str, Any] = self.context.project_config_with_variables_substituted.to_dict()
        return configuration

    def activate(self) -> None:
        """Make it the project that Great Expectations works on; else that is the one that was opened last."""
        project_manager.set_project(self.context)

    def resolve(self, text: str) -> str:
        """Return a text of a policy with the variables of the environment and of config_variables.yml substituted.

        Raises:
            SynthError: a variable is not set, or a store of secrets does not give its value.
        """
        try:
            return str(self.context.config_provider.substitute_config(text))
        except Exception as error:  # noqa: BLE001 - stores of secrets raise anything
            raise SynthError(format_error(error)) from None

    # What is stored

    def read_checkpoint(self, name: str) -> StoredCheckpoint:
        """Return a checkpoint as it is stored.

        Raises:
            SynthError: there is none, or it cannot be read.
        """
        store = self.context.checkpoint_store
        known = sorted(key.to_tuple()[0] for key in store.list_keys())
        if name not in known:
            guess = nearest(name, known)
            hint = (
                f"Did you mean {guess}?" if guess else f"There are {', '.join(known)}." if known else "There is none."
            )
            raise SynthError(f"There is no checkpoint {name}.", hint)
        try:
            stored = json.loads(store.store_backend.get((name,)))
            definitions = tuple(entry["name"] for entry in stored["validation_definitions"])
        except (GreatExpectationsError, ValueError, LookupError, TypeError) as error:
            raise unreadable_checkpoint(name, error) from None
        if not all(isinstance(definition, str) for definition in definitions):
            raise unreadable_checkpoint(name, ValueError("a validation definition has a name that is not text"))
        if not isinstance(stored.get("actions") or [], list):
            raise unreadable_checkpoint(name, ValueError("its actions are not a list"))
        return StoredCheckpoint(name, stored, definitions)

    def read_definition(self, name: str) -> Mapping[str, Any] | None:
        """Return a validation definition as it is stored; None if it cannot be read."""
        try:
            stored = json.loads(self.context.validation_definition_store.store_backend.get((name,)))
        except (GreatExpectationsError, ValueError, LookupError, TypeError):
            return None
        return stored if isinstance(stored, dict) else None

    def read_suite(self, name: str) -> Mapping[str, Any] | None:
        """Return a suite as it is stored, with expectations that Great Expectations would drop; None if it is gone."""
        return read_suite(self.context.expectations_store, name)

    def read_suite_text(self, name: str) -> bytes | None:
        """Return a suite as its store has it; None if it cannot be read."""
        return _read_text(self.context.expectations_store.store_backend, (name,))

    def read_result(self, run: GxCheckpointRun, definition: str) -> bytes | None:
        """Return the stored result of a validation definition, as its store has it; None if there is none."""
        if definition not in run.results:
            return None
        key, _ = run.results[definition]
        return _read_text(self.context.validation_results_store.store_backend, key.to_tuple())

    def find_result_files(self, run: str) -> list[str]:
        """Return the paths of the results of a run, by its name; none if they are stored elsewhere than in files."""
        base = getattr(self.context.validation_results_store.store_backend, "full_base_directory", None)
        return sorted(str(path) for path in Path(base).glob(f"*/{run}/*/*.json")) if base else []

    @property
    def sources(self) -> GxProjectSources:
        """Its data sources."""
        return GxProjectSources(self.root, self.context)

    # A run

    def start_run(
        self,
        checkpoint: StoredCheckpoint,
        definitions: Sequence[str],
        name: str,
        started: datetime,
        parameters: Mapping[str, Any],
    ) -> GxCheckpointRun:
        """Start a run of a checkpoint; nothing is evaluated yet.

        Args:
            checkpoint: as it is stored.
            definitions: the names of its validation definitions that will be run.
            name: of the run.
            started: aware.
            parameters: values of the expectations' `$PARAMETER`s.

        Raises:
            SynthError: the checkpoint cannot be read.
        """
        run = GxCheckpointRun(checkpoint, name, started, parameters)
        run.load_actions(self.context, definitions)
        return run

    def open_validation(
        self, run: GxCheckpointRun, name: str, stored: Mapping[str, Any] | None, suite: Mapping[str, Any] | None
    ) -> Validation:
        """Open a validation definition, so that it can be evaluated in a run.

        Args:
            run: keeps the result.
            name: of the definition.
            stored: the definition as it is stored; None if it cannot be read.
            suite: its suite as it is stored; None if there is none.

        Raises:
            SynthError: it cannot be read.
        """
        if isinstance(run, PlainRun):
            return run.open_validation(self.context, name)
        return Validation.open(self.context, run, name, stored, suite)

    def load_results(self, run: GxCheckpointRun, files: Mapping[str, Path]) -> None:
        """Read results that this package stored, for the actions of a run.

        Args:
            run: that they are part of.
            files: of the results, by the name of the validation definition.

        Raises:
            SynthError: one cannot be read back.
        """
        store = self.context.validation_results_store
        for name, file in files.items():
            suite = ExpectationSuiteIdentifier(name=file.parents[2].name)
            key = ValidationResultIdentifier(suite, run.id, file.name.removesuffix(".json"))
            try:
                run.results[name] = (key, store.get(key))
            except Exception as error:  # noqa: BLE001 - a file that was changed meanwhile may raise anything
                raise SynthError(f"The result of {name} cannot be read back: {format_error(error)}.") from None

    def is_registered(self, type_name: str) -> bool:
        """Return whether Great Expectations knows an expectation of this type."""
        return type_name in list_registered_expectation_implementations()

    def read_arguments(self, type_name: str, kwargs: Mapping[str, Any]) -> ArgumentReading:
        """Return what Great Expectations makes of the arguments of an expectation, as a suite stores them."""
        return read_arguments(type_name, kwargs)

    # Data Docs

    def build_docs(self) -> None:
        """Build the Data Docs anew from all stored results."""
        self.context.build_data_docs()

    @property
    def docs_urls(self) -> list[str]:
        """The addresses of the Data Docs."""
        return [str(site["site_url"]) for site in self.context.get_docs_sites_urls() if site.get("site_url")]


def _read_text(backend: Any, key: tuple[str, ...]) -> bytes | None:
    try:
        if path := internals.file_of(backend, key):
            return path.read_bytes()  # the backend itself leaves out the last line end
        stored = backend.get(key)
    except Exception:  # noqa: BLE001 - a store of any kind raises errors of its own
        return None
    return stored if isinstance(stored, bytes) else str(stored).encode("utf-8", "backslashreplace")


def find_current_project() -> Any:
    """Return the project that Great Expectations works on; None if it has none."""
    try:
        return project_manager.get_current_project()
    except DataContextRequiredError:
        return None


def set_current_project(project: Any) -> None:
    """Let Great Expectations work on a project, or on none."""
    project_manager.set_project(project)


def open_project(root: Path, variables: Mapping[str, Any]) -> GxProject:
    """Open the project in a directory.

    Args:
        root: the directory of great_expectations.yml.
        variables: values of `${VARIABLE}`s beside those of the environment and of config_variables.yml.

    Raises:
        SynthError: there is no project, or it cannot be opened.
    """
    try:
        context = great_expectations.get_context(
            mode="file", context_root_dir=root, runtime_environment=dict(variables)
        )
    except PermissionError as error:
        raise SynthError(f"{error.filename or root} cannot be read or written.", "Check who owns it.") from None
    except Exception as error:  # noqa: BLE001 - whatever its reader of YAML and its models meet in a file of any content
        raise SynthError(
            f"The project in {root} cannot be opened: {format_error(error).rstrip('.')}.", "Compile it again."
        ) from None
    assert isinstance(context, FileDataContext)
    note_variables(context)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)  # in memory: the project's own file stays
    return GxProject(root, context)
