"""Tables that the policy names and no run checks are listed; those that it does not name are said to be looked for by none."""

from __future__ import annotations

from pathlib import Path

from synth_expectations.evidence.records.policy import OwnershipRecord
from synth_expectations.evidence.site.builder import write_site
from tests.evidence.pack.sample_pack import make_pack
from tests.evidence.site.pages import ReadPage
from tests.evidence.site.records import SampleProject


def test_a_table_of_the_policy_without_a_planned_check_is_listed(tmp_path: Path) -> None:
    project = SampleProject(tmp_path / "evidence")
    project.add_run()
    write_site(project.ledger, tmp_path / "site")
    coverage = ReadPage(tmp_path / "site" / "coverage.html")
    assert "The newest run has no policy on record that names its tables." in coverage.text
    assert "No run looks for tables of the source that the policy does not name" in coverage.text
    project.add_run(ownership=tuple(OwnershipRecord(table=name) for name in ("customer", "clienți", "<b>loyalty")))
    write_site(project.ledger, tmp_path / "site")
    coverage, index = (ReadPage(tmp_path / "site" / name) for name in ("coverage.html", "index.html"))
    assert "planned a check of them or read them. <b>loyalty clienți" in coverage.text
    assert "2 tables of the policy without a planned check." in index.text
    project.add_run(ownership=(OwnershipRecord(table="customer"),))
    write_site(project.ledger, tmp_path / "site")
    coverage = ReadPage(tmp_path / "site" / "coverage.html")
    assert "A run planned a check of each table of the newest policy, or read it." in coverage.text


def test_the_cover_of_a_pack_names_it_too(tmp_path: Path) -> None:
    project = SampleProject(tmp_path / "evidence")
    project.add_run(ownership=(OwnershipRecord(table="loyalty"), OwnershipRecord(table="customer")))
    cover = make_pack(project.ledger, "2026Q3").files["cover.html"].decode()
    assert "1 table of the policy without a planned check, which no run read: loyalty." in cover
    assert "No run looks for tables that the policy does not name" in cover
