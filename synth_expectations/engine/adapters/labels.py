"""SQL of ours as a column of a query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa


def labelled(sql: str, alias: str) -> sa.Label[Any]:
    """A column by its SQL, as it is, under a name."""
    # literal_column, never text: in text a colon starts a parameter
    return sa.literal_column(sql).label(alias)


def listed(columns: Mapping[str, str]) -> sa.ColumnClause[Any]:
    """Several columns by their SQL, by name, as one element: a hundred of them cost as much to write as one."""
    return sa.literal_column(", ".join(f"{sql} AS {alias}" for alias, sql in columns.items()))
