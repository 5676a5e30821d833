"""The webhooks of a policy in `policy.lock.json`, where a run finds them, also if the policy is no longer valid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.notification import Notification
from synth_expectations.policy.ownership_matrix import list_ownership
from synth_expectations.policy.types import format_unknown

NOTIFICATIONS, TEAMS = "notifications", "teams"


def check_owners(policy: Policy) -> Iterator[PolicyError]:
    """Yield an error for each owner of a webhook that owns nothing: its messages would reach nobody."""
    owners = {entry.owner or policy.words.owner for entry in policy.tables.values()} | {policy.words.owner}
    for name, notification in policy.words.notifications.items():
        for owner in notification.owners:
            if owner not in owners:
                yield policy.error((NOTIFICATIONS, name, "owners"), f"{name}: {format_unknown('owner', owner, owners)}")


def check_teams(policy: Policy) -> Iterator[PolicyError]:
    """Yield an error for each team of a webhook that neither operates nor is accountable for any table."""
    teams = {name for table in _find_teams(policy).values() for name in table}
    for name, notification in policy.words.notifications.items():
        for team in notification.for_teams:
            if team not in teams:
                yield policy.error((NOTIFICATIONS, name, "for_teams"), f"{name}: {format_unknown('team', team, teams)}")


def store_notifications(policy: Policy) -> dict[str, Any]:
    """Return what the lock keeps of the webhooks: the variables of their addresses, not the addresses.

    If a webhook names teams, the lock also keeps which teams each table has.
    """
    document = policy.words
    if not document.notifications:
        return {}
    kept: dict[str, Any] = {
        NOTIFICATIONS: {name: _to_document(item) for name, item in document.notifications.items()},
    }
    if any(item.for_teams for item in document.notifications.values()):
        kept[TEAMS] = {table: sorted(teams) for table, teams in _find_teams(policy).items()}
    return kept


def _to_document(notification: Notification) -> dict[str, Any]:
    document = notification.model_dump(mode="json")
    return (
        document if notification.for_teams else {name: value for name, value in document.items() if name != "for_teams"}
    )


def _find_teams(policy: Policy) -> dict[str, set[str]]:
    """Return who operates or is accountable for each table, or for one of its checks."""
    teams: dict[str, set[str]] = {}
    for row in list_ownership(policy):
        teams.setdefault(row.table, set()).update({row.accountable, row.operator} - {""})
    return teams
