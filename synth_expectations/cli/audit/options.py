"""The options that the commands `audit …` share, and the ledger that they speak of."""

from __future__ import annotations

import getpass
import os
import re
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from synth_expectations.evidence.ledger.ledger import EvidenceLedger
    from synth_expectations.policy.anchors import AnchorTarget
    from synth_expectations.policy.governance import EvidenceSection
    from synth_expectations.policy.load.loader import Policy

Store = Annotated[
    str | None,
    typer.Option(
        "--ledger", help="The directory or the address of the ledger; by default the project's.", metavar="DIR|ADDRESS"
    ),
]


def read_ledger(project: Path | None, store: str | None) -> EvidenceLedger:
    """Return the ledger of a project, or the one that was named, to be read.

    Raises:
        SynthError: there is no project, or the store cannot keep a ledger.
    """
    from synth_expectations.evidence.ledger.ledger import EvidenceLedger
    from synth_expectations.evidence.ledger.location import open_store

    return EvidenceLedger(open_store(store or find_location(project), Path()))


def open_ledger(project: Path | None, store: str | None) -> EvidenceLedger:
    """Return the ledger of a project, or the one that was named, to be appended to; a new one is begun.

    Raises:
        SynthError: there is no project, or the ledger cannot be written.
    """
    from synth_expectations.evidence.recorder.location import open_ledger as open_writable

    if store:
        ledger = open_writable(store)
    else:
        root, section = _read_section(project)
        ledger = open_writable(_locate(root, section), section.project)
    ledger.repair_index()
    return ledger


def find_location(project: Path | None) -> str:
    """Return where the ledger of a project lies.

    Great Expectations is not loaded for that: variables in the policy come from the environment alone.

    Raises:
        SynthError: there is no project, its files cannot be read, a variable is not set, or the ledger lies outside of
            the project, which has no name in it.
    """
    return _locate(*_read_section(project))


def _read_section(project: Path | None) -> tuple[Path, EvidenceSection]:
    """Return the directory of a project, and what its policy says of evidence."""
    from synth_expectations.cli.console import find_project
    from synth_expectations.policy.governance import EvidenceSection
    from synth_expectations.policy.load.loader import load_policy

    root = find_project(project)
    policy = root / "policy.yml"
    return root, load_policy(policy).words.evidence if policy.is_file() else EvidenceSection()


def _locate(root: Path, section: EvidenceSection) -> str:
    from synth_expectations.evidence.recorder.location import locate_ledger
    from synth_expectations.policy.load.bounded_yaml import parse, read_text

    configuration = root / "great_expectations.yml"
    settings = parse(read_text(configuration), str(configuration)) if configuration.is_file() else {}

    def resolve(text: str) -> str:
        return _resolve(text, "evidence.store", "Set it, or give --ledger.")

    return locate_ledger(root, settings if isinstance(settings, dict) else {}, section, resolve)


def find_anchor_targets(policy: Policy) -> tuple[AnchorTarget, ...]:
    """Return who anchors the ledger, with the variables of the environment substituted.

    Raises:
        SynthError: a variable is not set, or the address of an authority is none.
    """
    from synth_expectations.policy.anchors import resolve_target

    def resolve(text: str) -> str:
        return _resolve(text, "evidence.anchor", "Set it.")

    return tuple(resolve_target(target, resolve) for target in policy.words.evidence.anchor)


def _resolve(text: str, key: str, hint: str) -> str:
    """Return a text with the variables of the environment substituted."""

    def substitute(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        if name not in os.environ:
            raise SynthError(f"{key}: the variable {name} is not set.", hint)
        return os.environ[name]

    return re.sub(r"\$(?:\{(\w+)\}|([A-Za-z_]\w*))", substitute, text)


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
    return datetime.combine(day, time.max, UTC)


def shorten(digest: str) -> str:
    """Return the first digits of a digest."""
    return f"{digest[:12]}…"
