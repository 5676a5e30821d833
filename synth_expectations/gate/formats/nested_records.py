"""Records in documents of any shape: lists of objects, at any depth, of which each may hold objects and lists itself.

Exports and fixtures are written so: `[{…}]`, `{"contacts": [{…}]}`, `{"c1": {…}, "c2": {…}}`, Django's
`{"model": "crm.contact", "pk": 1, "fields": {…}}` and JSON:API's `{"type": "contacts", "attributes": {…}}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from synth_expectations.gate.fields import PERSONAL, classify
from synth_expectations.gate.formats.delimited import name_object
from synth_expectations.gate.repository import SourceFile

_MAX_DEPTH = 30
_KEY = re.compile(rb"(?m)(?:^|[{,])[ \t-]*[\"']?([A-Za-z_][A-Za-z0-9_ ]{1,60})[\"']?[ ]*:")


class NestedRecord(NamedTuple):
    """A record of a document.

    Attributes:
        object: what its list is called.
        values: by field; those of objects within it, too.
        reference: its key, if the document gives it one beside its values.
    """

    object: str
    values: dict[str, Any]
    reference: str = ""


def names_a_person(file: SourceFile) -> bool:
    """Return whether a key of a YAML file's beginning is called like an e-mail, a phone or a name of a person.

    Templates of Helm and Jinja are no YAML, and hold no records.
    """
    return b"{{" not in file.beginning and any(
        classify(key.decode(errors="replace")) in PERSONAL for key in _KEY.findall(file.beginning)
    )


def list_records(value: Any, name: str, depth: int = 0) -> Iterator[NestedRecord]:
    """Yield the records of a document, each before those within it.

    Args:
        value: the document, or a part of it.
        name: what it is called.
        depth: of the part.
    """
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for entry in value:
            if isinstance(entry, dict):
                yield from read_record(entry, name, depth)
            else:
                yield from list_records(entry, name, depth + 1)
    elif isinstance(value, dict):
        if _is_keyed(value):
            for entry in value.values():
                yield from read_record(entry, name, depth)
            return
        for key, part in value.items():
            yield from list_records(part, str(key), depth + 1)


def read_record(entry: dict[str, Any], name: str, depth: int = 0) -> Iterator[NestedRecord]:
    """Yield a record, and those of the lists within it."""
    values, reference = entry, ""
    if isinstance(entry.get("fields"), dict) and isinstance(entry.get("model"), str):
        name, values, reference = entry["model"].rpartition(".")[2], entry["fields"], str(entry.get("pk") or "")
    elif isinstance(entry.get("attributes"), dict) and isinstance(entry.get("type"), str):
        name, values, reference = entry["type"], entry["attributes"], str(entry.get("id") or "")
    is_flat = not any(isinstance(part, dict | list) for part in values.values())
    yield NestedRecord(name_object(name.replace("/", "_")), values if is_flat else _flatten(values, 0), reference)
    for key, part in values.items():
        if isinstance(part, list):
            yield from list_records(part, str(key), depth + 1)


def _is_keyed(value: dict[str, Any]) -> bool:
    """Return whether an object holds records by their keys: several objects with the same fields."""
    parts = list(value.values())
    return len(parts) > 1 and all(isinstance(part, dict) and part and part.keys() == parts[0].keys() for part in parts)


def _flatten(values: dict[str, Any], depth: int) -> dict[str, Any]:
    """Return values with those of objects within them: `{"name": {"first": …}}` has a `first_name`."""
    flat: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, dict) and depth < _MAX_DEPTH:
            for inner, part in _flatten(value, depth + 1).items():
                flat.setdefault(inner if classify(inner) else f"{inner}_{key}", part)
        elif isinstance(value, list):
            if classify(key) and (text := _find_text(value)):
                flat.setdefault(key, text)
        elif not isinstance(value, dict):
            flat[str(key)] = value
    return flat


def _find_text(values: list[Any]) -> str:
    """Return the first text of a list: `{"emails": ["…"]}`, or SCIM's `{"emails": [{"value": "…"}]}`."""
    for value in values:
        parts = [value.get(key) for key in ("value", "address", "number")] if isinstance(value, dict) else [value]
        if text := next((part for part in parts if part and isinstance(part, str)), ""):
            return text
    return ""
