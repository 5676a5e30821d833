"""Compute Great Expectations' own aggregates in the same scan as the checks of this package.

Its expectations (values that are filled, in a set, of a form) become aggregates, which it selects in one query: the
records would be read once more. While the plan of the batch has not run, the plan takes them. What depends on their
values (as a deviation depends on its mean) comes in a second query, which Great Expectations runs itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from great_expectations.execution_engine import (
    ExecutionEngine,
    SparkDFExecutionEngine,
    SqlAlchemyExecutionEngine,
)
from great_expectations.execution_engine.execution_engine import MetricComputationConfiguration
from great_expectations.util import convert_to_json_serializable

from synth_expectations.engine.adapters.aggregates import request_aggregates
from synth_expectations.engine.count_query import AggregateRequest
from synth_expectations.engine.plan import Plan
from synth_expectations.gx.internals import RESOLVE_BUNDLE, RESOLVE_SPARK_BUNDLE
from synth_expectations.gx.overrides.base import override_method
from synth_expectations.gx.plan_metric import pending_plan, run_plan

_Values = dict[Any, Any]
_ROW_COUNT = "table.row_count"


def share_scans(engine: ExecutionEngine) -> None:
    """Let an engine of SQL or Spark pass its aggregates to the plan of their batch."""
    if isinstance(engine, SqlAlchemyExecutionEngine):
        override_method(engine, RESOLVE_BUNDLE, _resolve_bundle)
    elif isinstance(engine, SparkDFExecutionEngine):
        override_method(engine, RESOLVE_SPARK_BUNDLE, _resolve_bundle)


def _resolve_bundle(
    engine: ExecutionEngine,
    original: Callable[..., _Values],
    metric_fn_bundle: Iterable[MetricComputationConfiguration],
) -> _Values:
    bundle = list(metric_fn_bundle)
    shared = _compute_in_plans(engine, bundle)
    return shared | original([metric for metric in bundle if metric.metric_configuration.id not in shared])


def _compute_in_plans(engine: ExecutionEngine, bundle: list[MetricComputationConfiguration]) -> _Values:
    """Return the values of the metrics that pending plans could compute, by id."""
    by_plan: dict[Plan, list[MetricComputationConfiguration]] = {}
    for metric in bundle:
        if plan := pending_plan(engine, metric.compute_domain_kwargs or {}):
            by_plan.setdefault(plan, []).append(metric)
    shared: _Values = {}
    for metrics in by_plan.values():
        aggregates = _request(engine, metrics)
        if aggregates is None:
            continue  # a count of rows may need no scan at all: the next plan may still have aggregates
        values = run_plan(engine, metrics[0].compute_domain_kwargs or {}, aggregates)
        if values is not None:
            ids = [metric.metric_configuration.id for metric in metrics]
            shared |= zip(ids, (convert_to_json_serializable(data=value) for value in values), strict=True)
    return shared


def _request(engine: ExecutionEngine, metrics: Sequence[MetricComputationConfiguration]) -> AggregateRequest | None:
    """Return a request for the aggregates of one batch; None if they read no column."""
    expressions = [metric.metric_fn for metric in metrics]
    if not isinstance(engine, SparkDFExecutionEngine):
        return request_aggregates(expressions)
    if all(metric.metric_configuration.metric_name == _ROW_COUNT for metric in metrics):
        return None
    # which columns an expression of Spark reads is private to it: those that none reads are not read from the files
    rows = engine.get_domain_records(metrics[0].compute_domain_kwargs or {})
    return AggregateRequest(expressions, frozenset(rows.columns))
