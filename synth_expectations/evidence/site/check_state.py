"""What the newest runs say of a check and of the plan of a checkpoint."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import BaseModel

from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.records.results import RuleRecord
from synth_expectations.evidence.sight import Sight
from synth_expectations.rules.verdict import Verdict


class StatusChange(BaseModel, defer_build=True):
    """A status that a check had from a run on."""

    status: EvidenceStatus
    why: tuple[str, ...] = ()
    since: Sight


class RecordedEvidence(BaseModel, defer_build=True):
    """What a check says of a requirement, the latest status last."""

    regulation: str
    requirement: str
    strength: str
    history: list[StatusChange]

    @property
    def latest(self) -> StatusChange:
        """The status of the last run that evaluated it."""
        return self.history[-1]


@dataclass(slots=True)
class CheckState:
    """The latest result of a check.

    Attributes:
        since: the first run of the row of runs with this status.
        seen: the run of the result.
        params_sha256: of all effective parameters, of the last result that was not errored: an errored one lacks what its
            table would have told.
        pointer: of the result in its record, as a JSON pointer; None if the run planned the check and has no result.
    """

    table: str
    scope: str
    expectation_id: str
    type: str
    status: EvidenceStatus
    since: Sight
    seen: Sight
    sentence: str = ""
    severity: str = ""
    verdict: Verdict | None = None
    population: int | None = None
    broken: int | None = None
    rules: tuple[RuleRecord, ...] = ()
    narrowed: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    params_sha256: str | None = None
    why: str = ""
    pointer: str | None = None
    evidence: list[RecordedEvidence] = field(default_factory=list)

    @property
    def is_unmapped(self) -> bool:
        """Whether it passed and is evidence for no requirement: then it supports nothing."""
        return self.verdict is Verdict.PASSED and not self.evidence


class Change(BaseModel, defer_build=True):
    """A difference between a run and the one before it.

    Attributes:
        kind: such as "verdict" or "new check".
        subject: the table and the check.
    """

    kind: str
    subject: str
    table: str = ""
    before: str = ""
    after: str = ""


class PlanState(BaseModel, defer_build=True):
    """The newest plan of a checkpoint.

    Attributes:
        before: the run before it of the same checkpoint.
        checks: the keys of its checks, and the type of each.
        tables: the table of each, by its key.
        not_selected: the keys of those that the run left out.
        is_finished: whether its run has an end on record.
        changes: how it differs from the plan before.
    """

    seen: Sight
    before: str | None = None
    checks: dict[str, str]
    tables: dict[str, str] = {}
    not_selected: list[str] = []
    is_finished: bool = False
    changes: list[Change] = []
