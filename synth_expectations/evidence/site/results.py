"""A result of a record, as the latest of its check: its status, and since when it has it."""

from __future__ import annotations

from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.records.results import EvidenceRecord, ResultRecord
from synth_expectations.evidence.records.run import PlannedCheck, RunRecord
from synth_expectations.evidence.sight import Sight, join_key
from synth_expectations.evidence.site.check_state import CheckState, RecordedEvidence, StatusChange
from synth_expectations.rules.verdict import Verdict

_RANKS = {status: rank for rank, status in enumerate(EvidenceStatus)}
HISTORY_KEPT = 12
"""How many changes of a status a requirement's page shows."""


def key_check(check: PlannedCheck | ResultRecord) -> str:
    """Return the key of a check: its table, its scope and its id."""
    return join_key(check.table, check.scope, check.expectation_id)


def find_status(result: ResultRecord, is_read: bool = True) -> EvidenceStatus:
    """Return the status of a result: the weakest that it has for any requirement.

    A result that gives evidence for no requirement has the status of its verdict; one that passed then *supports*
    nothing, and its page says so.
    """
    if result.verdict is Verdict.FAILED:
        return EvidenceStatus.CONTRARY
    if result.verdict is Verdict.ERRORED:
        return EvidenceStatus.INCONCLUSIVE if is_read else EvidenceStatus.NOT_READ
    if result.verdict is Verdict.NOTHING_TO_CHECK:
        return EvidenceStatus.NOTHING_TO_CHECK
    if not result.evidence:
        return EvidenceStatus.SUPPORTS
    return min((evidence.status for evidence in result.evidence), key=_RANKS.__getitem__)


def is_evaluated(result: ResultRecord) -> bool:
    """Return whether a result has all its parameters: an errored one lacks what its table would have told."""
    return result.verdict is not Verdict.ERRORED


def read_check(
    result: ResultRecord, index: int, sight: Sight, before: CheckState | None, is_read: bool
) -> tuple[CheckState, list[RecordedEvidence]]:
    """Return the state of a check after a result, and what of its evidence is other than before.

    Args:
        result: of the newest run.
        index: its place in the record.
        sight: the run.
        before: the state before it.
        is_read: whether a query reached its table.
    """
    status = find_status(result, is_read)
    known = {(item.regulation, item.requirement): item for item in before.evidence} if before else {}
    evidence, changed = [], []
    for record in result.evidence:
        item = known.pop((record.regulation, record.requirement), None)
        if item is None or (item.latest.status, item.latest.why) != (record.status, record.why):
            item = _extend_history(record, item, sight)
            changed.append(item)
        evidence.append(item)
    changed += known.values()
    narrowed = result.narrowed
    kept_digest = before.params_sha256 if before else None
    state = CheckState(
        table=result.table,
        scope=result.scope,
        expectation_id=result.expectation_id,
        type=result.type,
        sentence=result.sentence,
        severity=result.severity,
        verdict=result.verdict,
        status=status,
        population=result.population,
        broken=result.broken,
        rules=result.rules,
        narrowed=f"{narrowed.by}: {narrowed.reason}" if narrowed else "",
        parameters=result.parameters,
        params_sha256=result.params_sha256 if is_evaluated(result) else kept_digest,
        why=result.error or result.reason,
        pointer=f"/results/{index}",
        since=before.since if before and before.status is status else sight,
        seen=sight,
        evidence=evidence,
    )
    return state, changed


def read_missing(
    check: PlannedCheck, record: RunRecord, sight: Sight, before: CheckState | None, is_read: bool
) -> CheckState:
    """Return the state of a check that a run planned and ended without a result of."""
    status = EvidenceStatus.NOT_RUN if is_read else EvidenceStatus.NOT_READ
    errors = [table.error for table in record.tables if table.table == check.table and table.error]
    return CheckState(
        table=check.table,
        scope=check.scope,
        expectation_id=check.expectation_id,
        type=check.type,
        sentence=before.sentence if before else "",
        severity=before.severity if before else "",
        status=status,
        parameters=before.parameters if before else {},
        params_sha256=before.params_sha256 if before else None,
        why=errors[0] if errors else "The run planned it, and its record has no result for it.",
        since=before.since if before and before.status is status else sight,
        seen=sight,
    )


def _extend_history(record: EvidenceRecord, item: RecordedEvidence | None, sight: Sight) -> RecordedEvidence:
    history = item.history if item else []
    change = StatusChange(status=record.status, why=record.why, since=sight)
    return RecordedEvidence(
        regulation=record.regulation,
        requirement=record.requirement,
        strength=record.strength,
        history=[*history[1 - HISTORY_KEPT :], change],
    )
