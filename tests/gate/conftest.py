"""What the tests of the gate share: a repository with one result of each kind, and what a run of the command prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from synth_expectations.gate.command import main

CONTACTS = (
    "Id,FirstName,LastName,Email,Phone,Birthdate\n"
    "0035g00000AbCdEAAV,Wilhelmina,Zuiderveld,w.zuiderveld@example.com,617-555-0143,1961-02-03\n"
    ",Bartholomeus,Oudekerk,b.oudekerk@example.com,617-555-0144,1971-02-03\n"
)
VALUES = ("Wilhelmina", "Zuiderveld", "w.zuiderveld", "555-0143", "1961", "Bartholomeus", "Oudekerk")


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


Gate = Callable[..., Ended]
"""The command, run in the directory of the test."""


def write(root: Path, path: str, content: str | bytes) -> None:
    """Write a file of the repository, with its directories."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture
def gate(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Run the command in the directory of the test."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()  # the root of a repository

    def run(*arguments: str) -> Ended:
        code = main(arguments)
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return run


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    """A file of contacts: untagged, made up, bound for production."""
    project = tmp_path / "scripts" / "data" / "People"
    project.mkdir(parents=True)
    (project / "export.json").write_text(
        '{"runnableInProduction": true, "objects": [{"query": "SELECT Id FROM Contact", "operation": "Upsert"}]}',
        encoding="utf-8",
    )
    path = project / "Contact.csv"
    path.write_text(CONTACTS, encoding="utf-8")
    return path
