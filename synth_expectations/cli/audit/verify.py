"""The command `audit verify`: whether a ledger or a pack is whole and unaltered."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated

import typer

from synth_expectations.cli.audit.options import find_location
from synth_expectations.cli.compile import AsJson, Project
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
        typer.Option(help="The head that you noted; it must still be in the ledger, unchanged.", metavar="SHA256"),
    ] = None,
    trust: Annotated[
        list[Path] | None,
        typer.Option(help="Public keys that you got from their owners: PEM, or keys.json; may be repeated."),
    ] = None,
    tsa_root: Annotated[
        Path | None,
        typer.Option(
            help="The root certificate (PEM) of the time stamping authority, which you got from the authority.",
            metavar="FILE",
        ),
    ] = None,
    anchors: Annotated[
        list[str] | None,
        typer.Option(
            help="A store or a git repository in which the ledger was anchored; may be repeated.", metavar="PLACE"
        ),
    ] = None,
    sign_off: Annotated[
        list[Path] | None,
        typer.Option("--sign-off", help="A sign-off of a pack, as written by audit sign-off --out; may be repeated."),
    ] = None,
    as_json: AsJson = False,
    project: Project = None,
) -> None:
    """Verify that evidence is unaltered. Exit 0 verified, 1 altered, missing or contradictory, 2 cannot be judged."""
    from synth_expectations.evidence.anchors.timestamps import RootCertificates
    from synth_expectations.evidence.keys.signing_key import read_file
    from synth_expectations.evidence.keys.trust import read_trust
    from synth_expectations.evidence.ledger.location import open_store
    from synth_expectations.evidence.verification.anchors import AnchorWitnesses
    from synth_expectations.evidence.verification.ledger_verifier import verify_ledger
    from synth_expectations.evidence.verification.pack_source import is_pack
    from synth_expectations.evidence.verification.pack_verifier import verify_pack
    from synth_expectations.evidence.verification.report import format_verification

    if expect_head is not None and not re.fullmatch("[0-9A-Fa-f]{64}", expect_head.strip()):
        raise SynthError(
            f"--expect-head: {expect_head} is not a head.", "Give all 64 digits that audit verify printed."
        )
    ring = read_trust(trust) if trust else None
    witnesses = AnchorWitnesses(RootCertificates(tsa_root) if tsa_root else None, tuple(anchors or ()))
    if place is not None and is_pack(Path(place)):
        sign_offs = {path.name: read_file(path) for path in sign_off or ()}
        report = verify_pack(Path(place), expect_head, ring, witnesses=witnesses, sign_offs=sign_offs)
    elif sign_off:
        raise SynthError("--sign-off belongs to a pack.", "Name the pack: audit verify PACK --sign-off FILE")
    elif place is not None and Path(place).is_file():
        raise SynthError(
            f"{place} is not a pack: it is not a zip file, or damaged.", "Name a pack, or a ledger's directory."
        )
    else:
        store = open_store(place or find_location(project), Path())
        report = verify_ledger(store, expect_head, ring, witnesses=witnesses)
    if as_json:
        say(json.dumps(report.to_document(), indent=2))
    else:
        for line in format_verification(report):
            show(shorten_paths(line))
    raise typer.Exit(report.exit_code)
