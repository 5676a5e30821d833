"""The smallest record keys of violating rows, as one SQL statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.adapters.labels import label
from synth_expectations.engine.adapters.value_queries import KeyQuery
from synth_expectations.engine.count_query import format_keys


def select_smallest_keys(queries: Sequence[KeyQuery], most: int, batch: sa.FromClause) -> sa.CompoundSelect[Any]:
    """Return a row for each key: the number of the condition among those of all queries, and the key.

    Violating rows are read once; then the smallest keys of each condition are taken of them.

    Args:
        queries: whose keys are read.
        most: the largest number of keys of each condition.
        batch: the records.
    """
    parts: list[sa.Select[Any]] = []
    for number, query in enumerate(queries):
        violating = _violating(query, batch, f"synth_broken{number or ''}")
        for i in range(len(query.conditions)):
            keyed = sa.select(label(str(len(parts)), "rule"), violating.c.k)
            of_rule = keyed.where(violating.c[f"f{i}"] == sa.literal_column("1"))
            ordered = of_rule.order_by(violating.c.k.nulls_last())
            smallest = ordered.limit(sa.literal_column(str(most))).subquery(f"s{len(parts)}")
            parts.append(sa.select(smallest.c.rule, smallest.c.k))
    return sa.union_all(*parts)


def read_smallest_keys(queries: Sequence[KeyQuery], rows: Iterable[Sequence[Any]]) -> list[list[list[str]]]:
    """Return the keys of each condition of each query, as text.

    Args:
        queries: whose keys were read.
        rows: the number of a condition and a key, as the statement returns them.
    """
    keys: list[list[list[Any]]] = [[[] for _ in query.conditions] for query in queries]
    keys_of_condition = [condition_keys for query_keys in keys for condition_keys in query_keys]
    for number, key in rows:
        keys_of_condition[number].append(key)
    return [[format_keys(condition_keys) for condition_keys in query_keys] for query_keys in keys]


def _violating(query: KeyQuery, batch: sa.FromClause, name: str) -> sa.CTE:
    """Return the rows for which any condition is true, with a flag for each."""
    source = batch if query.relation is None else query.relation
    conditions = query.conditions
    flags = [label(f"CASE WHEN {sql} THEN 1 ELSE 0 END", f"f{i}") for i, sql in enumerate(conditions)]
    anywhere = query.where or " OR ".join(f"({sql})" for sql in conditions)
    rows = sa.select(label(query.key, "k"), *flags).select_from(source)
    return rows.where(sa.literal_column(anywhere)).cte(name)
