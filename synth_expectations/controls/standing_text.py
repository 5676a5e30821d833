"""Where a policy stands, as text: whether it is approved and reviewed, and what it leaves out on purpose."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.policy.standing import PolicyStanding


def list_standing(standing: PolicyStanding) -> Iterator[tuple[str, str]]:
    """Yield what a policy has beside its tables, each with a label."""
    yield "Policy", _format_approval(standing)
    match standing.review:
        case "not asked":
            yield "Review", "The policy does not say when it is to be reviewed."
        case "due":
            last = f", last on {standing.reviewed}" if standing.reviewed else ""
            yield "Review", f"Due by {standing.review_by}{last}."
        case "overdue":
            yield "Review", f"Overdue since {standing.review_by}." if standing.review_by else "Overdue: it had none."
    for assessment in standing.dpia:
        late = " (overdue)" if assessment.overdue else ""
        yield (
            "DPIA",
            f"{assessment.name}: reviewed on {assessment.reviewed}, again by {assessment.review_by}{late}.",
        )
    for part in standing.not_covered:
        until = f" Until {part.until}{' (ended)' if part.ended else ''}." if part.until else ""
        yield "Left out", f"{part.what}: {part.because.rstrip('.')}.{until}"


def _format_approval(standing: PolicyStanding) -> str:
    if standing.state == "unapproved":
        return "Unapproved: no approver is named."
    until = f" until {standing.valid_until}" if standing.valid_until else ""
    ticket = f", {standing.ticket}" if standing.ticket else ""
    return f"{standing.state.capitalize()}, by {standing.approved_by} on {standing.approved_on}{until}{ticket}."
