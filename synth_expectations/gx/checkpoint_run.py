"""One run of a checkpoint: the results of its validations, and its actions at the end."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from great_expectations.checkpoint import Checkpoint
from great_expectations.checkpoint.actions import ActionContext, UpdateDataDocsAction, ValidationAction
from great_expectations.checkpoint.checkpoint import CheckpointResult
from great_expectations.core import ExpectationSuiteValidationResult, RunIdentifier
from great_expectations.data_context import FileDataContext
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)

from synth_expectations.errors import SynthError
from synth_expectations.gx.data_docs.action import DocsAction
from synth_expectations.gx.guard import GuardAction
from synth_expectations.redaction import format_error, format_problems
from synth_expectations.validation.stored_checkpoint import DOCS_ACTIONS, StoredCheckpoint


@dataclass
class GxCheckpointRun:
    """A run of a checkpoint. Its workers share it.

    Attributes:
        checkpoint: as it is stored.
        name: of the run.
        started: aware.
        parameters: values of the expectations' `$PARAMETER`s.
        results: of Great Expectations, by the name of the validation definition.
        readable: the checkpoint of Great Expectations with one of its tables; None if no table can be read.
    """

    checkpoint: StoredCheckpoint
    name: str
    started: datetime
    parameters: Mapping[str, Any]
    results: dict[str, tuple[ValidationResultIdentifier, ExpectationSuiteValidationResult]] = field(
        default_factory=dict, repr=False
    )
    readable: Checkpoint | None = field(default=None, repr=False)

    @cached_property
    def id(self) -> RunIdentifier:
        """Great Expectations' identifier of the run."""
        return RunIdentifier(run_name=self.name, run_time=self.started)

    def keep_result(self, definition: str, result: ExpectationSuiteValidationResult) -> None:
        """Keep the result of a validation definition for the actions."""
        key = ValidationResultIdentifier(ExpectationSuiteIdentifier(name=result.suite_name), self.id, result.batch_id)
        self.results[definition] = (key, result)

    def load_actions(self, context: FileDataContext, definitions: Sequence[str]) -> None:
        """Read the checkpoint with one of its tables, so that an action that cannot be read stops the run early.

        One, because Great Expectations takes as long to read a table as this package takes to evaluate it. If no table
        can be read, there will be no result, and no action.

        Raises:
            SynthError: the checkpoint itself cannot be read.
        """
        for name in definitions:
            try:
                self.readable = self._checkpoint_of([name])
            except SynthError:
                try:
                    context.validation_definitions.get(name)
                except Exception:  # noqa: BLE001, S112 - the table's own report says what is wrong with it
                    continue
                raise
            return

    def run_actions(self, *, docs: bool) -> Iterator[str]:
        """Run the actions of the checkpoint, Data Docs first, and yield a sentence for each that fails.

        The runner does the work of the guard itself, and records the run: the guard would record it once more.

        Args:
            docs: whether the actions that build Data Docs are among them.
        """
        # in the order of the checkpoint, whichever worker was done first
        names = [name for name in self.checkpoint.definitions if name in self.results]
        checkpoint = self.readable
        if not names or checkpoint is None:
            return
        actions: list[ValidationAction] = [
            action
            for action in checkpoint.actions
            if not isinstance(action, GuardAction) and (docs or action.type not in DOCS_ACTIONS)
        ]
        if any(not isinstance(action, DocsAction) for action in actions):  # an action of others may read its tables
            checkpoint = self._checkpoint_of(names)
        results = dict(self.results[name] for name in names)
        result = CheckpointResult(run_id=self.id, run_results=results, checkpoint_config=checkpoint)
        done = ActionContext()
        for action in sorted(actions, key=lambda action: not isinstance(action, UpdateDataDocsAction)):
            try:
                done.update(action=action, action_result=action.run(checkpoint_result=result, action_context=done))
            except Exception as error:  # noqa: BLE001 - an action may be anyone's; the verdict must still be reported
                yield f"The action {action.name} failed: {format_error(error)}"

    def _checkpoint_of(self, definitions: Collection[str]) -> Checkpoint:
        """Return Great Expectations' checkpoint with some of its validation definitions.

        Raises:
            SynthError: it cannot be read.
        """
        stored = self.checkpoint.stored
        entries = [entry for entry in stored["validation_definitions"] if entry["name"] in definitions]
        try:
            return Checkpoint.parse_obj({**stored, "validation_definitions": entries})
        except Exception as error:  # noqa: BLE001 - a file edited by hand may raise anything, marshmallow's errors too
            raise unreadable_checkpoint(self.checkpoint.name, error) from None


def unreadable_checkpoint(name: str, error: Exception) -> SynthError:
    """Return the error for a checkpoint that cannot be read."""
    return SynthError(
        f"The checkpoint {name} cannot be read: {format_problems(error).rstrip('.')}.",
        "Something that it needs was changed or removed: compile, then review the diff.",
    )
