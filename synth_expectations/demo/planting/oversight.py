"""Reviews that are no oversight, and unusual ones that are; all of decisions on real people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from synth_expectations.demo.crm import DECISION_DAYS, Crm, ReviewTimes
from synth_expectations.demo.effects import (
    EXCLUDE,
    MAX_BATCH,
    NO_OUTCOME,
    NO_REVIEW_TIME,
    NO_REVIEWER,
    NOT_AUTHORISED,
    NOT_TRAINED,
    OVERSIGHT,
    PILE,
    ROBOT,
    TOO_LATE,
    TOO_SOON,
    UNKNOWN_REVIEWER,
    Effect,
)
from synth_expectations.demo.records import Decision, Reviewer

_PASSES = tuple(Effect("credit_decision", name) for name in (OVERSIGHT, EXCLUDE))


def plant(crm: Crm) -> None:
    """Plant all of them."""
    _reviewers(crm)
    _lapsed(crm)
    _times(crm)
    _outcomes(crm)
    _pile(crm)
    _unusual(crm)
    _small_piles(crm)


def unreviewed(decision: Decision) -> Decision:
    """Return the decision without its review."""
    decision.reviewer = decision.reviewed_at = decision.outcome = decision.review_kind = None
    return decision


def _on_real(crm: Crm, change: Callable[[Decision], object] = lambda decision: None) -> Decision:
    decision = crm.add_decision(crm.add_real())
    change(decision)
    return decision


def _by(crm: Crm, reviewer: str | None) -> Decision:
    decision = _on_real(crm)
    decision.reviewer = reviewer
    return decision


def _timed(crm: Crm) -> tuple[Decision, ReviewTimes]:
    times = crm.draw_review()
    return crm.add_decision(crm.add_real(), times=times), times


def _reviewers(crm: Crm) -> None:
    for _ in range(4):
        decision = _on_real(crm, unreviewed)
        crm.ledger.plant("decision without any review", decision.key, NO_REVIEWER, NO_REVIEW_TIME, NO_OUTCOME)
    for nobody in (None, None, "", "  "):
        crm.ledger.plant("review without a reviewer", _by(crm, nobody).key, NO_REVIEWER)
    enlisted = crm.add_reviewer("svc_credit")
    for account in (enlisted, "SVC_CREDIT", " svc_credit "):
        crm.ledger.plant("review by a service account", _by(crm, account).key, ROBOT)
    for account in ("batch-scoring", "credit.bot", "system"):
        crm.ledger.plant("review by a service account", _by(crm, account).key, ROBOT, UNKNOWN_REVIEWER)
    for stranger in ("P-900", "P-901", "P-9000", "J. Doe"):
        crm.ledger.plant("review by someone not on the staff", _by(crm, stranger).key, UNKNOWN_REVIEWER)


def _lapsed(crm: Crm) -> None:
    for days in (0, 1, 7, 30, 40):
        decision, times = _timed(crm)
        decision.reviewer = crm.add_reviewer(authorised_until=times.reviewed_at - timedelta(days=days))
        crm.ledger.plant("reviewer whose authorisation had lapsed", decision.key, NOT_AUTHORISED)
    for days in (0, 1, 7, 30, 40):
        decision, times = _timed(crm)
        decision.reviewer = crm.add_reviewer(trained_until=times.reviewed_at - timedelta(days=days))
        crm.ledger.plant("reviewer whose training had lapsed", decision.key, NOT_TRAINED)


def _times(crm: Crm) -> None:
    for seconds in (1, 60, 3600, 86_400, 86_400 * 9):
        decision = _on_real(crm)
        decision.reviewed_at = decision.scored_at - timedelta(seconds=seconds)
        crm.ledger.plant("reviewed before the model's output", decision.key, TOO_SOON)
    for number, kind in enumerate(("standard", "standard", "Standard", None, "")):
        decision = _on_real(crm)
        decision.review_kind = kind
        decision.reviewed_at = decision.sent_at + timedelta(seconds=1 + number * 120)
        crm.ledger.plant("reviewed after the decision took effect", decision.key, TOO_LATE)


def _outcomes(crm: Crm) -> None:
    for outcome in (None, None, "", " \t"):
        decision = _on_real(crm)
        decision.outcome = outcome
        crm.ledger.plant("review without an outcome", decision.key, NO_OUTCOME)


def _pile(crm: Crm) -> None:
    for decision in _reviewed_at_once(crm, [None] * (MAX_BATCH + 1)):
        crm.ledger.plant("a pile of reviews in one second", decision.key, PILE)


def _reviewed_at_once(crm: Crm, kinds: list[str | None]) -> list[Decision]:
    """Add decisions (of these types; None is a regulated one) that one person reviewed within one second."""
    reviewer, times, pile = crm.add_reviewer(), crm.draw_review(), []
    second = times.reviewed_at.replace(microsecond=0)
    for number, kind in enumerate(kinds):
        decision = crm.add_decision(crm.add_real(), kind, times)
        decision.reviewed_at = second + timedelta(microseconds=number * 140_000)
        decision.reviewer = (reviewer, f" {reviewer.lower()} ")[number % 2]
        pile.append(decision)
    return pile


def _unusual(crm: Crm) -> None:
    def spare(kind: str, decision: Decision) -> None:
        crm.ledger.spare(kind, decision.key, *_PASSES)

    for kind in ("on_request", "on_request", "On_Request", " ON_REQUEST "):
        decision = _on_real(crm)
        decision.review_kind = kind
        decision.reviewed_at = decision.sent_at + timedelta(hours=5)
        spare("review on request, after the effect", decision)
    for _ in range(4):
        decision = _on_real(crm)
        ends = decision.sent_at + timedelta(hours=1)
        decision.reviewer = crm.add_reviewer(authorised_until=ends, trained_until=ends)
        spare("reviewer authorised then, but no longer", decision)
    lapsed, since = crm.ago(days=DECISION_DAYS + 30), crm.ago(days=DECISION_DAYS + 20)
    renewed = crm.add_reviewer(authorised_until=lapsed, trained_until=lapsed)
    crm.staff.append(Reviewer(renewed, since, None, since, crm.as_of + timedelta(days=DECISION_DAYS)))
    for _ in range(3):
        spare("reviewer who was authorised again", _by(crm, renewed))
    for _ in range(2):
        decision = _on_real(crm)
        decision.reviewed_at = decision.scored_at
        spare("reviewed at the moment of the model's output", decision)
    for _ in range(2):
        decision = _on_real(crm)
        decision.reviewed_at = decision.sent_at
        spare("reviewed at the moment of the effect", decision)


def _small_piles(crm: Crm) -> None:
    for decision in _reviewed_at_once(crm, [None] * MAX_BATCH):
        crm.ledger.spare("five reviews in a second", decision.key, *_PASSES)
    for decision in _reviewed_at_once(crm, [None] * MAX_BATCH + ["discount"]):
        crm.ledger.spare("six reviews in a second, one of a discount", decision.key, *_PASSES)
