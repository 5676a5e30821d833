"""Samples of rows in an order, as one SQL statement."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.adapters.labels import label
from synth_expectations.engine.adapters.value_queries import SampleQuery


def select_sample(query: SampleQuery, source: sa.FromClause) -> sa.Select[Any]:
    """Return the statement of a sample: in each row, how many rows take part, and the values.

    Args:
        query: the values and their order, in SQL.
        source: the table.
    """
    rows = sa.select(*[label(sql, alias) for alias, sql in query.columns().items()])
    inner = rows.select_from(source).where(sa.literal_column(query.where)).subquery("synth_rows")
    sampled = sa.select(count_sampled(query, source), *[inner.c[f"v{i}"] for i in range(len(query.values))])
    ordered = [inner.c[f"o{i}"] for i in range(len(query.order))]
    by = [(value.desc() if query.descending else value).nulls_last() for value in ordered]
    return sampled.where(inner.c.o0.is_not(None)).order_by(*by).limit(sa.literal_column(str(query.most)))


def count_sampled(query: SampleQuery, source: sa.FromClause) -> sa.Label[Any]:
    """Return the number of rows that take part in a sample, as a column."""
    total = sa.select(label("COUNT(*)", "n")).select_from(source).where(sa.literal_column(query.where))
    return total.scalar_subquery().label("n")
