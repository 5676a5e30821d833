"""The fields of nested columns, as columns of their own: `customer.email`. What is in lists and maps has no path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb


def list_nested_fields(described: Sequence[Sequence[Any]]) -> list[str]:
    """Return the fields of nested columns as items of a select list, each under its path.

    Args:
        described: the rows of DuckDB's DESCRIBE; a column that is already called like a path hides the field.
    """
    taken = {row[0].casefold() for row in described}
    return [
        f"{sql} AS {_quote(path)}"
        for row in described
        if row[1].startswith("STRUCT(")
        for path, sql in _list_fields(row[0], _quote(row[0]), duckdb.sqltype(row[1]))
        if path.casefold() not in taken
    ]


def _list_fields(path: str, sql: str, kind: Any) -> Iterator[tuple[str, str]]:
    if kind.id != "struct":
        return
    for name, inner in kind.children:
        field = f"struct_extract({sql}, '{name.replace(chr(39), 2 * chr(39))}')"
        if inner.id != "struct":
            yield f"{path}.{name}", field
        yield from _list_fields(f"{path}.{name}", field, inner)


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
