"""The part of `init` that writes the source of a Salesforce project."""

from __future__ import annotations

import os
from pathlib import Path

from synth_expectations.cli.console import say, shorten_paths, tell
from synth_expectations.errors import SynthError


def write_salesforce(
    objects: list[str], out: Path | None, project: Path, marker: str | None, *, has_archive: bool
) -> None:
    """Write the fields that tag synthetic records, and say what was written and what is left to do.

    Args:
        objects: sObjects.
        out: the package directory; None for the default one.
        project: where the policy is, or goes.
        marker: the marker field; None for that of the policy.
        has_archive: whether the org has Field Audit Trail.
    """
    from synth_expectations.policy.salesforce.source_writer import plan_source, write_source

    policy = project / "policy.yml"
    if not policy.exists() and (project / "great_expectations.yml").exists():
        raise SynthError(
            f"{project} is a Great Expectations project without a policy.", "Keep the policy apart with --project NAME."
        )
    plan = plan_source(objects, out, policy, marker, has_archive=has_archive)
    write_source(plan)
    for change in plan.changes:
        say(f"{os.path.relpath(change.path)}: {change.did}")
    if not plan.changes:
        tell("Nothing to write: the source has all of it.")
    for note in plan.notes:
        tell(shorten_paths(f"Note: {note}"))
    tell("Nothing was deployed. Look at the changes, then: synth-expectations gate")
