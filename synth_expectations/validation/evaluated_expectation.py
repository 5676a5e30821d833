"""The result of an expectation, whichever way it was evaluated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from synth_expectations.engine.plan import Plan


@dataclass(frozen=True)
class EvaluatedExpectation:
    """The result of an expectation.

    Attributes:
        type: such as `expect_records_to_be_tagged`.
        id: of the stored expectation, if it has one.
        kwargs: its arguments, without the id of the batch.
        success: whether it holds.
        result: numbers and details.
        error: why it could not be evaluated, as a sentence; empty if it was.
        verdict: as its `meta` keeps it, where the result holds nothing; empty otherwise.
        find_plan: gives the plan that counted its records, as long as no other run has begun; None if there is none.
    """

    type: str
    id: str | None
    kwargs: Mapping[str, Any]
    success: bool
    result: Mapping[str, Any]
    error: str
    verdict: str
    find_plan: Callable[[], Plan | None]
