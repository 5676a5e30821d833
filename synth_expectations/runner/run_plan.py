"""The plan of a run: each check of the checkpoint and of the policy, and why the run leaves some out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.policy.uncovered_expectation import UncoveredExpectation
from synth_expectations.report.plan import ExpectationPlan, RunSelection
from synth_expectations.runner.compiled_project import Compiled
from synth_expectations.runner.table_run import Definition

if TYPE_CHECKING:
    from synth_expectations.runner.project import Project


@dataclass(frozen=True)
class RunPlan:
    """What the plan of a run is made from.

    Attributes:
        checkpoint: its name.
        selection: what the run was asked for.
        definitions: all of the checkpoint.
        selected: the names of those that the run is about.
        compiled: the policy.
        day: of as_of.
    """

    checkpoint: str
    selection: RunSelection
    definitions: Sequence[Definition]
    selected: Collection[str]
    compiled: Compiled
    day: date

    def list_expectations(self, project: Project) -> Iterator[ExpectationPlan]:
        """Yield each check: of the checkpoint in its order, of other suites of the policy, and what is in no suite."""
        for definition in self.definitions:
            skipped = f"not selected by {self.selection.format_tables()}"
            yield from _list_suite(definition, "" if definition.name in self.selected else skipped)
        for name in self._other_suites():
            elsewhere = Definition.read(project, name)
            yield from _list_suite(elsewhere, f"not in the checkpoint {self.checkpoint}", in_checkpoint=False)
        yield from self._list_excluded()
        yield from self._list_uncovered()

    def _other_suites(self) -> list[str]:
        """Return the names of compiled files that the checkpoint does not hold: what is not a suite has no expectations."""
        own = {definition.suite_name for definition in self.definitions}
        return sorted({Path(path).stem for path in self.compiled.lock.files} - own)

    def _list_excluded(self) -> Iterator[ExpectationPlan]:
        tables = {entry["table"] for entry in self.compiled.lock.left_out}
        for exclusion in self.compiled.exclusions(tables, self.day):
            if exclusion.narrowed or exclusion.type not in all_expectations():
                continue
            if exclusion.expired:
                why = f"the exclusion ended on {exclusion.until}: {exclusion.reason}"
                yield ExpectationPlan(exclusion.table, exclusion.type, status=EvidenceStatus.NOT_RUN, why=why)
            else:
                why = f"{exclusion.reason}; approved by {exclusion.approved_by} until {exclusion.until}"
                yield ExpectationPlan(exclusion.table, exclusion.type, status=EvidenceStatus.EXCLUDED, why=why)

    def _list_uncovered(self) -> Iterator[ExpectationPlan]:
        for uncovered in map(UncoveredExpectation.read, self.compiled.lock.not_covered):
            if not uncovered.in_part:
                why = f"the policy does not name {uncovered.format_needs()}"
                yield ExpectationPlan(uncovered.table, uncovered.type, status=EvidenceStatus.NOT_RUN, why=why)


def _list_suite(definition: Definition, skipped: str, *, in_checkpoint: bool = True) -> Iterator[ExpectationPlan]:
    for expectation in (definition.suite or {}).get("expectations", ()):
        yield ExpectationPlan(
            table=definition.table,
            type=str(expectation.get("type", "")),
            scope="batch" if definition.about.get("scope") == "batch" else "table",
            suite=definition.suite_name,
            expectation_id=str(expectation.get("id") or ""),
            in_checkpoint=in_checkpoint,
            status=EvidenceStatus.NOT_RUN if skipped else None,
            why=skipped,
        )
