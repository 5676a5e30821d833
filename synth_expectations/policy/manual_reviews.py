"""The reviews of documents that a policy has on record, for requirements that only a person can judge."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from synth_expectations.policy.governance import ManualReview
from synth_expectations.policy.standing import ReviewStanding

_ABSENT = "there is no such file beside the policy, or it cannot be read"


def judge_reviews(reviews: Iterable[ManualReview], directory: Path, day: date) -> tuple[ReviewStanding, ...]:
    """Return whether each review counts on a day; of several of one document, the last one before that day.

    Args:
        reviews: as the policy lists them.
        directory: of the policy, which documents that are files lie below.
        day: the day in UTC.
    """
    newest: dict[tuple[str, str], ManualReview] = {}
    for review in reviews:
        key = (review.requirement, review.document)
        other = newest.get(key)
        if other is None or _rank(review, day) > _rank(other, day):
            newest[key] = review
    return tuple(
        ReviewStanding(
            requirement=review.requirement,
            document=review.document,
            sha256=review.sha256 or "",
            reviewed_by=review.reviewed_by,
            on=review.on,
            until=review.until,
            open_because=_find_reason(review, directory, day),
        )
        for review in newest.values()
    )


def _rank(review: ManualReview, day: date) -> tuple[bool, date]:
    return review.on <= day, review.on


def _find_reason(review: ManualReview, directory: Path, day: date) -> str:
    """Return why a review does not count, without its document; empty if it does."""
    if review.on > day:
        return f"it was reviewed on {review.on}, after {day}"
    if review.until and review.until < day:
        return f"the review of {review.on} ended on {review.until}"
    if not review.sha256 or review.is_address:
        return ""
    document = directory / review.document
    try:
        if not document.is_file():  # a pipe or a device would never end
            return _ABSENT
        with document.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return _ABSENT
    return "" if digest == review.sha256 else f"it changed since it was reviewed on {review.on}"
