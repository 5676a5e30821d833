"""Fields of nested columns, by their path: `customer.email` is the field `email` of the column `customer`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb

from synth_expectations.validation.sources.duckdb.scan import quote_name


def find_column(name: str, types: Mapping[str, str]) -> str | None:
    """Return the SQL of a column, or of a field of one; None if a table has neither.

    A column of that very name goes before a field. A list or map on the way has no field.

    Args:
        name: of the column, or a path with dots, in any case.
        types: of the table's columns, by their names in small letters, as DuckDB describes them.
    """
    if name.casefold() in types:
        return quote_name(name)
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        head = ".".join(parts[:length])
        if (kind := types.get(head.casefold())) is not None:
            is_struct = kind.startswith("STRUCT(")
            return _extract(quote_name(head), duckdb.sqltype(kind), parts[length:]) if is_struct else None
    return None


def _extract(sql: str, kind: Any, path: list[str]) -> str | None:
    for part in path:
        if kind.id != "struct":
            return None
        fields = {field.casefold(): (field, inner) for field, inner in kind.children}
        if part.casefold() not in fields:
            return None
        field, kind = fields[part.casefold()]
        sql = f"struct_extract({sql}, '{field.replace(chr(39), 2 * chr(39))}')"
    return sql
