"""The coverage of a regulation by a run: which requirements apply on a day, and the evidence for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Protocol

from synth_expectations.controls.limits import find_loose_parameters
from synth_expectations.controls.load import find_regulation
from synth_expectations.controls.model import STRENGTHS, Mapping, Regulation, Requirement, Strength
from synth_expectations.rules.verdict import Verdict


class Applies(StrEnum):
    """Whether a requirement applies on a day."""

    YES = "applies"
    NOT_YET = "not_yet"
    NO_LONGER = "no_longer"


class EvidenceState(StrEnum):
    """The state of a mapping or a requirement in a run; the first of several counts."""

    ERRORED = "errored"
    VIOLATED = "violated"
    TOO_LOOSE = "too_loose"
    MET = "met"
    NOTHING_TO_CHECK = "nothing_to_check"
    NOT_RUN = "not_run"
    MANUAL = "manual"

    @property
    def shown(self) -> str:
        """The state as people read it."""
        return self.value.replace("_", " ")


_ORDER = list(EvidenceState)
_STATES = {
    Verdict.ERRORED: EvidenceState.ERRORED,
    Verdict.FAILED: EvidenceState.VIOLATED,
    Verdict.PASSED: EvidenceState.MET,
}


@dataclass(frozen=True)
class Finding:
    """The result of one expectation in a run.

    Attributes:
        type: its snake-case type.
        verdict: as it was judged, whatever its severity.
        parameters: the effective ones, defaults too.
        table: where.
        narrowed: why it did not see all records it would, such as a row condition; empty if it did.
    """

    type: str
    verdict: Verdict
    parameters: MappingOf[str, Any] = field(default_factory=dict)
    table: str = ""
    narrowed: str = ""


@dataclass(frozen=True)
class MappingFinding:
    """A finding as evidence for a mapping; `why` says what is too loose."""

    finding: Finding
    state: EvidenceState
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class MappingCoverage:
    """A mapping and its state in a run; no state without a run."""

    mapping: Mapping
    needs: tuple[str, ...]
    state: EvidenceState | None = None
    judged: tuple[MappingFinding, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """A requirement on a day.

    Attributes:
        requirement: what is asked.
        applies: whether it does, on that day.
        mappings: what gives evidence; none if it is manual.
        state: what the run says of it; None without a run, unless it is manual.
    """

    requirement: Requirement
    applies: Applies
    mappings: tuple[MappingCoverage, ...] = ()
    state: EvidenceState | None = None

    @property
    def met_by(self) -> tuple[MappingCoverage, ...]:
        """The mappings with evidence."""
        return tuple(mapping for mapping in self.mappings if mapping.state is EvidenceState.MET)

    @property
    def strength(self) -> Strength | None:
        """The strongest evidence that exists for the requirement."""
        return min((mapping.mapping.strength for mapping in self.met_by), key=STRENGTHS.index, default=None)


def compute_coverage(
    regulation: Regulation | str, as_of: date, results: Iterable[Finding] | None = None
) -> tuple[Coverage, ...]:
    """Return the coverage of every requirement of a regulation on a day.

    Args:
        regulation: it, or its id.
        as_of: the day, or a moment of it in UTC.
        results: what a run found; None asks only what is mapped.

    Raises:
        ControlsError: there is no regulation of that id.
    """
    regulation = find_regulation(regulation) if isinstance(regulation, str) else regulation
    day = as_of.astimezone(UTC).date() if isinstance(as_of, datetime) else as_of
    run_findings = None if results is None else tuple(results)
    return tuple(
        _cover_requirement(regulation, requirement, day, run_findings) for requirement in regulation.requirements
    )


def _cover_requirement(
    regulation: Regulation, requirement: Requirement, day: date, run_findings: Sequence[Finding] | None
) -> Coverage:
    applies = Applies.YES
    if day < requirement.applies_from:
        applies = Applies.NOT_YET
    elif requirement.until and day > requirement.until:
        applies = Applies.NO_LONGER
    if not requirement.mappings:
        return Coverage(requirement, applies, state=EvidenceState.MANUAL)
    mappings = tuple(_cover_mapping(regulation, mapping, run_findings) for mapping in requirement.mappings)
    state = None if run_findings is None else _find_worst(mapping.state for mapping in mappings)
    return Coverage(requirement, applies, mappings, state)


def _cover_mapping(regulation: Regulation, mapping: Mapping, run_findings: Sequence[Finding] | None) -> MappingCoverage:
    limits = regulation.find_limits(mapping)
    needs = tuple(f"{name} {limit.describe()}" for name, limit in limits.items())
    if run_findings is None:
        return MappingCoverage(mapping, needs)
    evaluated = tuple(_weigh(finding, limits) for finding in run_findings if finding.type == mapping.expectation)
    return MappingCoverage(mapping, needs, _find_worst(finding.state for finding in evaluated), evaluated)


def _weigh(finding: Finding, limits: dict[str, Any]) -> MappingFinding:
    """Return a finding as evidence; only a pass can be too loose, since a failed loose check is still a violation."""
    state = _STATES.get(finding.verdict, EvidenceState.NOTHING_TO_CHECK)
    if state is EvidenceState.MET:
        why = (*find_loose_parameters(limits, finding.parameters), *([finding.narrowed] if finding.narrowed else []))
        if why:
            return MappingFinding(finding, EvidenceState.TOO_LOOSE, why)
    return MappingFinding(finding, state)


def _find_worst(states: Iterable[EvidenceState | None]) -> EvidenceState:
    return min((state for state in states if state), key=_ORDER.index, default=EvidenceState.NOT_RUN)


class _Expectation(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def verdict(self) -> Verdict: ...
    @property
    def details(self) -> dict[str, Any]: ...


class _Table(Protocol):
    @property
    def table(self) -> str: ...
    @property
    def expectations(self) -> Sequence[_Expectation]: ...


class _Exclusion(Protocol):
    @property
    def table(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def reason(self) -> str: ...


class _Run(Protocol):
    """The part of a run's report that evidence needs."""

    @property
    def tables(self) -> Sequence[_Table]: ...
    @property
    def excluded(self) -> Sequence[_Exclusion]: ...


def read_findings(run: _Run) -> Iterator[Finding]:
    """Yield the findings of a run, with the reason wherever the policy narrows a check."""
    narrowed = {
        (exclusion.table, exclusion.type): f"the policy narrows it: {exclusion.reason}" for exclusion in run.excluded
    }
    for table in run.tables:
        for expectation in table.expectations:
            parameters = expectation.details.get("parameters") or {}
            why = narrowed.get((table.table, expectation.type), "")
            yield Finding(expectation.type, expectation.verdict, parameters, table.table, why)
