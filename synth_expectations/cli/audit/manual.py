"""The command `audit manual`: put the review of a document on record."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Annotated

import typer

from synth_expectations.cli.audit.options import Store, find_user, open_ledger, parse_day, shorten
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import find_project, say, tell
from synth_expectations.errors import SynthError


def manual(
    requirement: Annotated[
        str, typer.Argument(help="The regulation and the requirement, such as 'gdpr/Article 35(7)'.")
    ],
    document: Annotated[
        str,
        typer.Option(
            help="The reviewed document: a file, or the address or number of a document.", metavar="FILE|TEXT"
        ),
    ],
    by: Annotated[str, typer.Option(help="Who reviewed it.")],
    on: Annotated[str | None, typer.Option(help="The day of the review; by default today in UTC.")] = None,
    until: Annotated[str | None, typer.Option(help="The last day on which the review counts.")] = None,
    sha256: Annotated[
        str | None, typer.Option(help="The SHA-256 of a document that is not a local file.", metavar="SHA256")
    ] = None,
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Record that somebody reviewed a document for a requirement that no check can judge."""
    from pydantic import ValidationError

    from synth_expectations.controls.reviews import list_unknown_requirements
    from synth_expectations.evidence.cycle.document_reviews import DocumentReview
    from synth_expectations.evidence.ledger.entry import EntryKind

    for sentence in list_unknown_requirements([requirement]):
        raise SynthError(sentence)
    if not by.strip():
        raise SynthError("Who reviewed it?", "Give --by dpo@shop.example, for example.")
    opened = open_ledger(project, ledger)
    day = parse_day(on, "--on") if on else opened.now().date()
    if day > opened.now().date():
        raise SynthError(f"--on: {day} is still to come.", "Record a review when it has taken place.")
    name, digest = _identify(document, find_project(project), sha256)
    try:
        body = DocumentReview(
            requirement=requirement,
            document=name,
            sha256=digest,
            reviewed_by=by.strip(),
            on=day,
            until=parse_day(until, "--until") if until else None,
            by=find_user(),
        )
        body.to_review()
    except ValidationError as error:
        reason = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise SynthError(f"The review cannot be recorded: {reason}.") from None
    entry = opened.append(EntryKind.MANUAL_DONE, body)
    say(f"reviewed  {requirement}")
    say(f"document  {name}, {shorten(digest)}")
    say(f"by        {body.reviewed_by} on {day}{f' until {body.until}' if body.until else ''}")
    say(f"entry     {entry.header.seq}")
    tell("It counts from the next run on. A file that changes is no longer what was reviewed.")


def _identify(document: str, root: Path, sha256: str | None) -> tuple[str, str]:
    """Return how the policy names a document, and the digest of what was reviewed."""
    if sha256 is not None and not re.fullmatch("[0-9a-f]{64}", sha256):
        raise SynthError(f"--sha256: {sha256} is not a SHA-256.", "Give all 64 digits that sha256sum prints.")
    path = Path(document)
    if re.match("https?://", document) or not path.exists():
        if sha256 is None:
            raise SynthError(
                f"There is no file {document}, so it would be unknown what was reviewed.",
                "Name a file, or give the digest of what was reviewed: --sha256.",
            )
        return document, sha256
    if not path.is_file():
        raise SynthError(f"{document} is not a file.", "Name the document that was reviewed.")
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SynthError(f"{document} cannot be read: {error.strerror}.", "Check its owner.") from None
    if sha256 not in {None, digest}:
        raise SynthError(
            f"{document} does not have that SHA-256: it changed since it was reviewed.", f"It has {digest}."
        )
    return Path(os.path.relpath(path, root)).as_posix(), digest
