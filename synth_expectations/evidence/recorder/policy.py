"""The policy of a run: what it says, who approved it, and whether it changed since."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from synth_expectations.evidence.approvals import find_approval
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.record import PolicyRecord
from synth_expectations.evidence.recorder.objects import keep_object
from synth_expectations.policy.compile.lockfile import Lock
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.standing import PolicyStanding

EMPTY = compute_digest(b"")


def record_policy(
    ledger: EvidenceLedger, root: Path, policy: Policy | None, lock: Lock, standing: PolicyStanding, at: datetime
) -> PolicyRecord | None:
    """Keep the policy as objects of the ledger, and return its record; None for a project without one.

    Args:
        ledger: gets its texts.
        root: the directory of the project.
        policy: None if there is none, or if it is no longer valid.
        lock: what compile wrote last.
        standing: of the policy on the day of the run.
        at: the start of the run.
    """
    if not policy and not lock.policy:
        return None
    files = policy.files if policy else [root / str(lock.policy.get("path", "policy.yml"))]
    texts = {_name(file, root): keep_object(ledger, file.read_bytes()) for file in files if file.is_file()}
    # of a policy that cannot be read, all that is known is its text
    digest = keep_object(ledger, policy.content) if policy else next(iter(texts.values()), EMPTY)
    approval = find_approval(ledger, digest, at) if policy else None
    is_changed = policy is not None and digest != lock.policy.get("sha256")
    return PolicyRecord(
        sha256=digest,
        files=texts,
        state="changed" if is_changed and standing.approved_by else standing.state,
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
