"""The metric that reads an outcome from the plan of its batch.

Great Expectations asks every expectation of a suite for its metrics before it resolves any: there each adds its
question to the plan of its engine and batch. The first metric that is resolved runs the plan; the others read from it.
No metric raises: what is wrong stands in the outcome.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine import (
    ExecutionEngine,
    PandasExecutionEngine,
    SparkDFExecutionEngine,
    SqlAlchemyExecutionEngine,
)
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

from synth_expectations.clock import current_as_of
from synth_expectations.engines.adapter import Adapter, Statements
from synth_expectations.errors import SynthError
from synth_expectations.gx.references import reference_finder, table_name
from synth_expectations.plan import Outcome, Plan
from synth_expectations.rules import Question

METRIC = "synth.question"
"""The name of the metric; its value is an `Outcome`."""

_Domain = tuple[tuple[str, str], ...]


@dataclass
class Plans:
    """The plans of one engine, kept on it: they live and die together."""

    by_batch: dict[_Domain, Plan] = field(default_factory=dict)
    ran: dict[_Domain, Plan] = field(default_factory=dict)
    asked: dict[tuple[_Domain, str, str], Callable[[], Outcome]] = field(default_factory=dict)

    @classmethod
    def of(cls, engine: ExecutionEngine) -> Plans:
        """Those of an engine, none at first."""
        plans: Plans = vars(engine).setdefault("_synth_plans", cls())
        return plans


def ask(engine: ExecutionEngine, domain: dict[str, Any], question: Question, as_of: datetime | None) -> Plan:
    """Add a question to the plan of a batch; a plan that has run is left alone, and a new one is started."""
    here, plans = _domain(domain), Plans.of(engine)
    plan = plans.by_batch.get(here)
    if plan is not None and plan.has_run:
        plans.ran[here] = plan  # Great Expectations asks again, for nothing, when it validates
    if plan is None or plan.has_run:
        plan = plans.by_batch[here] = Plan(lambda: _adapter(engine, domain), current_as_of())
        plans.asked = {name: outcome for name, outcome in plans.asked.items() if name[0] != here}
    plans.asked[here, question.sha256, _moment(as_of)] = plan.ask(question, as_of)
    return plan


def statements_of(engine: ExecutionEngine) -> list[Statements]:
    """What the last plan of each batch of an engine sent, since they were last forgotten."""
    return [plan.adapter.statements for plan in _last(engine) if plan.adapter]


def errors_of(engine: ExecutionEngine) -> list[SynthError]:
    """What was wrong in the last plan of each batch of an engine, since they were last forgotten."""
    return [error for plan in _last(engine) for error in plan.errors()]


def _last(engine: ExecutionEngine) -> list[Plan]:
    plans = Plans.of(engine)
    ran = {batch: plan for batch, plan in plans.by_batch.items() if plan.has_run}
    return list({**plans.ran, **ran}.values())


def forget(engine: ExecutionEngine) -> None:
    """Drop the plans of an engine, with what they hold open."""
    vars(engine).pop("_synth_plans", None)


def value_kwargs(question: Question, as_of: datetime | None) -> dict[str, str]:
    """What tells metrics of one batch apart: the question, and a moment of its own if it has one."""
    return {"question": question.sha256, "as_of": _moment(as_of)}


class QuestionMetric(TableMetricProvider):
    """The outcome of a question that was asked before."""

    metric_name = METRIC
    value_keys = ("question", "as_of")

    @metric_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, **given: Any) -> Outcome:  # noqa: N805 - Great Expectations makes them class methods
        return _outcome(**given)

    @metric_value(engine=SqlAlchemyExecutionEngine)  # type: ignore[untyped-decorator]
    def _sqlalchemy(cls, **given: Any) -> Outcome:  # noqa: N805
        return _outcome(**given)

    @metric_value(engine=SparkDFExecutionEngine)  # type: ignore[untyped-decorator]
    def _spark(cls, **given: Any) -> Outcome:  # noqa: N805
        return _outcome(**given)


def _outcome(
    execution_engine: ExecutionEngine,
    metric_domain_kwargs: dict[str, Any],
    metric_value_kwargs: dict[str, Any],
    **_: Any,
) -> Outcome:
    name = (_domain(metric_domain_kwargs), metric_value_kwargs["question"], metric_value_kwargs["as_of"])
    asked = Plans.of(execution_engine).asked.get(name)
    if asked is None:
        return Outcome(error=SynthError("The question was never asked of this batch.", "This is a bug: report it."))
    return asked()


def _adapter(engine: ExecutionEngine, domain: dict[str, Any]) -> Adapter:
    """The adapter for the batch of an engine, narrowed by the domain's row condition.

    Raises:
        SynthError: the engine is none that we know, or the batch cannot be read.
    """
    batch, *_ = engine.get_compute_domain(domain, domain_type=MetricDomainTypes.TABLE)
    return adapter_for(engine, batch, reference_finder(engine, domain), table_name(engine, domain))


def adapter_for(engine: ExecutionEngine, batch: Any, find: Callable[[str], Any], table: str) -> Adapter:
    """The adapter for records of an engine.

    Args:
        engine: of the data source.
        batch: the records: a selectable, or a frame.
        find: finds references by name.
        table: what sentences call the records.

    Raises:
        SynthError: the engine is none that we know.
    """
    if isinstance(engine, SqlAlchemyExecutionEngine):
        from synth_expectations.engines.sql import SqlAdapter

        return SqlAdapter(engine.get_connection, batch, find, table)
    if isinstance(engine, PandasExecutionEngine):
        from synth_expectations.engines.frames import FrameAdapter

        return FrameAdapter(batch, find, table)
    if isinstance(engine, SparkDFExecutionEngine):
        from synth_expectations.engines.spark import SparkAdapter

        return SparkAdapter(batch, find, table)
    raise SynthError(f"No rules can be run on a {type(engine).__name__}.", "Known: SQL, pandas, Spark.")


def _domain(domain: dict[str, Any]) -> _Domain:
    return tuple(sorted((name, str(value)) for name, value in domain.items() if value is not None))


def _moment(as_of: datetime | None) -> str:
    return as_of.isoformat() if as_of else ""
