"""The stores of our projects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.data_context.store import ExpectationsStore as GxExpectationsStore
from great_expectations.data_context.store import ValidationResultsStore as GxValidationResultsStore
from great_expectations.util import convert_to_json_serializable

from synth_expectations.expectations.catalogue import all_expectations


class ExpectationsStore(GxExpectationsStore):
    """Great Expectations' own store, under a module of ours.

    A `great_expectations.yml` that names it makes every process that opens the project import us, or fail loudly.
    Without that, Great Expectations drops the expectations that it does not know, and passes with what is left.
    """


class ValidationResultsStore(GxValidationResultsStore):
    """Great Expectations' own store, for results that say nothing of a person.

    Its own expectations keep observed values: the least e-mail address of a table, say. Where the policy names a
    column an identifier, only counts are kept; Data Docs are made from what is kept.
    """

    _at_hand: Mapping[Any, ExpectationSuiteValidationResult] = MappingProxyType({})

    @contextmanager
    def at_hand(self, results: Mapping[Any, ExpectationSuiteValidationResult]) -> Iterator[None]:
        """Give out results that were just written as they are, instead of reading them again."""
        self._at_hand = results
        try:
            yield
        finally:
            del self._at_hand

    def get(self, key: Any) -> Any:
        """A result: one at hand, or from the store."""
        return self._at_hand.get(key) or super().get(key)

    def serialize(self, value: Any) -> Any:
        """A result as it is written."""
        if isinstance(value, ExpectationSuiteValidationResult):
            if all(_is_ours(each) for each in value.results):
                return written(value)
            for each in value.results:
                each.success = bool(each.success)  # numpy's own, of quantiles, cannot be written
                if _shows_identifiers(each):
                    each.result = {name: found for name, found in each.result.items() if _is_count(name, found)}
        return super().serialize(value)  # type: ignore[no-untyped-call]


def written(result: ExpectationSuiteValidationResult) -> str:
    """The text of a result of our expectations alone: what Great Expectations would write, an expectation a line.

    It copies a result a dozen times before it is text, which for small tables takes longer than their queries; of ours
    it is known that all of it is plain JSON.
    """
    head = {
        "id": result.id,
        "meta": convert_to_json_serializable(dict(result.meta)),
        "statistics": result.statistics,
        "success": result.success,
        "suite_name": result.suite_name,
        "suite_parameters": result.suite_parameters,
    }
    each = ",\n".join(json.dumps(_plain(one), sort_keys=True) for one in result.results)
    return f'{{"results": [\n{each}\n],\n{json.dumps(head, sort_keys=True)[1:]}\n'


def _plain(result: ExpectationValidationResult) -> dict[str, Any]:
    config = result.expectation_config
    optional = {"id": config.id, "notes": config.notes, "description": config.description}
    return {
        "exception_info": dict(result.exception_info),
        "expectation_config": {
            "kwargs": config.kwargs,
            "meta": config.meta,
            "severity": getattr(config.severity, "value", config.severity),
            "type": config.type,
            **{name: value for name, value in optional.items() if value is not None},
        },
        "meta": result.meta,
        "result": result.result,
        "success": result.success,
    }


def _is_ours(result: ExpectationValidationResult) -> bool:
    config = result.expectation_config
    # what Great Expectations makes of a row condition is no plain JSON
    return bool(config and config.type in all_expectations() and not config.kwargs.get("row_condition"))


def _shows_identifiers(result: ExpectationValidationResult) -> bool:
    compiled = ((result.expectation_config and result.expectation_config.meta) or {}).get("synth")
    return bool(isinstance(compiled, dict) and compiled.get("of_identifiers"))


def _is_count(name: str, value: object) -> bool:
    return isinstance(value, int | float) and name.partition("_")[2].startswith(("count", "percent"))
