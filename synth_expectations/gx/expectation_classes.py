"""A Great Expectations class for each of our expectations, made from its arguments, rules and text."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from great_expectations.compatibility import pydantic as pydantic_v1
from great_expectations.core import ExpectationValidationResult
from great_expectations.core.result_format import ResultFormat
from great_expectations.core.suite_parameters import is_suite_parameter
from great_expectations.execution_engine import ExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation, MetaExpectation
from great_expectations.expectations.model_field_types import ConditionParser
from great_expectations.expectations.registry import get_metric_kwargs
from great_expectations.expectations.row_conditions import RowConditionType
from great_expectations.validator.metric_configuration import MetricConfiguration
from great_expectations.validator.validator import ValidationDependencies
from pydantic import ValidationError
from pydantic_core import PydanticUndefined, to_jsonable_python

from synth_expectations.engine.result import CheckResult
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.invalid_arguments import InvalidArgumentsError, describe_invalid_arguments
from synth_expectations.gx import plan_metric
from synth_expectations.gx.arguments import as_json, checked
from synth_expectations.gx.data_docs.renderers import RenderedExpectation
from synth_expectations.gx.overrides import shared_aggregates, unique_counts
from synth_expectations.gx.plan_metric import said
from synth_expectations.gx.results import result_of
from synth_expectations.rules.model import Check

GX_FIELDS = frozenset(BatchExpectation.__fields__) | {"row_condition", "condition_parser"}
"""Arguments that are Great Expectations' own."""
_ASKED = "synth_asked"
"""In a runtime configuration: the plan was asked before."""


class GovernedExpectation(RenderedExpectation, BatchExpectation, ABC):
    """What the classes have in common: the arguments are checked by ours, the numbers come from the plan."""

    row_condition: RowConditionType = None
    condition_parser: ConditionParser | None = None

    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id", "row_condition", "condition_parser")
    metric_dependencies: ClassVar[tuple[str, ...]] = ()

    @classmethod
    @abstractmethod
    def governed_by(cls) -> type[SyntheticDataExpectation]:
        """Our class of the same name."""

    @pydantic_v1.root_validator(pre=True, allow_reuse=True)
    def _arguments_fit(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805 - pydantic v1's way
        if values.get("batch_id"):
            return values  # made for a run: what a parameter turned out to be is judged in `_validate`
        given = own_arguments(values)
        for name, value in given.items():
            if not is_suite_parameter(value) and _holds_parameter(value):
                raise ValueError(f"{name} holds a $PARAMETER inside: only a whole argument may be one.")
        unknown_yet = {name for name, value in given.items() if is_suite_parameter(value)}
        try:
            _refuse(
                cls.governed_by(), {name: each for name, each in given.items() if name not in unknown_yet}, unknown_yet
            )
        except InvalidArgumentsError as error:
            raise ValueError(str(error)) from None  # pydantic v1 would print its attributes too
        return values

    @property
    def governed(self) -> SyntheticDataExpectation:
        """Our expectation with these arguments.

        Raises:
            SynthError: an argument is a parameter that the run was not given, or one that does not fit.
        """
        given = own_arguments(self.dict(exclude_defaults=True))
        missing = sorted(str(value["$PARAMETER"]) for value in given.values() if is_suite_parameter(value))
        if missing:
            raise SynthError(f"The parameter {missing[0]} was not given.", "Pass it with expectation_parameters.")
        return checked(self.governed_by(), given)

    def get_validation_dependencies(
        self, execution_engine: ExecutionEngine | None = None, runtime_configuration: dict[str, Any] | None = None
    ) -> ValidationDependencies:
        """Ask the plan of the batch, and depend on the metric that reads from it.

        What is wrong is raised in `_validate`, where Great Expectations catches it.
        """
        dependencies = super().get_validation_dependencies(execution_engine, runtime_configuration)
        if dependencies.result_format.get("result_format") == ResultFormat.BOOLEAN_ONLY:
            # Great Expectations would throw the result away, and with it that there was nothing to check.
            dependencies.result_format = {**dependencies.result_format, "result_format": ResultFormat.BASIC}
        try:
            governed = self.governed
            if execution_engine is None or governed.nothing_to_check():
                return dependencies
            check, as_of = governed.check, getattr(governed, "as_of", None)
        except Exception:  # noqa: BLE001 - a rule may be anyone's
            return dependencies
        domain = get_metric_kwargs(plan_metric.METRIC, self.configuration, runtime_configuration)[
            "metric_domain_kwargs"
        ]
        if not (runtime_configuration or {}).get(_ASKED):
            plan_metric.ask(execution_engine, domain, check, as_of)
            shared_aggregates.share_scans(execution_engine)
            unique_counts.by_groups(execution_engine)
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
        """Great Expectations looks the dependencies up again here: then nothing is asked anew."""
        return super().metrics_validate(
            metrics, {**(runtime_configuration or {}), _ASKED: True}, execution_engine, **more
        )

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: ExecutionEngine | None = None,
    ) -> dict[str, Any]:
        try:
            governed, answer = self.governed, metrics.get("synth.check")
            outcome = answer() if answer else None
            if outcome is None and governed.nothing_to_check() is None:
                outcome = _unanswered(governed.check)
            return result_of(governed, outcome)
        except SynthError:
            raise
        except Exception as error:  # noqa: BLE001 - a rule may be anyone's
            raise SynthError(f"It could not be evaluated: {said(error)}.", "This is a bug: report it.") from None


def made_from(governed: type[SyntheticDataExpectation]) -> type[GovernedExpectation]:
    """The Great Expectations class of one of ours: same name, same arguments; defining it registers it.

    Raises:
        SynthError: an argument is called like something that all classes of Great Expectations have.
    """
    for name in governed.model_fields:
        if name in GX_FIELDS or hasattr(GovernedExpectation, name):  # or it would be taken for theirs, and never read
            message = f"{governed.__name__} has an argument {name}, which Great Expectations has a use of its own for."
            raise SynthError(message, "Call it otherwise.")
    namespace: dict[str, Any] = {
        "__module__": "synth_expectations.gx",
        "__qualname__": governed.__name__,
        "__doc__": governed.__doc__,
        "__annotations__": dict.fromkeys(governed.model_fields, Any),
        "governed_by": classmethod(lambda cls: governed),
    }
    defaults = _defaults(governed)
    return MetaExpectation(governed.__name__, (GovernedExpectation,), namespace | defaults)  # type: ignore[return-value]


def _defaults(governed: type[SyntheticDataExpectation]) -> dict[str, Any]:
    found = {}
    for name, each in governed.model_fields.items():
        default = each.get_default(call_default_factory=True)
        found[name] = None if default is PydanticUndefined else to_jsonable_python(default)
    return found


def _unanswered(check: Check) -> CheckResult:
    message = f"It was not evaluated: nothing became of its {len(check.rules)} rules."
    return CheckResult(error=SynthError(message, "This is a bug: report it."))


def own_arguments(kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Those of an expectation's arguments that are ours: not Great Expectations' own, such as row_condition."""
    return {name: value for name, value in kwargs.items() if name not in GX_FIELDS}


def _refuse(governed: type[SyntheticDataExpectation], given: dict[str, Any], unknown_yet: Collection[str]) -> None:
    """Refuse arguments that are wrong whatever those that are parameters will be."""
    try:
        governed(**json.loads(as_json(given)))
    except ValidationError as error:
        found: list[Any] = error.errors(include_url=False)
        if unknown_yet:  # and what is wrong with all of them together may be so because some are missing
            found = [each for each in found if each["loc"] and each["loc"][0] not in unknown_yet]
        kept: list[Any] = [{key: each[key] for key in ("type", "loc", "input", "ctx") if key in each} for each in found]
        if kept:
            raise describe_invalid_arguments(governed, ValidationError.from_exception_data(error.title, kept)) from None


def _holds_parameter(value: Any) -> bool:
    if isinstance(value, dict):
        return "$PARAMETER" in value or any(map(_holds_parameter, value.values()))
    return isinstance(value, Iterable) and not isinstance(value, str) and any(map(_holds_parameter, value))
