"""The coverage of a regulation by a run: which requirements are in force on a day, and the evidence for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from synth_expectations.controls.limits import find_loose_parameters
from synth_expectations.controls.load import find_regulation
from synth_expectations.controls.model import STRENGTHS, Mapping, Regulation, Requirement, Strength
from synth_expectations.controls.statuses import EvidenceCounts, EvidenceStatus
from synth_expectations.policy.standing import ReviewStanding

_SUPPORTING = {EvidenceStatus.SUPPORTS, EvidenceStatus.SUPPORTS_IN_PART}
NOT_PLANNED = "no table has this check"


class Applies(StrEnum):
    """Whether a requirement applies on a day."""

    YES = "applies"
    NOT_YET = "not_yet"
    NO_LONGER = "no_longer"


@dataclass(frozen=True)
class Finding:
    """What a run says of one expectation on one table, before a requirement asks for its parameters.

    Attributes:
        type: its snake-case type.
        status: what it may be counted as, if its parameters are strict enough.
        parameters: the effective ones, defaults too.
        table: where.
        why: the reasons for the status, a sentence each.
    """

    type: str
    status: EvidenceStatus
    parameters: MappingOf[str, Any] = field(default_factory=dict)
    table: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class MappingFinding:
    """A finding as evidence for a mapping; `why` says what is too loose."""

    finding: Finding
    status: EvidenceStatus
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class MappingCoverage:
    """A mapping and the statuses of its items in a run; no statuses without a run."""

    mapping: Mapping
    needs: tuple[str, ...]
    counts: EvidenceCounts | None = None
    judged: tuple[MappingFinding, ...] = ()


@dataclass(frozen=True)
class ManualItem:
    """What a person did for a requirement, or did not."""

    status: EvidenceStatus
    why: str


@dataclass(frozen=True)
class Coverage:
    """A requirement on a day.

    Attributes:
        requirement: what is asked.
        applies: whether it is in force, on that day.
        mappings: what gives evidence; none if it is manual.
        manual: the reviews of documents; of a requirement that no expectation can reach, at least one item.
        counts: the statuses of all its items, whether or not it is in force; None if it is neither manual nor was run.
    """

    requirement: Requirement
    applies: Applies
    mappings: tuple[MappingCoverage, ...] = ()
    manual: tuple[ManualItem, ...] = ()
    counts: EvidenceCounts | None = None

    @property
    def status(self) -> EvidenceStatus | None:
        """The status by which it is coloured and sorted: that of its weakest item, unless it is not in force."""
        if self.counts is None:
            return None
        return withhold(self.counts.weakest, self.applies)

    @property
    def supported_by(self) -> tuple[MappingCoverage, ...]:
        """The mappings of which at least one check supports the requirement."""
        return tuple(
            mapping
            for mapping in self.mappings
            if mapping.counts and any(mapping.counts[status] for status in _SUPPORTING)
        )

    @property
    def strength(self) -> Strength | None:
        """The strongest evidence that exists for the requirement; None while it is not in force."""
        supporting = self.supported_by if self.applies is Applies.YES else ()
        return min((mapping.mapping.strength for mapping in supporting), key=STRENGTHS.index, default=None)


def withhold(status: EvidenceStatus, applies: Applies) -> EvidenceStatus:
    """Return what an item may be counted as for a requirement: nothing, if that is not in force."""
    not_in_force = {Applies.NOT_YET: EvidenceStatus.NOT_YET_IN_FORCE, Applies.NO_LONGER: EvidenceStatus.NO_LONGER}
    return not_in_force.get(applies, status)


def compute_coverage(
    regulation: Regulation | str,
    as_of: date,
    results: Iterable[Finding] | None = None,
    reviews: Iterable[ReviewStanding] = (),
) -> tuple[Coverage, ...]:
    """Return the coverage of every requirement of a regulation on a day.

    Args:
        regulation: it, or its id.
        as_of: the day, or a moment of it in UTC.
        results: what a run found; None asks only what is mapped.
        reviews: of documents, by people, as the policy has them.

    Raises:
        ControlsError: there is no regulation of that id.
    """
    regulation = find_regulation(regulation) if isinstance(regulation, str) else regulation
    day = as_of.astimezone(UTC).date() if isinstance(as_of, datetime) else as_of
    run_findings = None if results is None else tuple(results)
    by_requirement: dict[str, list[ReviewStanding]] = {}
    for review in reviews:
        by_requirement.setdefault(review.requirement, []).append(review)
    return tuple(
        _cover_requirement(
            regulation, requirement, day, run_findings, by_requirement.get(f"{regulation.id}/{requirement.id}", ())
        )
        for requirement in regulation.requirements
    )


def _cover_requirement(
    regulation: Regulation,
    requirement: Requirement,
    day: date,
    run_findings: Sequence[Finding] | None,
    reviews: Sequence[ReviewStanding],
) -> Coverage:
    applies = Applies.YES
    if day < requirement.applies_from:
        applies = Applies.NOT_YET
    elif requirement.until and day > requirement.until:
        applies = Applies.NO_LONGER
    manual = tuple(_weigh_review(review) for review in reviews)
    if not requirement.mappings and not manual:
        manual = (ManualItem(EvidenceStatus.MANUAL_OPEN, "the policy has no review on record"),)
    mappings = tuple(_cover_mapping(regulation, mapping, run_findings) for mapping in requirement.mappings or ())
    if mappings and run_findings is None:
        return Coverage(requirement, applies, mappings, manual)
    counts = sum((mapping.counts for mapping in mappings if mapping.counts), EvidenceCounts())
    counts += EvidenceCounts.of(item.status for item in manual)
    return Coverage(requirement, applies, mappings, manual, counts)


def _weigh_review(review: ReviewStanding) -> ManualItem:
    status = EvidenceStatus.MANUAL_OPEN if review.open_because else EvidenceStatus.MANUAL_DONE
    return ManualItem(status, review.format_sentence())


def _cover_mapping(regulation: Regulation, mapping: Mapping, run_findings: Sequence[Finding] | None) -> MappingCoverage:
    limits = regulation.find_limits(mapping)
    needs = tuple(f"{name} {limit.describe()}" for name, limit in limits.items())
    if run_findings is None:
        return MappingCoverage(mapping, needs)
    judged = tuple(_weigh(finding, limits) for finding in run_findings if finding.type == mapping.expectation)
    if not judged:
        unplanned = Finding(mapping.expectation, EvidenceStatus.NOT_RUN)
        judged = (MappingFinding(unplanned, EvidenceStatus.NOT_RUN, (NOT_PLANNED,)),)
    return MappingCoverage(mapping, needs, EvidenceCounts.of(finding.status for finding in judged), judged)


def _weigh(finding: Finding, limits: dict[str, Any]) -> MappingFinding:
    """Return a finding as evidence; only support can be too loose: a loose check that fails is contrary all the more."""
    if finding.status in _SUPPORTING and (loose := tuple(find_loose_parameters(limits, finding.parameters))):
        why = tuple(f"too loose: {sentence}" for sentence in loose)
        return MappingFinding(finding, EvidenceStatus.INCONCLUSIVE, why)
    return MappingFinding(finding, finding.status, finding.why)
