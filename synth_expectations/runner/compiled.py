"""What the compiled files say of a run: which policy it was, what it leaves out, and whether it is still so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load import load
from synth_expectations.policy.lock import Lock, read_lock
from synth_expectations.policy.project import sha256
from synth_expectations.report.model import Exclusion


def lock_of(root: Path) -> Lock:
    """What compile wrote last; an empty lock for a project without a policy."""
    return read_lock(root)


def changed(root: Path, lock: Lock) -> Iterator[str]:
    """What differs from what was compiled, one sentence each."""
    for path, digest in lock.files.items():
        file = root / path
        if not file.is_file():
            yield f"{path} is gone: compile again."
        elif sha256(file.read_text(encoding="utf-8", errors="replace")) != digest:
            yield f"{path} was changed since it was compiled: move the change into policy.yml, then compile --force."
    policy = root / str(lock.policy.get("path", ""))
    if lock.policy and policy.is_file():
        try:
            if load(policy).sha256 != lock.policy.get("sha256"):
                yield f"{policy.name} was changed since it was compiled: compile, then review the diff."
        except PolicyError as error:
            yield f"{policy.name} is not valid any more: {error.errors[0].located()}"


def approval(lock: Lock) -> str:
    """That the policy is not the one that was approved, as a sentence; empty if it is, or none was."""
    approved = lock.policy.get("approved")
    if not approved or lock.policy.get("approved_sha256") == lock.policy.get("sha256"):
        return ""
    return f"The policy changed since {approved['by']} approved it on {approved['on']}."


def exclusions(lock: Lock, tables: set[str], today: date) -> tuple[Exclusion, ...]:
    """The checks of some tables that the policy leaves out or narrows."""
    return tuple(
        Exclusion(
            table=each["table"],
            type=each["type"],
            reason="; ".join(part for part in (each["narrowed"], each["reason"]) if part),
            approved_by=each["approved_by"],
            until=each["until"],
            expired=bool(each["until"]) and date.fromisoformat(each["until"]) < today,
        )
        for each in lock.left_out
        if each["table"] in tables
    )
