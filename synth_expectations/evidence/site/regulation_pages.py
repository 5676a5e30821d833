"""The pages of regulations and of their requirements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from synth_expectations.controls.coverage import Applies
from synth_expectations.controls.model import Regulation
from synth_expectations.controls.statuses import EvidenceCounts
from synth_expectations.evidence.site.file_names import find_regulation_page, find_requirement_page
from synth_expectations.evidence.site.page import Page
from synth_expectations.evidence.site.requirements import RequirementState, find_day, read_requirements
from synth_expectations.evidence.site.state import SiteState
from synth_expectations.evidence.site.static_text import STRENGTH_MEANINGS


@dataclass(frozen=True)
class RegulationRow:
    """A regulation, as the page of all of them lists it."""

    regulation: Regulation
    requirements: tuple[RequirementState, ...]

    @property
    def in_force(self) -> int:
        """How many of its requirements are in force."""
        return sum(row.applies is Applies.YES for row in self.requirements)

    @property
    def counts(self) -> EvidenceCounts:
        """The statuses of all items of requirements in force."""
        return sum((row.counts for row in self.requirements if row.applies is Applies.YES), EvidenceCounts())


class RegulationPages:
    """Makes the pages of regulations and requirements.

    Args:
        state: of the ledger.
        regulations: as they are installed.
        installed: the digest of each regulation's file, by its id.
    """

    def __init__(self, state: SiteState, regulations: Sequence[Regulation], installed: dict[str, str]) -> None:
        self._state = state
        self._regulations = regulations
        self._installed = installed

    @cached_property
    def requirements(self) -> list[RequirementState]:
        """Every requirement with its evidence."""
        return read_requirements(self._state, self._regulations)

    def make_requirement(self, row: RequirementState) -> Page:
        """Return the page of a requirement."""
        content = {"row": row, "strengths": STRENGTH_MEANINGS}
        path = find_requirement_page(row.regulation.id, row.requirement.id)
        return Page(path, "requirement.html", row.requirement.id, row.until, content)

    def make_pages(self) -> Iterator[Page]:
        """Yield the page of all regulations, and the page of each."""
        rows = [
            RegulationRow(regulation, tuple(row for row in self.requirements if row.regulation.id == regulation.id))
            for regulation in self._regulations
        ]
        recorded = {
            (item.regulation, item.requirement) for check in self._state.checks.values() for item in check.evidence
        }
        known = {regulation.id for regulation in self._regulations}
        changed = [
            name
            for name, digest in sorted(self._state.control_digests.items())
            if self._installed.get(name.removesuffix(".yml"), digest) != digest
        ]
        yield self._make(
            "controls/index.html",
            "controls_index.html",
            "Requirements",
            regulations=rows,
            unknown=sorted({regulation for regulation, _ in recorded} - known),
            changed=changed,
        )
        for row in rows:
            ids = {requirement.requirement.id for requirement in row.requirements}
            named = {requirement for regulation, requirement in recorded if regulation == row.regulation.id}
            yield self._make(
                find_regulation_page(row.regulation.id),
                "regulation.html",
                row.regulation.title,
                regulation=row.regulation,
                requirements=row.requirements,
                unknown=sorted(named - ids),
            )

    def _make(self, path: str, template: str, title: str, **content: Any) -> Page:
        shared = {"state": self._state, "day": find_day(self._state)}
        return Page(path, template, title, self._state.head, {**shared, **content})
