"""The command `audit record`: take the answers to a sample in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synth_expectations.cli.audit.options import Store, find_user, open_ledger
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import WRONG, find_project, say, say_error, tell
from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from synth_expectations.evidence.ledger.ledger import EvidenceLedger
    from synth_expectations.evidence.sampling.recording import Operators

_RUNS_LOOKED_AT = 20


def record(
    sheet: Annotated[
        Path, typer.Argument(help="The worksheet with the answers, .xlsx or .parquet. It is not changed.")
    ],
    by: Annotated[str, typer.Option(help="Who records them; by default the user of this process.")] = "",
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Record the answers to a sample. Refuse a worksheet with altered, duplicated or missing rows."""
    from synth_expectations.evidence.sampling.recording import SheetError, record_answers
    from synth_expectations.evidence.sampling.returned_sheet import read_sheet

    returned = read_sheet(sheet)
    opened = open_ledger(project, ledger)
    recorder = by or find_user()
    try:
        entry, body = record_answers(
            opened, returned, _find_operators(opened, project, returned.draw, recorder), recorder
        )
    except SheetError as error:
        say_error(error)
        for problem in error.problems:
            tell(f"       {problem}")
        raise typer.Exit(WRONG) from None
    projected = [round(share * body.population) for share in (body.rate, body.low, body.high)]
    level = f"{body.confidence:g} %"
    say(f"entry       {entry.header.seq}, answers to draw {body.draw}")
    say(f"exceptions  {body.exceptions:,} of {body.reviewed:,}, {body.rate:.2%}")
    say(
        f"interval    {body.low:.2%} to {body.high:.2%} ({level}, exact); with {level} confidence at most {body.at_most:.2%}"
    )
    say(f"projected   {projected[0]:,} of {body.population:,}, between {projected[1]:,} and {projected[2]:,}")
    for finding, count in body.counts.items():
        say(f"            {count:,} {finding}")
    for note in body.notes:
        tell(f"Note: {note}")


def _find_operators(ledger: EvidenceLedger, project: Path | None, draw: int, recorder: str) -> Operators:
    """Return who drew the sample, ran the checks before it, or records the answers; and who owns what was reviewed."""
    from pydantic import ValidationError

    from synth_expectations.evidence.ledger.entry import EntryKind
    from synth_expectations.evidence.records.run import RunRecord
    from synth_expectations.evidence.sampling.recording import Operators
    from synth_expectations.evidence.sampling.samples import find_sample
    from synth_expectations.policy.load.loader import load_policy

    sample = find_sample(ledger, draw)
    names, runs = {sample.body.by, recorder}, 0
    for number in range(draw, 0, -1):
        entry = ledger.read_entry(number)
        if entry is None or entry.header.kind is not EntryKind.RUN_STARTED:
            continue
        try:
            names.add(RunRecord.model_validate_json(ledger.read_object(entry.header.body_sha256)).actor.claimed)
        except (ValidationError, SynthError):
            continue  # `audit verify` names it
        runs += 1
        if runs == _RUNS_LOOKED_AT:
            break
    owners: set[str] = set()
    try:
        policy = load_policy(find_project(project) / "policy.yml")
        owners = {policy.words.owner, (policy.tables[sample.body.table].owner or "")}
    except (SynthError, KeyError):
        pass  # a ledger without its project: nobody knows who owns the table
    return Operators(frozenset(names - {""}), frozenset(owners - {""}))
