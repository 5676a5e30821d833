"""Aggregates that others wrote with SQLAlchemy, computed over a relation of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import visitors

from synth_expectations.engine.adapters.base import Aggregates


def aggregates_of(asked: Sequence[sa.ColumnElement[Any]]) -> Aggregates | None:
    """Aggregates with the columns that they read; None if they read none, or anything else than columns."""
    parts = [part for each in asked for part in visitors.iterate(each)]
    if any(isinstance(part, sa.SelectBase | sa.TextClause | sa.TableClause | sa.AliasedReturnsRows) for part in parts):
        return None
    columns = [part for part in parts if isinstance(part, sa.ColumnClause)]
    if not columns or any(each.is_literal or each.table is not None for each in columns):
        return None
    return Aggregates(asked, frozenset(str(each.name) for each in columns))


def passed_on(beside: Aggregates) -> dict[str, sa.ColumnClause[Any]]:
    """The columns that aggregates read, by the names under which a subquery hands them on."""
    return {f"g{number}": sa.column(name) for number, name in enumerate(sorted(beside.columns))}


def on_passed(beside: Aggregates, passed: Mapping[str, sa.ColumnClause[Any]]) -> list[sa.ColumnElement[Any]]:
    """The aggregates, on what the subquery hands on."""
    named: dict[str, sa.ColumnClause[Any]] = {str(column.name): sa.column(alias) for alias, column in passed.items()}

    def instead(element: Any, **_: Any) -> Any:
        return named[str(element.name)] if isinstance(element, sa.ColumnClause) else None

    return [visitors.replacement_traverse(each, {}, instead) for each in beside.asked]
