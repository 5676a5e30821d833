"""The pages in Chromium: readable for everyone, on a phone and on paper, and asking for nothing from outside."""

from __future__ import annotations

import base64
import io
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import axe_core_python
import pytest
from pypdf import PdfReader

from synth_expectations.evidence.cycle.document_reviews import DocumentReview
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.site.builder import write_site
from tests.evidence.cycle.quarter import CycleProject
from tests.evidence.pack.sample_pack import make_ledger, make_pack
from tests.evidence.sample_ledger import write_sample_ledger
from tests.evidence.site.browser import CHROMIUM, Browser, open_browser
from tests.evidence.site.records import SampleProject
from tests.evidence.site.test_pages import KINDS

NO_BROWSER = "SYNTH_NO_BROWSER"
"""What a developer without Chromium sets: these tests are never left out without a word."""
AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
FIND_BARRIERS = """
axe.run({resultTypes: ["violations"]}).then(result => result.violations
  .filter(rule => ["serious", "critical"].includes(rule.impact))
  .map(rule => `${rule.id}: ${rule.nodes.slice(0, 3).map(node => node.html).join(" ")}`))
"""
PAPER = 688
"""The pixels that A4 has between margins of 14 mm."""
IS_STYLED = "getComputedStyle(document.querySelector('.skip')).position"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample."""
    directory = tmp_path_factory.mktemp("evidence")
    write_site(write_sample_ledger(directory), directory / "site")
    return directory / "site"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get(NO_BROWSER):
            pytest.skip(f"{NO_BROWSER} is set")
        pytest.fail(f"There is no Chromium. Install it (apt-get install chromium), or set {NO_BROWSER}=1.")
    with open_browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def _list_kinds(site: Path) -> list[str]:
    runs = sorted(path.name for path in (site / "runs").glob("*T*.html"))
    requirements = sorted(path.name for path in (site / "controls" / "gdpr").iterdir())
    some = [name for name in requirements if name.startswith(("article-5-1-d", "article-17-1", "article-22-1"))]
    return [*KINDS, *(f"runs/{runs[number]}" for number in (0, 4, 7, 9)), *(f"controls/gdpr/{name}" for name in some)]


def test_every_kind_of_page_is_readable_for_everyone_and_fits_a_phone(site: Path, browser: Browser) -> None:
    barriers: dict[str, list[str]] = {}
    wide: dict[str, int] = {}
    browser.requests.clear()
    kinds = _list_kinds(site)
    for name in kinds:
        browser.open(site / name)
        assert browser.evaluate(IS_STYLED) == "absolute", name
        browser.evaluate(AXE)
        if found := browser.evaluate(FIND_BARRIERS):
            barriers[name] = found
        browser.open(site / name, width=390)
        if (width := browser.evaluate("document.documentElement.scrollWidth")) > 390:
            wide[name] = width
    assert (barriers, wide) == ({}, {})
    assert browser.evaluate(f"{AXE};axe.run().then(result => result.passes.length)") > 20  # it did look
    assert len(browser.requests) >= 4 * len(kinds)  # each page and its style sheet, twice
    assert [url for url in browser.requests if not url.startswith(site.as_uri())] == []


def test_a_name_of_ten_thousand_letters_fits_a_phone(tmp_path: Path, browser: Browser) -> None:
    project = SampleProject(tmp_path)
    record, long = project.make_record(), "x" * 10_000
    results = tuple(item.model_copy(update={"table": long, "sentence": long, "type": long}) for item in record.results)
    plan = tuple(item.model_copy(update={"table": long, "type": long}) for item in record.plan)
    project.add_run(record.model_copy(update={"results": results, "plan": plan, "checkpoint": long, "notes": (long,)}))
    write_site(project.ledger, tmp_path / "site")
    for path in [
        tmp_path / "site" / "index.html",
        *(tmp_path / "site" / "tables").iterdir(),
        *(tmp_path / "site" / "runs").iterdir(),
    ]:
        browser.open(path, width=390)
        assert browser.evaluate("document.documentElement.scrollWidth") <= 390, path.name


def test_the_audit_cycle_is_readable_for_everyone_and_fits_a_phone(tmp_path: Path, browser: Browser) -> None:
    """With a close, a sign-off, gaps and reviews, in words of ten thousand letters."""
    project, long = CycleProject(tmp_path), "x" * 10_000
    closing, _ = project.close(long, by=long)
    project.sign(closing, project.add_key("carl", "compliance"), remarks=long)
    review = DocumentReview(
        requirement="gdpr/Article 35(7)", document=long, sha256="a" * 64, reviewed_by=long, on=date(2026, 12, 1)
    )
    project.ledger.append(EntryKind.MANUAL_DONE, review)
    write_site(project.ledger, tmp_path / "site")
    for name in ("cycle.html", "manual.html", "coverage.html"):
        browser.open(tmp_path / "site" / name)
        browser.evaluate(AXE)
        assert browser.evaluate(FIND_BARRIERS) == [], name
        browser.open(tmp_path / "site" / name, width=390)
        assert browser.evaluate("document.documentElement.scrollWidth") <= 390, name


def test_no_table_is_wider_than_a_sheet_of_paper(site: Path, browser: Browser) -> None:
    """A browser would print the whole page smaller."""
    browser.call("Emulation.setEmulatedMedia", media="print")
    try:
        wide = {}
        for name in _list_kinds(site):
            browser.open(site / name, width=PAPER)
            if (width := browser.evaluate("document.documentElement.scrollWidth")) > PAPER:
                wide[name] = width
    finally:
        browser.call("Emulation.setEmulatedMedia", media="")
    assert wide == {}


def test_paper_has_project_period_and_head_on_every_sheet(site: Path, browser: Browser) -> None:
    browser.open(site / "coverage.html")
    printed = browser.call("Page.printToPDF", preferCSSPageSize=True)["data"]
    sheets = [page.extract_text() for page in PdfReader(io.BytesIO(base64.b64decode(printed))).pages]
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, start=1):
        assert re.search(r"project [0-9a-f]{8} · 2026-09-01 to 2026-11-28 · head #24", sheet), sheet
        assert f"{number} / {len(sheets)}" in sheet


def test_the_cover_of_a_pack_fits_a_sheet_of_paper_and_a_phone(tmp_path: Path, browser: Browser) -> None:
    """Of a quarter with findings, several policies and many reservations, and of one that was closed over open items."""
    (tmp_path / "closed").mkdir()
    _, closed = CycleProject(tmp_path / "closed").close("An open finding.", "A sample that nobody returned.")
    packs = {"quarter": make_pack(make_ledger(tmp_path / "evidence")), "closed": closed}
    for name, pack in packs.items():
        path = tmp_path / f"{name}.html"
        path.write_bytes(pack.files["cover.html"])
        browser.open(path, width=390)
        assert browser.evaluate("document.documentElement.scrollWidth") <= 390, name
        printed = browser.call("Page.printToPDF", preferCSSPageSize=True)["data"]
        [sheet] = PdfReader(io.BytesIO(base64.b64decode(printed))).pages
        assert round(float(sheet.mediabox.height)) == 842, name  # A4
        assert "are recognised by their footers" in " ".join(sheet.extract_text().split()), name  # the last reservation
