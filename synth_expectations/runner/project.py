"""A project that is open, and the one door to Great Expectations: everything else in this room works on plain records.

Great Expectations takes seconds to import, so `synth_expectations.gx.project` is imported when something needs it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.redaction import note_address, note_options
from synth_expectations.runner.checkpoint_run import CheckpointRun, find_detours
from synth_expectations.validation import source_tables, table_identity
from synth_expectations.validation.arguments import is_labelled_plainly, read_plain
from synth_expectations.validation.project_settings import ProjectSettings
from synth_expectations.validation.references import is_security_accepted
from synth_expectations.validation.source_tables import UnnamedTables
from synth_expectations.validation.sql_adapter import make_sql_adapter
from synth_expectations.validation.stored_checkpoint import StoredCheckpoint
from synth_expectations.validation.stored_project import StoredProject
from synth_expectations.validation.table_validation import TableValidation, find_reference
from synth_expectations.validation.time_limits import read_time_limit
from synth_expectations.validation.unusual_project import UnusualProjectError

if TYPE_CHECKING:
    from synth_expectations.gx.project import ArgumentReading, GxCheckpointRun, GxProject, Validation

_GX = "synth_expectations.gx.project"


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
        except ValueError:  # it is no JSON: whoever opens it reports that
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

    def find_private_names(self) -> frozenset[str]:
        """Return the directories and hosts of the data sources, which belong into no document that leaves the machine."""
        if self._stored is None:
            return self.gx.find_private_names()
        try:
            sources = [self._stored.open_source(name) for name in self._stored.settings.sources]
        except UnusualProjectError:
            return self.gx.find_private_names()
        names: set[str] = set()
        for source in sources:
            with suppress(SynthError):
                names.update(source.list_private_names())
        return frozenset(names)

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
            self._read_expectations(self._stored, definition)
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
            definition, read_suite, expectations = self._read_expectations(self._stored, name)
            table, division = self._stored.open_table(definition)
        except UnusualProjectError as error:
            raise SynthError(f"Its files were changed during the run: {error}.", "Run it again.") from None
        identity = run.identify(self._stored.results_directory)
        return TableValidation(
            definition, read_suite, expectations, table, division, identity, partial(_keep, run, name)
        )

    def _read_expectations(
        self, stored: StoredProject, name: str
    ) -> tuple[Mapping[str, Any], Mapping[str, Any], list[SyntheticDataExpectation]]:
        """Return a validation definition, its suite, and the suite's expectations.

        Raises:
            UnusualProjectError: not all of them are plain ones of this package.
        """
        definition = stored.read_definition(name)
        try:
            suite = stored.read_suite(definition["suite"]["name"])
            expectations = []
            for entry in suite["expectations"]:
                if (expectation := read_plain(entry)) is None:
                    raise UnusualProjectError(_explain_other(entry))
                expectations.append(expectation)
        except (LookupError, TypeError, AttributeError):
            raise UnusualProjectError("its suite is of another form") from None
        if not expectations:
            raise UnusualProjectError("its suite has no expectations")
        if suite.get("name") != definition["suite"]["name"]:
            raise UnusualProjectError("its suite has another name than its file")
        return definition, suite, expectations

    def is_registered(self, type_name: str) -> bool:
        """Return whether this package, or Great Expectations, knows an expectation of this type."""
        return type_name in all_expectations() or self.gx.is_registered(type_name)

    def read_arguments(self, type_name: str, kwargs: Mapping[str, Any]) -> ArgumentReading:
        """Return what Great Expectations makes of the arguments of an expectation, as a suite stores them."""
        return self.gx.read_arguments(type_name, kwargs)

    # Data Docs

    def build_docs(self) -> None:
        """Build the Data Docs anew from all stored results."""
        self.gx.build_docs()

    @property
    def docs_urls(self) -> list[str]:
        """The addresses of the Data Docs; none if Great Expectations cannot open the project, which is why it built none."""
        if self._stored and not self._stored.settings.sites:
            return []
        try:
            return self.gx.docs_urls
        except SynthError:
            return []

    # Data sources

    def make_adapter(self, data_source: str, asset: str) -> Adapter:
        """Return the engine's adapter for all records of a table of a data source.

        Raises:
            SynthError: the table cannot be read.
        """
        if (source := self._find_source(data_source)) is None:
            return self.gx.make_adapter(data_source, asset)
        source.check_address()
        table = source.get_asset(asset)
        find, accepts = partial(find_reference, source), partial(is_security_accepted, source)
        engine, limit = source.get_execution_engine(), read_time_limit(table)
        return make_sql_adapter(engine, table.as_selectable(), find, asset, accepts, limit)

    def identify_files(self, data_source: str, asset: str) -> frozenset[Hashable]:
        """Return an identity for each file of a table, whatever path leads to it.

        Raises:
            SynthError: the files cannot be listed.
        """
        if (source := self._find_source(data_source)) is None:
            return self.gx.identify_files(data_source, asset)
        return table_identity.identify_files(source, asset)

    def identify_table(self, data_source: str, name: str, parts: Sequence[str]) -> frozenset[Hashable]:
        """Return the identity of a table of a database; nothing if there is no such table.

        Args:
            data_source: its name.
            name: of the table, as a query writes it.
            parts: of the name, the same for all ways to write it.

        Raises:
            SynthError: the address of the database can be read in more than one way.
        """
        if (source := self._find_source(data_source)) is None:
            return self.gx.identify_table(data_source, name, parts)
        source.check_address()
        return table_identity.identify_table(source, name, parts)

    def find_unnamed_tables(self) -> UnnamedTables:
        """Return the tables of the data sources that the project does not name, and directories of files it does not."""
        names = list(self._stored.settings.sources) if self._stored else []
        sources = [source for name in names if (source := self._find_source(name))]
        if self._stored is None or len(sources) < len(names):
            return self.gx.find_unnamed_tables()
        return source_tables.find_unnamed(sources)

    def open_engine(self, data_source: str) -> sa.Engine:
        """Return the SQLAlchemy engine of a data source.

        Raises:
            SynthError: there is no such data source.
        """
        return self.gx.open_engine(data_source)

    def _find_source(self, name: str) -> Any:
        """Return a data source; None if Great Expectations must read it."""
        with suppress(UnusualProjectError):
            return self._stored.open_source(name) if self._stored else None
        return None


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
        raise SynthError(
            f"There is no Great Expectations project in {root}.",
            "Start one with: synth-expectations init, then compile. Or name it: --project DIRECTORY",
        )
    project = Project(root, variables, detour)
    if project.detour:
        project.gx  # noqa: B018 - opened now, so that one that cannot be opened stops the command
    return project


@contextmanager
def keep_current_project() -> Iterator[None]:
    """Let Great Expectations go on with the project that the host had open, whatever is opened meanwhile."""
    was_imported = "great_expectations" in sys.modules
    current = _import_gx().find_current_project() if was_imported else None
    try:
        yield
    finally:
        if _GX in sys.modules:
            _import_gx().set_current_project(current)


def _import_gx() -> Any:
    from synth_expectations.gx import project

    return project


def locate_files(path: str, root: Path) -> str:
    """Return the absolute path of files, or their address, with variables substituted.

    Args:
        path: as a policy has it.
        root: relative paths start there.

    Raises:
        SynthError: a variable is not set.
    """
    return source_tables.locate(path, root)


def find_running_queries() -> list[Any]:
    """Return the objects whose `cancel` ends the queries of Spark sessions that this package started."""
    return list(_import_gx().find_running_queries()) if _GX in sys.modules else []


def _keep(run: CheckpointRun, name: str, file: Path) -> None:
    run.files[name] = file


def _note_secrets(variables: Mapping[str, Any]) -> None:
    for name, value in variables.items():
        note_address(str(value))
        note_options({name: value})


def _explain_other(stored: Mapping[str, Any]) -> str:
    """Return why an expectation is no plain one of this package."""
    type_name = stored["type"]
    if type_name not in all_expectations():
        return f"its suite has {type_name}"
    if not is_labelled_plainly(stored):
        return f"its suite has {type_name} with an id, a severity, a description or a meta of another form"
    return f"its suite has {type_name} with a row_condition, a parameter or an argument that does not fit"


def find_unwritable(root: Path, configuration: Mapping[str, Any], *, docs: bool) -> Iterator[str]:
    """Yield why results or Data Docs cannot be written, a sentence a directory: before the work, not after it.

    Args:
        root: the directory of great_expectations.yml.
        configuration: its content, with variables substituted.
        docs: whether Data Docs will be written.
    """
    stores = configuration.get("stores") or {}
    backends = [(stores.get(str(configuration.get("validation_results_store_name"))) or {}).get("store_backend")]
    if docs:
        backends += [site.get("store_backend") for site in (configuration.get("data_docs_sites") or {}).values()]
    for backend in backends:
        base = (backend or {}).get("base_directory")
        if base is None:
            continue  # not a directory: an object store answers for itself
        directory = Path(root, str(base))
        if reason := check_writable(directory):
            yield f"Results cannot be written to {directory}: {reason}"


def check_writable(directory: Path) -> str:
    """Return why nothing can be written to a directory, or to where it would be made; empty if it can."""
    existing = next(path for path in (directory, *directory.parents) if path.exists())
    try:
        if not existing.is_dir():
            return f"{existing} is a file."
        with tempfile.TemporaryFile(dir=existing):
            return ""
    except OSError as error:
        return f"{error.strerror}."
