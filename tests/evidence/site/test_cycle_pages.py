"""The pages of the audit cycle show what was due and missed, who closed and signed, and which documents were reviewed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from synth_expectations.evidence.cycle.document_reviews import DocumentReview
from synth_expectations.evidence.cycle.gap_explanations import GapExplanation
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.site.builder import write_site
from tests.evidence.cycle.cycle_project import append_run, make_ledger, set_clock, write_policy
from tests.evidence.cycle.quarter import JANUARY, CycleProject
from tests.evidence.site.pages import ReadPage, find_dead_links, read_bytes, read_pages

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def project(tmp_path: Path) -> CycleProject:
    project = CycleProject(tmp_path)
    compliance = project.add_key("carl", "compliance")
    explanation = GapExplanation(
        subject="checkpoint", name="crm_nightly", first=date(2026, 12, 30), last=date(2026, 12, 30), reason=HOSTILE, by="ops"
    )  # fmt: skip
    project.ledger.append(EntryKind.GAP_EXPLAINED, explanation)
    review = DocumentReview(
        requirement="gdpr/Article 35(7)", document="DPIA-4", sha256="a" * 64, reviewed_by="dora", on=date(2026, 12, 1)
    )
    project.ledger.append(EntryKind.MANUAL_DONE, review)
    project.ledger.append(
        EntryKind.MANUAL_DONE, review.model_copy(update={"document": "DPIA-3", "until": date(2026, 12, 2)})
    )
    write_site(project.ledger, tmp_path / "site")
    closing, _ = project.close(f"57 findings are open, {HOSTILE}.")
    project.sign(closing, compliance, remarks=HOSTILE)
    append_run(project.ledger, JANUARY + timedelta(days=2), project.policy)
    return project


def test_the_cycle_is_on_its_pages(project: CycleProject, tmp_path: Path) -> None:
    write_site(project.ledger, tmp_path / "site")
    pages = read_pages(tmp_path / "site")
    assert list(find_dead_links(pages)) == []
    cycle = pages["cycle.html"].text
    for words in (
        "Closed by ann, 2027-01-04 09:00:00 UTC", "Open at the close: 1 57 findings are open",
        "by carl as compliance", "explained by ops", "5 days from 2027-01-01 to 2027-01-05: no run started",
        "crm_nightly P1D 06:00 Europe/Berlin PT2H",
    ):  # fmt: skip
        assert words in cycle, (words, cycle)
    assert "<script>" not in pages["cycle.html"].html and HOSTILE in cycle
    assert "5 deadlines of the schedule missed without an explanation" in pages["index.html"].text
    manual = pages["manual.html"].text
    assert f"gdpr/Article 35(7) manual done DPIA-4 {'a' * 64} dora 2026-12-01" in manual
    assert "manual open ended on 2026-12-02" in manual
    coverage = pages["coverage.html"]
    assert ("cell missed", "M") in coverage.classes and ("cell explained", "x") in coverage.classes
    assert "no schedule" not in coverage.text
    set_clock(project.ledger, datetime(2027, 3, 5, 12, tzinfo=UTC))
    project.ledger.append(EntryKind.GAP_EXPLAINED, {"reason": "none"})
    write_site(project.ledger, tmp_path / "site")
    later = read_pages(tmp_path / "site")["coverage.html"]
    assert "Calendar of 2027-02" in later.html  # a month in which nobody ran anything
    assert "document DPIA-4" in pages["controls/gdpr/article-35-7-" + _find_digest(pages)].text


def _find_digest(pages: dict[str, ReadPage]) -> str:
    [name] = [name for name in pages if name.startswith("controls/gdpr/article-35-7-")]
    return name.removeprefix("controls/gdpr/article-35-7-")


def test_pages_that_follow_the_ledger_are_those_of_a_new_site(project: CycleProject, tmp_path: Path) -> None:
    write_site(project.ledger, tmp_path / "site")
    write_site(project.ledger, tmp_path / "new")
    assert read_bytes(tmp_path / "site") == read_bytes(tmp_path / "new")


def test_a_ledger_without_a_schedule_judges_no_day(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, datetime(2026, 10, 1, tzinfo=UTC))
    plain = write_policy(
        tmp_path, "version: 1\nowner: x\ntables: {t: {role: production, table: t, marker: none, all: real}}\n"
    )
    append_run(ledger, datetime(2026, 10, 1, 3, tzinfo=UTC), plain)
    set_clock(ledger, datetime(2026, 10, 9, tzinfo=UTC))
    ledger.append(EntryKind.GAP_EXPLAINED, {"reason": "none"})
    write_site(ledger, tmp_path / "site")
    pages = read_pages(tmp_path / "site")
    assert "not shown The policy of the runs on record has no schedule" in pages["cycle.html"].text
    assert "No period was closed and signed" in pages["cycle.html"].text
    assert "The policy has no schedule, so days without a run are shown but not judged" in pages["coverage.html"].text
    assert "No review of a document is on record" in pages["manual.html"].text
