"""The reader of a tree: it reads what tells of loads, then the loads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from synth_expectations.gate.deployments.dbt import bind_seeds
from synth_expectations.gate.deployments.django import bind_fixtures
from synth_expectations.gate.deployments.rails import bind_rails_seeds
from synth_expectations.gate.deployments.sql_files import bind_sql_files
from synth_expectations.gate.exclusions import find_likely_test, is_of_tests
from synth_expectations.gate.foreign import find_pointer, require_own_contents
from synth_expectations.gate.formats import (
    cumulusci,
    plan,
    sfdmu,
)
from synth_expectations.gate.globs import check_glob, make_relative
from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.load_reader import LoadContext, LoadReader
from synth_expectations.gate.model import GateNote, UnreadFile, UnreadFileError
from synth_expectations.gate.production import Bound, ProductionScope, read_production
from synth_expectations.gate.repository import FileTree, SourceFile, resolve
from synth_expectations.gate.settings import GateSettings
from synth_expectations.gate.submodules import list_absent_submodules
from synth_expectations.gate.unseen import note_unseen


def inspect(tree: FileTree, settings: GateSettings, production: tuple[str, ...], as_of: date) -> Inspection:
    """Read what the rules need of a tree.

    Args:
        tree: the files.
        settings: of the policy.
        production: globs of files that are bound for production.
        as_of: the day that approvals are held against.
    """
    inspection = Inspection(tree, settings, as_of)
    reader = _ContextReader(inspection)
    reader.read(production)
    LoadReader(inspection, reader.context).read()
    note_unseen(inspection, reader.context.files)
    return inspection


class _ContextReader:
    """Reads what tells of loads: plans, scripts, mappings, flows."""

    def __init__(self, inspection: Inspection) -> None:
        self.inspection = inspection
        self.tree, self.settings = inspection.tree, inspection.settings
        self.context = LoadContext()
        self.files_of_plans: dict[str, list[str]] = {}
        self.deciders: set[str] = set()
        self.absent: list[tuple[str, str, str]] = []

    def read(self, production: tuple[str, ...]) -> None:
        """Read what tells of loads, and what it says is bound for production."""
        for path, file in self.tree.files.items():
            extension = path.rpartition(".")[2].casefold()
            if is_of_tests(path):
                continue
            if extension == "json":
                if sfdmu.is_export(file):
                    self._try(file, self._read_script, decides=True)
                elif plan.is_plan(file) or (
                    path.casefold().endswith("-plan.json") and (not file.beginning.strip() or find_pointer(file))
                ):
                    self._try(file, self._read_plan)
            elif extension in {"yml", "yaml"}:
                if file.name in {"cumulusci.yml", "cumulusci.yaml"}:
                    self._try(file, self._read_project, decides=True)
                elif cumulusci.is_mapping(file):
                    self._try(file, self._read_mapping)
        for project in self.context.projects:
            for task in project.tasks:
                named = self.tree.find(project.path.rpartition("/")[0], task.mapping) if task.mapping else None
                if named and named.path not in self.context.files:
                    self._try(named, self._read_mapping)
        self._read_scope(production)

    def _read_scope(self, production: tuple[str, ...]) -> None:
        """Find out what is bound for production; a plan takes its files along."""
        self.inspection.scope = scope = read_production(
            self.tree, self.inspection.scripts, self.context.projects, self.inspection.unread
        )
        bind_seeds(self.tree, scope)
        bind_rails_seeds(self.tree, scope)
        bind_fixtures(self.tree, scope)
        scope.name_globs(self.settings.production, f"{self.settings.file} names")
        named = tuple(make_relative(check_glob(text, "A glob of --production"), self.tree.root) for text in production)
        scope.name_globs(named, "--production names")
        for plan_path, files in self.files_of_plans.items():
            for path in self.files_of_plans.keys() & set(files):
                self.inspection.notes.append(GateNote(plan_path, f"It names the plan {path}, which holds no records."))
            if bound := scope.find(plan_path):
                for path in files:
                    scope.add_file(path, bound)
        aliases = self._follow_links(scope)
        bind_sql_files(self.tree, scope)
        scope.notes += [
            GateNote(".", f"{glob.bound.reason}, and no file is called so.")
            for glob in scope.globs
            if not any(map(glob.pattern.fullmatch, (*self.tree.files, *aliases)))
        ]
        self.inspection.notes += scope.notes
        for path, reason, source in (
            *((path, reason, path) for path, reason in self.context.broken.items()),
            *self.absent,
        ):
            bound = scope.find(source)
            certain = bound.reason if bound and bound.is_certain else ""
            decides = path in self.deciders and path in self.context.broken and not find_likely_test(path)
            self.inspection.unread.append(UnreadFile(path, reason, certain, path in self.context.broken, decides))
        self.inspection.unread += list_absent_submodules(self.tree, scope)
        for file in self.tree.unread:
            bound = scope.find(file.path) or scope.find_named(f"{file.path}/file")  # a directory, perhaps
            self.inspection.unread.append(replace(file, bound=bound.reason if bound and bound.is_certain else ""))

    def _follow_links(self, scope: ProductionScope) -> list[str]:
        """Take what is bound for production by a link to its directory, and return the paths by links."""
        aliases = list(self.tree.list_aliases())
        for alias, path in aliases:
            bound, known = scope.find(alias), scope.find(path)
            if bound and (known is None or (bound.is_certain and not known.is_certain)):
                scope.add_file(path, Bound(f"{bound.reason}, by the link {alias}", bound.is_certain))
        return [alias for alias, _ in aliases]

    def _try(self, file: SourceFile, read: Callable[[SourceFile], None], *, decides: bool = False) -> None:
        """Read a file that tells of loads.

        Args:
            file: it.
            read: reads it.
            decides: whether it tells what is bound for production.
        """
        self.context.files.add(file.path)
        if decides:
            self.deciders.add(file.path)
        try:
            require_own_contents(file)
            read(file)
            self.inspection.read.add(file.path)
        except UnreadFileError as error:
            self.context.broken[file.path] = str(error)

    def _read_script(self, file: SourceFile) -> None:
        script = sfdmu.read_export(file)
        if script is None:
            self.context.files.discard(file.path)
        else:
            self.inspection.scripts[file.path] = script

    def _read_project(self, file: SourceFile) -> None:
        self.context.projects.append(cumulusci.read_project(file))

    def _read_mapping(self, file: SourceFile) -> None:
        self.context.mappings[file.path] = cumulusci.read_mapping(file)

    def _read_plan(self, file: SourceFile) -> None:
        found = self.files_of_plans.setdefault(file.path, [])
        for step in plan.read_plan(file):
            path = resolve(file.folder, step.file)
            if path is None:
                self.absent.append((file.path, "it names a file outside the repository", file.path))
            elif path not in self.tree.files:
                self.absent.append((path, f"the plan {file.path} names it, and it is not there", file.path))
            else:
                self.context.planned[path] = step.object
                found.append(path)
