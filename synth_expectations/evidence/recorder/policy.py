"""The policy of a run: what it says, who approved it, and whether it changed since."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from synth_expectations.evidence.approvals import PolicyApproval, find_approval, find_last_approval
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.cycle.document_reviews import add_recorded_reviews
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.persons import is_same_person
from synth_expectations.evidence.recorder.objects import keep_object
from synth_expectations.evidence.records.policy import PolicyRecord
from synth_expectations.policy.compile.lockfile import Lock
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.standing import PolicyStanding

EMPTY = compute_digest(b"")


@dataclass(frozen=True)
class ApprovedPolicy:
    """Where a policy stands at a time, by what the ledger and the project have on record.

    Attributes:
        standing: as it is reported.
        approval: that of the ledger; None if it has none.
    """

    standing: PolicyStanding
    approval: PolicyApproval | None = None


def judge_policy(
    ledger: EvidenceLedger, policy: Policy | None, standing: PolicyStanding, at: datetime, day: date | None = None
) -> ApprovedPolicy:
    """Return where a policy stands at the start of a run: an approval in the ledger goes before what the policy says.

    A line in the policy alone approves nothing, and neither does a signature that does not hold.

    Args:
        ledger: may have an approval.
        policy: as it is now; None if there is none, or if it is no longer valid.
        standing: of the policy as it was compiled, without the ledger.
        at: the start of the run.
        day: for which reviews of documents are judged; by default that of the start.
    """
    if policy is None:
        return ApprovedPolicy(standing)
    standing = add_recorded_reviews(standing, ledger, policy, day or at.date())
    if standing.review_by and at.astimezone(UTC).date() > standing.review_by:
        # a run that judges as of an earlier day is still a run of today
        standing = replace(standing, review="overdue")
    approval = find_approval(ledger, policy.sha256, at)
    held = approval or find_last_approval(ledger, at)
    if held is None:
        return ApprovedPolicy(standing)
    terms = held.terms
    owners = {policy.words.owner, *(table.owner or "" for table in policy.tables.values())}
    return ApprovedPolicy(
        replace(
            standing,
            state="changed" if approval is None else "expired" if approval.is_expired(at) else "approved",
            approved_by=terms.by,
            approved_on=held.at.date(),
            valid_until=terms.valid_until,
            ticket=terms.ticket,
            recorded_at=approval.at if approval else None,
            by_owner=any(is_same_person(terms.by, owner) for owner in owners),
        ),
        approval,
    )


def record_policy(
    ledger: EvidenceLedger, root: Path, policy: Policy | None, lock: Lock, approved: ApprovedPolicy
) -> PolicyRecord | None:
    """Keep the policy as objects of the ledger, and return its record; None for a project without one.

    Args:
        ledger: gets its texts.
        root: the directory of the project.
        policy: None if there is none, or if it is no longer valid.
        lock: what compile wrote last.
        approved: where it stands.
    """
    standing, approval = approved.standing, approved.approval
    if not policy and not lock.policy:
        return None
    files = policy.files if policy else [root / str(lock.policy.get("path", "policy.yml"))]
    texts = {_name(file, root): keep_object(ledger, file.read_bytes()) for file in files if file.is_file()}
    # of a policy that cannot be read, all that is known is its text
    digest = keep_object(ledger, policy.content) if policy else next(iter(texts.values()), EMPTY)
    is_changed = policy is not None and digest != lock.policy.get("sha256")
    return PolicyRecord(
        sha256=digest,
        files=texts,
        state="changed" if is_changed and standing.approved_by and not approval else standing.state,
        approval_entry=approval.entry if approval else None,
        approved_by=standing.approved_by,
        approved_on=standing.approved_on,
        valid_until=standing.valid_until,
        signed=bool(approval and approval.is_signed),
        ticket=standing.ticket,
        review=standing.review,
        review_by=standing.review_by,
        dpia=", ".join(assessment.name for assessment in standing.dpia),
    )


def _name(file: Path, root: Path) -> str:
    """Return the path of a file from the project, and only its name if it lies far from it."""
    path = os.path.relpath(file, root)
    return file.name if path.startswith(os.path.join("..", "..")) else path.replace(os.sep, "/")
