"""Counts of the rows that meet conditions, as one SQL statement that has one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.adapters.aggregates import pass_columns, rewrite_aggregates
from synth_expectations.engine.adapters.labels import label_all
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.engine.dialects.base import Dialect


@dataclass(frozen=True)
class _OneRow:
    """A query that has one row, and the names of its columns."""

    query: sa.Select[Any]
    names: Sequence[str]


def select_counts(queries: Sequence[CountQuery], batch: sa.FromClause, dialect: Dialect) -> sa.Select[Any]:
    """Return the statement of several counts: the columns of each, side by side.

    Each condition is a column of an inner query, 1 or NULL, so that those of a set are not computed again.

    Args:
        queries: what is counted of which relations.
        batch: the records.
        dialect: of the engine.
    """
    return _side_by_side([_count(query, number, batch, dialect) for number, query in enumerate(queries)])


def reads_keys_in_passing(query: CountQuery, dialect: Dialect) -> bool:
    """Return whether the statement of a count reads the smallest record keys too."""
    if dialect.smallest_values:
        return True
    return query.is_join and dialect.smallest_of_rows is not None


def fence(query: sa.Select[Any], dialect: Dialect) -> sa.Select[Any]:
    """Return the query so that its values are computed there, and not again wherever they are read."""
    return query.offset(sa.literal_column(dialect.optimizer_fence)) if dialect.optimizer_fence else query


def _count(query: CountQuery, number: int, batch: sa.FromClause, dialect: Dialect) -> _OneRow:
    source = batch if query.relation is None else query.relation
    flags = query.flags()
    passed = pass_columns(query.aggregates) if query.aggregates else {}
    passed_on = [column.label(alias) for alias, column in passed.items()]
    flagged = sa.select(*([label_all(flags)] if flags else []), *passed_on).select_from(source)
    if query.reads_flags_again:
        flagged = fence(flagged, dialect)
    inner = flagged.subquery("synth_flags") if flags or passed else source
    keys = query.smallest_keys(dialect.smallest_values) if dialect.smallest_values else {}
    if query.key and dialect.smallest_of_rows and not keys:
        kept = flagged.cte(f"synth_kept{number}")
        inner, keys = kept, query.keys_of_rows(dialect.smallest_of_rows, kept.name)
    columns = query.counts() | keys
    rewritten = rewrite_aggregates(query.aggregates, passed) if query.aggregates else []
    aggregates = {f"b{number}": aggregate for number, aggregate in enumerate(rewritten)}
    counts = sa.select(label_all(columns), *(aggregate.label(alias) for alias, aggregate in aggregates.items()))
    return _OneRow(counts.select_from(inner), [*columns, *aggregates])


def _side_by_side(rows: Sequence[_OneRow]) -> sa.Select[Any]:
    """Return one row of several queries that each have one."""
    if len(rows) == 1:
        return rows[0].query
    first, *others = [row.query.subquery(f"p{number}") for number, row in enumerate(rows)]
    joined: sa.FromClause = first
    for other in others:
        joined = joined.join(other, sa.literal_column("1 = 1"))
    names = {f"p{number}_{name}": f"p{number}.{name}" for number, row in enumerate(rows) for name in row.names}
    return sa.select(label_all(names)).select_from(joined)
