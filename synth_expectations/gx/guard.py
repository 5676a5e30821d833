"""What a run left unsaid: expectations that were stored but not evaluated, and results that prove nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from great_expectations.checkpoint import CheckpointResult
from great_expectations.checkpoint.actions import ActionContext, ValidationAction
from great_expectations.core import ExpectationSuiteValidationResult
from great_expectations.core.suite_parameters import is_suite_parameter
from great_expectations.data_context import AbstractDataContext
from great_expectations.data_context.store import ExpectationsStore
from great_expectations.data_context.types.resource_identifiers import ExpectationSuiteIdentifier

import synth_expectations
from synth_expectations.errors import SynthError
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.expectations.invalid_arguments import InvalidArgumentsError
from synth_expectations.gx.arguments import checked
from synth_expectations.gx.data_docs.renderers import exception_message
from synth_expectations.gx.expectation_classes import own_arguments


class NotEvaluatedError(SynthError):
    """A run ended, but not everything that was stored was evaluated."""


@dataclass(frozen=True)
class Problem:
    """Something that makes a run errored.

    Attributes:
        suite: the name of the suite.
        expectation: the type of the expectation; empty for the suite as a whole.
        message: what is wrong.
    """

    suite: str
    expectation: str
    message: str

    def shown(self) -> str:
        """As one line."""
        return f"{self.suite}: {self.expectation + ': ' if self.expectation else ''}{self.message}"


def stored_suite(context: AbstractDataContext, name: str) -> dict[str, Any] | None:
    """A suite as it lies in the store, before Great Expectations dropped what it does not know; None if it is gone."""
    return suite_in(context.expectations_store, name)


def suite_in(store: ExpectationsStore, name: str) -> dict[str, Any] | None:
    """The same of a store that is at hand: a project looks its variables up for each time that it is asked for one."""
    key = ExpectationSuiteIdentifier(name=name)
    if not store.has_key(key):
        return None
    raw = store.store_backend.get(key.to_tuple())
    stored: dict[str, Any] = json.loads(raw) if isinstance(raw, str) else raw
    return stored


def problems(stored: dict[str, Any] | None, result: ExpectationSuiteValidationResult) -> Iterator[Problem]:
    """What makes the result of one suite errored.

    Args:
        stored: the suite as it lies in the store.
        result: of its validation.
    """
    name = result.suite_name
    wanted = (stored or {}).get("expectations", [])
    if not wanted:
        yield Problem(name, "", "The suite has no expectations: nothing was checked.")
    missing = Counter(each["type"] for each in wanted)
    missing.subtract(each.expectation_config.type for each in result.results if each.expectation_config)
    for kind, count in sorted((+missing).items()):
        known = "its package was not imported" if kind not in all_expectations() else "it was dropped"
        yield Problem(name, kind, f"Stored {count} time(s) more than evaluated: {known}.")
    for each in result.results:
        message = exception_message(each.exception_info)
        if message and each.expectation_config:
            yield Problem(name, each.expectation_config.type, message)
    for each in wanted:
        stale = compiled_otherwise(each)
        if stale:
            yield Problem(name, each["type"], stale)


def compiled_otherwise(stored: dict[str, Any]) -> str:
    """Why a stored expectation is not what was compiled, as a sentence; empty if it is, or was never compiled."""
    compiled = ((stored.get("meta") or {}).get("synth") or {}) if isinstance(stored.get("meta"), dict) else {}
    governed = all_expectations().get(stored["type"])
    if governed is None or "rules_sha256" not in compiled:
        return ""
    given = own_arguments(stored["kwargs"])
    if any(map(is_suite_parameter, given.values())):
        return ""
    try:
        now = checked(governed, given).rules_sha256()
    except InvalidArgumentsError as error:
        return str(error)
    if now == compiled["rules_sha256"]:
        return ""
    revision = compiled.get("revision", "another version")
    return (
        f"Compiled by {revision}, this is {synth_expectations.__version__}, and what it would check differs: "
        "compile, then review the diff."
    )


class GuardAction(ValidationAction):
    """An action that ends a checkpoint with an error if anything stored was not evaluated.

    It runs after results are stored and docs built: they stay. Every checkpoint that we compile carries it; in one of
    your own, add `GuardAction(name="guard")` last. `ValidationDefinition.run()` and `Batch.validate()` run no
    actions: those cannot be guarded.
    """

    type: Literal["synth_guard"] = "synth_guard"
    name: str = "guard"
    fail_on: Literal["critical", "warning", "info"] = "warning"

    def run(self, checkpoint_result: CheckpointResult, action_context: ActionContext | None = None) -> dict[str, Any]:
        """Hold results against what was stored.

        Raises:
            NotEvaluatedError: something was not evaluated.
        """
        context = self._resolve_context().context
        found = [
            problem
            for result in checkpoint_result.run_results.values()
            for problem in problems(stored_suite(context, result.suite_name), result)
        ]
        if found:
            shown = "; ".join(each.shown() for each in found[:5])
            more = f" and {len(found) - 5} more" if len(found) > 5 else ""
            raise NotEvaluatedError(f"The run errored: {shown}{more}")
        return {"guarded": len(checkpoint_result.run_results)}
