"""A project that is open, and the one door to Great Expectations: everything else in this room works on plain records.

Great Expectations takes seconds to import, so `synth_expectations.gx.project` is imported when something needs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from synth_expectations.errors import SynthError
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.redaction import note_address, note_options
from synth_expectations.runner.checkpoint_run import CheckpointRun, find_detours
from synth_expectations.runner.project_sources import ProjectSources
from synth_expectations.validation.project_settings import ProjectSettings
from synth_expectations.validation.stored_checkpoint import StoredCheckpoint
from synth_expectations.validation.stored_project import StoredProject
from synth_expectations.validation.table_validation import TableValidation
from synth_expectations.validation.unusual_project import UnusualProjectError

if TYPE_CHECKING:
    from synth_expectations.gx.project import ArgumentReading, GxCheckpointRun, GxProject, Validation


class Project:
    """A project that is open.

    Its files are read by this package as far as they are as compile writes them. Great Expectations opens it for
    everything else, when that is asked for.

    Args:
        root: the directory of great_expectations.yml.
        variables: values of `${VARIABLE}`s beside those of the environment and of config_variables.yml.
        detour: why everything goes through Great Expectations; empty if it need not.
    """

    def __init__(self, root: Path, variables: Mapping[str, Any] | None = None, detour: str = "") -> None:
        self.root = root
        self.detour = detour
        self._variables = variables or {}
        self._stored: StoredProject | None = None
        if not detour:
            try:
                settings = ProjectSettings.read(root, self._variables)
                _note_secrets(settings.file_variables)
                self._stored = StoredProject(settings)
            except UnusualProjectError as error:
                self.detour = str(error)

    @classmethod
    def of(cls, gx: GxProject) -> Project:
        """Return a project that Great Expectations has open."""
        project = cls(gx.root, detour="Great Expectations has it open")
        project.__dict__["gx"] = gx
        return project

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Close it, unless an interrupt left queries of other threads running."""
        if kind is None or issubclass(kind, Exception):
            self.close()

    def close(self) -> None:
        """Close the connections of its data sources; those of Great Expectations end with its context."""
        if self._stored:
            self._stored.close()

    def open_again(self) -> Project:
        """Return the same project with connections of its own."""
        return Project(self.root, self._variables, self.detour)

    @cached_property
    def gx(self) -> GxProject:
        """The project as Great Expectations opens it.

        Raises:
            SynthError: it cannot be opened.
        """
        from synth_expectations.gx import project

        return project.open_project(self.root, self._variables)

    @property
    def settings(self) -> ProjectSettings | None:
        """What great_expectations.yml says; None if only Great Expectations reads it."""
        return self._stored.settings if self._stored else None

    @property
    def configuration(self) -> Mapping[str, Any]:
        """What great_expectations.yml says, with variables substituted."""
        with suppress(UnusualProjectError):
            if self._stored:
                return self._stored.settings.configuration
        return self.gx.configuration

    @property
    def sources(self) -> ProjectSources:
        """Its data sources."""
        return ProjectSources(self._stored, lambda: self.gx)

    def activate(self) -> None:
        """Make it the project that Great Expectations works on, if it is open there."""
        if "gx" in vars(self):
            self.gx.activate()

    def resolve(self, text: str) -> str:
        """Return a text of a policy with the variables of the environment and of config_variables.yml substituted.

        Raises:
            SynthError: a variable is not set, or a store of secrets does not give its value.
        """
        with suppress(UnusualProjectError):
            if self._stored:
                return self._stored.resolve(text)
        return self.gx.resolve(text)

    # What is stored

    def read_checkpoint(self, name: str) -> StoredCheckpoint:
        """Return a checkpoint as it is stored. If it is not as compile writes it, Great Expectations runs all of it.

        Raises:
            SynthError: there is none, or it cannot be read.
        """
        if self._stored:
            try:
                return self._stored.read_checkpoint(name)
            except UnusualProjectError as error:
                self.close()
                self.detour, self._stored = str(error), None
        return self.gx.read_checkpoint(name)

    def read_definition(self, name: str) -> Mapping[str, Any] | None:
        """Return a validation definition as it is stored; None if it cannot be read."""
        with suppress(UnusualProjectError):
            if self._stored:
                return self._stored.read_definition(name) if self._stored.has_definition(name) else None
        return self.gx.read_definition(name)

    def read_suite(self, name: str) -> Mapping[str, Any] | None:
        """Return a suite as it is stored, with expectations that Great Expectations would drop; None if it is gone."""
        with suppress(UnusualProjectError):
            if self._stored:
                return self._stored.read_suite(name) if self._stored.has_suite(name) else None
        try:
            return self.gx.read_suite(name)
        except ValueError:  # it is not JSON: whoever opens it reports that
            return None

    def read_suite_text(self, name: str) -> bytes | None:
        """Return a suite as its store has it; None if it cannot be read."""
        with suppress(UnusualProjectError):
            if self._stored:
                return self._stored.read_suite_text(name)
        return self.gx.read_suite_text(name)

    def read_result(self, run: CheckpointRun, definition: str) -> bytes | None:
        """Return the stored result of a validation definition, as its store has it; None if there is none."""
        if definition in run.files:
            try:
                return run.files[definition].read_bytes()
            except OSError:
                return None
        return self.gx.read_result(run.gx, definition) if run.gx else None

    def find_result_files(self, run: str) -> list[str]:
        """Return the paths of the results of a run, by its name; none if they are stored elsewhere than in files."""
        if self._stored is None:
            return self.gx.find_result_files(run)
        return sorted(str(path) for path in self._stored.results_directory.glob(f"*/{run}/*/*.json"))

    # A run

    def start_run(
        self,
        checkpoint: StoredCheckpoint,
        definitions: Sequence[str],
        name: str,
        started: datetime,
        parameters: Mapping[str, Any],
    ) -> CheckpointRun:
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
        detours = find_detours(self, checkpoint, definitions)
        run = CheckpointRun(checkpoint, name, started, parameters, detours)
        if detours:
            run.gx = self.start_gx_run(run, definitions)
        return run

    def start_gx_run(self, run: CheckpointRun, definitions: Sequence[str]) -> GxCheckpointRun:
        """Return the part of a run that Great Expectations has.

        Raises:
            SynthError: the checkpoint cannot be read.
        """
        return self.gx.start_run(run.checkpoint, definitions, run.name, run.started, run.parameters)

    def find_detour(self, definition: str) -> str:
        """Return why a validation definition must go through Great Expectations; empty if it need not."""
        if self._stored is None:
            return self.detour
        try:
            self._stored.read_expectations(definition)
            self._stored.open_table(self._stored.read_definition(definition))
        except UnusualProjectError as error:
            return str(error)
        return ""

    def open_validation(
        self, run: CheckpointRun, name: str, stored: Mapping[str, Any] | None, suite: Mapping[str, Any] | None
    ) -> TableValidation | Validation:
        """Open a validation definition, so that it can be evaluated in a run.

        Args:
            run: keeps the result.
            name: of the definition.
            stored: the definition as it is stored; None if it cannot be read.
            suite: its suite as it is stored; None if there is none.

        Raises:
            SynthError: it cannot be read.
        """
        if run.gx is not None and (name in run.detours or self._stored is None):
            return self.gx.open_validation(run.gx, name, stored, suite)
        assert self._stored is not None  # else it has a detour
        try:
            definition, read_suite, expectations = self._stored.read_expectations(name)
            table, division = self._stored.open_table(definition)
        except UnusualProjectError as error:
            raise SynthError(f"Its files were changed during the run: {error}.", "Run it again.") from None
        identity = run.identify(self._stored.results_directory)
        return TableValidation(
            definition, read_suite, expectations, table, division, identity, partial(_keep, run, name)
        )

    def is_registered(self, type_name: str) -> bool:
        """Return whether this package, or Great Expectations, knows an expectation of this type."""
        return type_name in all_expectations() or self.gx.is_registered(type_name)

    def read_arguments(self, type_name: str, kwargs: Mapping[str, Any]) -> ArgumentReading:
        """Return what Great Expectations makes of the arguments of an expectation, as a suite stores them."""
        return self.gx.read_arguments(type_name, kwargs)


def open_project(root: Path, variables: Mapping[str, Any] | None = None, detour: str = "") -> Project:
    """Open the project in a directory.

    Args:
        root: the directory of great_expectations.yml.
        variables: values of `${VARIABLE}`s beside those of the environment and of config_variables.yml.
        detour: why everything goes through Great Expectations; empty if it need not.

    Raises:
        SynthError: there is no project, or it cannot be opened.
    """
    if not (root / "great_expectations.yml").is_file():
        if (root / "policy.yml").is_file():
            raise SynthError(f"{root / 'policy.yml'} is not compiled yet.", "Next: synth-expectations compile")
        raise SynthError(
            f"There is no Great Expectations project in {root}.",
            "Start one with: synth-expectations init, then compile. Or name it: --project DIRECTORY",
        )
    project = Project(root, variables, detour)
    if project.detour:
        project.gx  # noqa: B018 - opened now, so that one that cannot be opened stops the command
    return project


def _keep(run: CheckpointRun, name: str, file: Path) -> None:
    run.files[name] = file


def _note_secrets(variables: Mapping[str, Any]) -> None:
    for name, value in variables.items():
        note_address(str(value))
        note_options({name: value})
