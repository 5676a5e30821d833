"""The command `audit anchor`: let somebody outside keep or sign the head of the ledger."""

from __future__ import annotations

import typer

from synth_expectations.cli.audit.options import Store, find_anchor_targets, open_ledger, shorten
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import FAILED, find_project, say, tell
from synth_expectations.errors import SynthError


def anchor(project: Project = None, ledger: Store = None) -> None:
    """Anchor the head of the ledger with everything that the policy names. Exit 1 if one could not be reached."""
    from synth_expectations.evidence.anchors.anchor_maker import make_anchors
    from synth_expectations.policy.load.loader import load_policy

    path = find_project(project) / "policy.yml"
    targets = find_anchor_targets(load_policy(path))
    if not targets:
        raise SynthError(
            "The policy names no anchor for the ledger.",
            "Add evidence.anchor to policy.yml, such as [{rfc3161: https://tsa.example/tsr, root: keys/tsa-root.pem}].",
        )
    outcomes = make_anchors(open_ledger(project, ledger), targets, path.parent)
    for outcome in outcomes:
        if outcome.anchor:
            body, entry = outcome.anchor.body, outcome.anchor.header.seq
            when = f"{outcome.anchor.at:%Y-%m-%d %H:%M} UTC"
            say(f"anchored  #{body.seq:,} {shorten(body.head)} at {when} by {body.by or body.target}")
            say(f"entry     {entry}")
        else:
            tell(f"ERROR  {outcome.problem}")
    if any(outcome.problem for outcome in outcomes):
        tell("Run audit anchor again: nothing else in the ledger waits for it.")
        raise typer.Exit(FAILED)
