"""What the site knows of a ledger after its last entry: enough to write every page that the next run changes.

It grows with the tables, checks and findings of a project, not with its runs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from pydantic import BaseModel, Field

from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.anchors.anchor import AnchorBody, describe_anchoring
from synth_expectations.evidence.cycle.closing import ClosingBody
from synth_expectations.evidence.cycle.sign_off import SignOffTerms
from synth_expectations.evidence.findings.model import FindingsState
from synth_expectations.evidence.kept_state import KeptState
from synth_expectations.evidence.records.inputs import InputRecord
from synth_expectations.evidence.records.policy import OwnershipRecord, PolicyRecord, TrainingRecord
from synth_expectations.evidence.records.results import RuleRecord, TableRecord
from synth_expectations.evidence.records.run import SoftwareRecord
from synth_expectations.evidence.sight import Sight
from synth_expectations.rules.verdict import Verdict

RUNS_KEPT = 90
"""How many runs the trends show."""

MONTHS_KEPT = 3
"""How many months the calendar shows."""


class StatusChange(BaseModel):
    """A status that a check had from a run on."""

    status: EvidenceStatus
    why: tuple[str, ...] = ()
    since: Sight


class RecordedEvidence(BaseModel):
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


class Change(BaseModel):
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


class PlanState(BaseModel):
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


class TableState(BaseModel):
    """The latest record of a table, and of it as an input."""

    record: TableRecord | None = None
    input: InputRecord | None = None
    record_pointer: str = ""
    input_pointer: str = ""
    seen: Sight


class TableOutcome(BaseModel):
    """A table in one run."""

    table: str
    verdict: Verdict | None
    is_read: bool = True
    records: dict[str, int] = {}
    contrary: int = 0


class RunSummary(BaseModel):
    """A run, as the lists and the calendar show it.

    Attributes:
        started_seq: the entry of its start; 0 if none is on record.
        finished_seq: the entry of its end; None if none is on record.
        body: the SHA-256 of its newest record.
        contrary: how many results found violations.
    """

    run_id: str
    checkpoint: str
    started_seq: int = 0
    finished_seq: int | None = None
    body: str
    started_at: datetime
    finished_at: datetime | None = None
    as_of: datetime
    verdict: Verdict | None = None
    claimed: str = ""
    selection: str = ""
    planned: int = 0
    selected: int = 0
    results: int = 0
    contrary: int = 0
    planned_tables: tuple[str, ...] = ()
    tables: list[TableOutcome] = []
    policy_state: str = "none"
    policy_sha256: str = ""

    @property
    def month(self) -> str:
        """The month of its start, in UTC, as `2026-09`."""
        return f"{self.started_at:%Y-%m}"


class PolicyPeriod(BaseModel):
    """Runs in a row under the same policy, with the same state of its approval."""

    policy: PolicyRecord | None
    first: Sight
    last: Sight
    runs: int = 1


class RunChanges(BaseModel):
    """What changed with a run."""

    run_id: str
    at: datetime
    total: int
    changes: list[Change]


class MonthCount(BaseModel):
    """How many runs started in a month."""

    runs: int = 0
    not_ended: int = 0


class LedgerNote(BaseModel):
    """An entry that is not a run, or that cannot be read, as the page of the ledger lists it."""

    seq: int
    kind: str
    at: datetime | None
    body: str = ""
    sentence: str = ""
    details: dict[str, str] = {}


class ClosedPeriod(BaseModel):
    """A period that an entry closes."""

    seq: int
    at: datetime
    body: ClosingBody


class SignedPeriod(BaseModel):
    """A sign-off that an entry holds; whether its signature holds is the question of `audit verify`."""

    seq: int
    at: datetime
    terms: SignOffTerms

    @property
    def conclusions(self) -> str:
        """How many requirements have which conclusion."""
        counted = Counter(row.conclusion for row in self.terms.conclusions)
        return ", ".join(f"{status} {count}" for status, count in sorted(counted.items())) or "no requirement"


class ExclusionState(BaseModel):
    """What the newest run of a checkpoint says that the policy leaves out of a table."""

    table: str
    type: str
    reason: str
    approved_by: str = ""
    until: date | None = None
    expired: bool = False


class SiteState(KeptState):
    """What the site knows of a ledger.

    Attributes:
        open_runs: the runs without an end, by their id.
        closings: the closed periods, and `sign_offs` of them.
        anchors: those of the last anchored entry, as the ledger has them.
        unanchored: how many entries came since that are not anchored.
        newest: the numbers of the last entries that are not anchors.
        runs: the newest ones, in the order of their starts.
        ownership: the matrix of the newest run that ended, and `training` of its teams; `ownership_seen` is that run.
        run_notes: what the newest run that ended says beside its results.
        pages: for pages that are made only when what they show changes, a digest of it.
    """

    project_uuid: str = ""
    schema_names: list[str] = []
    head_at: datetime | None = None
    first_run_at: datetime | None = None
    last_run_at: datetime | None = None
    kinds: dict[str, int] = {}
    problems: list[LedgerNote] = []
    redacted: list[LedgerNote] = []
    notes: list[LedgerNote] = []
    clock_jumps: list[int] = []
    closings: list[ClosedPeriod] = []
    sign_offs: list[SignedPeriod] = []
    anchors: list[AnchorBody] = []
    unanchored: int = 0
    newest: list[int] = []
    open_runs: dict[str, RunSummary] = {}
    runs: list[RunSummary] = []
    total_runs: int = 0
    months: dict[str, MonthCount] = {}
    plans: dict[str, PlanState] = {}
    checks: dict[str, CheckState] = {}
    tables: dict[str, TableState] = {}
    references: dict[str, TableState] = {}
    findings: FindingsState = Field(default_factory=FindingsState)
    policies: list[PolicyPeriod] = []
    changes: list[RunChanges] = []
    exclusions: dict[str, list[ExclusionState]] = {}
    not_covered: dict[str, list[ExclusionState]] = {}
    control_digests: dict[str, str] = {}
    run_notes: list[str] = []
    software_record: SoftwareRecord | None = None
    ownership: list[OwnershipRecord] = []
    training: list[TrainingRecord] = []
    ownership_seen: Sight | None = None
    requirement_entries: dict[str, int] = {}
    pages: dict[str, str] = {}

    @property
    def planned_checks(self) -> dict[str, str]:
        """The checks of the newest plan of every checkpoint: their type by their key."""
        return {key: type_name for plan in self.plans.values() for key, type_name in plan.checks.items()}

    @property
    def anchoring(self) -> str:
        """Up to which entry the ledger says that it is anchored, as a sentence."""
        return describe_anchoring(self.anchors, self.unanchored, is_claim=True)

    @property
    def policy(self) -> PolicyRecord | None:
        """The policy of the newest run; None without a run, or of a run without a policy."""
        return self.policies[-1].policy if self.policies else None
