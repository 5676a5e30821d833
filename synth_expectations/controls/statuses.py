"""Evidence statuses: what a check, a table or a person's review may be counted as, and how many of each.

None of them is a legal conclusion: whether a requirement is fulfilled is for a person to say, over their own signature.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class EvidenceStatus(StrEnum):
    """What one item of a requirement may be counted as, from the weakest to the strongest.

    An item is a check on a table, or the review of a document. The last two say that a requirement is not in force.
    """

    CONTRARY = "contrary"
    INCONCLUSIVE = "inconclusive"
    NOT_READ = "not read"
    NOT_RUN = "not run"
    MANUAL_OPEN = "manual open"
    EXCLUDED = "excluded"
    NOTHING_TO_CHECK = "nothing to check"
    SUPPORTS_IN_PART = "supports in part"
    MANUAL_DONE = "manual done"
    SUPPORTS = "supports"
    NOT_YET_IN_FORCE = "not yet in force"
    NO_LONGER = "no longer"

    @property
    def meaning(self) -> str:
        """What it means, as a sentence."""
        return _MEANINGS[self]

    @property
    def is_evidence(self) -> bool:
        """Whether an item of this status may be counted as evidence, for or against."""
        return self in _EVIDENCE


_EVIDENCE = {
    EvidenceStatus.SUPPORTS,
    EvidenceStatus.SUPPORTS_IN_PART,
    EvidenceStatus.CONTRARY,
    EvidenceStatus.MANUAL_DONE,
}
_OF_CHECKS = set(EvidenceStatus) - {
    EvidenceStatus.MANUAL_OPEN,
    EvidenceStatus.MANUAL_DONE,
    EvidenceStatus.NOT_YET_IN_FORCE,
    EvidenceStatus.NO_LONGER,
}
_MEANINGS = {
    EvidenceStatus.CONTRARY: "The check found violations, whether or not they fail the run.",
    EvidenceStatus.INCONCLUSIVE: "The check ended in an error, or its result does not count; the reason is given.",
    EvidenceStatus.NOT_READ: "The check was planned, but no query read its table.",
    EvidenceStatus.NOT_RUN: "The check is mapped to the requirement, but was not part of the run.",
    EvidenceStatus.MANUAL_OPEN: "A person must judge it, and no valid review is on record.",
    EvidenceStatus.EXCLUDED: "The policy leaves the check out; the reason, the approver and the last day are given.",
    EvidenceStatus.NOTHING_TO_CHECK: "The table was read, and the check applies to none of its records.",
    EvidenceStatus.SUPPORTS_IN_PART: "The check found no violation in the part that it covers; the missing part is named.",
    EvidenceStatus.MANUAL_DONE: "A person judged it; the document, the reviewer and the day are given.",
    EvidenceStatus.SUPPORTS: "The check read everything in its scope, that is, at least one record and all rows of its source, "
    "and found no violation.",
    EvidenceStatus.NOT_YET_IN_FORCE: "The requirement takes effect after the given day: prepare for it, but it is not a duty "
    "yet.",
    EvidenceStatus.NO_LONGER: "The requirement ended before the given day.",
}
_WEAKEST_FIRST = list(EvidenceStatus)


@dataclass(frozen=True)
class EvidenceCounts:
    """How many items of a requirement have which status: never one status for several.

    Attributes:
        by_status: the statuses that occur, from the weakest to the strongest, each with its count.
    """

    by_status: tuple[tuple[EvidenceStatus, int], ...] = ()

    @classmethod
    def of(cls, statuses: Iterable[EvidenceStatus]) -> Self:
        """Return the counts of some statuses."""
        counted = Counter(statuses)
        return cls(tuple((status, counted[status]) for status in _WEAKEST_FIRST if counted[status]))

    @classmethod
    def read(cls, document: Mapping[str, int]) -> Self:
        """Return the counts of a document that `document` made.

        Raises:
            ValueError: it names a status that there is not.
        """
        return cls.of(status for name, count in document.items() for status in [EvidenceStatus(name)] * count)

    def __add__(self, other: EvidenceCounts) -> EvidenceCounts:
        """Return the counts of both."""
        counted = Counter(dict(self.by_status)) + Counter(dict(other.by_status))
        return EvidenceCounts(tuple((status, counted[status]) for status in _WEAKEST_FIRST if counted[status]))

    def __getitem__(self, status: EvidenceStatus) -> int:
        """Return the count of a status; 0 if it does not occur."""
        return dict(self.by_status).get(status, 0)

    @property
    def total(self) -> int:
        """The number of items."""
        return sum(count for _, count in self.by_status)

    @property
    def weakest(self) -> EvidenceStatus:
        """The weakest status, by which a requirement is coloured and sorted; not run, if there is no item."""
        return self.by_status[0][0] if self.by_status else EvidenceStatus.NOT_RUN

    @property
    def summary(self) -> EvidenceStatus:
        """The status of all items together: the weakest, or *supports in part* where some support and others are open.

        What is contrary or inconclusive is never called support, whatever is beside it.
        """
        supporting = self[EvidenceStatus.SUPPORTS] + self[EvidenceStatus.SUPPORTS_IN_PART]
        if supporting and self.weakest not in {EvidenceStatus.CONTRARY, EvidenceStatus.INCONCLUSIVE}:
            whole = self[EvidenceStatus.SUPPORTS] + self[EvidenceStatus.MANUAL_DONE] == self.total
            return EvidenceStatus.SUPPORTS if whole else EvidenceStatus.SUPPORTS_IN_PART
        return self.weakest

    def format(self) -> str:
        """Return the counts as text, what supports first: `supports 3 of 4, not run 1`."""
        shown = [status for status in reversed(_WEAKEST_FIRST) if self[status]]
        if not shown:
            return "nothing planned"
        if any(status in _OF_CHECKS for status in shown):
            shown = [EvidenceStatus.SUPPORTS, *(status for status in shown if status is not EvidenceStatus.SUPPORTS)]
        first, *others = shown
        counted = [f"{first.value} {self[first]:,} of {self.total:,}"]
        return ", ".join([*counted, *(f"{status.value} {self[status]:,}" for status in others)])

    def document(self) -> dict[str, int]:
        """Return the counts as plain data: every status that occurs, with its count."""
        return {status.value: count for status, count in self.by_status}
