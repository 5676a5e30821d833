"""What the plan of a batch counted for its expectations, and all their violating records, which COMPLETE results list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from synth_expectations.engine.result import CheckResult
from synth_expectations.engine.violations import BrokenCheck, ViolationPiece, ViolationReader, explain_unlisted
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.validation.batch_plan import BatchPlan


@dataclass(frozen=True)
class ViolationIndex:
    """The violating records of an expectation.

    Attributes:
        records: the key of each record, once, by the name of the key's column: `{"Id": "003A"}`, in the order of keys.
        query: what was sent to find them, in the engine's words; the last if there were several.
    """

    records: list[dict[str, str | None]]
    query: str


class CountedBatch(Protocol):
    """What is known of the expectations of a batch."""

    def read_result(self, expectation: SyntheticDataExpectation, *, with_keys: bool) -> CheckResult | None:
        """Return the counts, and some record keys on request; None if the plan did not count the expectation."""

    def read_index(self, expectation: SyntheticDataExpectation) -> ViolationIndex | None:
        """Return all violating records; None if they cannot be listed.

        Raises:
            SynthError: the query failed.
        """


class UncountedBatch:
    """A batch whose plan was not asked about an expectation."""

    def read_result(self, expectation: SyntheticDataExpectation, *, with_keys: bool) -> None:
        """Return None: nothing was counted."""

    def read_index(self, expectation: SyntheticDataExpectation) -> None:
        """Return None: nothing was counted."""


def read_violation_index(
    batch_plan: BatchPlan, table: str, expectation: SyntheticDataExpectation
) -> ViolationIndex | None:
    """Return all violating records of an expectation that a plan has counted; None if they cannot be listed.

    Args:
        batch_plan: that has counted it.
        table: the name of the table in sentences.
        expectation: one of the plan's.

    Raises:
        SynthError: the query failed, or the files changed meanwhile.
    """
    plan = batch_plan.plan
    rules = frozenset(rule.name for rule in expectation.check.all_rules if rule.judged)
    as_of = getattr(expectation, "as_of", None) or plan.as_of
    broken = BrokenCheck(type(expectation).__name__, "", expectation.check, as_of, rules)
    if plan.adapter is None or explain_unlisted(broken):
        return None
    pieces = ViolationReader(plan.adapter, table, {}).read([broken])
    found = {key for piece in pieces for key in _keys(piece)}
    if error := batch_plan.find_change():
        raise error
    return ViolationIndex(
        [{column: key} for column, key in sorted(found, key=_order)], plan.adapter.statements.sent[-1]
    )


def _keys(piece: ViolationPiece) -> Iterator[tuple[str, str | None]]:
    for number, key in enumerate(piece.keys):
        if any(flags[number] for *_, flags in piece.breaks):
            yield piece.key_column, key


def _order(record: tuple[str, str | None]) -> tuple[str, bool, str]:
    column, key = record
    return column, key is None, key or ""
