"""The page of who answers for what."""

from __future__ import annotations

from pathlib import Path

from synth_expectations.evidence.records.policy import OwnershipRecord, TrainingRecord
from synth_expectations.evidence.site.builder import write_site
from tests.evidence.site.pages import ReadPage
from tests.evidence.site.records import SampleProject


def read(project: SampleProject, directory: Path) -> ReadPage:
    write_site(project.ledger, directory / "site")
    return ReadPage(directory / "site" / "people.html")


def test_matrix_of_the_newest_run(tmp_path: Path) -> None:
    project = SampleProject(tmp_path / "evidence")
    project.add_run()
    assert "The records have no matrix" in read(project, tmp_path / "evidence").text
    project.add_run(
        ownership=(
            OwnershipRecord(table="customer", accountable="crm@shop.example", operator="<script>"),
            OwnershipRecord(table="customer", type="expect_records_to_be_tagged", accountable="=cmd()\u202e"),
        ),
        training=(TrainingRecord(function="compliance", trained=2, over=1),),
    )
    page = read(project, tmp_path / "evidence")
    assert "Approver: nobody named in 2 of 2 lines" in page.text
    assert "Operator: nobody named in 1 of 2 lines" in page.text
    assert "compliance 2 1 0" in page.text
    assert "<script>" in page.text
    assert "script" not in page.tags
    assert "\u202e" not in page.html
