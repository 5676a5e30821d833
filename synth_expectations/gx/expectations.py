"""A Great Expectations class for each of our expectations, made from its arguments, rules and text."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar

from great_expectations.compatibility import pydantic as pydantic_v1
from great_expectations.core.suite_parameters import is_suite_parameter
from great_expectations.execution_engine import ExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation, MetaExpectation
from great_expectations.expectations.model_field_types import ConditionParser
from great_expectations.expectations.registry import get_metric_kwargs
from great_expectations.expectations.row_conditions import RowConditionType
from great_expectations.validator.metric_configuration import MetricConfiguration
from great_expectations.validator.validator import ValidationDependencies
from pydantic import ValidationError
from pydantic_core import PydanticUndefined

from synth_expectations.errors import SynthError
from synth_expectations.expectation import SyntheticDataExpectation
from synth_expectations.gx import metrics
from synth_expectations.gx.rendering import RenderedExpectation
from synth_expectations.gx.results import result_of
from synth_expectations.wrong import WrongArgumentsError, wrong_arguments

_GX_FIELDS = frozenset(BatchExpectation.__fields__) | {"row_condition", "condition_parser"}


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
        given = {name: value for name, value in values.items() if name not in _GX_FIELDS}
        for name, value in given.items():
            if not _is_parameter(value) and _holds_parameter(value):
                raise ValueError(f"{name} holds a $PARAMETER inside: only a whole argument may be one.")
        if not any(map(_is_parameter, given.values())):
            try:
                _checked(cls.governed_by(), _as_json(given))
            except WrongArgumentsError as error:
                raise ValueError(str(error)) from None  # pydantic v1 would print its attributes too
        return values

    @property
    def governed(self) -> SyntheticDataExpectation:
        """Our expectation with these arguments.

        Raises:
            SynthError: an argument is a parameter that the run was not given.
        """
        given = {name: value for name, value in self.dict(exclude_defaults=True).items() if name not in _GX_FIELDS}
        missing = sorted(str(value["$PARAMETER"]) for value in given.values() if _is_parameter(value))
        if missing:
            raise SynthError(f"The parameter {missing[0]} was not given.", "Pass it with expectation_parameters.")
        return _checked(self.governed_by(), _as_json(given))

    def get_validation_dependencies(
        self, execution_engine: ExecutionEngine | None = None, runtime_configuration: dict[str, Any] | None = None
    ) -> ValidationDependencies:
        """Ask the plan of the batch, and depend on the metric that reads from it.

        What is wrong is raised in `_validate`, where Great Expectations catches it.
        """
        dependencies = super().get_validation_dependencies(execution_engine, runtime_configuration)
        try:
            governed = self.governed
            if execution_engine is None or governed.nothing_to_check():
                return dependencies
            as_of = getattr(governed, "as_of", None)
            domain = get_metric_kwargs(metrics.METRIC, self.configuration, runtime_configuration)[
                "metric_domain_kwargs"
            ]
            metrics.ask(execution_engine, domain, governed.question, as_of)
        except SynthError:
            return dependencies
        metric = MetricConfiguration(metrics.METRIC, domain, metrics.value_kwargs(governed.question, as_of))
        dependencies.set_metric_configuration(metrics.METRIC, metric)
        return dependencies

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: ExecutionEngine | None = None,
    ) -> dict[str, Any]:
        return result_of(self.governed, metrics.get("synth.question"))


def made_from(governed: type[SyntheticDataExpectation]) -> type[GovernedExpectation]:
    """The Great Expectations class of one of ours: same name, same arguments; defining it registers it."""
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
    from pydantic_core import to_jsonable_python

    found = {}
    for name, each in governed.model_fields.items():
        default = each.get_default(call_default_factory=True)
        found[name] = None if default is PydanticUndefined else to_jsonable_python(default)
    return found


@lru_cache(maxsize=4096)
def _checked(governed: type[SyntheticDataExpectation], arguments: str) -> SyntheticDataExpectation:
    try:
        return governed(**json.loads(arguments))
    except ValidationError as error:
        raise wrong_arguments(governed, error) from None


def _as_json(arguments: dict[str, Any]) -> str:
    from pydantic_core import to_json

    return to_json(arguments).decode()


def _is_parameter(value: Any) -> bool:
    return is_suite_parameter(value)


def _holds_parameter(value: Any) -> bool:
    if isinstance(value, dict):
        return "$PARAMETER" in value or any(map(_holds_parameter, value.values()))
    return isinstance(value, Iterable) and not isinstance(value, str) and any(map(_holds_parameter, value))
