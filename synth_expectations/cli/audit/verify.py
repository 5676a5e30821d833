"""The command `audit verify`: whether a ledger or a pack is whole and unaltered."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated

import typer

from synth_expectations.cli.audit.options import find_location
from synth_expectations.cli.catalogue import AsJson
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import say, shorten_paths, show
from synth_expectations.errors import SynthError


def verify(
    place: Annotated[
        str | None,
        typer.Argument(
            help="A ledger's directory or address, or a pack; by default the project's ledger.", metavar="[PLACE]"
        ),
    ] = None,
    expect_head: Annotated[
        str | None,
        typer.Option(help="The head that you noted: it must still be in the ledger, as it was.", metavar="SHA256"),
    ] = None,
    trust: Annotated[
        list[Path] | None,
        typer.Option(help="Public keys that you got from their owners: PEM, or keys.json; may be repeated."),
    ] = None,
    as_json: AsJson = False,
    project: Project = None,
) -> None:
    """Verify that evidence is unaltered. Exit 0 verified, 1 altered, missing or contradicting, 2 cannot be judged."""
    from synth_expectations.evidence.keys.trust import read_trust
    from synth_expectations.evidence.ledger.location import open_store
    from synth_expectations.evidence.verification.ledger_verifier import verify_ledger
    from synth_expectations.evidence.verification.pack_verifier import is_pack, verify_pack
    from synth_expectations.evidence.verification.report import format_verification

    if expect_head is not None and not re.fullmatch("[0-9A-Fa-f]{64}", expect_head.strip()):
        raise SynthError(f"--expect-head: {expect_head} is no head.", "Give all 64 digits that audit verify printed.")
    ring = read_trust(trust) if trust else None
    if place is not None and is_pack(Path(place)):
        report = verify_pack(Path(place), expect_head, ring)
    elif place is not None and Path(place).is_file():
        raise SynthError(f"{place} is no pack: it is no zip file, or damaged.", "Name a pack, or a ledger's directory.")
    else:
        report = verify_ledger(open_store(place or find_location(project), Path()), expect_head, ring)
    if as_json:
        say(json.dumps(report.to_document(), indent=2))
    else:
        for line in format_verification(report):
            show(shorten_paths(line))
    raise typer.Exit(report.exit_code)
