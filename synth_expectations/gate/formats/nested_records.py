"""Records in documents of any shape: lists of objects, at any depth, of which each may hold objects and lists itself.

Exports and fixtures are written so: `[{…}]`, `{"contacts": [{…}]}`, `{"c1": {…}, "c2": {…}}`, Django's
`{"model": "crm.contact", "pk": 1, "fields": {…}}` and JSON:API's `{"type": "contacts", "attributes": {…}}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.fields import PERSONAL, FieldKind, classify
from synth_expectations.gate.formats.columnar import list_rows
from synth_expectations.gate.formats.delimited import name_object
from synth_expectations.gate.formats.yaml_document import MAX_LIST
from synth_expectations.gate.marker import MarkerWords, Tag
from synth_expectations.gate.objects import is_named_after_people
from synth_expectations.gate.repository import HEAD, SourceFile

_MAX_DEPTH = 30
_MANIFEST = re.compile(rb"(?m)^[ -]*kind:[ ]*[\"']?(ConfigMap|Secret)\b")
_NAMES = (FieldKind.FIRST_NAME, FieldKind.LAST_NAME, FieldKind.FULL_NAME)
_DIGITS = re.compile("([0-9][^0-9]{0,3}){7}")
_HEADS = frozenset({"meta", "metadata", "info", "header", "about", "provenance"})
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
    """Return whether a key of a YAML file is called like an e-mail, a phone or a name of a person, or may hold a file.

    Templates of Helm and Jinja are not YAML, and hold no records.

    Raises:
        UnreadFileError: it is too large, or cannot be read.
    """
    if b"{{" in file.beginning:
        return False
    if _MANIFEST.search(file.beginning):  # it may hold files
        return True
    content = file.beginning if len(file.head) < HEAD else decode(file.read_bytes(MAX_LIST)).encode()
    return any(classify(key[1].decode(errors="replace")) in PERSONAL for key in _KEY.finditer(content))


def list_records(value: Any, name: str, depth: int = 0) -> Iterator[NestedRecord]:
    """Yield the records of a document, each before those within it.

    Args:
        value: the document, or a part of it.
        name: what it is called.
        depth: of the part.
    """
    if depth > _MAX_DEPTH:
        return
    if rows := list_rows(value):
        yield from (NestedRecord(name_object(name.replace("/", "_")), row) for row in rows)
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
        if _is_person(value, name):
            yield _build_record(value, name)
        for key, part in value.items():
            yield from list_records(part, str(key), depth + 1)


def read_record(entry: dict[str, Any], name: str, depth: int = 0) -> Iterator[NestedRecord]:
    """Yield a record, and those of the lists within it."""
    record = _build_record(entry, name)
    yield record
    for key, part in _find_values(entry)[1].items():
        if isinstance(part, list):
            yield from list_records(part, str(key), depth + 1)


def _build_record(entry: dict[str, Any], name: str) -> NestedRecord:
    model, values, reference = _find_values(entry)
    is_flat = not any(isinstance(part, dict | list) for part in values.values())
    return NestedRecord(
        name_object((model or name).replace("/", "_")), values if is_flat else _flatten(values, 0), reference
    )


def _find_values(entry: dict[str, Any]) -> tuple[str, dict[str, Any], str]:
    """Return what an object is called if it says so, its values by field, and its key."""
    if isinstance(entry.get("fields"), dict) and isinstance(entry.get("model"), str):
        return entry["model"].rpartition(".")[2], entry["fields"], str(entry.get("pk") or "")
    if isinstance(entry.get("attributes"), dict) and isinstance(entry.get("type"), str):
        return entry["type"], entry["attributes"], str(entry.get("id") or "")
    return "", entry, ""


def _is_person(value: dict[str, Any], name: str) -> bool:
    """Return whether an object that stands alone is a person: it has an address or a number, and a name or a telling title.

    Settings and words of screens have fields of the same names; they have no address and no number in them.
    """
    reached = [
        key
        for key, part in value.items()
        if isinstance(part, str | int)
        and (
            (classify(key) is FieldKind.EMAIL and "@" in str(part))
            or (classify(key) is FieldKind.PHONE and _DIGITS.search(str(part)))
        )
    ]
    if not reached:
        return False
    return is_named_after_people(name) or any(classify(key) in _NAMES for key in _flatten(value, _MAX_DEPTH - 1))


def find_document_tag(document: Any, words: MarkerWords) -> str:
    """Return the marker at the top of a document, or of its `meta`, that says that all of its records are synthetic.

    Returns:
        What the marker is called; empty if there is none.
    """
    if not isinstance(document, dict):
        return ""
    for key, value in document.items():
        if str(key).casefold().strip("_") in _HEADS and isinstance(value, dict):
            if found := find_document_tag(value, words):
                return f"{key}.{found}"
        elif (
            not isinstance(value, dict | list)
            and words.is_marker(str(key))
            and words.read(str(key), value) is Tag.SYNTHETIC
        ):
            return str(key)
    return ""


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
