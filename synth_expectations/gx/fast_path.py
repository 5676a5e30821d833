"""A validation of expectations that are all ours, asked of the plan directly.

Great Expectations reads the suite again, makes each expectation four times over, and builds a graph of metrics of which
each is one number of the plan: for hundreds of small tables that takes longer than the queries. Where every expectation
of a suite is one of ours, with nothing that Great Expectations must work out first, the same result is made here: what
is stored is the same, field by field, which tests hold.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from great_expectations import __version__ as gx_version
from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult, RunIdentifier
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.core.suite_parameters import is_suite_parameter
from great_expectations.data_context import AbstractDataContext
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)
from great_expectations.execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.util import convert_to_json_serializable

from synth_expectations.engine.result import CheckResult
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.gx import plan_metric
from synth_expectations.gx.arguments import checked
from synth_expectations.gx.expectation_classes import GX_FIELDS
from synth_expectations.gx.plan_metric import said
from synth_expectations.gx.results import result_of


@dataclass(frozen=True)
class Direct:
    """A validation definition that can be asked directly.

    Attributes:
        id: of the definition.
        suite: as it lies in the store.
        governed: its expectations, in that order.
        batch_definition: what it judges.
    """

    id: str | None
    suite: Mapping[str, Any]
    governed: tuple[SyntheticDataExpectation, ...]
    batch_definition: BatchDefinition[Any]

    def run(
        self,
        context: AbstractDataContext,
        run_id: RunIdentifier,
        checkpoint_id: str | None,
        batch_parameters: dict[str, int] | None,
    ) -> ExpectationSuiteValidationResult:
        """Judge the batch, and store the result as Great Expectations does."""
        batch = self.batch_definition.get_batch(batch_parameters)
        engine = batch.data.execution_engine
        engine.batch_manager.load_batch_list([batch])
        domain = {"batch_id": batch.id}
        for governed in self.governed:
            if _asks(governed):
                plan_metric.ask(engine, domain, governed.check, getattr(governed, "as_of", None))
        stored = self.suite["expectations"]
        results = [
            _judged(engine, domain, each, governed) for each, governed in zip(stored, self.governed, strict=True)
        ]
        held = sum(bool(each.success) for each in results)
        result = ExpectationSuiteValidationResult(
            success=held == len(results),
            results=results,
            suite_name=self.suite["name"],
            statistics={
                "evaluated_expectations": len(results),
                "successful_expectations": held,
                "unsuccessful_expectations": len(results) - held,
                "success_percent": 100 * held / len(results),
            },
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


def direct(
    context: AbstractDataContext, definition: Mapping[str, Any], suite: Mapping[str, Any] | None
) -> Direct | None:
    """A stored validation definition, if it can be asked directly; None if Great Expectations must run it.

    Args:
        context: of the project.
        definition: as it lies in the store.
        suite: its suite, as it lies in the store.
    """
    try:
        expectations = (suite or {})["expectations"]
        governed = [_governed(each) for each in expectations]
        if not governed or None in governed:
            return None
        data = definition["data"]
        asset = context.data_sources.get(data["datasource"]["name"]).get_asset(data["asset"]["name"])
        batch_definition = asset.get_batch_definition(data["batch_definition"]["name"])
        if not issubclass(asset.datasource.execution_engine_type, SqlAlchemyExecutionEngine):
            return None  # what a frame is, the run says
    except Exception:  # noqa: BLE001 - whatever is wrong with it, Great Expectations or the runner says it
        return None
    return Direct(definition.get("id"), suite or {}, tuple(each for each in governed if each), batch_definition)


def _governed(stored: Mapping[str, Any]) -> SyntheticDataExpectation | None:
    governed, kwargs = all_expectations().get(stored["type"]), stored["kwargs"]
    if governed is None or GX_FIELDS & kwargs.keys() or any(map(is_suite_parameter, kwargs.values())):
        return None
    return checked(governed, kwargs)


def _asks(governed: SyntheticDataExpectation) -> bool:
    try:
        return governed.nothing_to_check() is None and bool(governed.check)
    except Exception:  # noqa: BLE001 - a rule may be anyone's: it is said where the result is made
        return False


def _judged(
    engine: Any, domain: dict[str, Any], stored: Mapping[str, Any], governed: SyntheticDataExpectation
) -> ExpectationValidationResult:
    configuration = ExpectationConfiguration(
        type=stored["type"],
        kwargs={**stored["kwargs"], **domain},
        meta=stored.get("meta"),
        notes=stored.get("notes"),
        description=stored.get("description"),
        severity=stored.get("severity", "critical"),
        id=stored.get("id"),
    )
    try:
        return ExpectationValidationResult(
            expectation_config=configuration, **_result(engine, domain, governed), meta={}
        )
    except SynthError as error:
        raised = {
            "raised_exception": True,
            "exception_message": str(error),
            "exception_traceback": traceback.format_exc(),
        }
        return ExpectationValidationResult(success=False, expectation_config=configuration, exception_info=raised)


def _result(engine: Any, domain: dict[str, Any], governed: SyntheticDataExpectation) -> dict[str, Any]:
    try:
        outcome: CheckResult | None = None
        if governed.nothing_to_check() is None:
            outcome = plan_metric.answer(engine, domain, governed.check, getattr(governed, "as_of", None))
        return result_of(governed, outcome)
    except SynthError:
        raise
    except Exception as error:  # noqa: BLE001 - a rule may be anyone's
        raise SynthError(f"It could not be evaluated: {said(error)}.", "This is a bug: report it.") from None
