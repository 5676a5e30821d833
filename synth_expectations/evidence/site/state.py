"""What the site knows of a ledger after its last entry: enough to write every page that the next run changes.

It grows with the tables, checks and findings of a project, not with its runs.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from pydantic import BaseModel, Field

from synth_expectations.evidence.anchors.anchor import AnchorBody, describe_anchoring
from synth_expectations.evidence.cycle.closing import ClosingBody
from synth_expectations.evidence.cycle.sign_off_terms import SignOffTerms
from synth_expectations.evidence.findings.model import FindingsState
from synth_expectations.evidence.kept_state import KeptState
from synth_expectations.evidence.records.inputs import InputRecord
from synth_expectations.evidence.records.policy import OwnershipRecord, PolicyRecord, TrainingRecord
from synth_expectations.evidence.records.results import TableRecord
from synth_expectations.evidence.records.run import SoftwareRecord
from synth_expectations.evidence.sight import Sight
from synth_expectations.evidence.site.check_state import CheckState, PlanState
from synth_expectations.evidence.site.run_summary import MonthCount, PolicyPeriod, RunChanges, RunSummary

RUNS_KEPT = 90
"""How many runs the trends show."""

MONTHS_KEPT = 3
"""How many months the calendar shows."""


class TableState(BaseModel, defer_build=True):
    """The latest record of a table, and of it as an input."""

    record: TableRecord | None = None
    input: InputRecord | None = None
    record_pointer: str = ""
    input_pointer: str = ""
    seen: Sight


class LedgerNote(BaseModel, defer_build=True):
    """An entry that is not a run, or that cannot be read, as the page of the ledger lists it."""

    seq: int
    kind: str
    at: datetime | None
    body: str = ""
    sentence: str = ""
    details: dict[str, str] = {}


class ClosedPeriod(BaseModel, defer_build=True):
    """A period that an entry closes."""

    seq: int
    at: datetime
    body: ClosingBody


class SignedPeriod(BaseModel, defer_build=True):
    """A sign-off that an entry holds; whether its signature holds is the question of `audit verify`."""

    seq: int
    at: datetime
    terms: SignOffTerms

    @property
    def conclusions(self) -> str:
        """How many requirements have which conclusion."""
        counted = Counter(row.conclusion for row in self.terms.conclusions)
        return ", ".join(f"{status} {count}" for status, count in sorted(counted.items())) or "no requirement"


class ExclusionState(BaseModel, defer_build=True):
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
