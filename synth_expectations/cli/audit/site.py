"""The command `audit site`: the pages of a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from synth_expectations.cli.audit.options import Store, find_location, read_ledger
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import FAILED, say, tell
from synth_expectations.errors import SynthError


def site(
    out: Annotated[
        Path | None,
        typer.Option(help="The directory for the pages; by default `site` in the ledger.", metavar="DIRECTORY"),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Write every page again, including unchanged ones.")
    ] = False,
    ledger: Store = None,
    project: Project = None,
) -> None:
    """Write the evidence site of a ledger for an auditor, and print its address. Exit 1 if the ledger is not intact."""
    from synth_expectations.engine.object_addresses import is_address
    from synth_expectations.evidence.site.builder import write_site
    from synth_expectations.evidence.site.project_site import SITE

    location = ledger or find_location(project)
    if out is None and is_address(location):
        raise SynthError("The ledger is in an object store.", "Name a directory for its pages: --out DIRECTORY.")
    store = read_ledger(project, location)
    if store.read_head().seq == 0:
        raise SynthError(
            f"There is no ledger in {location}.", "A run creates it. Name another: audit site --ledger DIRECTORY"
        )
    summary = write_site(store, (out or Path(location) / SITE).absolute(), rebuild=rebuild)
    say(str(summary.index))
    count = len(summary.written)
    tell(f"Entries 1 to {summary.head}: {count} {'file' if count == 1 else 'files'} written.")
    for problem in summary.problems:
        tell(f"ERROR  {problem}")
    if summary.problems:
        raise typer.Exit(FAILED)
