"""policy.approvals.json: which policy was approved, as the command `approve` recorded it.

The policy says who approved it; this file says what they approved. `compile` never writes it, so that no compiling
makes an approval out of a line in the policy. It lies beside the policy, and is committed with it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import isodate
from pydantic import AwareDatetime, Field, ValidationError

from synth_expectations.policy.compile.project_files import write
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.governance import Approval
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.manual_reviews import judge_reviews
from synth_expectations.policy.schema import PolicyFile
from synth_expectations.policy.standing import ApprovalState, DpiaStanding, OmittedPart, PolicyStanding, ReviewState
from synth_expectations.policy.types import ClosedModel, Text

NAME = "policy.approvals.json"


class RecordedApproval(ClosedModel):
    """An approval, and what was approved.

    Attributes:
        policy_sha256: the digest of the policy, without its approval.
        approval: as the policy says it.
        recorded_at: when the command recorded it, in UTC.
    """

    policy_sha256: Text
    approval: Approval
    recorded_at: AwareDatetime


class _Approvals(ClosedModel):
    schema_: Literal[1] = Field(1, alias="schema")
    approvals: tuple[RecordedApproval, ...] = ()


def read_approvals(directory: Path) -> tuple[RecordedApproval, ...]:
    """Return the recorded approvals of a project; none if there is no file of them.

    Raises:
        PolicyError: it cannot be read.
    """
    file = directory / NAME
    if not file.exists():
        return ()
    try:
        return _Approvals.model_validate_json(file.read_bytes()).approvals
    except (OSError, ValidationError, RecursionError):
        raise PolicyError(
            "It cannot be read.", "Restore it from version control, or approve the policy again.", str(file)
        ) from None


def record_approval(policy: Policy, now: datetime) -> RecordedApproval:
    """Record that the policy as it is was approved, and return the record; one that is there already stays.

    Args:
        policy: with the approval that is to be recorded.
        now: the time, in UTC.

    Raises:
        PolicyError: the policy names no approval, or one of another day or of another policy.
    """
    approval = policy.words.approved
    if approval is None:
        raise policy.error((), "Nobody approved the policy: approved is missing.", _HINT.format(day=now.date()))
    if approval.on > now.date():
        raise policy.error(("approved", "on"), f"approved.on: {approval.on} is a day to come.", "Approve it then.")
    if approval.until and approval.until < now.date():
        raise policy.error(("approved", "until"), f"approved.until: the approval ended on {approval.until}.")
    recorded = read_approvals(policy.directory)
    same = [record for record in recorded if record.approval == approval]
    for record in same:
        if record.policy_sha256 == policy.sha256:
            return record
    if same:
        message = f"The policy changed since {approval.by} approved it on {approval.on}: approve it anew."
        raise policy.error(("approved",), message, _HINT.format(day=now.date()))
    record = RecordedApproval(policy_sha256=policy.sha256, approval=approval, recorded_at=now.replace(microsecond=0))
    document = _Approvals(approvals=(*recorded, record)).model_dump(mode="json", by_alias=True)
    write(policy.directory / NAME, json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    return record


_HINT = 'Write who approves it, and today: approved: {{by: dpo@retailer.example, on: "{day}"}}'


def judge_standing(policy: Policy, sha256: str, recorded: Sequence[RecordedApproval], day: date) -> PolicyStanding:
    """Return where a policy stands on a day.

    Args:
        policy: as it is now.
        sha256: its digest, as it was compiled.
        recorded: the approvals on record.
        day: the day in UTC.
    """
    words = policy.words
    approval = words.approved
    owners = {(owner or "").casefold() for owner in (words.owner, *(table.owner for table in words.tables.values()))}
    record = next((item for item in recorded if item.approval == approval and item.policy_sha256 == sha256), None)
    review, review_by = _judge_review(words, day)
    return PolicyStanding(
        state=_judge_approval(approval, sha256, recorded, day),
        approved_by=approval.by if approval else "",
        approved_on=approval.on if approval else None,
        valid_until=approval.until if approval else None,
        ticket=(approval.ticket if approval else None) or "",
        recorded_at=record.recorded_at if record else None,
        by_owner=approval is not None and approval.by.casefold() in owners,
        review=review,
        review_by=review_by,
        reviewed=words.review.last if words.review else None,
        review_decides=words.review is not None and words.review.overdue == "inconclusive",
        dpia=tuple(
            DpiaStanding(name, entry.reviewed, end := _add(entry.reviewed, entry.every), day > end)
            for name, entry in words.dpia.items()
        ),
        not_covered=tuple(
            OmittedPart(part.what, part.because, part.until, part.until is not None and part.until < day)
            for part in words.not_covered
        ),
        manual=judge_reviews(words.manual, policy.directory, day),
    )


def _judge_approval(
    approval: Approval | None, sha256: str, recorded: Sequence[RecordedApproval], day: date
) -> ApprovalState:
    if approval is None:
        return "unapproved"
    digests = {record.policy_sha256 for record in recorded if record.approval == approval}
    if not digests:
        return "unverified"
    if sha256 not in digests:
        return "changed"
    return "expired" if approval.until and approval.until < day else "approved"


def _judge_review(words: PolicyFile, day: date) -> tuple[ReviewState, date | None]:
    """Return whether a review is overdue, and when it is due; without a last one, from the day of the approval."""
    if words.review is None:
        return "not asked", None
    last = words.review.last or (words.approved.on if words.approved else None)
    if last is None:
        return "overdue", None
    review_by = _add(last, words.review.every)
    return ("overdue" if day > review_by else "due"), review_by


def _add(day: date, duration: str) -> date:
    """Return the day that a duration ends on, by the calendar; the last one there is, if that is beyond it."""
    try:
        end = day + isodate.parse_duration(duration)
    except (OverflowError, ValueError):
        return date.max
    return end.date() if isinstance(end, datetime) else end
