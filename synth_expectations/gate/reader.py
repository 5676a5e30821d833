"""The reader of a tree: it tells formats apart, reads what tells of loads, then the loads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from synth_expectations.gate.exclusions import find_likely_test, is_code, is_of_tests
from synth_expectations.gate.file_loads import FileLoads
from synth_expectations.gate.formats import (
    cumulusci,
    delimited,
    json_lines,
    metadata,
    nested_records,
    parquet,
    plan,
    sfdmu,
    snowfakery,
    sobject_tree,
)
from synth_expectations.gate.formats.json_stream import read_json_file, read_json_records
from synth_expectations.gate.formats.sqlite_dump import holds_rows, read_dump
from synth_expectations.gate.formats.yaml_document import read_yaml_documents
from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.model import GateNote, UnreadFile, UnreadFileError
from synth_expectations.gate.production import read_production
from synth_expectations.gate.repository import FileTree, SourceFile, resolve
from synth_expectations.gate.settings import GateSettings
from synth_expectations.gate.sidecar import SUFFIXES
from synth_expectations.gate.unseen import note_unseen


def inspect(tree: FileTree, settings: GateSettings, production: tuple[str, ...], as_of: date) -> Inspection:
    """Read what the rules need of a tree.

    Args:
        tree: the files.
        settings: of the policy.
        production: globs of files that are bound for production.
        as_of: the day that approvals are held against.
    """
    reader = _Reader(Inspection(tree, settings, as_of))
    reader.read_context(production)
    reader.read_loads()
    return reader.inspection


class _Reader:
    def __init__(self, inspection: Inspection) -> None:
        self.inspection = inspection
        self.tree, self.settings = inspection.tree, inspection.settings
        self.planned: dict[str, str] = {}
        self.mappings: dict[str, list[cumulusci.MappingStep]] = {}
        self.projects: list[cumulusci.CumulusProject] = []
        self.broken: dict[str, str] = {}
        self.files_of_plans: dict[str, list[str]] = {}
        self.deciders: set[str] = set()
        self.absent: list[tuple[str, str, str]] = []
        self.context: set[str] = set()

    def read_context(self, production: tuple[str, ...]) -> None:
        """Read what tells of loads: plans, scripts, mappings, flows."""
        for path, file in self.tree.files.items():
            extension = path.rpartition(".")[2].casefold()
            if is_of_tests(path):
                continue
            if extension == "json":
                if sfdmu.is_export(file):
                    self._try(file, self._read_script, decides=True)
                elif plan.is_plan(file) or (path.casefold().endswith("-plan.json") and not file.beginning.strip()):
                    self._try(file, self._read_plan)
            elif extension in {"yml", "yaml"}:
                if file.name in {"cumulusci.yml", "cumulusci.yaml"}:
                    self._try(file, self._read_project, decides=True)
                elif cumulusci.is_mapping(file):
                    self._try(file, self._read_mapping)
        for project in self.projects:
            for task in project.tasks:
                named = self.tree.find(project.path.rpartition("/")[0], task.mapping) if task.mapping else None
                if named and named.path not in self.context:
                    self._try(named, self._read_mapping)
        self._read_scope(production)

    def _read_scope(self, production: tuple[str, ...]) -> None:
        """Find out what is bound for production; a plan takes its files along."""
        self.inspection.scope = scope = read_production(
            self.tree, self.inspection.scripts, self.projects, self.inspection.unread
        )
        scope.name_globs(self.settings.production, f"{self.settings.file} names")
        scope.name_globs(production, "--production names")
        for plan_path, files in self.files_of_plans.items():
            for path in self.files_of_plans.keys() & set(files):
                self.inspection.notes.append(GateNote(plan_path, f"It names the plan {path}, which holds no records."))
            if bound := scope.find(plan_path):
                for path in files:
                    scope.add_file(path, bound)
        scope.notes += [
            GateNote(".", f"{glob.bound.reason}, and no file is called so.")
            for glob in scope.globs
            if not any(map(glob.pattern.fullmatch, self.tree.files))
        ]
        self.inspection.notes += scope.notes
        for path, reason, source in (*((path, reason, path) for path, reason in self.broken.items()), *self.absent):
            bound = scope.find(source)
            certain = bound.reason if bound and bound.is_certain else ""
            decides = path in self.deciders and path in self.broken and not find_likely_test(path)
            self.inspection.unread.append(UnreadFile(path, reason, certain, path in self.broken, decides))
        for file in self.tree.unread:
            bound = scope.find(file.path)
            self.inspection.unread.append(replace(file, bound=bound.reason if bound and bound.is_certain else ""))

    def read_loads(self) -> None:
        """Read the records of the tree."""
        for path, file in self.tree.files.items():
            if metadata.is_metadata(path) and not is_of_tests(path):
                self._read(file, self._read_metadata)
            if not self.inspection.is_load(path):
                continue
            self._read_load(file, path.rpartition(".")[2].casefold())
        note_unseen(self.inspection, self.context)

    def _read_load(self, file: SourceFile, extension: str) -> None:
        """Read the records of a file by its ending."""
        if extension == "json":
            if file.path not in self.broken and file.path not in self.inspection.read:
                self._read_json(file)
        elif extension in {"csv", "tsv"}:
            self._read_table(file, self._read_rows)
        elif extension in {"jsonl", "ndjson"}:
            self._read_table(file, json_lines.read_json_lines)
        elif extension == "parquet":
            self._read_table(file, parquet.read_parquet)
        elif extension == "sql":
            if self._is_dump(file):
                self._read(file, self._read_dump)
        elif extension in {"yml", "yaml"} and file.path not in self.context:
            self._read_yaml(file)

    def _read_yaml(self, file: SourceFile) -> None:
        if snowfakery.is_recipe(file) or file.path.casefold() in self.inspection.scope.files:
            self._read(file, self._read_recipe)
        elif self._may_hold_records(file) and not file.path.endswith(SUFFIXES) and nested_records.names_a_person(file):
            self._read(file, self._read_other_yaml)

    def _try(self, file: SourceFile, read: Callable[[SourceFile], None], *, decides: bool = False) -> None:
        """Read a file that tells of loads.

        Args:
            file: it.
            read: reads it.
            decides: whether it tells what is bound for production.
        """
        self.context.add(file.path)
        if decides:
            self.deciders.add(file.path)
        try:
            read(file)
            self.inspection.read.add(file.path)
        except UnreadFileError as error:
            self.broken[file.path] = str(error)

    def _read(self, file: SourceFile, read: Callable[[SourceFile], None]) -> None:
        """Read a file; if it cannot be read, say so, and whether it is bound for production."""
        try:
            read(file)
            self.inspection.read.add(file.path)
        except UnreadFileError as error:
            bound = self.inspection.scope.find(file.path)
            reason = bound.reason if bound and bound.is_certain else ""
            self.inspection.unread.append(UnreadFile(file.path, str(error), reason))

    def _read_script(self, file: SourceFile) -> None:
        script = sfdmu.read_export(file)
        if script is None:
            self.context.discard(file.path)
        else:
            self.inspection.scripts[file.path] = script

    def _read_project(self, file: SourceFile) -> None:
        self.projects.append(cumulusci.read_project(file))

    def _read_mapping(self, file: SourceFile) -> None:
        self.mappings[file.path] = cumulusci.read_mapping(file)

    def _read_plan(self, file: SourceFile) -> None:
        found = self.files_of_plans.setdefault(file.path, [])
        for step in plan.read_plan(file):
            path = resolve(file.folder, step.file)
            if path is None:
                self.absent.append((file.path, "it names a file outside the repository", file.path))
            elif path not in self.tree.files:
                self.absent.append((path, f"the plan {file.path} names it, and it is not there", file.path))
            else:
                self.planned[path] = step.object
                found.append(path)

    def _read_json(self, file: SourceFile) -> None:
        if file.path in self.planned or sobject_tree.is_tree(file):
            self._read(file, self._read_tree_file)
        elif self._may_hold_records(file):
            self._read(file, self._read_other_json)

    def _may_hold_records(self, file: SourceFile) -> bool:
        """Return whether a document may be a load: it is bound for production or named, or lies where data lies."""
        if self.tree.is_named(file.path):
            return True
        return not is_code(file.path) and (_is_data(file) or self.inspection.scope.find(file.path) is not None)

    def _read_tree_file(self, file: SourceFile) -> None:
        loads = FileLoads(self.inspection, file.path)
        try:
            sobject_tree.read_tree_file(file, loads.get, self.planned.get(file.path, ""))
        finally:
            loads.finish()

    def _read_other_json(self, file: SourceFile) -> None:
        """Read lists of objects, as exports and fixtures have them; a list of the file itself is read record by record."""
        name = file.name
        loads = FileLoads(self.inspection, file.path)
        try:
            if file.beginning.lstrip().startswith(b"["):
                for entry, line in read_json_records(file):
                    for record in nested_records.list_records([entry], name):
                        loads.get(record.object).add(record.values, line, record.reference)
            else:
                for record in nested_records.list_records(read_json_file(file, has_comments=True), name):
                    loads.get(record.object).add(record.values, None, record.reference)
        finally:
            loads.finish()

    def _read_other_yaml(self, file: SourceFile) -> None:
        loads = FileLoads(self.inspection, file.path)
        try:
            for document in read_yaml_documents(file):
                for record in nested_records.list_records(document, file.name):
                    loads.get(record.object).add(record.values, None, record.reference)
        finally:
            loads.finish()

    def _read_table(self, file: SourceFile, read: Callable[[SourceFile, FileLoads], object]) -> None:
        def read_rows(source: SourceFile) -> None:
            loads = FileLoads(self.inspection, source.path)
            try:
                read(source, loads)
            finally:
                loads.finish()

        self._read(file, read_rows)

    def _read_rows(self, file: SourceFile, loads: FileLoads) -> None:
        script = self.inspection.find_script(file.path)
        default = "\t" if file.path.casefold().endswith(".tsv") else None
        load = loads.get(delimited.name_object(file.path))
        doubts = delimited.read_delimited(file, load, (script.delimiter if script else None) or default)
        self.inspection.notes += [GateNote(file.path, sentence) for sentence in doubts.describe()]

    def _is_dump(self, file: SourceFile) -> bool:
        if file.beginning.lstrip().upper().startswith((b"BEGIN TRANSACTION", b"PRAGMA FOREIGN_KEYS")):
            return True
        scope = self.inspection.scope
        if "datasets" in file.folder.split("/") or self.tree.is_named(file.path) or scope.is_named(file.path):
            return True
        return (scope.find(file.path) is not None or self._find_mapping(file) != "") and holds_rows(file)

    def _find_mapping(self, file: SourceFile) -> str:
        """Return the mapping of a dump: what a task names with it, else the one beside it."""
        for project in self.projects:
            folder = project.path.rpartition("/")[0]
            for task in project.tasks:
                if resolve(folder, task.dataset) == file.path and resolve(folder, task.mapping) in self.mappings:
                    return resolve(folder, task.mapping) or ""
        beside = [path for path in self.mappings if path.rpartition("/")[0] == file.folder]
        stem = file.name.split(".")[0]
        named = [path for path in beside if path.rpartition("/")[2].split(".")[0] == stem]
        return (named or beside or [""])[0]

    def _read_dump(self, file: SourceFile) -> None:
        steps: dict[str, list[cumulusci.MappingStep]] = {}
        mapping = self._find_mapping(file)
        for step in self.mappings.get(mapping, []):
            steps.setdefault(step.table.casefold(), []).append(step)
        loads = FileLoads(self.inspection, file.path)
        try:
            for table, row in read_dump(file):
                if table.casefold().endswith(("_rt_mapping", "_sf_ids")):
                    continue
                for step in steps.get(table.casefold()) or [cumulusci.MappingStep(table, table, {}, {})]:
                    load = loads.get(step.object)
                    if step.is_tagged(self.settings.words):
                        load.tag = load.tag or f"static of {mapping}"
                    load.add(step.name_values(row), None, f"{table}-{cumulusci.read_key(row, load.total + 1)}")
        finally:
            loads.finish()

    def _read_metadata(self, file: SourceFile) -> None:
        metadata.read_metadata(file, self.inspection.metadata)

    def _read_recipe(self, file: SourceFile) -> None:
        self.inspection.recipes[file.path] = snowfakery.read_recipe(file, self.tree.files)


def _is_data(file: SourceFile) -> bool:
    """Return whether a JSON file lies where data lies: what is broken there must not stay unsaid."""
    return any(
        folder.casefold() in {"data", "datasets", "fixtures", "sample-data", "seed", "seeds"}
        for folder in file.folder.split("/")
    )
