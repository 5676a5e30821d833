"""The stores of our projects."""

from __future__ import annotations

from typing import Any

from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.data_context.store import ExpectationsStore as GxExpectationsStore
from great_expectations.data_context.store import ValidationResultsStore as GxValidationResultsStore


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

    def serialize(self, value: Any) -> Any:
        """A result as it is written."""
        if isinstance(value, ExpectationSuiteValidationResult):
            for each in value.results:
                each.success = bool(each.success)  # numpy's own, of quantiles, cannot be written
                if _shows_identifiers(each):
                    each.result = {name: found for name, found in each.result.items() if _is_count(name, found)}
        return super().serialize(value)  # type: ignore[no-untyped-call]


def _shows_identifiers(result: ExpectationValidationResult) -> bool:
    compiled = ((result.expectation_config and result.expectation_config.meta) or {}).get("synth")
    return bool(isinstance(compiled, dict) and compiled.get("of_identifiers"))


def _is_count(name: str, value: object) -> bool:
    return isinstance(value, int | float) and name.partition("_")[2].startswith(("count", "percent"))
