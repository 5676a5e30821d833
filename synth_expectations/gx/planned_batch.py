"""A batch of Great Expectations with a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from great_expectations.execution_engine import ExecutionEngine

from synth_expectations.engine.result import CheckResult
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.gx import plan_metric
from synth_expectations.gx.references import table_name
from synth_expectations.validation.counted_batch import ViolationIndex, read_violation_index


@dataclass(frozen=True)
class PlannedBatch:
    """What the plan of a batch counted for its expectations; see `CountedBatch`.

    Attributes:
        engine: of the batch.
        domain: which records, in the words of Great Expectations' metrics.
    """

    engine: ExecutionEngine
    domain: dict[str, Any]

    def read_result(self, expectation: SyntheticDataExpectation, *, with_keys: bool) -> CheckResult:
        """Return the counts, and some record keys on request."""
        as_of = getattr(expectation, "as_of", None)
        return plan_metric.read_result(self.engine, self.domain, expectation.planned_check, as_of, with_keys=with_keys)

    def read_index(self, expectation: SyntheticDataExpectation) -> ViolationIndex | None:
        """Return all violating records; None if they cannot be listed.

        Raises:
            SynthError: the query failed.
        """
        batch_plan = plan_metric.batch_plan_of(self.engine, self.domain)
        assert batch_plan is not None  # it has counted the expectation
        return read_violation_index(batch_plan, table_name(self.engine, self.domain), expectation)
