"""Where a policy stands on a day: whether it is approved and reviewed, and what it leaves out on purpose.

The report and the command line need these records at start-up. The policy's models and the compiler are not loaded for
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

ApprovalState = Literal["approved", "changed", "unapproved", "unverified", "expired"]
"""Changed: the ledger has an approval of another policy. Unverified: it has none, and the policy claims one."""

ReviewState = Literal["not asked", "due", "overdue"]


@dataclass(frozen=True)
class DpiaStanding:
    """An impact assessment that the policy names, and whether it should have been reviewed since."""

    name: str
    reviewed: date
    review_by: date
    overdue: bool


@dataclass(frozen=True)
class OmittedPart:
    """A part that the policy leaves out on purpose, and whether its time is over."""

    what: str
    because: str
    until: date | None
    ended: bool


@dataclass(frozen=True)
class ReviewStanding:
    """The review of a document for a requirement that a person must judge.

    Attributes:
        requirement: the regulation and the requirement, as `gdpr/Article 35(7)`.
        document: its address, its number, or its path from the policy.
        sha256: of what was reviewed; empty if the policy does not say.
        open_because: why it does not count on the day; empty if it does.
    """

    requirement: str
    document: str
    sha256: str
    reviewed_by: str
    on: date
    until: date | None
    open_because: str

    def format_sentence(self) -> str:
        """Return what is on record, or why it does not count."""
        if self.open_because:
            return f"{self.document}: {self.open_because}"
        until = f" until {self.until}" if self.until else ""
        digest = "" if self.sha256 else ", without a digest"
        return f"{self.document}, reviewed by {self.reviewed_by} on {self.on}{until}{digest}"


@dataclass(frozen=True)
class PolicyStanding:
    """Where a policy stands on a day.

    Attributes:
        state: of its approval.
        approved_by: who approved it, as the ledger or else the policy says; empty if neither does.
        approved_on: the day.
        valid_until: the last day of the approval; None if it has none.
        ticket: where the approval was asked for.
        recorded_at: when `audit approve` recorded it, in UTC; None if it did not.
        by_owner: whether who approved it is the owner of the policy or of a table.
        review: whether a review of the policy is overdue.
        review_by: the day by which it is to be reviewed again; None if it was never reviewed, or need not be.
        reviewed: the day of the last review.
        review_decides: whether results are inconclusive while the review is overdue.
        dpia: the impact assessments that it names.
        not_covered: what it leaves out on purpose.
        manual: the reviews of documents that it has on record.
    """

    state: ApprovalState = "unapproved"
    approved_by: str = ""
    approved_on: date | None = None
    valid_until: date | None = None
    ticket: str = ""
    recorded_at: datetime | None = None
    by_owner: bool = False
    review: ReviewState = "not asked"
    review_by: date | None = None
    reviewed: date | None = None
    review_decides: bool = False
    dpia: tuple[DpiaStanding, ...] = ()
    not_covered: tuple[OmittedPart, ...] = ()
    manual: tuple[ReviewStanding, ...] = ()

    def list_notes(self) -> Iterator[str]:
        """Yield what somebody should do about it, a sentence each."""
        who = f"{self.approved_by} approved it on {self.approved_on}"
        match self.state:
            case "changed":
                yield f"The policy changed since {who}."
            case "unverified":
                yield (
                    f"The policy says that {who}, but that is not on record."
                    " Whoever approves it runs: synth-expectations audit approve"
                )
            case "expired":
                yield f"The approval of the policy by {self.approved_by} ended on {self.valid_until}."
        if self.by_owner and self.state == "approved":
            yield f"The policy is approved by {self.approved_by}, who owns it or a table of it."
        if self.review == "overdue":
            since = f"was due on {self.review_by}" if self.review_by else "never took place"
            yield f"The review of the policy {since}. Review it, and write the day into review.last."
        for assessment in self.dpia:
            if assessment.overdue:
                yield f"The impact assessment {assessment.name} was to be reviewed by {assessment.review_by}."
        for part in self.not_covered:
            if part.ended:
                yield f"The policy does not cover {part.what}, and the time for that ended on {part.until}."
        for review in self.manual:
            if review.open_because:
                yield f"{review.requirement} is open: {review.format_sentence()}."

    def list_doubts(self) -> Iterator[str]:
        """Yield why no result under this policy may be counted as support, a sentence each."""
        reasons: dict[ApprovalState, str] = {
            "changed": f"the policy changed since it was approved on {self.approved_on}",
            "unapproved": "nobody approved the policy",
            "unverified": f"the approval of {self.approved_on} is not on record",
            "expired": f"the approval ended on {self.valid_until}",
        }
        if self.state in reasons:
            yield f"unapproved policy: {reasons[self.state]}"
        if self.review == "overdue" and self.review_decides:
            yield f"overdue review: the policy was to be reviewed by {self.review_by or 'now'}"

    def document(self) -> dict[str, Any]:
        """Return it as plain data, with days as text."""
        return {name: _to_plain(value) for name, value in asdict(self).items()}


def _to_plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _to_plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_to_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value
