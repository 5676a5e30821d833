"""The command `approve`: record which policy was approved."""

from __future__ import annotations

from datetime import UTC, datetime

from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import find_project, say, tell
from synth_expectations.errors import SynthError


def approve(project: Project = None) -> None:
    """Record that the policy as it is compiled is what `approved` in it speaks of. For whoever approves it to run."""
    root = find_project(project)
    from synth_expectations.policy.approvals import NAME, record_approval
    from synth_expectations.policy.compile.compiler import compile_policy

    compiled = compile_policy(root / "policy.yml")
    if compiled.stale:
        raise SynthError("The policy is not compiled as it is.", "Run synth-expectations compile, and read the diff.")
    record = record_approval(compiled.policy, datetime.now(UTC))
    approval = record.approval
    until = f" until {approval.until}" if approval.until else ""
    say(f"policy  {record.policy_sha256}")
    say(f"by      {approval.by}, on {approval.on}{until}{f', {approval.ticket}' if approval.ticket else ''}")
    say(f"at      {record.recorded_at:%Y-%m-%d %H:%M:%S} UTC")
    tell(f"Recorded in {NAME}: commit it with the policy. It is asserted, and not signed.")
