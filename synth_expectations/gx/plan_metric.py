"""The metric that reads an outcome from the plan of its batch.

Great Expectations asks every expectation of a suite for its metrics before it resolves any: there each adds its
question to the plan of its engine and batch. The metric answers when its expectation is judged: by then the plan has
run with what Great Expectations counts itself (see `beside`), or runs now. Nothing raises: what is wrong stands in the
outcome.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from great_expectations.core.batch import Batch
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine import (
    ExecutionEngine,
    PandasExecutionEngine,
    SparkDFExecutionEngine,
    SqlAlchemyExecutionEngine,
)
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from great_expectations.expectations.registry import get_metric_kwargs

from synth_expectations.engine.adapters.base import Adapter, Statements
from synth_expectations.engine.adapters.sqlalchemy import without_values
from synth_expectations.engine.count_query import AggregateRequest
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckKey, CheckResult
from synth_expectations.errors import ConditionError, QueryError, SynthError
from synth_expectations.gx.datasources.duckdb.engine import DuckDBExecutionEngine
from synth_expectations.gx.overrides.date_partitions import narrow
from synth_expectations.gx.references import batch_of, reference_finder, table_name
from synth_expectations.rules.as_of import current_as_of
from synth_expectations.rules.model import Check

METRIC = "synth.check"
"""The name of the metric; its value gives an `CheckResult` when called."""

Answer = Callable[[], CheckResult]

_Domain = tuple[tuple[str, str], ...]


@dataclass
class Started:
    """The plan of one validation of a batch.

    Attributes:
        plan: what is asked.
        batch: what Great Expectations loaded for this validation; each validation loads its own.
        error: what ended the plan, if something that it did not foresee did.
    """

    plan: Plan
    batch: Callable[[], Batch | None]
    error: SynthError | None = None

    def answered(self, table: str, asked: Callable[[], Any]) -> Any:
        """What is asked of the plan; None if something that it did not foresee ends it.

        Great Expectations asks a metric that raises up to three times.
        """
        if self.error is None:
            try:
                return asked()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is said of each expectation
                self.error = QueryError(f"The rules of {table} could not be run: {said(error)}.")
        return None


@dataclass
class Plans:
    """The plans of one engine, kept on it: they live and die together."""

    by_batch: dict[_Domain, Started] = field(default_factory=dict)
    keys: dict[tuple[_Domain, str, str], CheckKey] = field(default_factory=dict)

    @classmethod
    def of(cls, engine: ExecutionEngine) -> Plans:
        """Those of an engine, none at first."""
        plans: Plans = vars(engine).setdefault("_synth_plans", cls())
        return plans


def ask(engine: ExecutionEngine, domain: dict[str, Any], check: Check, as_of: datetime | None) -> Plan:
    """Add a question to the plan of a batch.

    A plan that has run is left alone, and so is one that another validation began and never ran: its questions and its
    moment are not ours.
    """
    here, plans, batch = _domain(domain), Plans.of(engine), batch_of(engine, domain)
    narrow(engine, batch)
    started = plans.by_batch.get(here)
    if started is None or started.plan.has_run or started.batch() is not batch:
        known = weakref.ref(batch) if batch else lambda: None
        plan = Plan(lambda: _adapter(engine, domain), current_as_of())
        started = plans.by_batch[here] = Started(plan, known)
        plans.keys = {name: key for name, key in plans.keys.items() if name[0] != here}
    plans.keys[here, check.sha256, _moment(as_of)] = started.plan.add(check, as_of)
    return started.plan


def statements_of(engine: ExecutionEngine) -> list[Statements]:
    """What the last plan of each batch of an engine sent, since they were last forgotten."""
    plans = (started.plan for started in Plans.of(engine).by_batch.values())
    return [plan.adapter.statements for plan in plans if plan.adapter]


def errors_of(engine: ExecutionEngine) -> list[SynthError]:
    """What was wrong in the last plan of each batch of an engine, since they were last forgotten."""
    return [error for started in Plans.of(engine).by_batch.values() for error in started.plan.errors()]


def plan_of(engine: ExecutionEngine, configuration: ExpectationConfiguration) -> Plan | None:
    """The last plan of the records that an evaluated expectation judged; None if there was none."""
    domain = get_metric_kwargs(METRIC, configuration, {})["metric_domain_kwargs"]
    started = Plans.of(engine).by_batch.get(_domain(domain))
    return started.plan if started else None


def waiting(engine: ExecutionEngine, domain: dict[str, Any]) -> Plan | None:
    """The plan of a batch that has been asked, and has not run; None if there is none."""
    started = Plans.of(engine).by_batch.get(_domain(domain))
    waits = started and not started.plan.has_run and started.batch() is batch_of(engine, domain)
    return started.plan if started and waits else None


def run_with(engine: ExecutionEngine, domain: dict[str, Any], wanted: AggregateRequest) -> Sequence[Any] | None:
    """Run the plan of a batch, with what others want of its scan: the values; None if it has none of them."""
    started = Plans.of(engine).by_batch[_domain(domain)]
    values: Sequence[Any] | None = started.answered(table_name(engine, domain), lambda: started.plan.run(wanted))
    return values


def forget(engine: ExecutionEngine) -> None:
    """Drop the plans of an engine, with what they hold open."""
    vars(engine).pop("_synth_plans", None)


def value_kwargs(check: Check, as_of: datetime | None) -> dict[str, str]:
    """What tells metrics of one batch apart: the question, and a moment of its own if it has one."""
    return {"check": check.sha256, "as_of": _moment(as_of)}


def answer(engine: ExecutionEngine, domain: dict[str, Any], check: Check, as_of: datetime | None) -> CheckResult:
    """The outcome of a question that was asked before of the same batch."""
    return _outcome(engine, domain, value_kwargs(check, as_of))


class CheckMetric(TableMetricProvider):
    """The outcome of a question that was asked before."""

    metric_name = METRIC
    value_keys = ("check", "as_of")

    @metric_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, **given: Any) -> Answer:  # noqa: N805 - Great Expectations makes them class methods
        return partial(_outcome, **given)

    @metric_value(engine=SqlAlchemyExecutionEngine)  # type: ignore[untyped-decorator]
    def _sqlalchemy(cls, **given: Any) -> Answer:  # noqa: N805
        return partial(_outcome, **given)

    @metric_value(engine=SparkDFExecutionEngine)  # type: ignore[untyped-decorator]
    def _spark(cls, **given: Any) -> Answer:  # noqa: N805
        return partial(_outcome, **given)


def _outcome(
    execution_engine: ExecutionEngine,
    metric_domain_kwargs: dict[str, Any],
    metric_value_kwargs: dict[str, Any],
    **_: Any,
) -> CheckResult:
    here = _domain(metric_domain_kwargs)
    plans = Plans.of(execution_engine)
    key = plans.keys.get((here, metric_value_kwargs["check"], metric_value_kwargs["as_of"]))
    if key is None:
        return CheckResult(
            error=SynthError("The check was never added to the plan of this batch.", "This is a bug: report it.")
        )
    started = plans.by_batch[here]
    outcome: CheckResult | None = started.answered(
        table_name(execution_engine, metric_domain_kwargs), lambda: started.plan.result_with_keys(key)
    )
    return outcome or CheckResult(error=started.error)


def _adapter(engine: ExecutionEngine, domain: dict[str, Any]) -> Adapter:
    """The adapter for the batch of an engine, narrowed by the domain's row condition.

    Raises:
        SynthError: the engine is none that we know, or the batch cannot be read.
    """
    table, condition = table_name(engine, domain), domain.get("row_condition")
    try:
        batch, *_ = engine.get_compute_domain(domain, domain_type=MetricDomainTypes.TABLE)
    except Exception as error:
        if condition is None or isinstance(error, SynthError):
            raise
        message = f"The row_condition {condition} cannot be applied to {table}: {said(error)}."
        raise ConditionError(message, "Correct it, or its condition_parser.") from None
    return adapter_for(engine, batch, reference_finder(engine, domain), table)


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
        from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter

        if isinstance(engine, DuckDBExecutionEngine):
            return SqlAdapter(engine.get_connection, batch, find, table, engine.reads_far_away, engine.described)
        return SqlAdapter(engine.get_connection, batch, find, table)
    if isinstance(engine, PandasExecutionEngine):
        from synth_expectations.engine.adapters.pandas import FrameAdapter

        return FrameAdapter(batch, find, table)
    if isinstance(engine, SparkDFExecutionEngine):
        from synth_expectations.engine.adapters.spark import SparkAdapter

        return SparkAdapter(batch, find, table)
    raise SynthError(f"No rules can be run on a {type(engine).__name__}.", "Known: SQL, pandas, Spark.")


def _domain(domain: dict[str, Any]) -> _Domain:
    return tuple(sorted((name, str(value)) for name, value in domain.items() if value is not None))


def said(error: Exception) -> str:
    """What another library raised, in a line, without values of the data."""
    message = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
    return without_values(f"{type(error).__name__}: {message}" if message else type(error).__name__).rstrip(".")


def _moment(as_of: datetime | None) -> str:
    return as_of.isoformat() if as_of else ""
