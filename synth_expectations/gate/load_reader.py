"""The reader of loads: it tells the format of each file, and reads its records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from synth_expectations.gate.exclusions import is_code, is_of_tests
from synth_expectations.gate.file_loads import FileLoads
from synth_expectations.gate.foreign import find_pointer, require_own_contents, require_text
from synth_expectations.gate.formats import (
    cumulusci,
    delimited,
    json_lines,
    metadata,
    parquet,
    snowfakery,
    sobject_tree,
)
from synth_expectations.gate.formats.documents import read_json_document, read_yaml_document
from synth_expectations.gate.formats.header import name_rows
from synth_expectations.gate.formats.json_stream import NoListError
from synth_expectations.gate.formats.nested_records import names_a_person
from synth_expectations.gate.formats.recognition import LoadFormat, tell_by_beginning, tell_by_name, tell_other
from synth_expectations.gate.formats.spreadsheet import read_spreadsheet
from synth_expectations.gate.formats.sql_statements import is_template, read_statements
from synth_expectations.gate.formats.sqlite_dump import NotOfSqliteError, holds_rows, read_dump
from synth_expectations.gate.formats.xml_records import read_xml_records
from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.model import UnreadFile, UnreadFileError
from synth_expectations.gate.packing import strip_packing
from synth_expectations.gate.repository import SourceFile, resolve
from synth_expectations.gate.sidecar import SUFFIXES

_PACKED = frozenset({LoadFormat.PARQUET, LoadFormat.SPREADSHEET})
"""Formats that are no text."""
_DATA = frozenset({"data", "datasets", "fixtures", "sample-data", "seed", "seeds"})
"""Folders where data lies: what is broken there must not stay unsaid."""


@dataclass
class LoadContext:
    """What tells of loads.

    Attributes:
        planned: the object of each file that a plan names, by its path.
        mappings: of CumulusCI, by path.
        projects: of CumulusCI.
        broken: why a file that tells of loads could not be read, by its path.
        files: paths of all files that tell of loads.
    """

    planned: dict[str, str] = field(default_factory=dict)
    mappings: dict[str, list[cumulusci.MappingStep]] = field(default_factory=dict)
    projects: list[cumulusci.CumulusProject] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class LoadReader:
    """Reads the records of a tree.

    Args:
        inspection: what was read so far; loads, notes and unread files are added to it.
        context: what tells of loads.
    """

    def __init__(self, inspection: Inspection, context: LoadContext) -> None:
        self._inspection = inspection
        self._tree = inspection.tree
        self._context = context
        self._recipes = {
            (resolve(project.path.rpartition("/")[0], task.dataset) or task.dataset).casefold()
            for project in context.projects
            for task in project.tasks
            if task.dataset
        }

    def read(self) -> None:
        """Read the metadata and the records of each file."""
        for path, file in self._tree.files.items():
            if metadata.is_metadata(path) and not is_of_tests(path):
                self._try(file, lambda file: metadata.read_metadata(file, self._inspection.metadata))
            elif self._inspection.is_load(path) and path not in self._context.files and not path.endswith(SUFFIXES):
                self._read_load(file)

    def _read_load(self, file: SourceFile) -> None:
        """Read the records of a file by its format."""
        found = tell_by_name(file)
        if (found is not None or self._may_hold_records(file)) and find_pointer(file):
            self._try(file, require_own_contents)
            return
        found = tell_other(file) or found if found is LoadFormat.TABLE else found
        if found is LoadFormat.JSON:
            self._read_json(file)
        elif found is LoadFormat.SQL:
            self._read_sql(file)
        elif found is LoadFormat.YAML:
            self._read_yaml(file)
        elif found in _ALWAYS:
            self._read_records(file, _ALWAYS[found])
        elif self._may_hold_records(file):
            found = found or tell_by_beginning(file)
            if found is LoadFormat.JSON:
                self._read_records(file, read_json_document)
            elif found is LoadFormat.SQL:
                self._read_sql(file)
            elif found is not None:
                self._read_records(file, _ALWAYS.get(found) or _WHERE_DATA_LIES[found])

    def _may_hold_records(self, file: SourceFile) -> bool:
        """Return whether a document may be a load: it is bound for production or named, or lies where data lies."""
        if self._tree.is_named(file.path):
            return True
        lies_with_data = not _DATA.isdisjoint(file.folder.casefold().split("/"))
        return not is_code(strip_packing(file.path)) and (
            lies_with_data or self._inspection.scope.find(file.path) is not None
        )

    def _try(self, file: SourceFile, read: Callable[[SourceFile], object]) -> None:
        """Read a file; if it cannot be read, say so, and whether it is bound for production."""
        try:
            (require_own_contents if tell_by_name(file) in _PACKED else require_text)(file)
            read(file)
            self._inspection.read.add(file.path)
        except UnreadFileError as error:
            bound = self._inspection.scope.find(file.path)
            reason = bound.reason if bound and bound.is_certain else ""
            self._inspection.unread.append(UnreadFile(file.path, str(error), reason))

    def _read_records(self, file: SourceFile, read: Callable[[SourceFile, FileLoads], object]) -> None:
        def read_all(source: SourceFile) -> None:
            loads = FileLoads(self._inspection, source.path)
            try:
                read(source, loads)
            finally:
                loads.finish()

        self._try(file, read_all)

    def _read_json(self, file: SourceFile) -> None:
        if file.path in self._context.broken:
            return
        if file.path in self._context.planned or sobject_tree.is_tree(file):
            self._read_records(file, self._read_tree)
        elif self._may_hold_records(file):
            self._read_records(file, read_json_document)

    def _read_tree(self, file: SourceFile, loads: FileLoads) -> None:
        """Read an sObject tree, or the answer of a query, which has its records further down."""
        named = self._context.planned.get(file.path, "")
        try:
            sobject_tree.read_tree_file(file, loads, named)
        except NoListError:
            if named:
                raise
            read_json_document(file, loads)

    def _read_yaml(self, file: SourceFile) -> None:
        if snowfakery.is_recipe(file) or file.path.casefold() in self._recipes:
            self._try(file, self._read_recipe)
        elif self._may_hold_records(file):
            try:
                is_about_people = names_a_person(file)
            except UnreadFileError:
                is_about_people = True  # reading it says why it cannot be read
            if is_about_people:
                self._read_records(file, read_yaml_document)

    def _read_recipe(self, file: SourceFile) -> None:
        self._inspection.recipes[file.path] = snowfakery.read_recipe(file, self._tree.files)

    def _read_sql(self, file: SourceFile) -> None:
        """Read a dump of SQLite, else the rows that the statements of a file insert; one without rows is code."""
        mapping = self._find_mapping(file)
        is_dump = file.beginning.lstrip().upper().startswith((b"BEGIN TRANSACTION", b"PRAGMA FOREIGN_KEYS"))
        if is_dump or (mapping and holds_rows(file)):
            self._read_records(file, lambda source, loads: self._read_dump(source, loads, mapping))
        elif self._may_hold_records(file) and not is_template(file):
            unread = len(self._inspection.unread)
            seen = len(self._inspection.loads)
            self._read_records(file, _read_statements)
            is_code_alone = len(self._inspection.loads) == seen and len(self._inspection.unread) == unread
            if is_code_alone and not (self._tree.is_named(file.path) or self._inspection.scope.is_named(file.path)):
                self._inspection.read.discard(file.path)

    def _find_mapping(self, file: SourceFile) -> str:
        """Return the mapping of a dump: what a task names with it, else the one beside it."""
        mappings = self._context.mappings
        for project in self._context.projects:
            folder = project.path.rpartition("/")[0]
            for task in project.tasks:
                if resolve(folder, task.dataset) == file.path and resolve(folder, task.mapping) in mappings:
                    return resolve(folder, task.mapping) or ""
        beside = [path for path in mappings if path.rpartition("/")[0] == file.folder]
        stem = file.name.split(".")[0]
        named = [path for path in beside if path.rpartition("/")[2].split(".")[0] == stem]
        return (named or beside or [""])[0]

    def _read_dump(self, file: SourceFile, loads: FileLoads, mapping: str) -> None:
        steps: dict[str, list[cumulusci.MappingStep]] = {}
        for step in self._context.mappings.get(mapping, []):
            steps.setdefault(step.table.casefold(), []).append(step)
        try:
            for table, row in read_dump(file):
                self._add_row(table, row, steps, loads, mapping)
        except NotOfSqliteError:
            if mapping or not _read_statements(file, loads):
                raise

    def _add_row(
        self,
        table: str,
        row: dict[str, Any],
        steps: dict[str, list[cumulusci.MappingStep]],
        loads: FileLoads,
        mapping: str,
    ) -> None:
        """Add a row of a dump to the loads of the objects that its table becomes."""
        if table.casefold().endswith(("_rt_mapping", "_sf_ids")):
            return
        for step in steps.get(table.casefold()) or [cumulusci.MappingStep(table, table, {}, {})]:
            load = loads.get(step.object)
            if step.is_tagged(self._inspection.settings.words):
                load.tag = load.tag or f"static of {mapping}"
            load.add(step.name_values(row), None, f"{table}-{cumulusci.read_key(row, load.total + 1)}")


def _read_statements(file: SourceFile, loads: FileLoads) -> int:
    """Add the rows that the statements of a file hold, and return how many there are."""
    count = 0
    for table, values, line in read_statements(file):
        load = loads.get(table)
        load.add(values, line, f"{table}-{cumulusci.read_key(values, load.total + 1)}")
        count += 1
    return count


def _read_xml(file: SourceFile, loads: FileLoads) -> None:
    for record in read_xml_records(file):
        loads.get(delimited.name_object(record.object)).add(record.values, record.line)


def _read_spreadsheet(file: SourceFile, loads: FileLoads) -> None:
    for rows in read_spreadsheet(file):
        load = loads.get(delimited.name_object(file.path))
        for values, line in name_rows(rows):
            load.add(values, line)


def _read_table(file: SourceFile, loads: FileLoads) -> None:
    script = loads.find_script()
    default = "\t" if file.extension == "tsv" else None
    load = loads.get(delimited.name_object(file.path))
    doubts = delimited.read_delimited(file, load, (script.delimiter if script else None) or default)
    if doubts.is_guess and not load.total:
        raise UnreadFileError("its text is not Unicode, and no row of it can be told")
    for sentence in doubts.describe():
        loads.note(sentence)


_ALWAYS: dict[LoadFormat, Callable[[SourceFile, FileLoads], object]] = {
    LoadFormat.TABLE: _read_table,
    LoadFormat.JSON_LINES: json_lines.read_json_lines,
    LoadFormat.PARQUET: parquet.read_parquet,
}
"""Formats of records alone: such a file is read wherever it lies."""
_WHERE_DATA_LIES: dict[LoadFormat, Callable[[SourceFile, FileLoads], object]] = {
    LoadFormat.XML: _read_xml,
    LoadFormat.SPREADSHEET: _read_spreadsheet,
}
"""Formats of many things: such a file is read where data lies, or where it is bound for production."""
