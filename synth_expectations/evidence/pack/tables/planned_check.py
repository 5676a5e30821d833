"""The checks that the runs of a period planned, and the results of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.pack.period_entries import PackedRun
from synth_expectations.evidence.pack.scope import PackScope
from synth_expectations.evidence.records.results import ResultRecord
from synth_expectations.evidence.records.run import PlannedCheck


@dataclass(frozen=True)
class PlannedResult:
    """A check of a run's plan, and its result; None where it has none."""

    run: PackedRun
    plan: PlannedCheck
    result: ResultRecord | None

    @property
    def status(self) -> EvidenceStatus:
        """What a check without a result may be counted as."""
        unread = any(source.table == self.plan.table and not source.read for source in self.run.record.inputs)
        is_unread = unread and self.plan.selected and self.run.finished is not None
        return EvidenceStatus.NOT_READ if is_unread else EvidenceStatus.NOT_RUN

    @property
    def why_missing(self) -> str:
        """Why a check has no result."""
        if not self.plan.selected:
            return "the run was limited to other checks"
        if self.run.finished is None:
            return "the run has no end"
        errors = [table.error for table in self.run.record.tables if table.table == self.plan.table and table.error]
        return errors[0] if errors else "the run has no result for it"


@dataclass(frozen=True)
class CheckHistory:
    """A check through the runs of a period, in the order of their start."""

    table: str
    scope: str
    type: str
    expectation_id: str
    results: list[PlannedResult] = field(default_factory=list)

    @property
    def evaluated(self) -> list[ResultRecord]:
        """Its results, without the runs that have none."""
        return [planned.result for planned in self.results if planned.result]


def collect_histories(runs: Iterable[PackedRun], scope: PackScope) -> list[CheckHistory]:
    """Return the checks that were planned on the tables of a scope, in order of table and type."""
    histories: dict[tuple[str, str, str, str], CheckHistory] = {}
    for run in runs:
        results: dict[tuple[str, str, str, str], list[ResultRecord]] = {}
        for result in run.record.results:
            results.setdefault((result.table, result.scope, result.type, result.expectation_id), []).append(result)
        for plan in run.record.plan:
            if not scope.has_table(plan.table):
                continue
            key = (plan.table, plan.scope, plan.type, plan.expectation_id)
            history = histories.setdefault(key, CheckHistory(*key))
            same = results.get(key)  # several, where a suite of someone else's has no ids
            history.results.append(PlannedResult(run, plan, same.pop(0) if same else None))
    return [histories[key] for key in sorted(histories)]
