"""How many rows have a value that another row has too.

Great Expectations counts in a window that holds every value: twice the time, and three times the memory. The numbers are
the same: NULL is no duplicate.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine import ExecutionEngine, SqlAlchemyExecutionEngine
from great_expectations.expectations.metrics import ColumnValuesUnique
from great_expectations.expectations.metrics.map_metric_provider import ColumnMapMetricProvider
from great_expectations.expectations.metrics.metric_provider import MetricProvider, metric_value
from great_expectations.validator.metric_configuration import MetricConfiguration

from synth_expectations.gx.duckdb_engine import DuckDBExecutionEngine

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
    """On PostgreSQL, values are grouped. Only on this engine: its metrics are Great Expectations' own on every other."""
    if (
        not isinstance(engine, SqlAlchemyExecutionEngine)
        or engine.dialect_name != "postgresql"
        or "resolve_metrics" in vars(engine)
    ):
        return
    known, alone = weakref.ref(engine), type(engine).resolve_metrics

    def resolve(metrics_to_resolve: Iterable[MetricConfiguration], *more: Any, **named: Any) -> dict[Any, Any]:
        this, found, others = known(), {}, []
        if this is None:
            return {}
        for each in metrics_to_resolve:
            try:
                if each.metric_name != _METRIC:
                    others.append(each)
                else:
                    found[each.id] = _counted(this, each.metric_domain_kwargs, lambda rows, _: rows)
            except Exception:  # noqa: BLE001 - what is wrong, Great Expectations finds and says in its own way
                others.append(each)
        return found | alone(this, others, *more, **named)

    vars(engine)["resolve_metrics"] = resolve


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
