"""Two projects never share a ledger without a word."""

from pathlib import Path

import pytest

from synth_expectations.evidence.ledger.bodies import ProjectBody
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.evidence.recorder.location import open_ledger
from tests.cli.project import Project
from tests.evidence.recorder.ledger_reading import read_records

SHARED = Path("../shared")
VERSION = "version: 1\n"


def put_outside(project: Project, name: str = "") -> None:
    named = f", project: {name}" if name else ""
    project.edit(VERSION, f"{VERSION}evidence: {{store: ../../shared{named}}}\n")
    project.compile()


def test_a_ledger_outside_of_the_project_needs_a_name(project: Project) -> None:
    put_outside(project)
    said = project.run()
    assert said.code == 2
    text = " ".join(said.err.split())
    assert "The ledger lies outside of the project, where another project may write to it too." in text
    assert "evidence.project" in text
    assert "Nothing was run." in text
    assert not SHARED.exists()
    assert project.cli("audit", "verify").code == 2


def test_another_project_cannot_append(project: Project) -> None:
    put_outside(project, "crm")
    assert project.run().code == 0
    assert {record.project for record in read_records(SHARED)} == {"crm"}
    project.edit("project: crm", "project: shop")
    project.compile()
    before = sorted(SHARED.rglob("*"))
    said = project.run()
    assert said.code == 2
    assert "belongs to the project crm, and this one is shop." in " ".join(said.err.split())
    assert sorted(SHARED.rglob("*")) == before


def test_records_of_two_projects_contradict_each_other(project: Project) -> None:
    assert project.run().code == 0
    project.edit(VERSION, f"{VERSION}evidence: {{project: crm}}\n")
    project.compile()
    assert project.run().code == 0  # a project that gets a name goes on with its ledger
    assert project.cli("audit", "verify").code == 0
    project.edit("project: crm", "project: shop")
    project.compile()
    project.run()
    said = project.cli("audit", "verify")
    assert said.code == 1
    assert "The record is of the project shop, and those before it are of crm." in " ".join(
        (said.out + said.err).split()
    )


def test_the_first_of_two_names_wins(tmp_path: Path) -> None:
    first = open_ledger(str(tmp_path), "crm")
    with pytest.raises(LedgerError, match="belongs to the project crm"):
        open_ledger(str(tmp_path), "shop")
    assert open_ledger(str(tmp_path)).open_project() == first.open_project()
    [entry] = first.read_entries()
    assert entry.header.kind is EntryKind.LEDGER_OPENED
    assert ProjectBody.model_validate_json(first.read_object(entry.header.body_sha256)).project == "crm"
