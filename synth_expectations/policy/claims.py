"""What a policy says of its own approval and reviews, and of what it leaves out: judged on a day."""

from __future__ import annotations

from datetime import date, datetime

import isodate

from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.manual_reviews import judge_reviews
from synth_expectations.policy.schema import PolicyFile
from synth_expectations.policy.standing import DpiaStanding, OmittedPart, PolicyStanding, ReviewState


def judge_standing(policy: Policy, day: date) -> PolicyStanding:
    """Return where a policy stands on a day in UTC, by what it says itself: an approval is no more than claimed.

    The ledger has the approvals on record, and goes before this.
    """
    words = policy.words
    approval = words.approved
    owners = {(owner or "").casefold() for owner in (words.owner, *(table.owner for table in words.tables.values()))}
    review, review_by = _judge_review(words, day)
    return PolicyStanding(
        state="unverified" if approval else "unapproved",
        approved_by=approval.by if approval else "",
        approved_on=approval.on if approval else None,
        valid_until=approval.until if approval else None,
        ticket=(approval.ticket if approval else None) or "",
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
