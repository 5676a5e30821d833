"""The commands `audit redact` and `audit adopt`: results that go on record, and that come in without proof."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from synth_expectations.cli.audit.options import Store, find_user, open_ledger
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import say, tell
from synth_expectations.errors import SynthError


def redact(
    result: Annotated[str, typer.Argument(help="The SHA-256 of the result, or at least its first eight digits.")],
    reason: Annotated[str, typer.Option(help="The reason, such as the ticket of an erasure. It stays on record.")],
    by: Annotated[str, typer.Option(help="Who redacts; by default the user of this process.")] = "",
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Remove the content of a result from the ledger, and record the removal. Its digest remains."""
    from synth_expectations.evidence.redactions import redact_result

    if not reason.strip():
        raise SynthError("Why is the result redacted?", "Give --reason.")
    body = redact_result(open_ledger(project, ledger), result, reason.strip(), by or find_user())
    say(f"redacted  {body.sha256}")
    tell("The ledger no longer has it. Great Expectations' own copy, its Data Docs, packs that were made, and former")
    tell("versions that an object store keeps are yours to remove.")


def adopt(
    directory: Annotated[Path, typer.Argument(help="The directory of Great Expectations' validation results.")],
    by: Annotated[str, typer.Option(help="Who adopts them; by default the user of this process.")] = "",
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Import results from before the ledger as not proved, because nothing shows when and how they were made."""
    from synth_expectations.evidence.adoption import adopt_results

    opened = open_ledger(project, ledger)
    entry, body = adopt_results(opened, directory, by or find_user())
    say(f"adopted  {len(body.results)} results, not proved")
    say(f"entry    {entry.header.seq}")
