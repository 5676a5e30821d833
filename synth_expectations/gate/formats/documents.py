"""Documents of JSON and YAML in which records lie at any depth, and those of tools, in which they are examples and settings."""

from __future__ import annotations

from itertools import chain, groupby
from typing import Any

from synth_expectations.gate.file_loads import FileLoads
from synth_expectations.gate.formats.columnar import is_row
from synth_expectations.gate.formats.delimited import name_object
from synth_expectations.gate.formats.embedded_files import list_files, read_embedded
from synth_expectations.gate.formats.header import name_rows
from synth_expectations.gate.formats.json_stream import (
    holds_several_values,
    read_json_file,
    read_json_members,
    read_json_records,
    read_json_values,
)
from synth_expectations.gate.formats.nested_records import find_document_tag, list_records
from synth_expectations.gate.formats.tool_documents import find_tool
from synth_expectations.gate.formats.yaml_records import read_yaml_parts
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

_MOST_WHOLE = 8_000_000
"""Bytes of a document of JSON that is read as a whole; a longer one is read part by part."""


def read_json_document(file: SourceFile, loads: FileLoads) -> None:
    """Add the records of a document of JSON, or of several one after the other, to the loads of its file.

    Raises:
        UnreadFileError: it is not JSON, or a record of it is too large.
    """
    name = name_object(file.path)
    if file.beginning.lstrip().startswith(b"["):
        _read_list(file, loads, name)
    elif _looks_like_lines(file) and holds_several_values(file):
        _read_values(file, loads, name)
    elif file.size <= _MOST_WHOLE and not file.is_packed:
        try:
            document = read_json_file(file, build=loads.keys.build, has_comments=True)
        except UnreadFileError:
            if not holds_several_values(file):
                raise
            _read_values(file, loads, name)
        else:
            _read_document(document, name, loads)
    else:
        for key, value, line in read_json_members(file, loads.keys.build):
            loads.tag_all(find_document_tag({key: value}, loads.words))
            _add(value, key, loads, line)


def read_yaml_document(file: SourceFile, loads: FileLoads) -> None:
    """Add the records of each document of a YAML file to its loads.

    Raises:
        UnreadFileError: it is not YAML, or too large.
    """
    name = name_object(file.path)
    for _, parts in groupby(read_yaml_parts(file, loads.keys.build), lambda part: part.document):
        for part in parts:
            if not part.is_entry:
                _read_document(part.value, name, loads)
            elif is_row(part.value):
                rows = ((entry.value, entry.line) for entry in chain([part], parts) if isinstance(entry.value, list))
                for values, line in name_rows(rows):
                    loads.get(name).add(values, line)
            else:
                _add([part.value], name, loads, part.line)


def _read_list(file: SourceFile, loads: FileLoads, name: str) -> None:
    """Read a list record by record; a list of lists is a table."""
    entries = read_json_records(file, build=loads.keys.build)
    first = next(entries, None)
    if first is None:
        return
    entries = chain([first], entries)
    if is_row(first[0]):
        for values, line in name_rows((row, line) for row, line in entries if isinstance(row, list)):
            loads.get(name).add(values, line)
    else:
        for entry, line in entries:
            _add([entry], name, loads, line)


def _looks_like_lines(file: SourceFile) -> bool:
    """Return whether the first line of a file may hold a whole object."""
    line, newline, _ = file.beginning.lstrip().partition(b"\n")
    return not newline or line.rstrip().endswith(b"}")


def _read_values(file: SourceFile, loads: FileLoads, name: str) -> None:
    with file.open_text() as (stream, _):
        for value, line in read_json_values(stream, loads.keys.build):
            _add([value], name, loads, line)


def _read_document(document: Any, name: str, loads: FileLoads) -> None:
    if isinstance(document, dict):
        for inner, text in list_files(document):
            read_embedded(inner, text, loads)
        if tool := find_tool(document.keys()):
            loads.take_for_tool(tool)
            return
        loads.tag_all(find_document_tag(document, loads.words))
    _add(document, name, loads, None)


def _add(value: Any, name: str, loads: FileLoads, line: int | None) -> None:
    for record in list_records(value, name):
        loads.get(record.object).add(record.values, line, record.reference)
