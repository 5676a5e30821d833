"""SFDMU, the Salesforce Data Move Utility: an `export.json` beside a CSV file for each object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from synth_expectations.gate.foreign import find_pointer
from synth_expectations.gate.formats.json_stream import read_json_file
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

_CONSTANT = re.compile(r"""c_set_value\(\s*["']?(.*?)["']?\s*\)""", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+([A-Za-z0-9_]+)", re.IGNORECASE)
_FIELD_GROUP = re.compile(r"\(|\b(all|[a-z]+_all|[a-z]+_(true|false)|type_[a-z]+)\b", re.IGNORECASE)
"""Words of a query that stand for many fields: `FIELDS(ALL)`, `all`, `custom_true`."""
_READ_ONLY = frozenset({"readonly", "delete", "deletesource", "deletehierarchy", "harddelete"})


@dataclass(frozen=True)
class MockField:
    """A field that SFDMU fills, with the pattern that it fills it by."""

    name: str
    pattern: str

    @property
    def constant(self) -> str | None:
        """The value that every record gets, if the pattern is a constant."""
        match = _CONSTANT.fullmatch(self.pattern.strip())
        return match[1] if match else None


@dataclass(frozen=True)
class ScriptObject:
    """An object of an export.json.

    Attributes:
        name: the sObject of its query; empty if it names none.
        fields: of the query, as written; empty for functions such as `FIELDS(ALL)`, which may name all.
        operation: in lower case.
        mocks: what `mockFields` holds, in the right spelling.
        is_mocked: whether `updateWithMockData` is true.
        keys: all keys of the object, as written.
        is_excluded: whether `excluded` is true.
        folder: where its CSV file lies, relative to the export.json.
    """

    name: str
    fields: tuple[str, ...]
    operation: str
    mocks: tuple[MockField, ...]
    is_mocked: bool
    keys: tuple[str, ...]
    is_excluded: bool = False
    folder: str = ""

    @property
    def writes(self) -> bool:
        """Whether records reach the target with their values."""
        return self.operation not in _READ_ONLY and not self.is_excluded


@dataclass(frozen=True)
class ExportScript:
    """An export.json.

    Attributes:
        path: of it.
        runs_in_production: whether `runnableInProduction` is true.
        objects: of all object sets.
    """

    path: str
    runs_in_production: bool
    objects: tuple[ScriptObject, ...] = field(default=())
    delimiter: str | None = None

    @property
    def folder(self) -> str:
        """The directory of the export.json."""
        return self.path.rpartition("/")[0]


def is_export(file: SourceFile) -> bool:
    """Return whether a file is an export.json of SFDMU."""
    if file.name.casefold() != "export.json":
        return False
    folded = file.beginning.lower()
    return (
        not folded.strip()
        or find_pointer(file) != ""
        or any(mark in folded for mark in (b'"objects', b"runnableinproduction", b"updatewithmockdata"))
        or (b'"query"' in folded and b'"operation"' in folded)
    )


def read_export(file: SourceFile) -> ExportScript | None:
    """Return what an export.json says, or None if it is valid JSON of another tool.

    Raises:
        UnreadFileError: it is not JSON, or says that it runs in production and not with which objects.
    """
    data = read_json_file(file)
    if not isinstance(data, dict):
        return None
    sets = data.get("objectSets")
    if not isinstance(data.get("objects"), list) and not isinstance(sets, list):
        if not any(key.casefold() == "runnableinproduction" for key in data):
            return None
        raise UnreadFileError("it has no list of objects or objectSets")
    objects = list(_read_objects(data.get("objects"), ""))
    for number, part in enumerate(sets if isinstance(sets, list) else [], 1):
        if isinstance(part, dict):
            folder = "" if number == 1 else f"objectset_source/object-set-{number}"
            objects += _read_objects(part.get("objects"), folder)
    delimiter = data.get("csvFileDelimiter") or data.get("csvReadFileDelimiter")
    return ExportScript(
        file.path,
        any(key.casefold() == "runnableinproduction" and bool(value) for key, value in data.items()),
        tuple(objects),
        delimiter if isinstance(delimiter, str) and len(delimiter) == 1 else None,
    )


def _read_objects(entries: Any, folder: str) -> Iterator[ScriptObject]:
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict):
            continue
        query = " ".join(str(part) for part in _listed(entry.get("query")))
        match = _FROM.search(query)
        selected = re.sub(r"(?is)^\s*select\b|\bfrom\b.*$", "", query)
        fields = (
            () if _FIELD_GROUP.search(selected) else tuple(part.strip() for part in selected.split(",") if part.strip())
        )
        mocks = tuple(
            MockField(str(mock.get("name") or ""), str(mock.get("pattern") or ""))
            for mock in _listed(entry.get("mockFields"))
            if isinstance(mock, dict)
        )
        yield ScriptObject(
            match[1] if match else "",
            fields,
            str(entry.get("operation") or "").casefold(),
            mocks,
            entry.get("updateWithMockData") is True,
            tuple(map(str, entry)),
            entry.get("excluded") is True,
            folder,
        )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
