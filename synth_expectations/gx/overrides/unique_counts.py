"""Count the rows whose value another row has too.

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

from synth_expectations.gx.datasources.duckdb.engine import DuckDBParquetEngine
from synth_expectations.gx.datasources.spark.engine import SparkExecutionEngine
from synth_expectations.gx.internals import RESOLVE_METRICS
from synth_expectations.gx.overrides.base import override_method

_METRIC = f"{ColumnValuesUnique.condition_metric_name}.unexpected_count"


class _Duplicates(MetricProvider):
    """On DuckDB, sorts the hashes of values, and compares only values whose hash comes twice; on Spark, groups them."""

    metric_name = _METRIC
    domain_keys = ColumnMapMetricProvider.condition_domain_keys
    value_keys = ()

    @metric_value(engine=DuckDBParquetEngine)  # type: ignore[untyped-decorator]
    def _duckdb(
        cls,  # noqa: N805 - Great Expectations makes them class methods
        execution_engine: DuckDBParquetEngine,
        metric_domain_kwargs: dict[str, Any],
        **_: Any,
    ) -> int:
        return _count_duplicates(execution_engine, metric_domain_kwargs, _select_suspects)

    @metric_value(engine=SparkExecutionEngine)  # type: ignore[untyped-decorator]
    def _spark(
        cls,  # noqa: N805
        execution_engine: SparkExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        **_: Any,
    ) -> int:
        from pyspark.sql import functions as spark

        rows, _, accessor = execution_engine.get_compute_domain(metric_domain_kwargs, MetricDomainTypes.COLUMN)
        groups = rows.select(spark.col(accessor["column"]).alias("v")).where("v IS NOT NULL").groupBy("v").count()
        [counted] = groups.where("count > 1").agg(spark.sum("count")).collect()
        return int(counted[0] or 0)


def count_by_groups(engine: ExecutionEngine) -> None:
    """Let a PostgreSQL engine group values; the metric of all other engines stays Great Expectations' own."""
    if isinstance(engine, SqlAlchemyExecutionEngine) and engine.dialect_name == "postgresql":
        override_method(engine, RESOLVE_METRICS, _resolve_metrics)


def _resolve_metrics(
    engine: SqlAlchemyExecutionEngine,
    original: Callable[..., dict[Any, Any]],
    metrics_to_resolve: Iterable[MetricConfiguration],
    *more: Any,
    **named: Any,
) -> dict[Any, Any]:
    metrics = list(metrics_to_resolve)
    counts = {}
    for metric in metrics:
        if metric.metric_name == _METRIC:
            with suppress(
                SQLAlchemyError, GreatExpectationsError
            ):  # Great Expectations meets the error, and reports it
                counts[metric.id] = _count_duplicates(engine, metric.metric_domain_kwargs, lambda rows, _: rows)
    return counts | original([metric for metric in metrics if metric.id not in counts], *more, **named)


_Select = Callable[[sa.FromClause, sa.ColumnElement[Any]], sa.FromClause]


def _count_duplicates(engine: SqlAlchemyExecutionEngine, domain: dict[str, Any], select: _Select) -> int:
    """Count the rows of a domain whose value comes more than once.

    Args:
        engine: runs the query.
        domain: the column, and the rows to look at.
        select: returns the rows that may be duplicates.
    """
    selectable, _, accessor = engine.get_compute_domain(domain, MetricDomainTypes.COLUMN)
    rows = selectable.subquery() if isinstance(selectable, sa.SelectBase) else selectable
    value: sa.ColumnElement[Any] = sa.column(accessor["column"])
    counted = sa.select(sa.func.count().label("n")).select_from(select(rows, value)).where(value.is_not(None))
    groups = counted.group_by(value).having(sa.func.count() > sa.literal_column("1")).subquery("groups")
    with engine.get_connection() as connection:
        return int(connection.execute(sa.select(sa.func.coalesce(sa.func.sum(groups.c.n), 0))).scalar_one())


def _select_suspects(rows: sa.FromClause, value: sa.ColumnElement[Any]) -> sa.FromClause:
    """Return the rows whose hash comes twice."""
    hashes = sa.select(sa.func.hash(value).label("hash")).select_from(rows).where(value.is_not(None)).subquery("h")
    before = sa.func.lag(hashes.c.hash).over(order_by=hashes.c.hash)
    ordered = sa.select(hashes.c.hash, before.label("before")).subquery("ordered")
    twice = sa.select(ordered.c.hash).distinct().where(ordered.c.hash == ordered.c.before)
    return sa.select(value).select_from(rows).where(sa.func.hash(value).in_(twice)).subquery("suspects")
