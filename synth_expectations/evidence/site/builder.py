"""Write the evidence site of a ledger: all of it, or the pages that new entries change."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from synth_expectations.controls.load import HERE as CONTROLS
from synth_expectations.controls.load import load_installed
from synth_expectations.engine.atomic_file import replaced_file
from synth_expectations.engine.garbage_collection import paused_collection
from synth_expectations.errors import SynthError
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.kept_state import compute_software_digest
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.site.history import LedgerHistory
from synth_expectations.evidence.site.page import Page, SiteFrame, show_text
from synth_expectations.evidence.site.pages import SitePages
from synth_expectations.evidence.site.run_page import make_run_page
from synth_expectations.evidence.site.run_summary import RunSummary
from synth_expectations.evidence.site.state import SiteState
from synth_expectations.evidence.site.state_file import read_state, write_state

MARKER = "about.txt"
"""The file by which a directory is known as a site: what it holds may be replaced."""

_SIGN = b"Evidence site of synth-expectations. Open index.html.\n"
_FRAME = "frame"
_MOST_PASSES = 5
"""How often entries that come while pages are written are taken in: a busy ledger must not keep a run from ending."""


@dataclass(frozen=True)
class SiteSummary:
    """What was written.

    Attributes:
        index: the first page.
        written: the paths of the pages that were written, in the site.
        head: the last entry that the site shows.
        problems: what of the ledger cannot be read, a sentence each.
        rebuilt: whether the whole site was made.
    """

    index: Path
    written: tuple[str, ...]
    head: int
    problems: tuple[str, ...]
    rebuilt: bool


def write_site(
    ledger: EvidenceLedger, directory: Path, *, rebuild: bool = False, keep_state: bool = True
) -> SiteSummary:
    """Write the evidence site of a ledger, from its entries and objects alone.

    A site that was written before gets the pages that new entries change. It is made anew if the state beside it is
    missing, altered, or of another version or ledger.

    Args:
        ledger: of the project.
        directory: of the site; it is made, and must hold nothing but a site.
        rebuild: make every page anew.
        keep_state: leave the state beside the directory, for the next time.

    Returns:
        What was written.

    Raises:
        SynthError: the directory holds other files.
        OSError: it cannot be written.
    """
    _refuse_other_files(directory)
    state = None if rebuild or not (directory / "index.html").is_file() else read_state(directory, ledger)
    summary, state = _write_once(ledger, directory, state)
    for _ in range(_MOST_PASSES):
        if not keep_state or summary.problems:
            break
        write_state(directory, state)
        if ledger.read_entry(summary.head + 1) is None:
            break
        # another run ended meanwhile: whoever is last to write shows all of them
        later, state = _write_once(ledger, directory, state)
        summary = replace(later, written=summary.written + later.written, rebuilt=summary.rebuilt or later.rebuilt)
    return summary


def _write_once(ledger: EvidenceLedger, directory: Path, state: SiteState | None) -> tuple[SiteSummary, SiteState]:
    """Write the pages of what the ledger has now, and return what they were made of."""
    with paused_collection():
        site = _SiteWriter(ledger, directory, state)
        is_written = site.write()
        if not is_written:  # a late end of an old run, whose month is no longer in the state
            site = _SiteWriter(ledger, directory, None)
            site.write()
    summary = SiteSummary(
        index=directory / "index.html",
        written=tuple(site.written),
        head=site.state.head,
        problems=tuple(f"Entry {note.seq}: {note.sentence}" for note in site.state.problems),
        rebuilt=state is None or not is_written,
    )
    return summary, site.state


class _SiteWriter:
    """Writes a site; one that starts from a state writes what changed."""

    def __init__(self, ledger: EvidenceLedger, directory: Path, state: SiteState | None) -> None:
        self.state = state or SiteState(software=compute_software_digest())
        self.written: list[str] = []
        self._is_whole = state is None
        self._ledger = ledger
        self._directory = directory
        self._objects = find_objects(ledger, directory)
        self._kept: set[str] = set()

    def write(self) -> bool:
        """Write the pages; return False if the state does not hold all that they need."""
        if self._is_whole:
            self._write_file(MARKER, _SIGN)
        summaries: list[RunSummary] = []
        tables: set[str] = set()
        for reading in LedgerHistory(self._ledger, self.state).read_runs():
            self._write_page(make_run_page(reading), self._make_frame())
            summaries.append(reading.summary)
            tables |= {*reading.summary.planned_tables, *(table.table for table in reading.record.inputs)}
        months = {summary.month for summary in summaries}
        runs = summaries if self._is_whole else self.state.runs
        counted = Counter(run.month for run in runs)
        if any(counted[month] != self.state.months[month].runs for month in months):
            return False
        frame = self._make_frame()
        is_reframed = self.state.pages.get(_FRAME) != repr(frame)
        self.state.pages[_FRAME] = repr(frame)
        pages = SitePages(self.state, self._ledger, load_installed(), _digest_controls())
        self._write_pages(pages.make_months(months, runs), frame)
        tables |= self._write_samples(pages, frame, is_reframed)
        self._write_pages(pages.make_common(), frame)
        tables |= self._write_findings(pages, frame, is_reframed)
        self._write_pages(pages.tables.make_pages(None if is_reframed else tables), frame)
        self._write_pages(pages.make_fixed() if is_reframed else (), frame)
        self._write_requirements(pages, frame, is_reframed)
        self._write_file("site.css", make_style(self.state, frame))
        if self._is_whole:
            self._remove_others()
        return True

    def _write_requirements(self, pages: SitePages, frame: SiteFrame, is_reframed: bool) -> None:
        for row in pages.regulations.requirements:
            page = pages.regulations.make_requirement(row)
            shown = compute_digest(row.sign().encode("utf-8", "backslashreplace"))
            if is_reframed or self.state.pages.get(page.path) != shown:
                self._write_page(page, frame)
                self.state.pages[page.path] = shown

    def _write_findings(self, pages: SitePages, frame: SiteFrame, is_reframed: bool) -> set[str]:
        """Write the pages of findings that differ from what was shown, and return their tables."""
        tables = set()
        for row, page in pages.findings.make_pages():
            shown = row.sign()
            if is_reframed or self.state.pages.get(page.path) != shown:
                self._write_page(page, frame)
                self.state.pages[page.path] = shown
                tables.add(row.finding.table)
        return tables

    def _write_samples(self, pages: SitePages, frame: SiteFrame, is_reframed: bool) -> set[str]:
        """Write the pages of draws that changed, and return their tables."""
        tables = set()
        for row in pages.samples:
            shown = row.sign()
            if not is_reframed and self.state.pages.get(row.path) == shown:
                continue
            tables.add(row.details.get("table", ""))
            if page := pages.make_sample(row):
                self._write_page(page, frame)
                self.state.pages[row.path] = shown
        return tables

    def _make_frame(self) -> SiteFrame:
        uuid, policy = self.state.project_uuid, self.state.policy
        return SiteFrame(
            project=f"project {show_text(uuid[:8])}" if uuid else "a project without a name",
            policy=policy.sha256 if policy else "",
            schema=", ".join(self.state.schema_names) or "run-record/1",
            objects=self._objects,
        )

    def _write_pages(self, pages: Iterable[Page], frame: SiteFrame) -> None:
        for page in pages:
            self._write_page(page, frame)

    def _write_page(self, page: Page, frame: SiteFrame) -> None:
        self._write_file(page.path, page.render(frame))

    def _write_file(self, name: str, content: bytes) -> None:
        self._kept.add(name)
        path = self._directory / name
        if path.is_file() and path.read_bytes() == content:
            return
        with replaced_file(path) as temporary:
            temporary.write_bytes(content)
        self.written.append(name)

    def _remove_others(self) -> None:
        """Remove the pages of a former site that this one does not have."""
        for path in sorted(self._directory.rglob("*"), reverse=True):
            name = path.relative_to(self._directory).as_posix()
            if path.is_file() and name not in self._kept:
                path.unlink()
            elif path.is_dir() and not path.is_symlink() and not any(path.iterdir()):
                path.rmdir()


def find_objects(ledger: EvidenceLedger, directory: Path) -> str | None:
    """Return the path from a site to the objects of its ledger, as a link has it; None if no relative path leads there."""
    if not isinstance(ledger.store, DirectoryStore):
        return None
    try:
        path = os.path.relpath((ledger.store.path / "objects").resolve(), directory.resolve())
    except ValueError:  # another drive
        return None
    return quote(Path(path).as_posix()) + "/"


def make_style(state: SiteState, frame: SiteFrame) -> bytes:
    """Return the style sheet, with the running head of printed pages: project, period and head."""
    days = [f"{time:%Y-%m-%d}" for time in (state.first_run_at, state.last_run_at) if time]
    period = " to ".join(dict.fromkeys(days)) or "no run"
    head = re.sub("[^A-Za-z0-9 ,.:-]", "?", f"{frame.project}") + f" · {period} · head #{state.head}"
    margins = (
        f'@top-left{{content:"{head}";font:8pt sans-serif}}@bottom-right{{content:counter(page) " / " counter(pages)'
    )
    template = files("synth_expectations.evidence.site").joinpath("templates", "site.css").read_text(encoding="utf-8")
    return f"{template}@page{{margin:18mm 14mm;{margins};font:8pt sans-serif}}}}\n".encode()


def _refuse_other_files(directory: Path) -> None:
    if directory.is_dir() and any(directory.iterdir()) and not (directory / MARKER).is_file():
        raise SynthError(
            f"{directory.name} holds files that are not evidence site: nothing was written.",
            "Name a directory of its own for the site.",
        )
    if directory.exists() and not directory.is_dir():
        raise SynthError(f"{directory.name} is a file: nothing was written.", "Name a directory for the site.")


def _digest_controls() -> dict[str, str]:
    return {path.stem: compute_digest(path.read_bytes()) for path in CONTROLS.glob("*.yml")}
