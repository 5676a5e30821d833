"""Rows that are found by values which nobody may read in a statement: they are bound as parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.adapters.labels import label
from synth_expectations.engine.adapters.match_queries import BOUND, MatchQuery, TwinQuery


def select_match(query: MatchQuery, batch: sa.FromClause) -> sa.Select[Any]:
    """Return the statement of a match: the form of each bound value, 1 if a row was found, and what is read of it."""
    keys = _select_keys(query)
    rows = _select_rows(query.columns() | {"f": "1"}, batch, "synth_rows")
    read = [rows.c[alias] for alias in ("f", *query.names())]
    joined = keys.outerjoin(rows, keys.c.k == rows.c.m)
    limit: sa.ColumnElement[int] = sa.literal_column(str(query.most))
    if not query.is_counted:
        return sa.select(keys.c.k, *read).select_from(joined).limit(limit)
    counted = sa.select(keys.c.k, *read, label("COUNT(*)", "n")).select_from(joined)
    return counted.group_by(keys.c.k, *read).limit(limit)


def select_twins(query: TwinQuery, batch: sa.FromClause, reference: sa.FromClause) -> sa.Select[Any]:
    """Return the statement of twins: what is read of each row, then 1 or 0 for each identifier."""
    keys, rows = _select_keys(query.match), _select_rows(query.match.columns(), batch, "synth_rows")
    matching = sa.select(*[rows.c[alias] for alias in query.match.names()])
    person = matching.select_from(rows.join(keys, keys.c.k == rows.c.m)).subquery("synth_person")
    others = _select_rows(query.columns(), reference, "synth_others")
    joined = others.join(person, sa.literal_column("(" + ") OR (".join(query.same()) + ")"))
    read = [label(sql, alias) for alias, sql in query.results().items()]
    return sa.select(*read).select_from(joined).distinct().limit(sa.literal_column(str(query.most)))


def _select_keys(query: MatchQuery) -> sa.Subquery:
    # a cast gives the parameter its type; its text stands in no statement
    given = [sa.select(sa.cast(sa.bindparam(None, value, sa.String), sa.String).label(BOUND)) for value in query.bound]
    bound = (sa.union_all(*given) if len(given) > 1 else given[0]).subquery("synth_given")
    return sa.select(label(query.bound_form, "k")).select_from(bound).subquery("synth_keys")


def _select_rows(columns: Mapping[str, str], table: sa.FromClause, name: str) -> sa.Subquery:
    return sa.select(*[label(sql, alias) for alias, sql in columns.items()]).select_from(table).subquery(name)


def read_match(rows: Sequence[Sequence[Any]]) -> tuple[list[str | None], list[Sequence[Any]]]:
    """Return the comparable forms of bound values, and what was read of the rows that have them."""
    forms = list(dict.fromkeys(None if row[0] is None else str(row[0]) for row in rows))
    return forms, [row[2:] for row in rows if row[1]]


def match_frame(query: MatchQuery, frame: Any) -> Any:
    """Return the match on a Spark DataFrame; the values are rows of a frame of their own."""
    from pyspark.sql import functions as spark

    given = frame.sparkSession.createDataFrame([(value,) for value in query.bound], f"{BOUND} string")
    keys = given.select(spark.expr(query.bound_form).alias("k"))
    rows = frame.select(*[spark.expr(sql).alias(alias) for alias, sql in (query.columns() | {"f": "1"}).items()])
    matching = keys.join(rows, spark.expr("k = m"), "left").select("k", "f", *query.names())
    if query.is_counted:
        matching = matching.groupBy("k", "f", *query.names()).count()
    return matching.limit(query.most)


def match_twins(query: TwinQuery, frame: Any, reference: Any) -> Any:
    """Return the twins of a match on Spark DataFrames."""
    from pyspark.sql import functions as spark

    person = match_frame(query.match, frame).where("f = 1").select(*query.match.names())
    others = reference.select(*[spark.expr(sql).alias(alias) for alias, sql in query.columns().items()])
    same = reduce(lambda left, right: f"{left} OR {right}", query.same())
    joined = others.join(person, spark.expr(same))
    read = [spark.expr(sql).alias(alias) for alias, sql in query.results().items()]
    return joined.select(*read).distinct().limit(query.most)
