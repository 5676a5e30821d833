"""The table of runs: a line for each that started in the period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from synth_expectations.evidence.pack.period_entries import PackedRun
from synth_expectations.evidence.pack.tables.table import PackTable, list_columns
from synth_expectations.rules.verdict import Verdict

_COLUMNS = list_columns(
    ("run_id", "the id of the run"),
    ("checkpoint", "what was run"),
    ("state", "finished, or aborted: it has a start and no end"),
    ("started_at", "when it started, in UTC"),
    ("finished_at", "when it ended, in UTC"),
    ("as_of", "the time for which checks were evaluated"),
    ("verdict", "failed: a check at or above fail_on found violations"),
    ("exit_code", "0 passed, 1 violations at or above fail_on, 2 errored"),
    ("fail_on", "the severity from which violations fail the run"),
    ("planned", "checks that the checkpoint holds"),
    ("selected", "of these, checks that the run was to evaluate"),
    ("evaluated", "checks with a result"),
    ("passed", "checks that found no violation"),
    ("failed", "checks that found violations, whatever their severity"),
    ("errored", "checks that could not be evaluated"),
    ("nothing_to_check", "checks whose population had no record"),
    ("selection", "the tables, owners and tags to which the run was limited; empty if it was not"),
    ("policy_sha256", "the policy, in policy/"),
    ("policy_state", "of its approval at the start of the run"),
    ("approved_by", "who approved the policy, as it says"),
    ("approved_on", "the day of the approval"),
    ("approval_valid_until", "the last day of the approval"),
    ("approval_entry", "the entry of the ledger that approves the policy"),
    ("approval_signed", "whether the approver's own key signed it"),
    ("approval_ticket", "where the approval was asked for"),
    ("dpia", "the data protection impact assessments that the policy names"),
    ("review", "whether the review of the policy is due or overdue"),
    ("actor", "who started the run, as the environment says"),
    ("actor_verified_by", "what proves that; none is nothing"),
    ("package", "the version of synth_expectations"),
    ("commit", "the commit of the project; with + if files differed from it"),
    ("errors", "errors of the run as a whole"),
    ("notes", "notes of the run"),
    ("entry_started", "the entry of its start"),
    ("entry_finished", "the entry of its end; empty if it has none"),
    ("record_sha256", "its record, in objects/"),
)


def make_runs_table(runs: Iterable[PackedRun]) -> PackTable:
    """Return the table of runs, in the order of their start."""
    about = "A line for each run that started in the period."
    return PackTable("runs", about, _COLUMNS, [_make_row(run) for run in runs])


def _make_row(run: PackedRun) -> dict[str, Any]:
    record = run.record
    verdicts = Counter(result.verdict for result in record.results)
    policy, git = record.policy, record.software.git
    selection = record.selection
    limits = {"table": selection.tables, "owner": selection.owners, "tag": selection.tags}
    return {
        "run_id": record.run_id,
        "checkpoint": record.checkpoint,
        "state": "finished" if run.finished else "aborted",
        "started_at": record.started_at,
        "finished_at": record.finished_at,
        "as_of": record.as_of,
        "verdict": record.verdict and record.verdict.value,
        "exit_code": record.exit_code,
        "fail_on": record.fail_on,
        "planned": len(record.plan),
        "selected": sum(check.selected for check in record.plan),
        "evaluated": len(record.results),
        **{verdict.value: verdicts[verdict] for verdict in Verdict},
        "selection": [f"{kind} {name}" for kind, names in limits.items() for name in names]
        + ([f"batch {selection.batch}"] if selection.batch else []),
        "policy_sha256": policy and policy.sha256,
        "policy_state": policy and policy.state,
        "approved_by": policy and policy.approved_by,
        "approved_on": policy and policy.approved_on,
        "approval_valid_until": policy and policy.valid_until,
        "approval_entry": policy and policy.approval_entry,
        "approval_signed": policy and policy.signed,
        "approval_ticket": policy and policy.ticket,
        "dpia": policy and policy.dpia,
        "review": policy and policy.review,
        "actor": f"{record.actor.kind} {record.actor.claimed}".strip(),
        "actor_verified_by": record.actor.verified_by,
        "package": record.software.package,
        "commit": git and git.commit + ("+" if git.dirty else ""),
        "errors": record.errors,
        "notes": record.notes,
        "entry_started": run.started,
        "entry_finished": run.finished,
        "record_sha256": run.record_sha256,
    }
