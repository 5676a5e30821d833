"""Spans of time, as text: Great Expectations cannot write Python's, and would lose all results of a suite."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any


def with_written_spans(rows: list[tuple[Any, ...]], types: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return rows in which spans of time are text.

    Args:
        rows: as they were fetched.
        types: of their columns, as DuckDB writes them.
    """
    if not any("INTERVAL" in name for name in types):
        return rows
    return [tuple(map(_written, row)) for row in rows]


def _written(value: Any) -> Any:
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, list | tuple):
        return [_written(element) for element in value]
    if isinstance(value, dict):
        return {key: _written(element) for key, element in value.items()}
    return value
