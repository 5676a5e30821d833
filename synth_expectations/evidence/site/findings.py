"""The pages of findings: all of them by what became of them, and one for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from pydantic import TypeAdapter

from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.findings.listing import ListedFinding
from synth_expectations.evidence.findings.model import CLOSED, UNDISPOSED, FindingsState, FindingStatus, FollowedFinding
from synth_expectations.evidence.site.charts import draw_lines
from synth_expectations.evidence.site.file_names import find_finding_page
from synth_expectations.evidence.site.page import Page

AGES = (("up to 7 days", 7), ("8 to 30 days", 30), ("31 to 90 days", 90), ("more than 90 days", None))
"""How long findings are open: the name of each range, and its last day."""
CLOSED_SHOWN = 200
"""How many closed findings the page of all of them lists; each has a page of its own."""
_FINDING = TypeAdapter(FollowedFinding)


@dataclass(frozen=True)
class FindingRow(ListedFinding):
    """A finding, as pages show it: at the time of the head of the ledger."""

    @property
    def page(self) -> str:
        """The path of its page."""
        return find_finding_page(self.finding.id)

    @property
    def excess(self) -> str:
        """What the newest decision does not cover."""
        disposition = self.finding.find_disposition()
        return self.finding.explain_excess(disposition) if disposition else ""

    @property
    def since_before(self) -> str:
        """What is new since the result before; empty without one."""
        change = self.finding.change
        return change.format(self.finding.last.at) if change else ""

    def sign(self) -> str:
        """Return a digest of all that its page shows: the page is made again if that differs."""
        content = f"{_FINDING.dump_json(self.finding).decode()}{self.status}{self.is_overdue}"
        return compute_digest(content.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True)
class FindingPages:
    """The findings of a ledger, as pages.

    Attributes:
        state: of the findings.
        at: the time of the head of the ledger.
        head: the number of its last entry.
    """

    state: FindingsState
    at: datetime
    head: int

    @cached_property
    def rows(self) -> list[FindingRow]:
        """Every finding: what is overdue and open longest first."""
        rows = [FindingRow(finding, self.at) for finding in self.state.findings.values()]
        return sorted(
            rows, key=lambda row: (not row.is_overdue, row.finding.opened.at, row.finding.table, row.finding.id)
        )

    def count_ages(self) -> list[tuple[str, Counter[str]]]:
        """Return how many findings are open how long, by severity."""
        counts: dict[str, Counter[str]] = {name: Counter() for name, _ in AGES}
        for row in self.rows:
            if row.status not in CLOSED:
                name = next(name for name, last in AGES if last is None or row.age <= last)
                counts[name][row.finding.severity] += 1
        return list(counts.items())

    def make_list(self) -> Page:
        """Return the page of all findings."""
        by_status = Counter(row.status for row in self.rows)
        closed = sorted(
            (row for row in self.rows if row.finding.closed),
            key=lambda row: row.finding.closed.seq if row.finding.closed else 0,
            reverse=True,
        )
        content = {
            "counts": [(status, by_status[status]) for status in FindingStatus if by_status[status]],
            "ages": self.count_ages(),
            "open": [row for row in self.rows if row.status in UNDISPOSED],
            "decided": [row for row in self.rows if row.status not in UNDISPOSED | CLOSED],
            "closed": closed[:CLOSED_SHOWN],
            "all_closed": len(closed),
            "unknown": [] if self.state.is_partial else self.state.unknown_dispositions,
            "problems": self.state.problems,
            "is_partial": self.state.is_partial,
            "at": self.at,
        }
        return Page("findings.html", "findings.html", "Findings", self.head, content)

    def make_pages(self) -> Iterator[tuple[FindingRow, Page]]:
        """Yield the page of each finding."""
        for row in self.rows:
            yield row, self._make_page(row)

    def _make_page(self, row: FindingRow) -> Page:
        finding = row.finding
        seen = [finding.evaluated.seq, *(disposition.entry for disposition in finding.dispositions)]
        content = {
            "row": row,
            "chart": draw_lines([("records", [point.count for point in finding.counts])]),
            "is_partial": self.state.is_partial,
        }
        return Page(row.page, "finding.html", f"Finding {finding.id}", max(seen), content)
