"""The statistics that outliers are measured against, which Great Expectations does not compute on DuckDB."""

from __future__ import annotations

import math
from typing import Any

import sqlalchemy as sa
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.expectations.metrics.column_aggregate_metric_provider import ColumnAggregateMetricProvider
from great_expectations.expectations.metrics.column_aggregate_metrics.column_outlier_statistics import (
    IQR_METHOD,
    ColumnOutlierStatistics,
    OutlierStatistics,
    validate_method,
)
from great_expectations.expectations.metrics.metric_provider import metric_value

from synth_expectations.gx.datasources.duckdb.engine import DuckDBParquetEngine


class _OutlierStatistics(ColumnAggregateMetricProvider):
    """Quartiles are interpolated, as those of PostgreSQL's PERCENTILE_CONT and pandas are.

    The mean and the deviation are computed in doubles: Great Expectations would cast to FLOAT, which is half as long on
    DuckDB.
    """

    metric_name = ColumnOutlierStatistics.metric_name
    value_keys = ColumnOutlierStatistics.value_keys

    @metric_value(engine=DuckDBParquetEngine)  # type: ignore[untyped-decorator]
    def _duckdb(
        cls,  # noqa: N805 - Great Expectations makes them class methods
        execution_engine: DuckDBParquetEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        **_: Any,
    ) -> OutlierStatistics:
        method = metric_value_kwargs["method"]
        validate_method(method)
        selectable, __, accessor = execution_engine.get_compute_domain(metric_domain_kwargs, MetricDomainTypes.COLUMN)
        rows = selectable.subquery() if isinstance(selectable, sa.SelectBase) else selectable
        # not a cast, which would read text as numbers
        number: sa.ColumnElement[Any] = sa.column(accessor["column"]) * sa.literal_column("1::DOUBLE")
        if method == IQR_METHOD:
            parts = [sa.func.quantile_cont(number, sa.literal_column(str(part))) for part in (0.25, 0.75)]
        else:
            parts = [sa.func.avg(number), sa.func.stddev_samp(number)]
        with execution_engine.get_connection() as connection:
            first, second = map(_to_float, connection.execute(sa.select(*parts).select_from(rows)).one())
        if method != IQR_METHOD:
            return OutlierStatistics.symmetric(center=first, spread=second)
        spread = None if first is None or second is None else second - first
        return OutlierStatistics(lower_reference=first, upper_reference=second, spread=spread)


def _to_float(value: Any) -> float | None:
    """Return a finite number; None if there is none, as Great Expectations does.

    Raises:
        TypeError: the value is not a number, as the quartile of a column of intervals.
    """
    if value is None:
        return None
    number = float(value)
    return number if math.isfinite(number) else None
