"""What the results of a run may be counted as, by requirement."""

from __future__ import annotations

from dataclasses import dataclass

from synth_expectations.controls.statuses import EvidenceCounts, EvidenceStatus


@dataclass(frozen=True)
class Evidence:
    """A requirement that an expectation is mapped to, and what its result may be counted as.

    Attributes:
        regulation: the id of its file.
        requirement: the article or section.
        title: what it is about.
        strength: direct, partial or supporting.
        applies: applies, not_yet or no_longer, on the day of as_of.
        status: what the result may be counted as; not evidence, if the requirement is not in force on that day.
        check: the status of the check itself, also for a requirement that is not in force: preparation.
        why: the reasons for the status of the check, a sentence each: errored, too loose, an unapproved policy.
    """

    regulation: str
    requirement: str
    title: str
    strength: str
    applies: str
    status: EvidenceStatus
    check: EvidenceStatus
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class EvidenceReason:
    """Why some items of a requirement have their status, and how many."""

    status: EvidenceStatus
    why: str
    count: int


@dataclass(frozen=True)
class RequirementEvidence:
    """What a run shows of a requirement, by the number of its items that have each status.

    Attributes:
        regulation: the id of its file.
        requirement: the article or section.
        title: what it is about.
        applies: applies, not_yet or no_longer, on the day of as_of.
        status: that of its weakest item, by which it is coloured and sorted, unless it is not in force.
        counts: its items, one for each check on each table that the policy has, and each document of a person.
        strength: of the strongest mapping that supports it; None if none does, or if it is not in force.
        reasons: for the statuses of its items, the weakest first.
    """

    regulation: str
    requirement: str
    title: str
    applies: str
    status: EvidenceStatus
    counts: EvidenceCounts
    strength: str | None = None
    reasons: tuple[EvidenceReason, ...] = ()
