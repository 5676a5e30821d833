"""The command `audit pack`: a zip file of a period, for an auditor."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from synth_expectations.cli.audit.options import Store, read_ledger
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import find_project, say, tell
from synth_expectations.errors import SynthError

PSEUDONYM_KEY = Path("uncommitted") / "pseudonym.key"
"""Where the key of pseudonyms lies in a project: git ignores the directory."""


def pack(
    period: Annotated[str, typer.Option(help="2026Q4, 2026-11, 2026, or two days: 2026-10-01..2026-12-31. In UTC.")],
    out: Annotated[Path, typer.Option(help="The zip file to write.", metavar="FILE")],
    regulation: Annotated[
        list[str] | None, typer.Option(help="Limit the pack to a regulation, such as gdpr; may be repeated.")
    ] = None,
    table: Annotated[list[str] | None, typer.Option(help="Limit the pack to a table; may be repeated.")] = None,
    key: Annotated[
        Path | None, typer.Option(help="Sign the manifest with this private key: see audit key.", metavar="FILE")
    ] = None,
    pseudonyms: Annotated[
        Path | None,
        typer.Option(
            help="The key for pseudonyms of record keys, created if it does not exist; by default uncommitted/pseudonym.key "
            "in the project.",
            metavar="FILE",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Pack the evidence of a period into a zip file that an auditor can verify without this program."""
    from synth_expectations.evidence.attestations.envelope import sign_manifest
    from synth_expectations.evidence.cycle.closing import ClosingError, read_closings
    from synth_expectations.evidence.cycle.period_close import check_same_pack
    from synth_expectations.evidence.keys.signing_key import read_signing_key
    from synth_expectations.evidence.ledger.errors import RedactedError
    from synth_expectations.evidence.pack.archive import check_target
    from synth_expectations.evidence.pack.builder import build_pack, write_pack
    from synth_expectations.evidence.pack.period import parse_period
    from synth_expectations.evidence.pack.pseudonyms import PseudonymKey

    days = parse_period(period)
    check_target(out, replace=force)
    signing_key = read_signing_key(key) if key else None
    opened = read_ledger(project, ledger)
    closing = next((known for known in read_closings(opened).values() if known.has_days(days)), None)
    days = parse_period(closing.body.terms.period) if closing else days
    try:
        made = build_pack(
            opened,
            days,
            PseudonymKey(pseudonyms or find_pseudonym_key(project)),
            regulation or (),
            table or (),
            (lambda content: sign_manifest(content, signing_key)) if signing_key else None,
            closing.body.terms if closing else None,
        )
    except RedactedError as error:
        if closing is None:
            raise
        raise ClosingError(
            f"The pack of {days.name} cannot be made again as it was closed: {error.message}",
            "Use the pack that was written at the close.",
        ) from None
    if closing and not (regulation or table):
        check_same_pack(closing, made)
    opened.check_writable()
    entry = write_pack(opened, made, out, replace=force)
    say(f"packed    {out}")
    say(f"runs      {len(made.entries.runs)}")
    say(f"head      entry {made.manifest.head.seq}, {made.manifest.head.sha256}")
    say(f"manifest  {made.manifest_sha256}")
    tell(f"Entry {entry.header.seq} of the ledger says that it was made.")
    if signing_key:
        tell("Give the auditor the public key over another channel: it verifies the pack.")
    else:
        tell(
            "Give the auditor the digest of the manifest over another channel, or sign it with --key: it verifies the pack."
        )
    if closing:
        tell(f"{days.name} is closed: this is the pack of its close, entry {closing.header.seq}.")
    if days.end > datetime.now(UTC):
        tell(f"The period ends on {days.last}: what is recorded until then is not in this pack.")


def find_pseudonym_key(project: Path | None) -> Path:
    """Return where the key of a project's pseudonyms lies.

    Raises:
        SynthError: there is no project.
    """
    try:
        return find_project(project) / PSEUDONYM_KEY
    except SynthError as error:
        raise SynthError(
            f"{error.message} So it is unknown where the key of pseudonyms is.",
            "Name it: --pseudonyms FILE. It is made if it is not there.",
        ) from None
