"""sObject trees: `{"records": [{"attributes": {"type": …, "referenceId": …}, …}]}`, with children in the records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from synth_expectations.gate.file_loads import FileLoads
from synth_expectations.gate.formats.json_stream import read_json_records
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

_MAX_DEPTH = 20


def is_tree(file: SourceFile) -> bool:
    """Return whether a JSON file looks like an sObject tree."""
    head = file.beginning
    return b'"records"' in head and b'"attributes"' in head


def read_tree_file(file: SourceFile, loads: FileLoads, planned: str = "") -> None:
    """Add the records of an sObject tree to loads, by object: children do not inherit the marker of their parent.

    Args:
        file: the tree.
        loads: of the file.
        planned: the object that a plan names for the file.

    Raises:
        UnreadFileError: it is not an sObject tree.
    """
    for record, line in read_json_records(file, build=loads.keys.build):
        for name, values, reference in _flatten(record, planned, 0):
            loads.get(name).add(values, line, reference)


def _flatten(record: Any, parent: str, depth: int) -> Iterator[tuple[str, dict[str, Any], str]]:
    if not isinstance(record, dict):
        raise UnreadFileError("a record of it is not an object")
    if depth > _MAX_DEPTH:
        raise UnreadFileError(f"its records are nested more than {_MAX_DEPTH} levels deep")
    attributes = record.get("attributes")
    attributes = attributes if isinstance(attributes, dict) else {}
    name = str(attributes.get("type") or parent or "unknown")
    yield (
        name,
        {key: value for key, value in record.items() if not isinstance(value, dict | list)},
        str(attributes.get("referenceId") or ""),
    )
    for key, value in record.items():
        if key != "attributes" and isinstance(value, dict) and isinstance(value.get("records"), list):
            for child in value["records"]:
                yield from _flatten(child, key, depth + 1)
