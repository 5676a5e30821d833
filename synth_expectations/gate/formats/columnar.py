"""Tables that a document holds by columns, or as lists of values, as pandas, spreadsheets and reports write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from synth_expectations.gate.fields import classify
from synth_expectations.gate.formats.header import name_rows, names_a_person

_HEADERS = ("columns", "headers", "header", "fields", "cols", "schema")
_ROWS = ("data", "rows", "values", "records")


def list_rows(value: Any) -> Iterator[dict[str, Any]] | None:
    """Return the records of a table, or None if a part of a document is none.

    It may be `{"email": ["…"]}`, `{"email": {"0": "…"}}`, `{"columns": ["email"], "data": [["…"]]}`, or a list of lists of
    which the first names the fields or the values are of people.
    """
    if isinstance(value, list):
        return _read_lists(value)
    if not isinstance(value, dict):
        return None
    return _read_split(value) or _read_columns(value)


def is_row(value: Any) -> bool:
    """Return whether a part of a document is a list of plain values."""
    return isinstance(value, list) and bool(value) and not any(isinstance(part, dict | list) for part in value)


def _read_lists(value: list[Any]) -> Iterator[dict[str, Any]] | None:
    if len(value) < 2 or not all(map(is_row, value[:3])):
        return None
    rows = ((row, number) for number, row in enumerate(value, 1) if isinstance(row, list))
    return (record for record, _ in name_rows(rows))


def _read_split(value: dict[str, Any]) -> Iterator[dict[str, Any]] | None:
    """Read names and rows that stand beside each other."""
    names = next((value[key] for key in _HEADERS if isinstance(value.get(key), list)), None)
    rows = next((value[key] for key in _ROWS if isinstance(value.get(key), list)), None)
    if not names or not rows or not all(map(is_row, rows[:3])):
        return None
    texts = [
        str(name.get("name") or name.get("title") or "") if isinstance(name, dict) else str(name) for name in names
    ]
    if not names_a_person(texts):
        return None
    return (dict(zip(texts, row, strict=False)) for row in rows if isinstance(row, list))


def _read_columns(value: dict[str, Any]) -> Iterator[dict[str, Any]] | None:
    columns = list(value.values())
    if not names_a_person(map(str, value)) or len({type(column) for column in columns}) != 1 or not columns[0]:
        return None
    if isinstance(columns[0], dict):
        keys = columns[0].keys()
        if any(column.keys() != keys for column in columns) or any(classify(str(key)) for key in keys):
            return None
        columns = [list(column.values()) for column in columns]
    elif not isinstance(columns[0], list) or any(len(column) != len(columns[0]) for column in columns):
        return None
    if len(columns) < 2 or not all(map(is_row, columns)):
        return None
    return (dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True))
