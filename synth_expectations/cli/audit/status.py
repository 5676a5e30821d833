"""The commands `audit status` and `audit explain-gap`: what is due, and why something was not checked."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synth_expectations.cli.audit.options import Store, find_location, find_user, open_ledger, parse_day, read_ledger
from synth_expectations.cli.compile import AsJson, Project
from synth_expectations.cli.console import FAILED, PASSED, find_project, say, show, tell
from synth_expectations.errors import SynthError, nearest

if TYPE_CHECKING:
    from synth_expectations.evidence.cycle.status import CycleStatus
    from synth_expectations.policy.load.loader import Policy


def status(as_json: AsJson = False, project: Project = None, ledger: Store = None) -> None:
    """Report what is due, missed or overdue, even if nothing ran. Exit 1 if overdue, 2 if it cannot tell."""
    from synth_expectations.evidence.cycle.status import read_status
    from synth_expectations.evidence.cycle.status_text import format_status

    policy = load_project_policy(project)
    opened = read_ledger(project, ledger or find_location(project))
    standing = read_status(opened, policy, opened.now())
    if as_json:
        say(json.dumps(standing.to_document(), indent=2))
    else:
        for line in format_status(standing):
            show(line)
    raise typer.Exit(FAILED if standing.is_overdue else PASSED)


def explain_gap(
    kind: Annotated[str, typer.Argument(help="What was due: checkpoint or table.", metavar="checkpoint|table")],
    name: Annotated[str, typer.Argument(help="Its name in the policy.")],
    reason: Annotated[str, typer.Option(help="The reason why it was not checked. It stays on record.")],
    first: Annotated[str, typer.Option("--from", help="The day of the first missed deadline.")],
    last: Annotated[
        str | None, typer.Option("--to", help="The day of the last missed deadline; by default the same.")
    ] = None,
    by: Annotated[str, typer.Option(help="Who explains it; by default the user of this process.")] = "",
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Record why something that was due was not checked. It is then shown as explained, never as done."""
    from synth_expectations.evidence.cycle.deadlines import Outcome
    from synth_expectations.evidence.cycle.gap_explanations import GapExplanation
    from synth_expectations.evidence.cycle.status import read_status
    from synth_expectations.evidence.ledger.entry import EntryKind

    if kind not in {"checkpoint", "table"}:
        raise SynthError(f"{kind} is nothing that is due.", "Write checkpoint or table, then its name.")
    if not reason.strip():
        raise SynthError("Why was it not checked?", "Give --reason.")
    start, end = parse_day(first, "--from"), parse_day(last or first, "--to")
    if end < start:
        raise SynthError(f"--to: {end} is before {start}.", "Give the first day with --from, and the last with --to.")
    policy = load_project_policy(project)
    opened = open_ledger(project, ledger)
    if end > opened.now().date() + timedelta(days=1):  # a day may have begun elsewhere
        raise SynthError(f"--to: {end} is still to come.", "Explain a gap when it was missed.")
    standing = read_status(opened, policy, opened.now())
    subject = next((known for known in standing.deadlines if (known.kind, known.name) == (kind, name)), None)
    if subject is None:
        raise _build_unknown(standing, kind, name)
    within = [deadline for deadline in standing.deadlines[subject] if start <= deadline.day <= end]
    gaps = [deadline for deadline in within if deadline.is_gap]
    if not gaps:
        told = ", ".join(f"{deadline.day} {deadline.outcome}" for deadline in within[:5])
        raise SynthError(
            f"Nothing of {subject.title} was missed from {start} to {end}{f': {told}' if told else ''}.",
            "List what was: synth-expectations audit status",
        )
    if any(deadline.outcome is Outcome.DUE for deadline in within):
        raise SynthError(f"--to: the deadline of {within[-1].day} is still to come.", "Explain it when it was missed.")
    body = GapExplanation(
        subject=subject.kind, name=name, first=start, last=end, reason=reason.strip(), by=by.strip() or find_user()
    )
    entry = opened.append(EntryKind.GAP_EXPLAINED, body)
    for gap in gaps:
        say(f"explained  {gap.subject.title}, {gap.day}")
    tell(f"Entry {entry.header.seq} of the ledger says why. It was not checked all the same.")


def load_project_policy(project: Path | None) -> Policy:
    """Return the policy of a project.

    Raises:
        SynthError: there is none, or it is not valid.
    """
    from synth_expectations.policy.load.loader import load_policy

    path = find_project(project) / "policy.yml"
    if not path.is_file():
        raise SynthError(
            "The project has no policy.yml, so nothing says what is due.", "Write one: synth-expectations init"
        )
    return load_policy(path)


def _build_unknown(standing: CycleStatus, kind: str, name: str) -> SynthError:
    names = sorted(subject.name for subject in standing.deadlines if subject.kind == kind)
    guess = nearest(name, names)
    listed = f"{kind}s with one: {', '.join(names[:10])}." if names else f"No {kind} has one."
    return SynthError(f"The {kind} {name} has no schedule.", f"Did you mean {guess}?" if guess else listed.capitalize())
