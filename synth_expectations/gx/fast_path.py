"""A validation whose expectations are all plain ones of this package, asked of the plan directly.

Great Expectations reads the suite again, makes each expectation four times over, and builds a graph of metrics of which
each is one number of the plan: for hundreds of small tables that takes longer than the queries. Where every expectation
of a suite is plain (see `arguments.is_plain`), the same result is made here. What is stored is the same, field by
field; tests hold that.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from great_expectations import __version__ as gx_version
from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult, RunIdentifier
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.data_context import AbstractDataContext
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)
from great_expectations.execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.util import convert_to_json_serializable

from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.gx import plan_metric
from synth_expectations.gx.planned_batch import PlannedBatch
from synth_expectations.validation.arguments import read_plain
from synth_expectations.validation.result_document import count_successes
from synth_expectations.validation.results import evaluate


@dataclass(frozen=True)
class FastValidation:
    """A validation definition that the plan can evaluate directly.

    Attributes:
        id: of the definition.
        suite: as it lies in the store.
        expectations: of the suite, in its order.
        batch_definition: of the records.
    """

    id: str | None
    suite: Mapping[str, Any]
    expectations: tuple[SyntheticDataExpectation, ...]
    batch_definition: BatchDefinition[Any]

    def run(
        self,
        context: AbstractDataContext,
        run_id: RunIdentifier,
        checkpoint_id: str | None,
        batch_parameters: dict[str, int] | None,
        result_format: object,
    ) -> ExpectationSuiteValidationResult:
        """Evaluate the batch, and store the result as Great Expectations does."""
        batch = self.batch_definition.get_batch(batch_parameters)
        engine = batch.data.execution_engine
        engine.batch_manager.load_batch_list([batch])
        domain = {"batch_id": batch.id}
        for expectation in filter(_has_check, self.expectations):
            plan_metric.add_to_plan(engine, domain, expectation.planned_check, getattr(expectation, "as_of", None))
        results = [
            _evaluate(PlannedBatch(engine, domain), stored, expectation, result_format)
            for stored, expectation in zip(self.suite["expectations"], self.expectations, strict=True)
        ]
        statistics = count_successes(bool(result.success) for result in results)
        result = ExpectationSuiteValidationResult(
            success=not statistics["unsuccessful_expectations"],
            results=results,
            suite_name=self.suite["name"],
            statistics=statistics,
            meta={
                "great_expectations_version": gx_version,
                "batch_spec": convert_to_json_serializable(batch.batch_spec),
                "batch_markers": batch.batch_markers,
                "active_batch_definition": convert_to_json_serializable(batch.batch_definition),
                "validation_id": self.id,
                "checkpoint_id": checkpoint_id,
                "run_id": run_id,
                "validation_time": run_id.run_time,
                "batch_parameters": dict(batch_parameters) if batch_parameters else None,
            },
            batch_id=batch.id,
        )
        suite = ExpectationSuiteIdentifier(name=self.suite["name"])
        key = ValidationResultIdentifier(batch_identifier=batch.id, expectation_suite_identifier=suite, run_id=run_id)
        context.validation_results_store.store_validation_results(result, key, suite)
        return result


def read_fast_validation(
    context: AbstractDataContext, definition: Mapping[str, Any], suite: Mapping[str, Any] | None
) -> FastValidation | None:
    """Return a stored validation definition if the plan can evaluate it; None if Great Expectations must run it.

    Args:
        context: of the project.
        definition: as it lies in the store.
        suite: its suite, as it lies in the store.
    """
    try:
        expectations = [read_plain(stored) for stored in (suite or {})["expectations"]]
        if not expectations or None in expectations:
            return None
        data = definition["data"]
        asset = context.data_sources.get(data["datasource"]["name"]).get_asset(data["asset"]["name"])
        batch_definition = asset.get_batch_definition(data["batch_definition"]["name"])
        if not issubclass(asset.datasource.execution_engine_type, SqlAlchemyExecutionEngine):
            return None  # only a run gives the frames of a data source
    except Exception:  # noqa: BLE001 - whatever is wrong with it, Great Expectations or the runner reports it
        return None
    return FastValidation(definition.get("id"), suite or {}, tuple(filter(None, expectations)), batch_definition)


def _has_check(expectation: SyntheticDataExpectation) -> bool:
    try:
        return bool(expectation.planned_check)
    except Exception:  # noqa: BLE001 - a rule may be anyone's: `evaluate` reports what it raises
        return False


def _evaluate(
    counted: PlannedBatch,
    stored: Mapping[str, Any],
    expectation: SyntheticDataExpectation,
    result_format: object,
) -> ExpectationValidationResult:
    configuration = ExpectationConfiguration(
        type=stored["type"],
        kwargs={**stored["kwargs"], **counted.domain},
        meta=stored.get("meta"),
        notes=stored.get("notes"),
        description=stored.get("description"),
        severity=stored.get("severity", "critical"),
        id=stored.get("id"),
    )
    try:
        found = evaluate(lambda: expectation, counted, result_format)
    except SynthError as error:
        raised = {
            "raised_exception": True,
            "exception_message": str(error),
            "exception_traceback": traceback.format_exc(),
        }
        return ExpectationValidationResult(success=False, expectation_config=configuration, exception_info=raised)
    return ExpectationValidationResult(expectation_config=configuration, **found)
