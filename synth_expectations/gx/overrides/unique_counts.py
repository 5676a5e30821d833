"""How many rows have a value that another row has too.

Great Expectations counts in a window that holds every value: twice the time, and three times the memory. The numbers are
the same: NULL is no duplicate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.exceptions import GreatExpectationsError
from great_expectations.execution_engine import ExecutionEngine, SqlAlchemyExecutionEngine
from great_expectations.expectations.metrics import ColumnValuesUnique
from great_expectations.expectations.metrics.map_metric_provider import ColumnMapMetricProvider
from great_expectations.expectations.metrics.metric_provider import MetricProvider, metric_value
from great_expectations.validator.metric_configuration import MetricConfiguration
from sqlalchemy.exc import SQLAlchemyError

from synth_expectations.gx.datasources.duckdb.engine import DuckDBExecutionEngine
from synth_expectations.gx.overrides.base import instead

_METRIC = f"{ColumnValuesUnique.condition_metric_name}.unexpected_count"


class _ByHashes(MetricProvider):
    """On DuckDB, hashes of values are sorted, and only values whose hash comes twice are compared."""

    metric_name = _METRIC
    domain_keys = ColumnMapMetricProvider.condition_domain_keys
    value_keys = ()

    @metric_value(engine=DuckDBExecutionEngine)  # type: ignore[untyped-decorator]
    def _duckdb(
        cls,  # noqa: N805 - Great Expectations makes them class methods
        execution_engine: DuckDBExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        **_: Any,
    ) -> int:
        return _counted(execution_engine, metric_domain_kwargs, _suspects)


def by_groups(engine: ExecutionEngine) -> None:
    """On PostgreSQL, values are grouped. Only on this engine: the metric is Great Expectations' own on every other."""
    if isinstance(engine, SqlAlchemyExecutionEngine) and engine.dialect_name == "postgresql":
        instead(engine, "resolve_metrics", _resolved)


def _resolved(
    engine: SqlAlchemyExecutionEngine,
    theirs: Callable[..., dict[Any, Any]],
    metrics_to_resolve: Iterable[MetricConfiguration],
    *more: Any,
    **named: Any,
) -> dict[Any, Any]:
    asked = list(metrics_to_resolve)
    found = {}
    for each in asked:
        if each.metric_name == _METRIC:
            with suppress(SQLAlchemyError, GreatExpectationsError):  # what is wrong, it finds and says in its own way
                found[each.id] = _counted(engine, each.metric_domain_kwargs, lambda rows, _: rows)
    return found | theirs([each for each in asked if each.id not in found], *more, **named)


_Narrowing = Callable[[sa.FromClause, sa.ColumnElement[Any]], sa.FromClause]


def _counted(engine: SqlAlchemyExecutionEngine, domain: dict[str, Any], narrowed: _Narrowing) -> int:
    selectable, _, accessor = engine.get_compute_domain(domain, MetricDomainTypes.COLUMN)
    rows = selectable.subquery() if isinstance(selectable, sa.SelectBase) else selectable
    value: sa.ColumnElement[Any] = sa.column(accessor["column"])
    asked = sa.select(sa.func.count().label("n")).select_from(narrowed(rows, value)).where(value.is_not(None))
    groups = asked.group_by(value).having(sa.func.count() > sa.literal_column("1")).subquery("groups")
    with engine.get_connection() as connection:
        return int(connection.execute(sa.select(sa.func.coalesce(sa.func.sum(groups.c.n), 0))).scalar_one())


def _suspects(rows: sa.FromClause, value: sa.ColumnElement[Any]) -> sa.FromClause:
    """Rows whose hash comes twice."""
    hashes = sa.select(sa.func.hash(value).label("hash")).select_from(rows).where(value.is_not(None)).subquery("h")
    before = sa.func.lag(hashes.c.hash).over(order_by=hashes.c.hash)
    ordered = sa.select(hashes.c.hash, before.label("before")).subquery("ordered")
    twice = sa.select(ordered.c.hash).distinct().where(ordered.c.hash == ordered.c.before)
    return sa.select(value).select_from(rows).where(sa.func.hash(value).in_(twice)).subquery("suspects")
