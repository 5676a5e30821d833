"""The command `controls`: the requirements of regulations, and the expectations that give evidence."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synth_expectations.cli.compile import AsJson, Project
from synth_expectations.cli.console import find_project, say, tell
from synth_expectations.cli.terminal import find_width
from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from synth_expectations.policy.load.loader import Policy
    from synth_expectations.policy.standing import PolicyStanding


def controls(
    name: Annotated[
        str | None,
        typer.Argument(
            help="Show one regulation in full, such as gdpr; by default a summary of all.", metavar="[REGULATION]"
        ),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="The day on which requirements apply, such as 2026-11-22; by default today.")
    ] = None,
    project: Project = None,
    as_json: AsJson = False,
) -> None:
    """List requirements of regulations, their evidence, what no expectation can show, and documents that people reviewed."""
    from synth_expectations.controls import controls_to_document, find_regulation, format_controls
    from synth_expectations.controls.load import load_installed

    day = _parse_day(as_of) if as_of else datetime.now(UTC).date()
    chosen = (find_regulation(name),) if name else load_installed()
    standing = _read_standing(project, day)
    if as_json:
        say(json.dumps(controls_to_document(chosen, day, standing=standing), indent=2))
        return
    for line in format_controls(chosen, day, standing=standing, whole=bool(name), width=find_width()):
        say(line)


def _read_standing(project: Path | None, day: date) -> PolicyStanding | None:
    """Return where the policy of the project stands; None if no project is named, and there is none here.

    Raises:
        PolicyError: the policy is not valid, or has a review for no requirement.
        SynthError: a project is named, and is none.
    """
    try:
        root = find_project(project)
    except SynthError:
        if project is None:
            return None
        raise
    if not (root / "policy.yml").is_file():
        return None
    from synth_expectations.controls.reviews import check_reviews
    from synth_expectations.policy.claims import judge_standing
    from synth_expectations.policy.load.loader import load_policy

    policy = load_policy(root / "policy.yml")
    check_reviews(policy)
    return _ask_ledger(root, policy, judge_standing(policy, day), day)


def _ask_ledger(root: Path, policy: Policy, standing: PolicyStanding, day: date) -> PolicyStanding:
    """Return where the policy stands with the approvals that the ledger had at the end of the day."""
    from synth_expectations.cli.audit.options import read_ledger
    from synth_expectations.evidence.recorder.policy import judge_policy

    try:
        ledger = read_ledger(root, None)
        return judge_policy(ledger, policy, standing, datetime.combine(day, time.max, UTC)).standing
    except SynthError as error:
        tell(f"Note: the ledger was not asked for approvals. {error}")
        return standing


def _parse_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SynthError(f"{text} is not a day.", "Write 2026-11-22.") from None
