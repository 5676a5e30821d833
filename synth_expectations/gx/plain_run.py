"""A run that Great Expectations itself made, and that is over: its results, read as if they came now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from great_expectations.checkpoint.checkpoint import CheckpointResult
from great_expectations.core import ExpectationSuiteValidationResult
from great_expectations.data_context import FileDataContext

from synth_expectations.errors import SynthError
from synth_expectations.gx.addresses import check_address
from synth_expectations.gx.checkpoint_run import GxCheckpointRun
from synth_expectations.gx.validation import Validation
from synth_expectations.validation.evaluated_expectation import EvaluatedExpectation
from synth_expectations.validation.stored_checkpoint import StoredCheckpoint

_LOAD_TIME = "%Y%m%dT%H%M%S.%fZ"
"""How Great Expectations writes when it loaded a batch, in UTC."""


@dataclass
class PlainRun(GxCheckpointRun):
    """A run of a checkpoint by Great Expectations.

    Attributes:
        definitions: the validation definitions that ran, by name.
    """

    definitions: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, checkpoint: StoredCheckpoint, name: str, result: CheckpointResult) -> PlainRun:
        """Return the run that a result of Great Expectations is of.

        Args:
            checkpoint: as it is stored.
            name: for the run: Great Expectations gives it none, or one that other runs have too.
            result: of the checkpoint.
        """
        definitions = {definition.name: definition for definition in result.checkpoint_config.validation_definitions}
        names = {definition.id: name for name, definition in definitions.items()}
        results = {
            names[validated.meta["validation_id"]]: (key, validated) for key, validated in result.run_results.items()
        }
        return cls(checkpoint, name, find_start(result), {}, results, definitions=definitions)

    @property
    def batch(self) -> str | None:
        """The day, month or year that was asked for, such as `2026-11-22`; None if none was."""
        for _, result in self.results.values():
            named = result.meta.get("batch_parameters") or {}
            with suppress(TypeError, ValueError):
                parts = [int(named[part]) for part in ("year", "month", "day") if named.get(part) is not None]
                if parts:
                    return "-".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])])
        return None

    def open_validation(self, context: FileDataContext, name: str) -> Validation:
        """Open a validation definition, so that its result can be read.

        Raises:
            SynthError: it has none.
        """
        if name not in self.results:
            raise SynthError(f"The validation definition {name} is stored in the checkpoint, but was not run.")
        return PlainValidation(name, self, context, self.definitions[name])

    def find_result(self, definition: str) -> ExpectationSuiteValidationResult:
        """Return the result of a validation definition that ran."""
        _, result = self.results[definition]
        return result

    def is_alone(self, result: ExpectationSuiteValidationResult) -> bool:
        """Return whether no other validation definition read the batch of a result."""
        return Counter(other.batch_id for _, other in self.results.values())[result.batch_id] == 1


class PlainValidation(Validation):
    """A validation definition whose result is there: nothing is evaluated, and nothing is sent to the engine."""

    @property
    def partition(self) -> tuple[str, ...] | None:
        """The parts that choose a batch; None for a whole table, and for batches of other kinds: it has been chosen."""
        return super().partition or None

    @property
    def sql(self) -> tuple[str, ...]:
        """What was sent; nothing if another validation definition read the same batch, and it cannot be told apart."""
        return super().sql if self._run.is_alone(self._run.find_result(self.name)) else ()

    @property
    def _run(self) -> PlainRun:
        assert isinstance(self.run, PlainRun)
        return self.run

    def evaluate(self, batch: Mapping[str, int] | None) -> list[EvaluatedExpectation]:
        """Return what Great Expectations found.

        Args:
            batch: that it was asked for.
        """
        source, result = self.definition.batch_definition.data_asset.datasource, self._run.find_result(self.name)
        check_address(self.context, source)
        self.engine, self.batch_id = source.get_execution_engine(), result.batch_id
        return self._record_results(result)


def find_start(result: CheckpointResult) -> datetime:
    """Return when a run began: when it loaded its first batch, as anyone may give the run another time."""
    times = list(_read_load_times(result))
    given = result.run_id.run_time
    return min(times) if times else min(given.astimezone(UTC), datetime.now(UTC))


def _read_load_times(result: CheckpointResult) -> Iterator[datetime]:
    for validated in result.run_results.values():
        with suppress(KeyError, TypeError, ValueError):
            yield datetime.strptime(validated.meta["batch_markers"]["ge_load_time"], _LOAD_TIME).replace(tzinfo=UTC)
