"""A look at some rows of a table, for columns that no name tells the meaning of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.schema import Family
from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.codes import classify_marker_value
from synth_expectations.policy.infer.flags import is_candidate, read_flag
from synth_expectations.policy.infer.model import Flag

SAMPLED = 1000
"""Rows that are looked at."""


def choose_columns(
    connection: sa.Connection, source: sa.FromClause, columns: Sequence[tuple[str, Family]]
) -> tuple[list[str], dict[str, Flag]]:
    """Return the columns to read values of, by name or by a look at some rows, and the flags that may be the marker.

    A table whose marker has a telling name, such as `is_synthetic`, is not looked at.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the engine refused.
    """
    by_name = {name for word in names.VALUED for name in names.find_columns(word, columns, weak=True)}
    valued = [name for name, _ in columns if name in by_name]
    if any(map(names.is_telling, valued)):
        return valued, {}
    looked_at = [
        (name, family)
        for name, family in columns
        if family in {Family.TEXT, Family.NUMBER} and name not in by_name and not names.is_private(name)
    ]
    seen = read_sample(connection, source, [name for name, _ in looked_at])
    marker_like = [
        name for name, family in looked_at
        if family == Family.TEXT and _is_marker_like({str(value).strip().lower() for value in seen[name]})
    ]  # fmt: skip
    flags = {name: flag for name, family in looked_at if (flag := read_flag(family, seen[name]))}
    flags |= {name: Flag((True,), (False,)) for name, family in columns if family == Family.BOOLEAN}
    return valued + marker_like, {name: flag for name, flag in flags.items() if is_candidate(name)}


def read_sample(connection: sa.Connection, source: sa.FromClause, columns: Sequence[str]) -> dict[str, list[Any]]:
    """Return the values that some rows have in each column, without NULL."""
    if not columns:
        return {}
    query = sa.select(*[sa.column(name).label(f"c{i}") for i, name in enumerate(columns)]).select_from(source)
    rows = connection.execute(query.limit(SAMPLED)).fetchall()
    return {name: [row[i] for row in rows if row[i] is not None] for i, name in enumerate(columns)}


def _is_marker_like(seen: set[str]) -> bool:
    """Return whether values say synthetic or real, but for a stray value or two."""
    return bool(seen & names.MARKER_VALUES) and sum(classify_marker_value(value) is None for value in seen) <= 2
