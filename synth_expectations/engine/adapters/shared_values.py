"""Values that records of the batch have in common with rows of references, as one SQL statement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.adapters.labels import label
from synth_expectations.engine.adapters.value_queries import SharedValuesQuery, ValuesQuery


def select_shared_values(
    query: SharedValuesQuery, batch: sa.FromClause, reference: Callable[[str], sa.FromClause]
) -> sa.Select[Any]:
    """Return a row for each group: the number of groups, its smallest key, its records, its rows of each reference.

    The tables are put below one another and grouped: a join would have to compare NULLs, which few databases do fast.

    Args:
        query: the values, in SQL.
        batch: the records.
        reference: finds the table of a reference by its name.
    """
    counted = range(1 + len(query.references))

    def select_values(table: ValuesQuery, number: int, key: str, order: str) -> sa.Select[Any]:
        values = [label(sql, f"v{i}") for i, sql in enumerate(table.values)]
        ones = [label("1" if i == number else "0", f"n{i}") for i in counted]
        source = batch if table.reference is None else reference(table.reference)
        return sa.select(*values, label(key, "k"), label(order, "o"), *ones).select_from(source)

    records = select_values(query.batch, 0, query.key, query.order).where(sa.literal_column(query.where))
    rows = [select_values(table, i, "NULL", "NULL") for i, table in enumerate(query.references, 1)]
    every = sa.union_all(records, *rows).subquery("synth_rows")
    groups = (
        sa.select(
            sa.func.min(every.c.k).label("k"),
            sa.func.min(every.c.o).label("o"),
            *[sa.func.sum(every.c[f"n{i}"]).label(f"n{i}") for i in counted],
        )
        .group_by(*[every.c[f"v{i}"] for i in range(len(query.batch.values))])
        .having(sa.func.sum(every.c.n0) > sa.literal_column("0"))
        .having(sa.or_(*[sa.func.sum(every.c[f"n{i}"]) > sa.literal_column("0") for i in counted[1:]]))
        .subquery("synth_groups")
    )
    fetched = sa.select(label("COUNT(*) OVER ()", "n"), groups.c.k, *[groups.c[f"n{i}"] for i in counted])
    return fetched.order_by(groups.c.o.nulls_last(), groups.c.k.nulls_last()).limit(sa.literal_column(str(query.most)))
