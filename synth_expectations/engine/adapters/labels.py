"""SQL text as a column of a query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa


def label(sql: str, alias: str) -> sa.Label[Any]:
    """Return a column for some SQL, unchanged, under a name."""
    # literal_column, never text: in text a colon starts a parameter
    return sa.literal_column(sql).label(alias)


def label_all(columns: Mapping[str, str]) -> sa.ColumnClause[Any]:
    """Return several columns, SQL by name, as one element: SQLAlchemy compiles a hundred as fast as one."""
    return sa.literal_column(", ".join(f"{sql} AS {alias}" for alias, sql in columns.items()))
