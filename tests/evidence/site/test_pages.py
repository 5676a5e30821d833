"""The pages say what the records say, and nothing that they do not."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from synth_expectations.evidence.anchors.anchor import AnchorBody
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.site.builder import write_site
from tests.evidence.sample_ledger import write_sample_ledger
from tests.evidence.sample_runs import RUNS
from tests.evidence.site.pages import ReadPage, find_dead_links, read_pages
from tests.evidence.site.sourced_numbers import find_sourced_numbers

KINDS = (
    *("index.html", "coverage.html", "controls/index.html", "controls/gdpr.html", "tables/customer.html"),
    *("runs/index.html", "runs/2026-09.html", "changes.html", "findings.html", "policy.html", "method.html"),
    *(
        "integrity.html",
        "sampling/index.html",
        "cycle.html",
        "manual.html",
        "people.html",
        "registry.html",
        "uses.html",
    ),
)
GREEN = {"supports", "shown", "manual done"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of the sample, with its site beside it."""
    directory = tmp_path_factory.mktemp("evidence")
    write_site(write_sample_ledger(directory), directory / "site")
    return directory


@pytest.fixture(scope="module")
def pages(project: Path) -> dict[str, ReadPage]:
    return read_pages(project / "site")


def _find_run(pages: dict[str, ReadPage], number: int) -> ReadPage:
    runs = sorted(name for name in pages if re.match("runs/[0-9]{8}T", name))
    assert len(runs) == len(RUNS)
    return pages[runs[number]]


def test_there_is_a_page_of_each_kind(pages: dict[str, ReadPage]) -> None:
    assert set(KINDS) <= set(pages)
    assert [name for name in pages if name.startswith("controls/gdpr/")]


def test_each_page_has_what_makes_it_readable_and_nothing_that_runs(pages: dict[str, ReadPage]) -> None:
    for name, page in pages.items():
        assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("nav") == 1, name
        assert "script" not in page.tags and "style" not in page.tags and " style=" not in page.html, name
        assert '<html lang="en">' in page.html and "default-src 'none'" in page.html, name
        assert 'href="#main"' in page.html, name
        assert page.tags.count("table") == page.html.count('<div class="scroll" role="region"') - page.tags.count(
            "pre"
        ), name
        assert page.html.count("<th>") == 0, name


def test_each_link_leads_somewhere(pages: dict[str, ReadPage]) -> None:
    assert list(find_dead_links(pages)) == []


def test_each_number_is_that_of_its_object(project: Path, pages: dict[str, ReadPage]) -> None:
    ledger = EvidenceLedger(DirectoryStore(project))
    for name, page in pages.items():
        numbers = {number: number.compute(ledger) for number in find_sourced_numbers(page.html)}
        assert {number: value for number, value in numbers.items() if value != number.text} == {}, name
        assert numbers or not name.startswith(("runs/2", "tables/")), name


def test_no_page_draws_a_legal_conclusion_or_colours_two_reasons_green(pages: dict[str, ReadPage]) -> None:
    style = (pages["index.html"].path.parent / "site.css").read_text(encoding="utf-8")
    green = re.findall(r"\.(?:badge|cell)\.([a-z-]+)(?=[^{}]*\{background:#e4f4e7)", style)
    assert set(green) == {status.replace(" ", "-") for status in GREEN}
    for name, page in pages.items():
        if not name.startswith("controls/"):  # a paraphrase of a law may say what it likes
            assert not re.search(r"\b(met|violated|compliant|complies)\b", page.text, re.IGNORECASE), name


def test_what_is_odd_about_a_run_is_on_the_first_page_and_on_that_of_coverage(pages: dict[str, ReadPage]) -> None:
    index, coverage = pages["index.html"].text, pages["coverage.html"].text
    assert "1 earlier run started and never ended." in index
    assert "20260923T043000Z-gbbb" in coverage and "It was aborted, or is still running." in coverage
    assert "The policy of the newest run is expired." in index and "overdue since 2026-11-15" in index
    assert "20261128T043000Z-qbbb : the policy was expired" in coverage
    assert "20261015T043000Z-mbbb : the policy was changed" in coverage
    assert "On 27 of the last 30 days no run started." in index and "Of the last 30 days, 27 had no run." in coverage
    assert "20261001T043000Z-jbbb selected tables customer: 2 of 4 planned checks." in coverage
    assert "excluded order, expect_synthetic_records_to_have_an_owner" in index
    assert "dpo@shop.example 2026-12-31 33" in coverage
    assert "columns.purchase is not given" in index and "columns.purchase is not given" in coverage
    assert "nothing to check 1" in index and "210,330 No record is synthetic." in coverage


def test_a_run_that_never_ended_says_so_and_nothing_else(pages: dict[str, ReadPage]) -> None:
    killed = _find_run(pages, 4)
    assert "This run was started and has no end on record" in killed.text
    assert "4 of 4 planned checks have no result of this run" in killed.text
    assert "passed" not in killed.text and "Every planned check has a result" not in killed.text


def test_a_run_of_a_selection_lists_what_it_left_out(pages: dict[str, ReadPage]) -> None:
    partial = _find_run(pages, 6)
    assert "tables customer: 2 of 4 planned checks" in partial.text
    assert partial.text.count("The run did not select it.") == 2


def test_a_table_that_was_not_read_never_looks_whole(pages: dict[str, ReadPage]) -> None:
    errored = _find_run(pages, 7)
    assert errored.text.count("not read") >= 2 and "It cannot be read: the file has no footer." in errored.text
    assert ("badge errored", "errored") in errored.classes
    row = errored.html.partition("Regulated decisions use no synthetic data.")[2].partition("</tr>")[0]
    assert "not counted" in row and "supports" not in row


def test_findings_last_from_the_first_run_that_saw_them_to_the_last(pages: dict[str, ReadPage]) -> None:
    text = pages["findings.html"].text
    assert "Open None" in text
    assert re.search(r"email is in a reserved domain .* 2026-09-01 2026-10-31 2026-11-14 3 fixed", text)
    page = next(page for name, page in pages.items() if name.startswith("findings/") and "reserved domain" in page.text)
    assert "proved by the run of 2026-11-14" in page.text
    assert "Nobody has decided about it." in page.text


def test_changes_name_what_flipped(pages: dict[str, ReadPage]) -> None:
    flips = "customer expect_untagged_records_to_not_look_synthetic verdict passed failed"
    assert flips in pages["changes.html"].text and flips in _find_run(pages, 9).text
    assert "policy policy d" in pages["changes.html"].text and "approval approved changed" in pages["changes.html"].text
    assert "+tables: {customer: {owner: dpo@shop.example}}" in pages["policy.html"].text


def test_a_requirement_shows_each_item_and_what_it_does_not_show(pages: dict[str, ReadPage]) -> None:
    name = next(name for name in pages if name.startswith("controls/gdpr/article-5-1-d"))
    text = pages[name].text
    assert "What it does not show" in text and "Strength" in text and "Why it is evidence" in text
    assert "customer supports in part 2026-09-01" in text and "no table has this check" in text
    assert "supports in part 1" in text and "not run" in text


def test_the_commands_of_the_page_find_what_was_altered(
    project: Path, pages: dict[str, ReadPage], tmp_path: Path
) -> None:
    listed = pages["integrity.html"].html.partition('<pre id="verify">')[2].partition("</pre>")[0]
    from html import unescape

    def verify(directory: Path) -> str:
        return subprocess.run(
            ["sh", "-c", unescape(listed)], cwd=directory, capture_output=True, text=True, check=True
        ).stdout

    ledger = EvidenceLedger(DirectoryStore(project))
    assert verify(project) == f"head {ledger.read_head().digest}\n"
    altered = write_sample_ledger(tmp_path, 2)
    body = next(altered.read_entries(since=3)).header.body_sha256
    (tmp_path / "objects" / body).write_bytes(b"{}")
    header = tmp_path / "ledger" / "00000002.json"
    header.write_bytes(header.read_bytes().replace(b"2026", b"2025"))
    assert "BROKEN at ledger/00000003.json" in verify(tmp_path) and f"ALTERED objects/{body}" in verify(tmp_path)
    write_site(altered, tmp_path / "site")
    index = ReadPage(tmp_path / "site" / "index.html")
    assert ("badge contrary", "contrary") in index.classes
    assert "Entry 3: It does not name the entry before it" in index.text and "was altered" in index.text


def test_pages_of_a_size_that_a_browser_takes(project: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in (project / "site").rglob("*.html")}
    assert sizes["index.html"] < 60_000 and max(sizes.values()) < 250_000


def test_the_pages_say_up_to_where_the_ledger_is_anchored(tmp_path: Path) -> None:
    ledger = write_sample_ledger(tmp_path, runs=2)
    write_site(ledger, tmp_path / "site")
    sentence = "Not anchored: unaltered as far as its owner is trusted."
    for page in ("index.html", "integrity.html"):
        assert sentence in ReadPage(tmp_path / "site" / page).text
    head = ledger.read_head()
    ledger.append(EntryKind.ANCHOR, AnchorBody(kind="store", target="<copies>", seq=head.seq, head=head.digest))
    for by in ("ann", "bob"):
        ledger.append(EntryKind.MANUAL_DONE, {"by": by})
    write_site(ledger, tmp_path / "site")
    for page in ("index.html", "integrity.html"):
        assert (
            f"Anchored up to #{head.seq} by <copies>; 2 entries since are not."
            in ReadPage(tmp_path / "site" / page).text
        )
