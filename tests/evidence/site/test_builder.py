"""A site is written anew, or gets the pages that new entries change; both give the same pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.site.builder import write_site
from synth_expectations.evidence.site.file_names import find_run_page
from synth_expectations.evidence.site.state import SiteState
from synth_expectations.evidence.site.state_file import find_state_file, write_state
from synth_expectations.rules.verdict import Verdict
from tests.evidence.sample_ledger import write_sample_ledger
from tests.evidence.site.pages import read_bytes
from tests.evidence.site.records import SampleProject


class CountingStore(DirectoryStore):
    """A directory that counts what is read."""

    reads = 0

    def read(self, name: str) -> bytes | None:
        """Return the content of a file, and count it."""
        self.reads += 1
        return super().read(name)


def test_run_by_run_gives_the_same_pages_as_all_at_once(tmp_path: Path) -> None:
    """Killed, partial, failed and late runs, and a changed policy, each on top of the site of those before."""
    whole = write_sample_ledger(tmp_path / "whole", 14)
    write_site(whole, tmp_path / "whole" / "site")
    target = EvidenceLedger(DirectoryStore(tmp_path / "parts"))
    written: list[int] = []
    for digest in (tmp_path / "whole" / "objects").iterdir():
        target.store.create(f"objects/{digest.name}", digest.read_bytes())
    for number, header in enumerate(sorted((tmp_path / "whole" / "ledger").iterdir())):
        target.store.create(f"ledger/{header.name}", header.read_bytes())
        if number > 1:
            summary = write_site(target, tmp_path / "parts" / "site")
            written.append(len(summary.written))
            assert summary.rebuilt == (number == 2)
    assert read_bytes(tmp_path / "parts" / "site") == read_bytes(tmp_path / "whole" / "site")
    assert write_site(target, tmp_path / "parts" / "site").written == ()


def test_one_more_run_costs_the_same_after_ten_and_after_sixty(tmp_path: Path) -> None:
    costs = []
    project = SampleProject(tmp_path)
    for goal in (10, 60):
        while project.number < goal:
            project.add_run()
        write_site(project.ledger, tmp_path / "site")
        project.add_run()
        store = CountingStore(tmp_path)
        summary = write_site(EvidenceLedger(store), tmp_path / "site")
        assert not summary.rebuilt
        costs.append((store.reads, len(summary.written)))
    assert costs[0][1] <= 60 and costs[1][1] <= costs[0][1] + 1  # the first of a month has a new page
    assert costs[1][0] <= costs[0][0] + 2


def test_a_state_that_is_missing_altered_or_of_another_ledger_is_not_used(tmp_path: Path) -> None:
    project = SampleProject(tmp_path)
    project.add_run()
    project.add_run()
    write_site(project.ledger, tmp_path / "site")
    pages, state = read_bytes(tmp_path / "site"), find_state_file(tmp_path / "site")
    stored = state.read_bytes()
    spoiled = [stored[:-1], stored.replace(b'"total_runs":2', b'"total_runs":9'), b"", b"\xff\xfe", None]
    for content in spoiled:
        state.unlink() if content is None else state.write_bytes(content)
        assert write_site(project.ledger, tmp_path / "site").rebuilt
        assert (read_bytes(tmp_path / "site"), state.read_bytes()) == (pages, stored)
    other = SampleProject(tmp_path / "other")
    other.add_run(verdict=Verdict.FAILED)
    assert write_site(other.ledger, tmp_path / "site").rebuilt
    assert read_bytes(tmp_path / "site").keys() < pages.keys()


def test_a_run_that_ends_while_pages_are_written_is_on_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs end together: the pages of the one that writes last do not hide the other."""
    project = SampleProject(tmp_path)
    project.add_run()
    late = []

    def write_late(directory: Path, state: SiteState) -> None:
        write_state(directory, state)
        if not late:
            late.append(project.add_run())

    monkeypatch.setattr("synth_expectations.evidence.site.builder.write_state", write_late)
    assert write_site(project.ledger, tmp_path / "site").head == 5
    pages = read_bytes(tmp_path / "site")
    assert find_run_page(late[0].run_id) in pages and late[0].run_id.encode() in pages["runs/2026-09.html"]
    assert b"entry #5" in pages["index.html"]


def test_an_end_that_comes_after_months_gets_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state no longer has the runs of its month, so the site is made anew."""
    monkeypatch.setattr("synth_expectations.evidence.site.runs.RUNS_KEPT", 2)
    project = SampleProject(tmp_path, days=20)
    late = project.add_start()
    for _ in range(8):
        project.add_run()
    write_site(project.ledger, tmp_path / "site")
    project.ledger.append(EntryKind.RUN_FINISHED, late)
    assert write_site(project.ledger, tmp_path / "site").rebuilt
    parts = read_bytes(tmp_path / "site")
    assert b"no end on record" not in parts[find_run_page(late.run_id)]
    write_site(project.ledger, tmp_path / "site", rebuild=True)
    assert read_bytes(tmp_path / "site") == parts
