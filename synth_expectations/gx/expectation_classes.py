"""The Great Expectations class of each expectation of this package, made from its arguments, rules and text."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from great_expectations.compatibility import pydantic as pydantic_v1
from great_expectations.core import ExpectationValidationResult
from great_expectations.core.suite_parameters import is_suite_parameter
from great_expectations.execution_engine import ExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation, MetaExpectation
from great_expectations.expectations.model_field_types import ConditionParser
from great_expectations.expectations.row_conditions import RowConditionType
from great_expectations.validator.metric_configuration import MetricConfiguration
from great_expectations.validator.validator import ValidationDependencies
from pydantic import ValidationError
from pydantic_core import PydanticUndefined, to_jsonable_python

from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.invalid_arguments import InvalidArgumentsError, describe_invalid_arguments
from synth_expectations.gx import internals, plan_metric
from synth_expectations.gx.data_docs.renderers import RenderedExpectation
from synth_expectations.gx.overrides import shared_aggregates, unique_counts
from synth_expectations.gx.planned_batch import PlannedBatch
from synth_expectations.validation.arguments import GX_FIELDS, as_json, make_expectation, own_arguments
from synth_expectations.validation.counted_batch import CountedBatch, UncountedBatch
from synth_expectations.validation.results import evaluate

_PLANNED = "synth_planned"
"""In a runtime configuration: the check is in the plan already."""


class PlannedExpectation(RenderedExpectation, BatchExpectation, ABC):
    """The base of the classes: this package checks the arguments, and the plan of the batch counts."""

    row_condition: RowConditionType = None
    condition_parser: ConditionParser | None = None

    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id", "row_condition", "condition_parser")
    metric_dependencies: ClassVar[tuple[str, ...]] = ()

    @classmethod
    @abstractmethod
    def source_class(cls) -> type[SyntheticDataExpectation]:
        """Return the class of the same name that this one was made from."""

    @pydantic_v1.root_validator(pre=True, allow_reuse=True)
    def _arguments_fit(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805 - pydantic v1's way
        if values.get("batch_id"):
            return values  # made for a run: `_validate` checks the values that parameters have by then
        given = own_arguments(values)
        for name, value in given.items():
            if not is_suite_parameter(value) and _holds_parameter(value):
                raise ValueError(f"{name} holds a $PARAMETER inside: only a whole argument may be one.")
        parameters = {name for name, value in given.items() if is_suite_parameter(value)}
        try:
            known = {name: value for name, value in given.items() if name not in parameters}
            _refuse_arguments(cls.source_class(), known, parameters)
        except InvalidArgumentsError as error:
            raise ValueError(str(error)) from None  # pydantic v1 would print its attributes too
        return values

    @property
    def expectation(self) -> SyntheticDataExpectation:
        """Return the expectation of this package with these arguments.

        Raises:
            SynthError: an argument is a parameter that the run was not given, or one that does not fit.
        """
        given = own_arguments(self.dict(exclude_defaults=True))
        missing = sorted(str(value["$PARAMETER"]) for value in given.values() if is_suite_parameter(value))
        if missing:
            raise SynthError(f"The parameter {missing[0]} was not given.", "Pass it with expectation_parameters.")
        return make_expectation(self.source_class(), given)

    def get_validation_dependencies(
        self, execution_engine: ExecutionEngine | None = None, runtime_configuration: dict[str, Any] | None = None
    ) -> ValidationDependencies:
        """Add the check to the plan of the batch, and depend on the metric that reads its result.

        An error is raised later, in `_validate`, where Great Expectations catches it.
        """
        dependencies = super().get_validation_dependencies(execution_engine, runtime_configuration)
        try:
            expectation = self.expectation
            if execution_engine is None:
                return dependencies
            check, as_of = expectation.planned_check, getattr(expectation, "as_of", None)
        except Exception:  # noqa: BLE001 - a rule may be anyone's
            return dependencies
        domain = plan_metric.domain_of(self.configuration, runtime_configuration)
        if not (runtime_configuration or {}).get(_PLANNED):
            plan_metric.add_to_plan(execution_engine, domain, check, as_of)
            shared_aggregates.share_scans(execution_engine)
            unique_counts.count_by_groups(execution_engine)
        metric = MetricConfiguration(plan_metric.METRIC, domain, plan_metric.value_kwargs(check, as_of))
        dependencies.set_metric_configuration(plan_metric.METRIC, metric)
        return dependencies

    def metrics_validate(
        self,
        metrics: dict[Any, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: ExecutionEngine | None = None,
        **more: Any,
    ) -> ExpectationValidationResult:
        """Evaluate the metrics; the plan keeps its checks although Great Expectations reads the dependencies again."""
        return super().metrics_validate(
            metrics, {**(runtime_configuration or {}), _PLANNED: True}, execution_engine, **more
        )

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: ExecutionEngine | None = None,
    ) -> dict[str, Any]:
        counted: CountedBatch = UncountedBatch()
        if execution_engine is not None and plan_metric.METRIC in metrics:
            domain = plan_metric.domain_of(self.configuration, runtime_configuration)
            counted = PlannedBatch(execution_engine, domain)
        return evaluate(lambda: self.expectation, counted, (runtime_configuration or {}).get("result_format"))


def make_gx_class(source: type[SyntheticDataExpectation]) -> type[PlannedExpectation]:
    """Return the Great Expectations class of an expectation class: same name, same arguments.

    Great Expectations registers it as soon as it is defined.

    Raises:
        SynthError: an argument has the name of an attribute that every class of Great Expectations has.
    """
    for name in source.model_fields:
        if name in GX_FIELDS or hasattr(PlannedExpectation, name):  # it would hide theirs, or never be read
            message = f"{source.__name__} has an argument {name}, a name that Great Expectations uses itself."
            raise SynthError(message, "Give the argument another name.")
    namespace: dict[str, Any] = {
        "__module__": "synth_expectations.gx",
        "__qualname__": source.__name__,
        "__doc__": source.__doc__,
        "__annotations__": dict.fromkeys(source.model_fields, Any),
        "source_class": classmethod(lambda cls: source),
    }
    defaults = _defaults(source)
    made: type[PlannedExpectation] = MetaExpectation(source.__name__, (PlannedExpectation,), namespace | defaults)
    internals.register_renderers(made)
    return made


def _defaults(source: type[SyntheticDataExpectation]) -> dict[str, Any]:
    defaults = {}
    for name, field in source.model_fields.items():
        default = field.get_default(call_default_factory=True)
        defaults[name] = None if default is PydanticUndefined else to_jsonable_python(default)
    return defaults


def _refuse_arguments(
    source: type[SyntheticDataExpectation], known: Mapping[str, Any], parameters: Collection[str]
) -> None:
    """Refuse arguments that are wrong whatever values the parameters will have.

    Args:
        source: the class that takes them.
        known: the arguments that have a value.
        parameters: the names of those that wait for the run.

    Raises:
        InvalidArgumentsError: they do not fit.
    """
    try:
        source(**json.loads(as_json(known)))
    except ValidationError as error:
        problems: list[Any] = error.errors(include_url=False)
        if parameters:  # a problem of several arguments together may only be that one of them is not known yet
            problems = [problem for problem in problems if problem["loc"] and problem["loc"][0] not in parameters]
        line_errors: list[Any] = [
            {key: problem[key] for key in ("type", "loc", "input", "ctx") if key in problem} for problem in problems
        ]
        if line_errors:
            raise describe_invalid_arguments(
                source, ValidationError.from_exception_data(error.title, line_errors)
            ) from None


def _holds_parameter(value: Any) -> bool:
    if isinstance(value, dict):
        return "$PARAMETER" in value or any(map(_holds_parameter, value.values()))
    return isinstance(value, Iterable) and not isinstance(value, str) and any(map(_holds_parameter, value))
