"""The command `audit resolve`: the records behind the links of a worksheet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from synth_expectations.cli.audit.pack import find_pseudonym_key
from synth_expectations.cli.audit.sample import Pseudonyms
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import say
from synth_expectations.errors import SynthError


def resolve(
    sheet: Annotated[
        Path | None, typer.Option(help="Resolve every record in a worksheet, .xlsx or .parquet.", metavar="FILE")
    ] = None,
    pseudonyms: Pseudonyms = None,
    project: Project = None,
) -> None:
    """Print the record keys behind pseudonyms: those in --sheet, or one per line from stdin. This needs the pseudonym key."""
    from synth_expectations.evidence.pack.pseudonyms import PseudonymKey
    from synth_expectations.evidence.sampling.links import RecordLinks
    from synth_expectations.evidence.sampling.returned_sheet import read_sheet

    path = pseudonyms or find_pseudonym_key(project)
    if not path.is_file():
        raise SynthError(f"There is no key of pseudonyms in {path.name}.", "Name it: --pseudonyms FILE")
    links = RecordLinks(PseudonymKey(path).load())
    if sheet is None:
        if sys.stdin.isatty():
            raise SynthError("Which links?", "Give --sheet FILE, or a link a line on stdin.")
        for line in sys.stdin:
            if line.strip():
                say(links.read(line))
        return
    for row in read_sheet(sheet).records:
        link = str(row.values.get("link") or "")
        say(f"{row.values.get('rank')}\t{links.read(link) if link else '(no link)'}")
