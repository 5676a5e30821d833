"""The files of controls from which the lines of a pack are made: those of its runs, otherwise the installed ones."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from synth_expectations.controls.load import HERE as INSTALLED
from synth_expectations.controls.load import find_regulation
from synth_expectations.controls.model import Regulation
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.pack.period_entries import PackedRun
from synth_expectations.evidence.pack.scope import PackScope
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.yaml import read_document


@dataclass(frozen=True)
class PackedRegulation:
    """A regulation as a pack shows it.

    Attributes:
        path: of its file in the pack.
        content: of the file.
    """

    regulation: Regulation
    path: str
    content: bytes


def read_regulations(files: dict[str, bytes], runs: tuple[PackedRun, ...], scope: PackScope) -> list[PackedRegulation]:
    """Return the regulations of a scope, each from the file that the latest run names, if the pack has it.

    Args:
        files: of the pack, by path.
        runs: of the pack, in their order.
        scope: what the pack is about.
    """
    regulations = []
    for name in scope.regulations or sorted(path.stem for path in INSTALLED.glob("*.yml")):
        content = (INSTALLED / f"{name}.yml").read_bytes()
        regulation = find_regulation(name)
        digests = [run.record.controls.get(name) or run.record.controls.get(f"{name}.yml") for run in runs]
        named = next((digest for digest in reversed(digests) if digest), None)
        recorded = files.get(name_controls(name, named)) if named else None
        if recorded is not None and recorded != content and (former := _parse(name, recorded)):
            content, regulation = recorded, former
        regulations.append(PackedRegulation(regulation, name_controls(name, compute_digest(content)), content))
    return regulations


def name_controls(regulation: str, digest: str) -> str:
    """Return the path of a file of controls in a pack."""
    return f"controls/{regulation}-{digest[:12]}.yml"


def _parse(name: str, content: bytes) -> Regulation | None:
    """Return the regulation of an older file; None if this version cannot read it."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / f"{name}.yml"
        path.write_bytes(content)
        try:
            return Regulation.model_validate(read_document(path).data)
        except (ValidationError, PolicyError):
            return None
