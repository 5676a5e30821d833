"""The rows of a relation that meet any of some conditions, as SQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.adapters.labels import label


def select_violating_rows(
    conditions: Sequence[str], group: Collection[int], values: Sequence[str], source: sa.FromClause, where: str | None
) -> sa.Select[Any]:
    """Return the values of each row that meets a condition of a group, then 1 or 0 for each condition.

    Args:
        conditions: in SQL.
        group: the numbers of those that this statement holds; all others are 0.
        values: what is read of each row, in SQL.
        source: the rows.
        where: a condition that is true where any of the group is; None to ask whether any is.
    """
    shown = [label(sql, f"v{i}") for i, sql in enumerate(values)]
    computed = [f"CASE WHEN {sql} THEN 1 ELSE 0 END" if i in group else "0" for i, sql in enumerate(conditions)]
    flags = [label(sql, f"f{i}") for i, sql in enumerate(computed)]
    anywhere = where or " OR ".join(f"({conditions[i]})" for i in group)
    return sa.select(*shown, *flags).select_from(source).where(sa.literal_column(anywhere))
