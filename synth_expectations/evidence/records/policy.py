"""What the policy of a run says: who approved it, what it leaves out, and who answers for what."""

from __future__ import annotations

from datetime import date
from typing import Literal

from synth_expectations.evidence.records.fields import Sha256
from synth_expectations.policy.types import ClosedModel

PolicyState = Literal["approved", "changed", "unapproved", "unverified", "expired"]
ReviewState = Literal["not asked", "due", "overdue"]


class PolicyRecord(ClosedModel):
    """The policy that a run was compiled from.

    Attributes:
        sha256: of what the policy says, as `Policy.content` has it: what is approved, and an object of the ledger.
        files: the SHA-256 of each of its files as it is written, by its path; the texts are objects of the ledger.
        state: of its approval at the start of the run; `unverified` is an approval that `audit approve` did not record.
        approval_entry: the number of the ledger's entry that approves it.
        approved_by: who; empty if nobody did.
        approved_on: the day, in UTC.
        valid_until: the last day of the approval.
        signed: whether the approver's own key signed it.
        ticket: where the approval was asked for.
    """

    sha256: Sha256
    files: dict[str, Sha256] = {}
    state: PolicyState
    approval_entry: int | None = None
    approved_by: str = ""
    approved_on: date | None = None
    valid_until: date | None = None
    signed: bool = False
    ticket: str = ""
    review: ReviewState = "not asked"
    review_by: date | None = None
    dpia: str = ""


class ExclusionRecord(ClosedModel):
    """An expectation that the policy leaves out for a table, or narrows."""

    table: str
    type: str
    reason: str
    approved_by: str = ""
    until: date | None = None
    expired: bool = False


class UncoveredRecord(ClosedModel):
    """An expectation that a table's roles ask for, and the policy does not say enough for."""

    table: str
    type: str
    reason: str


class OwnershipRecord(ClosedModel):
    """Who answers for a table, or for a check of it of which others do; an empty cell names nobody.

    Attributes:
        type: of the check; empty for all checks of the table that have no line of their own.
    """

    table: str
    type: str = ""
    accountable: str = ""
    operator: str = ""
    approver: str = ""
    reviewer: str = ""


class TrainingRecord(ClosedModel):
    """How many teams of a function are trained on the day of as_of: counts, and no names.

    Attributes:
        over: how many were, and the last day is over.
        unknown: of how many the policy does not say.
    """

    function: str
    trained: int = 0
    over: int = 0
    unknown: int = 0
