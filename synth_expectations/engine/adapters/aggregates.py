"""Aggregates that somebody else wrote with SQLAlchemy, computed over one of the engine's relations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import visitors

from synth_expectations.engine.count_query import AggregateRequest


def request_aggregates(expressions: Sequence[sa.ColumnElement[Any]]) -> AggregateRequest | None:
    """Return a request for aggregates; None if they read no column, or anything else than columns."""
    parts = [part for expression in expressions for part in visitors.iterate(expression)]
    if any(isinstance(part, sa.SelectBase | sa.TextClause | sa.TableClause | sa.AliasedReturnsRows) for part in parts):
        return None
    columns = [part for part in parts if isinstance(part, sa.ColumnClause)]
    if not columns or any(column.is_literal or column.table is not None for column in columns):
        return None
    return AggregateRequest(expressions, frozenset(str(column.name) for column in columns))


def pass_columns(request: AggregateRequest) -> dict[str, sa.ColumnClause[Any]]:
    """Return the columns that the aggregates read, by the alias under which a subquery passes them on."""
    return {f"g{number}": sa.column(name) for number, name in enumerate(sorted(request.columns))}


def rewrite_aggregates(
    request: AggregateRequest, passed: Mapping[str, sa.ColumnClause[Any]]
) -> list[sa.ColumnElement[Any]]:
    """Return the aggregates, rewritten to read the columns that a subquery passes on."""
    aliases: dict[str, sa.ColumnClause[Any]] = {str(column.name): sa.column(alias) for alias, column in passed.items()}

    def replace_column(element: Any, **_: Any) -> Any:
        return aliases[str(element.name)] if isinstance(element, sa.ColumnClause) else None

    return [visitors.replacement_traverse(expression, {}, replace_column) for expression in request.expressions]
