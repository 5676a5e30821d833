"""The webhooks of a policy in `policy.lock.json`, where a run finds them, also if the policy is no longer valid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.schema import PolicyFile
from synth_expectations.policy.types import format_unknown

NOTIFICATIONS = "notifications"


def check_owners(policy: Policy) -> Iterator[PolicyError]:
    """Yield an error for each owner of a webhook that owns nothing: its messages would reach nobody."""
    owners = {entry.owner or policy.words.owner for entry in policy.tables.values()} | {policy.words.owner}
    for name, notification in policy.words.notifications.items():
        for owner in notification.owners:
            if owner not in owners:
                yield policy.error((NOTIFICATIONS, name, "owners"), f"{name}: {format_unknown('owner', owner, owners)}")


def store_notifications(document: PolicyFile) -> dict[str, Any]:
    """Return what the lock keeps of the webhooks: the variables of their addresses, not the addresses."""
    if not document.notifications:
        return {}
    return {NOTIFICATIONS: {name: item.model_dump(mode="json") for name, item in document.notifications.items()}}
