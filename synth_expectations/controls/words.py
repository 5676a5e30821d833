"""The words of evidence: what a check, a table or a person's review may be counted as, and how many of each.

None of them is a legal conclusion: whether a requirement is fulfilled is for a person to say, over their own signature.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class EvidenceWord(StrEnum):
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
        """Whether an item of this word may be counted as evidence, for or against."""
        return self in _EVIDENCE


_EVIDENCE = {
    EvidenceWord.SUPPORTS,
    EvidenceWord.SUPPORTS_IN_PART,
    EvidenceWord.CONTRARY,
    EvidenceWord.MANUAL_DONE,
}
_OF_CHECKS = set(EvidenceWord) - {
    EvidenceWord.MANUAL_OPEN,
    EvidenceWord.MANUAL_DONE,
    EvidenceWord.NOT_YET_IN_FORCE,
    EvidenceWord.NO_LONGER,
}
_MEANINGS = {
    EvidenceWord.CONTRARY: "The check found violations, whether or not they fail the run.",
    EvidenceWord.INCONCLUSIVE: "The check ended in an error, or its result does not count; the reason is given.",
    EvidenceWord.NOT_READ: "The check was planned, but no query read its table.",
    EvidenceWord.NOT_RUN: "The check is mapped to the requirement, but was not part of the run.",
    EvidenceWord.MANUAL_OPEN: "A person must judge it, and no valid review is on record.",
    EvidenceWord.EXCLUDED: "The policy leaves the check out; the reason, the approver and the last day are given.",
    EvidenceWord.NOTHING_TO_CHECK: "The table was read, and the check applies to none of its records.",
    EvidenceWord.SUPPORTS_IN_PART: "The check found no violation in the part that it covers; the missing part is named.",
    EvidenceWord.MANUAL_DONE: "A person judged it; the document, the reviewer and the day are given.",
    EvidenceWord.SUPPORTS: "The check read everything in its scope, that is, at least one record and all rows of its source, and "
    "found no violation.",
    EvidenceWord.NOT_YET_IN_FORCE: "The requirement takes effect after the given day: prepare for it, but it is not a duty yet.",
    EvidenceWord.NO_LONGER: "The requirement ended before the given day.",
}
_WEAKEST_FIRST = list(EvidenceWord)


@dataclass(frozen=True)
class EvidenceCounts:
    """How many items of a requirement have which word: never one word for several.

    Attributes:
        by_word: the words that occur, from the weakest to the strongest, each with its count.
    """

    by_word: tuple[tuple[EvidenceWord, int], ...] = ()

    @classmethod
    def of(cls, words: Iterable[EvidenceWord]) -> Self:
        """Return the counts of some words."""
        counted = Counter(words)
        return cls(tuple((word, counted[word]) for word in _WEAKEST_FIRST if counted[word]))

    @classmethod
    def read(cls, document: Mapping[str, int]) -> Self:
        """Return the counts of a document that `document` made.

        Raises:
            ValueError: it names a word that there is not.
        """
        return cls.of(word for name, count in document.items() for word in [EvidenceWord(name)] * count)

    def __add__(self, other: EvidenceCounts) -> EvidenceCounts:
        """Return the counts of both."""
        counted = Counter(dict(self.by_word)) + Counter(dict(other.by_word))
        return EvidenceCounts(tuple((word, counted[word]) for word in _WEAKEST_FIRST if counted[word]))

    def __getitem__(self, word: EvidenceWord) -> int:
        """Return the count of a word; 0 if it does not occur."""
        return dict(self.by_word).get(word, 0)

    @property
    def total(self) -> int:
        """The number of items."""
        return sum(count for _, count in self.by_word)

    @property
    def weakest(self) -> EvidenceWord:
        """The weakest word, by which a requirement is coloured and sorted; not run, if there is no item."""
        return self.by_word[0][0] if self.by_word else EvidenceWord.NOT_RUN

    @property
    def summary(self) -> EvidenceWord:
        """The word of all items together: the weakest, or *supports in part* where some support and others are open.

        What is contrary or inconclusive is never called support, whatever is beside it.
        """
        supporting = self[EvidenceWord.SUPPORTS] + self[EvidenceWord.SUPPORTS_IN_PART]
        if supporting and self.weakest not in {EvidenceWord.CONTRARY, EvidenceWord.INCONCLUSIVE}:
            whole = self[EvidenceWord.SUPPORTS] + self[EvidenceWord.MANUAL_DONE] == self.total
            return EvidenceWord.SUPPORTS if whole else EvidenceWord.SUPPORTS_IN_PART
        return self.weakest

    def format(self) -> str:
        """Return the counts as text, what supports first: `supports 3 of 4, not run 1`."""
        shown = [word for word in reversed(_WEAKEST_FIRST) if self[word]]
        if not shown:
            return "nothing planned"
        if any(word in _OF_CHECKS for word in shown):
            shown = [EvidenceWord.SUPPORTS, *(word for word in shown if word is not EvidenceWord.SUPPORTS)]
        first, *others = shown
        counted = [f"{first.value} {self[first]:,} of {self.total:,}"]
        return ", ".join([*counted, *(f"{word.value} {self[word]:,}" for word in others)])

    def document(self) -> dict[str, int]:
        """Return the counts as plain data: every word that occurs, with its count."""
        return {word.value: count for word, count in self.by_word}
