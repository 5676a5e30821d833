"""The metric that reads the result of a check from the plan of its batch.

Great Expectations asks every expectation of a suite for its metrics before it resolves any of them. There, each
expectation adds its check to the plan of its engine and batch. The metric returns the result when its expectation is
evaluated: by then the plan has run together with Great Expectations' own aggregates (see `overrides.shared_aggregates`),
or it runs now. The metric never raises: an error is part of the result.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

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
from synth_expectations.engine.count_query import AggregateRequest
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckKey, CheckResult
from synth_expectations.engine.rows_of_no_day import RowsOfNoDay
from synth_expectations.errors import ConditionError, SynthError
from synth_expectations.gx.batch_rows import count_batch_rows
from synth_expectations.gx.overrides.date_partitions import narrow_to_partition
from synth_expectations.gx.references import (
    accepts_row_security,
    batch_of,
    datasource_of,
    reference_finder,
    table_name,
)
from synth_expectations.redaction import format_crash
from synth_expectations.rules.as_of import current_as_of
from synth_expectations.rules.model import Check
from synth_expectations.rules.time_limit import TimeLimit
from synth_expectations.validation.batch_plan import BatchPlan
from synth_expectations.validation.file_watch import FileWatch
from synth_expectations.validation.sql_adapter import make_sql_adapter
from synth_expectations.validation.table_rows import TableRows
from synth_expectations.validation.time_limits import read_time_limit

METRIC = "synth.check"
"""The name of the metric. Its value is a function that gives a `CheckResult`."""

Answer = Callable[[], CheckResult]

_Domain = tuple[tuple[str, str], ...]


@dataclass
class EnginePlans:
    """The plans of one engine. They are an attribute of it, so that they live as long as it does."""

    by_batch: dict[_Domain, BatchPlan] = field(default_factory=dict)
    keys: dict[tuple[_Domain, str, str], CheckKey] = field(default_factory=dict)
    rows: dict[_Domain, TableRows] = field(default_factory=dict)

    @classmethod
    def of(cls, engine: ExecutionEngine) -> EnginePlans:
        """Return the plans of an engine; it has none at first."""
        plans: EnginePlans = vars(engine).setdefault("_synth_plans", cls())
        return plans

    def narrow(self, engine: ExecutionEngine, batch_id: str | None) -> EnginePlans:
        """Return those of one batch, as it was loaded last; all if no batch is named."""
        if batch_id is None:
            return self
        batch = batch_of(engine, {"batch_id": batch_id})
        of_batch = {
            domain: known
            for domain, known in self.by_batch.items()
            if ("batch_id", batch_id) in domain and batch is not None and known.batch() is batch
        }
        rows = {domain: counted for domain, counted in self.rows.items() if domain in of_batch}
        return EnginePlans(of_batch, rows=rows)


def add_to_plan(engine: ExecutionEngine, domain: dict[str, Any], check: Check, as_of: datetime | None) -> Plan:
    """Add a check to the plan of a batch, and return the plan.

    A plan that has run is replaced, and so is one that another validation began and never ran: it has checks and an
    as_of of its own.
    """
    key, plans, batch = _domain(domain), EnginePlans.of(engine), batch_of(engine, domain)
    narrow_to_partition(engine, batch)
    known = plans.by_batch.get(key)
    if known is None or known.plan.has_run or known.batch() is not batch:
        reference = weakref.ref(batch) if batch else lambda: None
        was_read = known is not None and known.plan.has_run and known.batch() is batch
        watch = FileWatch(engine, lambda: datasource_of(engine, domain), was_read=was_read)
        plan = Plan(lambda: _adapter(engine, domain, watch), current_as_of())
        known = plans.by_batch[key] = BatchPlan(plan, reference, watch)
        plans.keys = {name: check_key for name, check_key in plans.keys.items() if name[0] != key}
    plans.keys[key, check.sha256, _as_text(as_of)] = known.plan.add(check, as_of)
    return known.plan


def plans_of(engine: ExecutionEngine, batch_id: str | None = None) -> list[BatchPlan]:
    """Return the last plan of each batch of an engine, or of one, since `forget_plans` was called."""
    return list(EnginePlans.of(engine).narrow(engine, batch_id).by_batch.values())


def statements_of(engine: ExecutionEngine, batch_id: str | None = None) -> list[Statements]:
    """Return what the last plan of each batch of an engine, or of one, sent since `forget_plans` was called."""
    plans = (known.plan for known in plans_of(engine, batch_id))
    return [plan.adapter.statements for plan in plans if plan.adapter]


def sql_of(engine: ExecutionEngine, batch_id: str | None = None) -> tuple[str, ...]:
    """Return the SQL that the last plan of each batch, or of one, sent, with each value that was read from the data masked."""
    return tuple(sql for known in plans_of(engine, batch_id) for sql in known.sent_sql)


def errors_of(engine: ExecutionEngine, batch_id: str | None = None) -> list[SynthError]:
    """Return the errors of the last plan of each batch of an engine, or of one, since `forget_plans` was called."""
    return [error for known in plans_of(engine, batch_id) for error in known.plan.errors()]


def rows_of_no_day_of(engine: ExecutionEngine, batch_id: str | None = None) -> RowsOfNoDay | None:
    """Return the rows of no day of the last batch of an engine, or of one; None if it was not a day, month or year."""
    counted = EnginePlans.of(engine).narrow(engine, batch_id).rows.values()
    return next((rows.no_day for rows in counted if rows.no_day), None)


def domain_of(configuration: ExpectationConfiguration, runtime: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return which records an expectation is about, in the words of Great Expectations' metrics."""
    domain: dict[str, Any] = get_metric_kwargs(METRIC, configuration, runtime)["metric_domain_kwargs"]
    return domain


def plan_of(engine: ExecutionEngine, configuration: ExpectationConfiguration) -> Plan | None:
    """Return the last plan of the records that an expectation evaluated; None if there was none."""
    known = batch_plan_of(engine, domain_of(configuration))
    return known.plan if known else None


def batch_plan_of(engine: ExecutionEngine, domain: dict[str, Any]) -> BatchPlan | None:
    """Return the last plan of a batch; None if there was none."""
    return EnginePlans.of(engine).by_batch.get(_domain(domain))


def pending_plan(engine: ExecutionEngine, domain: dict[str, Any]) -> Plan | None:
    """Return the batch's plan if it has checks but has not run yet."""
    known = batch_plan_of(engine, domain)
    return known.plan if known and not known.plan.has_run and known.batch() is batch_of(engine, domain) else None


def run_plan(engine: ExecutionEngine, domain: dict[str, Any], aggregates: AggregateRequest) -> Sequence[Any] | None:
    """Run the plan of a batch with aggregates of others in its scan, and return their values; None if it has none."""
    known = EnginePlans.of(engine).by_batch[_domain(domain)]
    values: Sequence[Any] | None = known.call(table_name(engine, domain), lambda: known.plan.run(aggregates))
    return values


def forget_plans(engine: ExecutionEngine) -> None:
    """Drop the plans of an engine, with what they hold open."""
    vars(engine).pop("_synth_plans", None)


def value_kwargs(check: Check, as_of: datetime | None) -> dict[str, str]:
    """Return what tells the metrics of one batch apart: the check, and its own as_of if it has one."""
    return {"check": check.sha256, "as_of": _as_text(as_of)}


def read_result(
    engine: ExecutionEngine, domain: dict[str, Any], check: Check, as_of: datetime | None, *, with_keys: bool = True
) -> CheckResult:
    """Return the result of a check that the plan of the batch has, with some record keys on request."""
    return _read(engine, domain, value_kwargs(check, as_of), with_keys=with_keys)


class CheckMetric(TableMetricProvider):
    """The result of a check that the plan of the batch has."""

    metric_name = METRIC
    value_keys = ("check", "as_of")

    @metric_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, **given: Any) -> Answer:  # noqa: N805 - Great Expectations makes them class methods
        return partial(_read, **given)

    @metric_value(engine=SqlAlchemyExecutionEngine)  # type: ignore[untyped-decorator]
    def _sqlalchemy(cls, **given: Any) -> Answer:  # noqa: N805
        return partial(_read, **given)

    @metric_value(engine=SparkDFExecutionEngine)  # type: ignore[untyped-decorator]
    def _spark(cls, **given: Any) -> Answer:  # noqa: N805
        return partial(_read, **given)


def _read(
    execution_engine: ExecutionEngine,
    metric_domain_kwargs: dict[str, Any],
    metric_value_kwargs: dict[str, Any],
    *,
    with_keys: bool = True,
    **_: Any,
) -> CheckResult:
    key = _domain(metric_domain_kwargs)
    plans = EnginePlans.of(execution_engine)
    check_key = plans.keys.get((key, metric_value_kwargs["check"], metric_value_kwargs["as_of"]))
    if check_key is None:
        unknown = SynthError("The check was never added to the plan of this batch.", "This is a bug: report it.")
        return CheckResult(error=unknown)
    known = plans.by_batch[key]
    read = known.plan.result_with_keys if with_keys else known.plan.result
    result: CheckResult | None = known.call(table_name(execution_engine, metric_domain_kwargs), lambda: read(check_key))
    error = known.find_change()
    if result is None or error:
        return CheckResult(error=error)
    is_narrowed = metric_domain_kwargs.get("row_condition") is not None
    return result if is_narrowed or key not in plans.rows else plans.rows[key].complete(result)


def _adapter(engine: ExecutionEngine, domain: dict[str, Any], watch: FileWatch) -> Adapter:
    """Return the adapter for the batch of an engine, narrowed by the domain's row condition.

    Raises:
        SynthError: the engine is not supported, or the batch cannot be read.
    """
    table, condition = table_name(engine, domain), domain.get("row_condition")
    try:
        batch, *_ = engine.get_compute_domain(domain, domain_type=MetricDomainTypes.TABLE)
    except Exception as error:
        if condition is None or isinstance(error, SynthError):
            raise
        message = f"The row_condition {condition} cannot be applied to {table}: {format_crash(error)}."
        raise ConditionError(message, "Correct it, or its condition_parser.") from None
    watch.note(table)
    find, accepts = watch.follow(reference_finder(engine, domain)), partial(accepts_row_security, engine, domain)
    limit = read_time_limit(getattr(batch_of(engine, domain), "data_asset", None))
    adapter = adapter_for(engine, batch, find, table, accepts, limit)
    open_table = partial(adapter_for, engine, find=find, table=table, accepts=accepts, limit=limit)
    rows = count_batch_rows(batch_of(engine, domain), table, adapter, open_table)
    EnginePlans.of(engine).rows[_domain(domain)] = rows
    rows.refuse_no_day()
    return adapter


def adapter_for(
    engine: ExecutionEngine,
    batch: Any,
    find: Callable[[str], Any],
    table: str,
    accepts: Callable[[str], bool] = lambda _: False,
    limit: TimeLimit | None = None,
) -> Adapter:
    """Return the adapter for records of an engine.

    Args:
        engine: of the data source.
        batch: the records: a selectable, or a frame.
        find: finds references by name.
        table: the name of the records in sentences.
        accepts: whether the policy accepts that row-level security filters a table, by its name.
        limit: how long a query may take; None for any time.

    Raises:
        SynthError: the engine is not supported.
    """
    if isinstance(engine, SqlAlchemyExecutionEngine):
        return make_sql_adapter(engine, batch, find, table, accepts, limit)
    if isinstance(engine, PandasExecutionEngine):
        from synth_expectations.engine.adapters.pandas import FrameAdapter

        return FrameAdapter(batch, find, table, limit)
    if isinstance(engine, SparkDFExecutionEngine):
        from synth_expectations.engine.adapters.spark import SparkAdapter

        return SparkAdapter(batch, find, table, limit)
    raise SynthError(f"No rules can be run on a {type(engine).__name__}.", "Known: SQL, pandas, Spark.")


def _domain(domain: dict[str, Any]) -> _Domain:
    return tuple(sorted((name, str(value)) for name, value in domain.items() if value is not None))


def _as_text(as_of: datetime | None) -> str:
    return as_of.isoformat() if as_of else ""
