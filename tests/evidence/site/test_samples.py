"""Samples on the site and in a pack: every draw, what became of it, and what it measured."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.pack.period import parse_period
from synth_expectations.evidence.pack.period_entries import PeriodEntries
from synth_expectations.evidence.pack.scope import PackScope
from synth_expectations.evidence.pack.tables.samples import make_samples_table
from synth_expectations.evidence.sampling.samples import read_samples, withdraw_sample
from synth_expectations.evidence.sampling.strata import SampleFinding
from synth_expectations.evidence.site.builder import write_site
from synth_expectations.evidence.site.static_text import OUR_RATES
from synth_expectations.evidence.verification.ledger_verifier import verify_ledger
from tests.evidence.sampling.sample_draws import HOSTILE, START, draw_sample, record_sample
from tests.evidence.site.pages import find_dead_links, read_pages
from tests.evidence.site.sourced_numbers import find_sourced_numbers
from tests.paths import ROOT


class _Clock:
    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture
def ledger(tmp_path: Path) -> EvidenceLedger:
    """A ledger with a recorded, a withdrawn, an abandoned and an open draw."""
    clock = _Clock()
    ledger = EvidenceLedger(DirectoryStore(tmp_path / "ledger"), clock)
    agrees, wrong = SampleFinding.AGREES, SampleFinding.WRONGLY_BROKEN
    record_sample(ledger, draw_sample(ledger, "broken", "one"), agrees, wrong, agrees, SampleFinding.CANNOT_TELL)
    withdraw_sample(ledger, draw_sample(ledger, "by:purpose", "two", HOSTILE), HOSTILE, "ops")
    draw_sample(ledger, "untagged", "three")
    clock.time += timedelta(days=40)
    draw_sample(ledger, "passed", "four")
    return ledger


def test_every_draw_shows_with_what_became_of_it(ledger: EvidenceLedger, tmp_path: Path) -> None:
    write_site(ledger, tmp_path / "ledger" / "site")
    pages = read_pages(tmp_path / "ledger" / "site")
    assert list(find_dead_links(pages)) == []
    index = pages["sampling/index.html"]
    states = [text for kind, text in index.classes if kind.startswith("badge")]
    assert states == ["open", "abandoned", "withdrawn", "recorded"]
    assert "contact broken 1 4 2 50.00% 6.76% and 93.24%" in index.text
    page = pages["sampling/2.html"]
    assert "617 of 1,234, between 83 and 1,151" in page.text
    assert "false positives of the checks" in pages["method.html"].text
    for name in ("sampling/2.html", "sampling/4.html", "sampling/index.html"):
        assert "<script" not in pages[name].html
        assert "\u202e" not in pages[name].html
        numbers = list(find_sourced_numbers(pages[name].html))
        assert numbers
        for number in numbers:
            assert number.text == number.compute(ledger), number


def test_a_later_answer_changes_few_pages(ledger: EvidenceLedger, tmp_path: Path) -> None:
    site = tmp_path / "ledger" / "site"
    write_site(ledger, site)
    record_sample(ledger, read_samples(ledger)[-1].number, *[SampleFinding.AGREES] * 4)
    written = set(write_site(ledger, site).written)
    assert {"sampling/index.html", "method.html", "sampling/7.html"} <= written
    assert "sampling/2.html" not in written
    whole = tmp_path / "ledger" / "whole"
    write_site(ledger, whole)
    kept = read_pages(site)
    assert {path for path, page in read_pages(whole).items() if page.html != kept[path].html} == set()


def test_the_ledger_verifies_and_the_table_of_a_pack_has_a_line_adraw_sample(ledger: EvidenceLedger) -> None:
    altered = [finding for finding in verify_ledger(ledger.store).findings if finding.weight.name == "ALTERED"]
    assert altered == []
    entries = tuple(ledger.read_entries())
    period = parse_period("2026-10")
    packed = PeriodEntries(period, "x", entries, frozenset(entry.header.seq for entry in entries), (), {})
    files = {f"objects/{entry.header.body_sha256}": ledger.read_object(entry.header.body_sha256) for entry in entries}
    table = make_samples_table(packed, files, PackScope())
    assert [(row["draw"], row["state"]) for row in table.rows][:3] == [
        (2, "recorded"),
        (4, "withdrawn"),
        (6, "abandoned"),
    ]
    lines = table.to_csv().decode().splitlines()
    assert len(lines) == len(table.rows) + 1
    assert all(not cell.startswith("=") for line in lines for cell in line.strip('"').split('","'))
    assert [row["draw"] for row in make_samples_table(packed, files, PackScope(tables=("contact",))).rows] == [2, 6, 7]


def test_entries_of_other_forms_end_nothing(ledger: EvidenceLedger, tmp_path: Path) -> None:
    for body in ({"schema": "sample-drawn/2"}, {"table": "t", "stratum": "by:", "population": "many"}, {"draw": "x"}):
        for kind in (EntryKind.SAMPLE_DRAWN, EntryKind.SAMPLE_RECORDED, EntryKind.SAMPLE_WITHDRAWN):
            ledger.append(kind, body)
    write_site(ledger, tmp_path / "ledger" / "site")
    pages = read_pages(tmp_path / "ledger" / "site")
    assert "not in this copy" in pages["sampling/index.html"].text
    assert list(find_dead_links(pages)) == []
    altered = [finding.entry for finding in verify_ledger(ledger.store).findings if finding.weight.name == "ALTERED"]
    assert altered == list(range(8, 17))


def test_our_rates_are_those_of_the_documentation() -> None:
    text = (ROOT / "docs" / "signatures.md").read_text(encoding="utf-8")
    rows = [
        line.split("|") for line in text.splitlines() if line.startswith("| ") and "%" in line and " of 2551" in line
    ]
    recall = [int(row[3].strip(" %")) for row in rows]
    mistakes = [float(row[6].strip(" %")) for row in rows]
    assert (
        f"finds {min(recall)} % to {max(recall)} % of the made-up records, and flags at most {min(mistakes)} % to "
        f"{max(mistakes)} % of people as made up"
    ) == OUR_RATES
