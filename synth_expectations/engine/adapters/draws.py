"""Draws of records in the order of a hash of their keys, as one SQL statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.adapters.draw_queries import DrawnRows, DrawQuery
from synth_expectations.engine.adapters.labels import label

RANKED = "ROW_NUMBER() OVER (PARTITION BY g ORDER BY h ASC NULLS LAST, k ASC NULLS LAST)"
"""The place of a row among those of its value."""

COUNTED = {"n": "COUNT(*) OVER (PARTITION BY g)", "m": "COUNT(h) OVER (PARTITION BY g)"}
"""How many rows have the value, and how many of these have a key."""


MOST_IN_PASSING = 100_000
"""Rows that an aggregate keeps: DuckDB refuses a million."""


def select_draw(query: DrawQuery, batch: sa.FromClause) -> sa.Select[Any]:
    """Return the statement of a draw: counts, the value of `by`, then the aliases of `DrawQuery.read`.

    Without `by`, the rows are counted apart from their sorting, so that an engine keeps no more than the first of them;
    hashes are not computed for the counts.
    """
    within: sa.ColumnElement[bool] = sa.literal_column(query.where)
    rows = sa.select(*[label(sql, alias) for alias, sql in query.columns().items()]).select_from(batch).where(within)
    limit: sa.ColumnElement[int] = sa.literal_column(str(query.most))
    if query.by is None:
        keys = sa.select(label(query.key, "k")).select_from(batch).where(within).subquery("synth_keys")
        counts = sa.select(label("COUNT(*)", "n"), label("COUNT(k)", "m")).select_from(keys).subquery("synth_counts")
        inner = rows.subquery("synth_rows")
        first = (
            sa.select(*[inner.c[alias] for alias in query.read()])
            .where(inner.c.h.is_not(None))
            .order_by(inner.c.h, inner.c.k)
            .limit(limit)
            .subquery("synth_first")
        )
        joined = counts.outerjoin(first, sa.literal_column("1 = 1"))
        read = [first.c[alias] for alias in query.read()]
        return sa.select(counts.c.n, counts.c.m, label("NULL", "g"), *read).select_from(joined)
    inner = rows.subquery("synth_rows")
    counted = [label(sql, alias) for alias, sql in COUNTED.items()]
    ranked = sa.select(*inner.c, *counted, label(RANKED, "r")).select_from(inner).subquery("synth_ranked")
    read = [ranked.c[alias] for alias in ("n", "m", "g", *query.read())]
    # a value whose rows have no key is counted all the same
    return sa.select(*read).where(ranked.c.r <= limit, sa.or_(ranked.c.h.is_not(None), ranked.c.r == 1))


def select_draw_in_passing(
    query: DrawQuery, batch: sa.FromClause, smallest: Callable[[str, int], str]
) -> sa.Select[Any]:
    """Return the statement of a draw without `by` for an engine that finds the smallest values as it counts: one scan.

    It gives one row: the counts, and the first rows as structures with the aliases of `DrawQuery.read`.
    """
    columns = [label(sql, alias) for alias, sql in query.columns().items()]
    rows = sa.select(*columns).select_from(batch).where(sa.literal_column(query.where)).subquery("synth_rows")
    packed = ", ".join(f"{alias} := {alias}" for alias in query.read())
    first = smallest(f"CASE WHEN h IS NOT NULL THEN STRUCT_PACK({packed}) END", query.most)
    return sa.select(label("COUNT(*)", "n"), label("COUNT(h)", "m"), label(first, "d")).select_from(rows)


def read_draw_in_passing(row: Sequence[Any]) -> list[DrawnRows]:
    """Return what the row of `select_draw_in_passing` says."""
    count, with_key, structures = row
    return [DrawnRows(None, int(count), int(with_key), [list(drawn.values()) for drawn in structures or ()])]


def read_draw(rows: Iterable[Sequence[Any]]) -> list[DrawnRows]:
    """Return what the rows of a draw say, by value; rows of a value are sorted by their hash."""
    by_value: dict[Any, tuple[int, int, list[Sequence[Any]]]] = {}
    for count, with_key, value, *row in rows:
        of_value = by_value.setdefault(None if value is None else str(value), (int(count), int(with_key), []))
        if row[0] is not None:
            of_value[2].append(row)
    return [
        DrawnRows(value, count, with_key, sorted(drawn, key=lambda row: (row[0], str(row[1]))))
        for value, (count, with_key, drawn) in by_value.items()
    ]
