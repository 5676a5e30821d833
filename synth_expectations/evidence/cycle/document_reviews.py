"""Reviews of documents that people recorded in the ledger, for requirements that no expectation can judge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pydantic import Field, ValidationError

from synth_expectations.errors import SynthError
from synth_expectations.evidence.ledger.entry import REVIEWS, Entry, EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.records.fields import Sha256
from synth_expectations.policy.governance import ManualReview
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.manual_reviews import judge_reviews
from synth_expectations.policy.standing import PolicyStanding, ReviewStanding
from synth_expectations.policy.types import ClosedModel, Text


class DocumentReview(ClosedModel):
    """A document that somebody reviewed: the body of an entry `manual_done`.

    Attributes:
        requirement: the regulation and the requirement, as `gdpr/Article 35(7)`.
        document: its address, its number, or its path from the policy.
        sha256: of what was reviewed.
        reviewed_by: who reviewed it.
        on: on which day.
        until: the last day on which the review counts; None is without end.
        by: who recorded it; nothing proves it.
    """

    body_schema: Literal["manual-done/1"] = Field("manual-done/1", alias="schema")
    requirement: Text
    document: Text
    sha256: Sha256
    reviewed_by: Text
    on: date
    until: date | None = None
    by: str = ""

    def to_review(self) -> ManualReview:
        """Return it as the policy would have it.

        Raises:
            ValueError: the policy would refuse it.
        """
        return ManualReview(
            requirement=self.requirement,
            document=self.document,
            sha256=self.sha256,
            reviewed_by=self.reviewed_by,
            on=self.on.isoformat(),
            until=self.until.isoformat() if self.until else None,
        )


@dataclass(frozen=True)
class RecordedReview:
    """A review of a ledger."""

    seq: int
    body: DocumentReview


def parse_review(entry: Entry, content: bytes) -> RecordedReview | None:
    """Return the review of an entry; None if the body is none, or one that a policy would refuse."""
    try:
        body = DocumentReview.model_validate_json(content)
        body.to_review()
    except ValidationError:
        return None
    return RecordedReview(entry.header.seq, body)


def read_reviews(ledger: EvidenceLedger) -> list[RecordedReview]:
    """Return the reviews of a ledger in their order, by its index; one that cannot be read counts for nothing."""
    reviews = []
    for entry in ledger.read_indexed(REVIEWS):
        if entry.header.kind is EntryKind.MANUAL_DONE:
            try:
                review = parse_review(entry, ledger.read_object(entry.header.body_sha256))
            except SynthError:
                continue
            if review:
                reviews.append(review)
    return reviews


def judge_all_reviews(ledger: EvidenceLedger, policy: Policy, day: date) -> tuple[ReviewStanding, ...]:
    """Return whether each review of a policy and of its ledger counts on a day."""
    recorded = [review.body.to_review() for review in read_reviews(ledger)]
    return judge_reviews((*policy.words.manual, *recorded), policy.directory, day)


def add_recorded_reviews(
    standing: PolicyStanding, ledger: EvidenceLedger, policy: Policy | None, day: date
) -> PolicyStanding:
    """Return where a policy stands, with the reviews that the ledger has."""
    return replace(standing, manual=judge_all_reviews(ledger, policy, day)) if policy else standing
