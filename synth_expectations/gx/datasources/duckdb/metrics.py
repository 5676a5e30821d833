"""Metrics of Great Expectations that do not support DuckDB, for the engine of this package only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import sqlalchemy as sa
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.expectations.metrics import (
    ColumnValuesMatchLikePattern,
    ColumnValuesMatchLikePatternList,
    ColumnValuesMatchRegex,
    ColumnValuesMatchRegexList,
    ColumnValuesNotMatchLikePattern,
    ColumnValuesNotMatchLikePatternList,
    ColumnValuesNotMatchRegex,
    ColumnValuesNotMatchRegexList,
)
from great_expectations.expectations.metrics.map_metric_provider import (
    ColumnMapMetricProvider,
    column_condition_partial,
)
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

from synth_expectations.gx.datasources.duckdb.column_types import type_class
from synth_expectations.gx.datasources.duckdb.engine import DuckDBParquetEngine


class _ColumnTypes(TableMetricProvider):
    """Reads types from the description of an empty result; Great Expectations would ask PostgreSQL's catalogue."""

    metric_name = "table.column_types"
    value_keys = ("include_nested",)
    default_kwarg_values: ClassVar[dict[str, Any]] = {"include_nested": True}

    @metric_value(engine=DuckDBParquetEngine)  # type: ignore[untyped-decorator]
    def _duckdb(
        cls,  # noqa: N805 - Great Expectations makes them class methods
        execution_engine: DuckDBParquetEngine,
        metric_domain_kwargs: dict[str, Any],
        **_: Any,
    ) -> list[dict[str, Any]]:
        selectable, *__ = execution_engine.get_compute_domain(metric_domain_kwargs, MetricDomainTypes.TABLE)
        if isinstance(selectable, sa.SelectBase):  # a row condition
            selectable = selectable.subquery()
        query: sa.Select[Any] = (
            sa.select(sa.literal_column("*")).select_from(selectable).where(sa.literal_column("1 = 0"))
        )
        with execution_engine.get_connection() as connection:
            description = connection.execute(query).cursor.description  # gone with the end of the transaction
            return [
                {"name": column[0], "type": type_class(str(column[1]))(), "primary_key": False}
                for column in description
            ]


def _find(column: sa.ColumnElement[str], patterns: Sequence[str]) -> list[sa.ColumnElement[bool]]:
    # finds anywhere, as Great Expectations means it; DuckDB's `~` would want the whole value
    return [sa.func.regexp_matches(column, sa.literal(pattern)).is_(True) for pattern in patterns]


def _like(column: sa.ColumnElement[str], patterns: Sequence[str], escape: str | None) -> list[sa.ColumnElement[bool]]:
    return [column.like(sa.literal(pattern), escape=escape) for pattern in patterns]


def _combined(conditions: list[sa.ColumnElement[bool]], match_on: str | None) -> sa.ColumnElement[bool]:
    if not conditions:
        raise ValueError("At least one pattern is needed.")
    return sa.and_(*conditions) if match_on == "all" else sa.or_(*conditions)


# The keys are Great Expectations' own: registering others would change its metrics on every engine.


class _MatchRegex(ColumnMapMetricProvider):
    condition_metric_name = ColumnValuesMatchRegex.condition_metric_name
    condition_value_keys = ColumnValuesMatchRegex.condition_value_keys
    default_kwarg_values = ColumnValuesMatchRegex.default_kwarg_values

    @column_condition_partial(engine=DuckDBParquetEngine)  # type: ignore[untyped-decorator]
    def _duckdb(cls, column: Any, regex: str, **_: Any) -> Any:  # noqa: N805
        return _combined(_find(column, [regex]), None)


class _NotMatchRegex(ColumnMapMetricProvider):
    condition_metric_name = ColumnValuesNotMatchRegex.condition_metric_name
    condition_value_keys = ColumnValuesNotMatchRegex.condition_value_keys
    default_kwarg_values = ColumnValuesNotMatchRegex.default_kwarg_values

    @column_condition_partial(engine=DuckDBParquetEngine)  # type: ignore[untyped-decorator]
    def _duckdb(cls, column: Any, regex: str, **_: Any) -> Any:  # noqa: N805
        return sa.not_(_combined(_find(column, [regex]), None))


class _MatchRegexList(ColumnMapMetricProvider):
    condition_metric_name = ColumnValuesMatchRegexList.condition_metric_name
    condition_value_keys = ColumnValuesMatchRegexList.condition_value_keys
    default_kwarg_values = ColumnValuesMatchRegexList.default_kwarg_values

    @column_condition_partial(engine=DuckDBParquetEngine)  # type: ignore[untyped-decorator]
    def _duckdb(cls, column: Any, regex_list: Sequence[str], match_on: str | None = None, **_: Any) -> Any:  # noqa: N805
        return _combined(_find(column, regex_list), match_on)


class _NotMatchRegexList(ColumnMapMetricProvider):
    condition_metric_name = ColumnValuesNotMatchRegexList.condition_metric_name
    condition_value_keys = ColumnValuesNotMatchRegexList.condition_value_keys
    default_kwarg_values = ColumnValuesNotMatchRegexList.default_kwarg_values

    @column_condition_partial(engine=DuckDBParquetEngine)  # type: ignore[untyped-decorator]
    def _duckdb(cls, column: Any, regex_list: Sequence[str], **_: Any) -> Any:  # noqa: N805
        return sa.not_(_combined(_find(column, regex_list), None))


class _MatchLikePattern(ColumnMapMetricProvider):
    condition_metric_name = ColumnValuesMatchLikePattern.condition_metric_name
    condition_value_keys = ColumnValuesMatchLikePattern.condition_value_keys
    default_kwarg_values = ColumnValuesMatchLikePattern.default_kwarg_values

    @column_condition_partial(engine=DuckDBParquetEngine)  # type: ignore[untyped-decorator]
    def _duckdb(cls, column: Any, like_pattern: str, escape: str | None = None, **_: Any) -> Any:  # noqa: N805
        return _combined(_like(column, [like_pattern], escape), None)


class _NotMatchLikePattern(ColumnMapMetricProvider):
    condition_metric_name = ColumnValuesNotMatchLikePattern.condition_metric_name
    condition_value_keys = ColumnValuesNotMatchLikePattern.condition_value_keys
    default_kwarg_values = ColumnValuesNotMatchLikePattern.default_kwarg_values

    @column_condition_partial(engine=DuckDBParquetEngine)  # type: ignore[untyped-decorator]
    def _duckdb(cls, column: Any, like_pattern: str, escape: str | None = None, **_: Any) -> Any:  # noqa: N805
        return sa.not_(_combined(_like(column, [like_pattern], escape), None))


class _MatchLikePatternList(ColumnMapMetricProvider):
    condition_metric_name = ColumnValuesMatchLikePatternList.condition_metric_name
    condition_value_keys = ColumnValuesMatchLikePatternList.condition_value_keys
    default_kwarg_values = ColumnValuesMatchLikePatternList.default_kwarg_values

    @column_condition_partial(engine=DuckDBParquetEngine)  # type: ignore[untyped-decorator]
    def _duckdb(
        cls,  # noqa: N805
        column: Any,
        like_pattern_list: Sequence[str],
        match_on: str | None = None,
        escape: str | None = None,
        **_: Any,
    ) -> Any:
        return _combined(_like(column, like_pattern_list, escape), match_on)


class _NotMatchLikePatternList(ColumnMapMetricProvider):
    condition_metric_name = ColumnValuesNotMatchLikePatternList.condition_metric_name
    condition_value_keys = ColumnValuesNotMatchLikePatternList.condition_value_keys
    default_kwarg_values = ColumnValuesNotMatchLikePatternList.default_kwarg_values

    @column_condition_partial(engine=DuckDBParquetEngine)  # type: ignore[untyped-decorator]
    def _duckdb(cls, column: Any, like_pattern_list: Sequence[str], escape: str | None = None, **_: Any) -> Any:  # noqa: N805
        return sa.not_(_combined(_like(column, like_pattern_list, escape), None))
