"""A run that starts, and a run that ends: what each adds to the state."""

from __future__ import annotations

from dataclasses import dataclass

from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.evidence.sight import Sight, join_key
from synth_expectations.evidence.site.changes import find_plan_changes, find_result_change, find_run_changes
from synth_expectations.evidence.site.check_state import Change, PlanState
from synth_expectations.evidence.site.results import key_check, read_check, read_missing
from synth_expectations.evidence.site.run_summary import MonthCount, PolicyPeriod, RunChanges, RunSummary, TableOutcome
from synth_expectations.evidence.site.state import MONTHS_KEPT, RUNS_KEPT, ExclusionState, SiteState, TableState
from synth_expectations.rules.verdict import Verdict

_CHANGES_KEPT = 50
"""How many changes of a run the page of all changes lists; the run's own page has the rest."""


@dataclass(frozen=True)
class FinishedRun:
    """A run that ended, against those before it.

    Attributes:
        changes: verdicts, counts, parameters, checks, versions and the policy that differ.
        populations: of each result, by its place in the record: how many more records it is about than the one before.
    """

    summary: RunSummary
    changes: tuple[Change, ...]
    populations: dict[int, int]


def add_started_run(state: SiteState, record: RunRecord, sight: Sight, before: str | None) -> RunSummary:
    """Take in the start of a run; it stays open until its end is read."""
    summary = _summarise(record, sight)
    summary.started_seq = sight.seq
    _add_plan(state, record, sight, before)
    _count_run(state, summary)
    state.open_runs[record.run_id] = summary
    state.months[summary.month].not_ended += 1
    return summary


def add_finished_run(state: SiteState, record: RunRecord, sight: Sight) -> FinishedRun:
    """Take in the end of a run: its results become the latest ones."""
    summary = _summarise(record, sight)
    summary.finished_seq = sight.seq
    started = state.open_runs.pop(record.run_id, None)
    if started is None:
        plan = state.plans.get(record.checkpoint)
        _add_plan(state, record, sight, plan.seen.run_id if plan else None)
        _count_run(state, summary)
    else:
        summary.started_seq = started.started_seq
        state.months[started.month].not_ended -= 1
        state.runs = [summary if run.run_id == record.run_id else run for run in state.runs]
    plan = state.plans[record.checkpoint]
    changes = list(plan.changes) if plan.seen.run_id == record.run_id else []
    plan.is_finished = plan.is_finished or plan.seen.run_id == record.run_id
    populations: dict[int, int] = {}
    changes += _add_results(state, record, sight, populations)
    changes += find_run_changes(record, state)
    _add_tables(state, record, sight)
    _add_policy(state, record, sight)
    state.software_record, state.control_digests = record.software, dict(record.controls)
    state.run_notes = [*record.errors, *record.notes]
    state.ownership, state.training = list(record.ownership), list(record.training)
    state.ownership_seen = sight
    if changes:
        kept = RunChanges(seen=sight, total=len(changes), changes=changes[:_CHANGES_KEPT])
        state.changes = [*state.changes[1 - RUNS_KEPT :], kept]
    return FinishedRun(summary, tuple(changes), populations)


def _summarise(record: RunRecord, sight: Sight) -> RunSummary:
    read = {table.table: table.read for table in record.inputs if table.role == "judged"}
    failed = [result.table for result in record.results if result.verdict is Verdict.FAILED]
    selection = record.selection
    parts = {
        "tables": ", ".join(selection.tables),
        "owners": ", ".join(selection.owners),
        "tags": ", ".join(selection.tags),
        "batch": selection.batch or "",
        "parameters": ", ".join(selection.parameters),
    }
    return RunSummary(
        run_id=record.run_id,
        checkpoint=record.checkpoint,
        body=sight.body,
        started_at=record.started_at,
        finished_at=record.finished_at,
        as_of=record.as_of,
        verdict=record.verdict if record.phase == "finished" else None,
        claimed=record.actor.claimed,
        selection="; ".join(f"{name} {value}" for name, value in parts.items() if value),
        planned=len(record.plan),
        selected=sum(check.selected for check in record.plan),
        results=len(record.results),
        contrary=len(failed),
        planned_tables=tuple(sorted({check.table for check in record.plan})),
        tables=[
            TableOutcome(
                table=table.table,
                verdict=table.verdict,
                is_read=read.get(table.table, True),
                records=table.records,
                contrary=failed.count(table.table),
            )
            for table in record.tables
        ],
        policy_state=record.policy.state if record.policy else "none",
        policy_sha256=record.policy.sha256 if record.policy else "",
    )


def _add_plan(state: SiteState, record: RunRecord, sight: Sight, before: str | None) -> None:
    plan = state.plans.get(record.checkpoint)
    keys = [key_check(check) for check in record.plan]
    planned = PlanState(
        seen=sight,
        before=before,
        checks={key: check.type for key, check in zip(keys, record.plan, strict=True)},
        tables={key: check.table for key, check in zip(keys, record.plan, strict=True)},
        not_selected=[key for key, check in zip(keys, record.plan, strict=True) if not check.selected],
    )
    if plan is not None and plan.checks != planned.checks:
        planned.changes = list(find_plan_changes(plan, planned))
    state.plans[record.checkpoint] = planned
    for mapping, left_out in ((state.exclusions, record.excluded), (state.not_covered, record.not_covered)):
        if left_out or record.phase == "finished":
            mapping[record.checkpoint] = [ExclusionState.model_validate(item.model_dump()) for item in left_out]


def _count_run(state: SiteState, summary: RunSummary) -> None:
    state.total_runs += 1
    state.first_run_at = min(state.first_run_at or summary.started_at, summary.started_at)
    state.last_run_at = max(state.last_run_at or summary.started_at, summary.started_at)
    state.months.setdefault(summary.month, MonthCount()).runs += 1
    state.runs.append(summary)
    state.runs.sort(key=lambda run: (run.started_at, run.started_seq or run.finished_seq or 0))
    months = sorted(state.months)[-MONTHS_KEPT:]
    newest = state.runs[-RUNS_KEPT:]
    state.runs = [run for run in state.runs[:-RUNS_KEPT] if run.month in months] + newest


def _add_results(state: SiteState, record: RunRecord, sight: Sight, populations: dict[int, int]) -> list[Change]:
    read = {table.table: table.read for table in record.inputs if table.role == "judged"}
    changes: list[Change] = []
    recorded: dict[str, Verdict] = {}
    for index, result in enumerate(record.results):
        key = key_check(result)
        before = state.checks.get(key)
        if key in recorded and list(Verdict).index(recorded[key]) <= list(Verdict).index(result.verdict):
            continue  # another batch of the same check, which found worse
        changes += find_result_change(result, before)
        if before and before.population is not None and result.population is not None:
            populations[index] = result.population - before.population
        state.checks[key], changed = read_check(result, index, sight, before, read.get(result.table, True))
        for item in changed:
            state.requirement_entries[join_key(item.regulation, item.requirement)] = sight.seq
        recorded[key] = result.verdict
    missing = [check for check in record.plan if check.selected] if len(recorded) < len(record.plan) else []
    for check in missing:
        key = key_check(check)
        if key not in recorded:
            is_read = read.get(check.table, check.table in read or not record.inputs)
            before = state.checks.get(key)
            state.checks[key] = read_missing(check, record, sight, before, is_read)
    return changes


def _add_tables(state: SiteState, record: RunRecord, sight: Sight) -> None:
    tables = {table.table: (number, table) for number, table in enumerate(record.tables)}
    inputs = {table.table: (number, table) for number, table in enumerate(record.inputs) if table.role == "judged"}
    for name in {**tables, **inputs}:
        known = TableState(seen=sight)
        if name in tables:
            known.record_pointer, known.record = f"/tables/{tables[name][0]}", tables[name][1]
        if name in inputs:
            known.input_pointer, known.input = f"/inputs/{inputs[name][0]}", inputs[name][1]
        state.tables[name] = known
    for number, table in enumerate(record.inputs):
        known_reference = state.references.get(table.table)
        is_read = (
            known_reference and known_reference.seen == sight and known_reference.input and known_reference.input.read
        )
        if table.role == "reference" and not is_read:  # several checks look it up, and one of them read it
            state.references[table.table] = TableState(seen=sight, input=table, input_pointer=f"/inputs/{number}")


def _add_policy(state: SiteState, record: RunRecord, sight: Sight) -> None:
    newest = state.policies[-1] if state.policies else None
    if newest is not None and newest.policy == record.policy:
        newest.last = sight
        newest.runs += 1
    else:
        state.policies.append(PolicyPeriod(policy=record.policy, first=sight, last=sight))
