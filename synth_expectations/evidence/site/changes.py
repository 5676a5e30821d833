"""What changed with a run: verdicts, counts, parameters, checks, rows, versions and the policy."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.evidence.records.results import ResultRecord
from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.evidence.site.check_state import Change, CheckState, PlanState
from synth_expectations.evidence.site.results import is_evaluated
from synth_expectations.evidence.site.state import SiteState

MISSING = "none"
SMALLEST_SHARE = 0.01
"""By how much of itself a number of rows must differ to be listed: tables grow from day to day."""


def find_result_change(result: ResultRecord, before: CheckState | None) -> Iterator[Change]:
    """Yield how a result differs from the one before of the same check.

    Args:
        result: of the newest run.
        before: the check as it was left by the runs before; None for a check that is new.
    """
    if before is None:
        return
    subject = result.type
    old = before.verdict.shown if before.verdict else before.status.value
    if before.verdict is not result.verdict:
        yield Change(kind="verdict", subject=subject, table=result.table, before=old, after=result.verdict.shown)
    elif before.broken != result.broken:
        yield _compare("records that break a rule", subject, result.table, before.broken, result.broken)
    if (before.verdict or before.params_sha256) and before.parameters != result.parameters:
        for name in sorted({*before.parameters, *result.parameters}):
            old, new = before.parameters.get(name, "default"), result.parameters.get(name, "default")
            if old != new:
                yield Change(kind=f"parameter {name}", subject=subject, table=result.table, before=old, after=new)
    elif before.params_sha256 and is_evaluated(result) and before.params_sha256 != result.params_sha256:
        digests = before.params_sha256[:12], (result.params_sha256 or MISSING)[:12]
        yield Change(
            kind="parameters (digest)", subject=subject, table=result.table, before=digests[0], after=digests[1]
        )


def find_run_changes(record: RunRecord, state: SiteState) -> Iterator[Change]:
    """Yield how the rows, the software, the legal files and the policy of a run differ from those before it.

    Args:
        record: of a run that ended.
        state: before the run.
    """
    for table in record.inputs:
        known = state.tables.get(table.table) if table.role == "judged" else None
        before_rows = known.input.rows if known and known.input else None
        if before_rows and table.rows is not None and abs(table.rows - before_rows) >= SMALLEST_SHARE * before_rows:
            share = f" ({(table.rows - before_rows) / before_rows:+.1%})"
            yield Change(
                kind="rows read",
                subject="table",
                table=table.table,
                before=f"{before_rows:,}",
                after=f"{table.rows:,}{share}",
            )
    if state.software_record is not None:
        old, new = state.software_record, record.software
        versions = {"synth-expectations": (old.package, new.package), "Python": (old.python, new.python)}
        for name in sorted({*old.dependencies, *new.dependencies}):
            versions[name] = old.dependencies.get(name, MISSING), new.dependencies.get(name, MISSING)
        for name, (before, after) in versions.items():
            if before != after:
                yield Change(kind="version", subject=name, before=before, after=after)
    for name in sorted({*state.control_digests, *record.controls} if state.control_digests else ()):
        before, after = state.control_digests.get(name, MISSING), record.controls.get(name, MISSING)
        if before != after:
            yield Change(kind="legal file", subject=name, before=before[:12], after=after[:12])
    if state.policies:
        old_policy, policy = state.policy, record.policy
        shas = (old_policy.sha256 if old_policy else MISSING), (policy.sha256 if policy else MISSING)
        if shas[0] != shas[1]:
            yield Change(kind="policy", subject="policy", before=shas[0][:12], after=shas[1][:12])
        states = (old_policy.state if old_policy else MISSING), (policy.state if policy else MISSING)
        if states[0] != states[1]:
            yield Change(kind="approval", subject="policy", before=states[0], after=states[1])


def find_plan_changes(before: PlanState, plan: PlanState) -> Iterator[Change]:
    """Yield the checks that a run plans and the run before it of the same checkpoint did not, and the other way round."""
    for key, type_name in plan.checks.items():
        if key not in before.checks:
            yield Change(kind="new check", subject=type_name, table=plan.tables[key], before=MISSING, after="planned")
    for key, type_name in before.checks.items():
        if key not in plan.checks:
            yield Change(
                kind="check gone", subject=type_name, table=before.tables[key], before="planned", after=MISSING
            )


def _compare(kind: str, subject: str, table: str, before: int | None, after: int | None) -> Change:
    shown = ["not counted" if count is None else f"{count:,}" for count in (before, after)]
    return Change(kind=kind, subject=subject, table=table, before=shown[0], after=shown[1])
