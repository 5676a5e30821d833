"""SQL of ours as a column of a query."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


def labelled(sql: str, alias: str) -> sa.Label[Any]:
    """A column by its SQL, as it is, under a name."""
    # literal_column, never text: in text a colon starts a parameter
    return sa.literal_column(sql).label(alias)
