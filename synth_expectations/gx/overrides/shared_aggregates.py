"""What Great Expectations counts of a batch whose rules are ours: counted in their scan.

Its own expectations (values that are filled, in a set, of a form) become aggregates, and these it asks in one query, for
which the records would be read once more. While the plan of the batch has not run, they are handed to it. What depends on
their values (as a deviation on its mean) comes in a second query, which stays its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from great_expectations.execution_engine import ExecutionEngine, SqlAlchemyExecutionEngine
from great_expectations.execution_engine.execution_engine import MetricComputationConfiguration
from great_expectations.util import convert_to_json_serializable

from synth_expectations.engine.adapters.aggregates import request_aggregates
from synth_expectations.engine.plan import Plan
from synth_expectations.gx.overrides.base import instead
from synth_expectations.gx.plan_metric import run_with, waiting

_Values = dict[Any, Any]


def share_scans(engine: ExecutionEngine) -> None:
    """Let an engine of SQL hand aggregates to the plan of their batch."""
    if isinstance(engine, SqlAlchemyExecutionEngine):
        instead(engine, "resolve_metric_bundle", _resolved)


def _resolved(
    engine: SqlAlchemyExecutionEngine,
    theirs: Callable[..., _Values],
    metric_fn_bundle: Iterable[MetricComputationConfiguration],
) -> _Values:
    bundle = list(metric_fn_bundle)
    found = _in_scans(engine, bundle)
    return found | theirs([each for each in bundle if each.metric_configuration.id not in found])


def _in_scans(engine: SqlAlchemyExecutionEngine, bundle: list[MetricComputationConfiguration]) -> _Values:
    """By id, those metrics that plans have computed in passing."""
    by_plan: dict[Plan, list[MetricComputationConfiguration]] = {}
    for each in bundle:
        if plan := waiting(engine, each.compute_domain_kwargs or {}):
            by_plan.setdefault(plan, []).append(each)
    found: _Values = {}
    for several in by_plan.values():
        aggregates = request_aggregates([each.metric_fn for each in several])
        if aggregates is None:
            continue  # what reads no column is answered from what a table knows of itself, and others may follow
        values = run_with(engine, several[0].compute_domain_kwargs or {}, aggregates)
        if values is not None:
            ids = [each.metric_configuration.id for each in several]
            found |= zip(ids, (convert_to_json_serializable(data=value) for value in values), strict=True)
    return found
