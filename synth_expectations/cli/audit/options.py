"""The options that the commands `audit …` share, and the ledger that they speak of."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from synth_expectations.evidence.ledger.ledger import EvidenceLedger

Store = Annotated[
    str | None,
    typer.Option(
        "--ledger", help="The directory or the address of the ledger; by default the project's.", metavar="DIR|ADDRESS"
    ),
]


def open_ledger(project: Path | None, store: str | None) -> EvidenceLedger:
    """Return the ledger of a project, or the one that was named.

    Raises:
        SynthError: there is no project, or the store cannot keep a ledger.
    """
    from synth_expectations.evidence.ledger.ledger import EvidenceLedger
    from synth_expectations.evidence.ledger.location import open_store

    return EvidenceLedger(open_store(store or find_location(project), Path()))


def find_location(project: Path | None) -> str:
    """Return where the ledger of a project lies."""
    from synth_expectations.cli.console import find_project
    from synth_expectations.evidence.ledger.location import DIRECTORY

    return str(find_project(project).parent / DIRECTORY)


def find_user() -> str:
    """Return who says that they do something: the user of this process; nothing proves it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"user {os.getuid()}" if hasattr(os, "getuid") else ""


def parse_day(text: str, option: str) -> date:
    """Parse a day.

    Raises:
        SynthError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SynthError(f"{option}: {text} is not a day.", "Write 2026-12-31.") from None


def start_of(day: date) -> datetime:
    """Return when a day begins, in UTC."""
    return datetime.combine(day, time(), UTC)


def end_of(day: date) -> datetime:
    """Return the last moment of a day, in UTC."""
    return start_of(day) + timedelta(days=1) - timedelta(microseconds=1)


def shorten(digest: str) -> str:
    """Return the first digits of a digest."""
    return f"{digest[:12]}…"
