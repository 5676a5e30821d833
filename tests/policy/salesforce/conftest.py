"""A Salesforce project of two packages, and what `init --salesforce` prints in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from synth_expectations.cli.app import main
from synth_expectations.gate.model import GateRun
from synth_expectations.gate.run import run_gate

PACKAGES = {"packageDirectories": [{"path": "base"}, {"path": "crm-app", "default": True}], "namespace": ""}
OBJECTS = "crm-app/main/default/objects"
MARKER = "RecordOrigin__c"
XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"'


GUEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<CustomObject {XMLNS}>
    <!-- the guests of our hotels -->
    <deploymentStatus>Deployed</deploymentStatus>
    <enableHistory>false</enableHistory>
    <label>Guest</label>
    <nameField><label>Name</label><type>Text</type></nameField>
    <pluralLabel>Guests</pluralLabel>
    <sharingModel>ReadWrite</sharingModel>
</CustomObject>
"""


@dataclass(frozen=True)
class Project:
    root: Path

    def write(self, path: str, text: str | bytes) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return target

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def list(self) -> dict[str, bytes]:
        """Every file with its bytes."""
        files = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in files}

    def gate(self) -> GateRun:
        return run_gate([self.root])

    def find_levels(self) -> set[tuple[str, str]]:
        """The rules that the gate finds broken, with their levels."""
        return {(finding.rule, finding.level.value) for finding in self.gate().findings}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "sfdx-project.json").write_text(json.dumps(PACKAGES), encoding="utf-8")
    return Project(tmp_path)


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


Init = Callable[..., Ended]
"""`init --salesforce`, run in the project."""


@pytest.fixture
def init(project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Init:
    """Run `init --salesforce` in the project."""

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr("sys.argv", ["synth-expectations", "init", "--salesforce", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Ended(int(ended.value.code or 0), printed.out, " ".join(printed.err.split()))

    return run
