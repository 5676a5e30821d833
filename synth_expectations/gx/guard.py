"""Errors that Great Expectations does not report: expectations that were stored, and not evaluated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from great_expectations.checkpoint import CheckpointResult
from great_expectations.checkpoint.actions import ActionContext, ValidationAction
from great_expectations.core import ExpectationSuiteValidationResult

from synth_expectations.errors import SynthError
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.gx.compiled_suites import find_batch_problems, find_lock_problems, find_other_than_stored
from synth_expectations.gx.data_docs.renderers import exception_message
from synth_expectations.gx.internals import context_of
from synth_expectations.gx.run_record import record_run
from synth_expectations.gx.stores import read_suite
from synth_expectations.validation.compiled_rules import check_digest


class NotEvaluatedError(SynthError):
    """A run ended, but not everything that was stored was evaluated."""


@dataclass(frozen=True)
class Problem:
    """Something that makes a run errored.

    Attributes:
        suite: the name of the suite; empty for the project as a whole.
        expectation: the type of the expectation; empty for the suite as a whole.
        message: what is wrong.
    """

    suite: str
    expectation: str
    message: str

    def format(self) -> str:
        """Return it as one line."""
        where = f"{self.suite}: " if self.suite else ""
        return f"{where}{self.expectation + ': ' if self.expectation else ''}{self.message}"


def find_problems(stored: dict[str, Any] | None, result: ExpectationSuiteValidationResult) -> Iterator[Problem]:
    """Yield what makes the result of one suite errored.

    Args:
        stored: the suite as it lies in the store.
        result: of its validation.
    """
    name = result.suite_name
    expectations = (stored or {}).get("expectations", [])
    if not expectations:
        yield Problem(name, "", "The suite has no expectations: nothing was checked.")
    missing = Counter(expectation["type"] for expectation in expectations)
    missing.subtract(evaluated.expectation_config.type for evaluated in result.results if evaluated.expectation_config)
    for type_name, count in sorted((+missing).items()):
        reason = "its package was not imported" if type_name not in all_expectations() else "it was dropped"
        yield Problem(name, type_name, f"Stored {count} time(s) more than evaluated: {reason}.")
    for evaluated in result.results:
        message = exception_message(evaluated.exception_info)
        if message and evaluated.expectation_config:
            yield Problem(name, evaluated.expectation_config.type, message)
    for expectation in expectations:
        if message := check_digest(expectation):
            yield Problem(name, expectation["type"], message)


class GuardAction(ValidationAction):
    """An action that ends a checkpoint with an error if it did not evaluate what was compiled, or what is stored.

    A batch that nobody named is an error too: Great Expectations would take the last one. The run is recorded in the
    ledger of the project, at its end, with what the guard found. The runner of this package leaves the guard out (see
    `GxCheckpointRun.run_actions`): it does this work itself, and has recorded the start before it reads data.

    The guard runs after the results are stored and the Data Docs built, and both stay. Every compiled checkpoint has
    it. In a checkpoint that you write yourself, add `GuardAction(name="guard")` as the last action. It cannot guard
    `ValidationDefinition.run()` and `Batch.validate()`, which run no actions, or a checkpoint without the action.
    """

    type: Literal["synth_guard"] = "synth_guard"
    name: str = "guard"
    fail_on: Literal["critical", "warning", "info"] = "warning"

    def run(self, checkpoint_result: CheckpointResult, action_context: ActionContext | None = None) -> dict[str, Any]:
        """Compare the results with the suites as they are stored, and those with what the policy compiles to.

        Raises:
            NotEvaluatedError: something was not evaluated, or the run could not be recorded.
        """
        context = context_of(self)
        store = context.expectations_store  # the context reads its variables each time that it is asked for a store
        results = list(checkpoint_result.run_results.values())
        suites = {result.suite_name: read_suite(store, result.suite_name) for result in results}
        partitioners = {
            definition.id: definition.batch_definition.partitioner
            for definition in checkpoint_result.checkpoint_config.validation_definitions
        }
        problems = [Problem("", "", message) for message in find_lock_problems(context, checkpoint_result, suites)]
        for result in results:
            name, suite = result.suite_name, suites[result.suite_name]
            problems.extend(find_problems(suite, result))
            problems.extend(Problem(name, "", message) for message in find_other_than_stored(suite, result))
            partitioner = partitioners.get(result.meta.get("validation_id"))
            problems.extend(Problem(name, "", message) for message in find_batch_problems(partitioner, suite, result))
        unsaid = record_run(context, checkpoint_result, problems, self.fail_on)
        problems.extend(Problem("", "", message) for message in unsaid)
        if problems:
            first = "; ".join(problem.format() for problem in problems[:5])
            more = f" and {len(problems) - 5} more" if len(problems) > 5 else ""
            raise NotEvaluatedError(f"The run errored: {first}{more}")
        return {"guarded": len(checkpoint_result.run_results)}
