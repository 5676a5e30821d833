"""Keys of policy.yml that are checked when it is read, and that nothing acts on yet."""

from __future__ import annotations

from synth_expectations.policy.schema import PolicyFile


def unwatched_keys(policy: PolicyFile) -> list[str]:
    """Return the keys that a policy uses and nothing acts on yet."""
    used = {
        "review": policy.review,
        "dpia": policy.dpia,
        "not_covered": policy.not_covered,
        "approved.ticket": policy.approved and policy.approved.ticket,
    }
    return [key for key, value in used.items() if value]
