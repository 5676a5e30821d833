"""Metadata of an object that may hold synthetic records: its fields, its history, and who may read and edit the fields."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from synth_expectations.errors import SynthError
from synth_expectations.gate.formats.metadata import can_keep_history
from synth_expectations.gate.formats.salesforce_xml import XmlElement
from synth_expectations.gate.repository import SourceFile
from synth_expectations.policy.salesforce.provenance_fields import (
    KINDS,
    MARKER,
    FieldNames,
    ProvenanceField,
    format_access,
    format_field,
    format_object,
    format_permission_set,
    format_retention,
    format_value,
)
from synth_expectations.policy.salesforce.source_project import SourceProject
from synth_expectations.policy.salesforce.xml_text import XmlText

STEWARD = "Synthetic_Data_Steward"
READER = "Synthetic_Data_Reader"
_MAX_TRACKED = 20
"""Fields of an object whose history Salesforce tracks at most."""


@dataclass(frozen=True)
class FileChange:
    """A file that is written.

    Attributes:
        path: where.
        content: of the whole file.
        did: what was done to it: `written`, or what was added.
    """

    path: Path
    content: bytes
    did: str


@dataclass
class ChangeSet:
    """What is to be written, and what the reader must know.

    Attributes:
        changes: by path.
        notes: sentences.
    """

    changes: list[FileChange] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def write_new(self, path: Path, text: str) -> None:
        """Take a new file.

        Raises:
            SynthError: something is there that the project does not list as its file, such as a link out of it.
        """
        if os.path.lexists(path):
            raise SynthError(f"{path} exists, and is not a file that the project can read.", "Move it away.")
        self.changes.append(FileChange(path, text.encode(), "written"))


class ObjectMetadata:
    """The metadata of one object, held against what the project has.

    Args:
        project: the source.
        name: of the sObject, as the source spells it.
        names: of its fields.
        min_history: months that history is kept; None to write no policy of retention.
        out: what is to be written.
    """

    def __init__(
        self, project: SourceProject, name: str, names: FieldNames, min_history: int | None, out: ChangeSet
    ) -> None:
        self._project = project
        self._name = name
        self._names = names
        self._min_history = min_history
        self._out = out
        self._keeps_history = can_keep_history(name)

    def add(self) -> None:
        """Add the fields and the history of the object.

        Raises:
            SynthError: a field of the same name is another one, or no more fields can be tracked.
        """
        self._add_object()
        free = _MAX_TRACKED - self._count_tracked()
        for kind in KINDS:
            if (file := self._find_field(kind)) is not None:
                self._merge_field(kind, file, is_tracked=self._keeps_history and free > 0)
            else:
                path = (
                    self._project.target
                    / "objects"
                    / self._name
                    / "fields"
                    / f"{self._names.names[kind.word]}.field-meta.xml"
                )
                self._out.write_new(
                    path, format_field(kind, self._names, keeps_history=self._keeps_history and free > 0)
                )
            free -= 1
            if free < 0 and self._keeps_history:
                self._refuse_untracked(kind)

    def _refuse_untracked(self, kind: ProvenanceField) -> None:
        if kind.word == MARKER:
            raise SynthError(
                f"{self._name} tracks {_MAX_TRACKED} fields already, which is all that Salesforce allows.",
                "Stop tracking one of them: the history of the marker is what shows that nobody removed a tag.",
            )
        self._out.notes.append(
            f"{self._name}.{self._names.names[kind.word]} is not tracked: Salesforce tracks {_MAX_TRACKED} fields of an object."
        )

    def _find_field(self, kind: ProvenanceField) -> SourceFile | None:
        return self._project.find_file(f"objects/{self._name}/fields/{self._names.names[kind.word]}.field-meta.xml")

    def _count_tracked(self) -> int:
        """Return how many other fields of the object are tracked."""
        own = {f"{name}.field-meta.xml".casefold() for name in self._names.names.values()}
        folder = f"/objects/{self._name}/fields/".casefold()
        return sum(
            self._project.read(file).is_true("trackHistory")
            for path, file in self._project.files.items()
            if folder in f"/{path}".casefold() and file.name.casefold() not in own
        )

    def _add_object(self) -> None:
        if not self._keeps_history:
            self._out.notes.append(f"{self._name} keeps no history of fields, so changes of its marker leave no trace.")
            return
        file = self._project.find_file(f"objects/{self._name}/{self._name}.object-meta.xml")
        if file is None:
            if self._name.casefold().endswith("__c"):
                self._out.notes.append(
                    f"{self._name} has no object-meta.xml here: set enableHistory where the object is declared."
                )
                return
            path = self._project.target / "objects" / self._name / f"{self._name}.object-meta.xml"
            self._out.write_new(path, format_object(self._min_history))
            return
        root = self._project.read(file)
        text = XmlText(file.location.read_bytes(), file.path)
        did = ["enableHistory"] if text.set_true("enableHistory") else []
        if self._min_history is not None and root.find("historyRetentionPolicy") is None:
            text.add(format_retention(self._min_history))
            did.append("historyRetentionPolicy")
        self._merge(file, text, did)

    def _merge_field(self, kind: ProvenanceField, file: SourceFile, *, is_tracked: bool) -> None:
        root = self._project.read(file)
        self._check_field(kind, root, file.path)
        text = XmlText(file.location.read_bytes(), file.path)
        did = ["trackHistory"] if is_tracked and text.set_true("trackHistory") else []
        if kind.word == MARKER:
            did += self._add_values(root, text, file.path)
        self._merge(file, text, did)

    def _check_field(self, kind: ProvenanceField, root: XmlElement, path: str) -> None:
        """Refuse a field of the same name that holds something else.

        Raises:
            SynthError: of another type; or a marker that is not a restricted picklist, or has a default.
        """
        name, known = f"{self._name}.{self._names.names[kind.word]}", root.read("type")
        where = "--marker" if kind.word == MARKER else f"columns.{kind.word} of the table in the policy"
        other = f"Take another field ({where}), or change this one in {path}."
        if known.casefold() not in {name.casefold() for name in kind.accepts}:
            wanted = " or ".join(dict.fromkeys((kind.type, *kind.accepts)))
            raise SynthError(f"{name} exists and is a {known or 'field without a type'}, not a {wanted}.", other)
        if root.read("formula"):
            raise SynthError(f"{name} exists and is a formula, so no load can set it.", other)
        if kind.word != MARKER:
            return
        if not root.is_true("valueSet", "restricted"):
            raise SynthError(f"{name} exists and takes any word: it is not restricted.", f"Restrict it in {path}.")
        defaults = [value for value in _list_values(root) if value.is_true("default")]
        if defaults or root.read("defaultValue"):
            raise SynthError(
                f"{name} exists and has a default, which tags records that nobody tagged.",
                f"Remove the default in {path}.",
            )

    def _add_values(self, root: XmlElement, text: XmlText, path: str) -> list[str]:
        """Add the words of the marker that a picklist lacks, and return what was done."""
        span = text.root.find("valueSet")
        definition = span.find("valueSetDefinition") if span else None
        known = {value.read("fullName").casefold() for value in _list_values(root)}
        missing = [value for value in self._names.values if value.casefold() not in known]
        if definition is None or not definition.children:
            self._out.notes.append(
                f"{path} takes its values from a global value set: see that it has {', '.join(self._names.values)}."
            )
            return []
        for value in missing:
            text.add_within(definition, format_value(value))
        return [f"the values {', '.join(missing)}"] if missing else []

    def _merge(self, file: SourceFile, text: XmlText, did: list[str]) -> None:
        if did:
            self._out.changes.append(FileChange(file.location, text.render(), f"added {', '.join(did)}"))


def _list_values(root: XmlElement) -> Iterator[XmlElement]:
    definition = root.find("valueSet", "valueSetDefinition")
    return definition.find_all("value") if definition else iter(())


def add_permission_sets(project: SourceProject, objects: dict[str, FieldNames], out: ChangeSet) -> None:
    """Add a permission set that may edit the fields, and one that may read them.

    Args:
        project: the source.
        objects: the fields, by sObject.
        out: what is to be written.

    Raises:
        SynthError: a permission set of that name says the opposite.
    """
    for name, label, description, may_edit in (
        (
            STEWARD,
            "Synthetic Data Steward",
            "May tag records as synthetic or real, and say where they come from.",
            True,
        ),
        (READER, "Synthetic Data Reader", "Sees which records are synthetic, and where they come from.", False),
    ):
        rights = {
            f"{object_name}.{field_name}": format_access(object_name, field_name, may_edit=may_edit)
            for object_name, names in objects.items()
            for field_name in names.names.values()
        }
        file = project.find_file(f"permissionsets/{name}.permissionset-meta.xml")
        if file is None:
            path = project.target / "permissionsets" / f"{name}.permissionset-meta.xml"
            out.write_new(
                path, format_permission_set(label, description, [line for part in rights.values() for line in part])
            )
            continue
        known = {entry.read("field").casefold(): entry for entry in project.read(file).find_all("fieldPermissions")}
        for right in rights:
            entry = known.get(right.casefold())
            if entry is not None and entry.is_true("editable") is not may_edit:
                verb = "may not edit" if may_edit else "may edit"
                raise SynthError(f"{file.path}: {name} {verb} {right}.", "Change that, or rename the permission set.")
        text = XmlText(file.location.read_bytes(), file.path)
        missing = [right for right in rights if right.casefold() not in known]
        for right in missing:
            text.add(rights[right])
        if missing:
            noun = "right" if len(missing) == 1 else "rights"
            out.changes.append(FileChange(file.location, text.render(), f"added {len(missing)} {noun}"))
