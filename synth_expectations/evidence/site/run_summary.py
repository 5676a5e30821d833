"""A run in short, as lists, calendars and trends show it, and what changed with it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from synth_expectations.evidence.records.policy import PolicyRecord
from synth_expectations.evidence.sight import Sight
from synth_expectations.evidence.site.check_state import Change
from synth_expectations.rules.verdict import Verdict


class TableOutcome(BaseModel, defer_build=True):
    """A table in one run."""

    table: str
    verdict: Verdict | None
    is_read: bool = True
    records: dict[str, int] = {}
    contrary: int = 0


class RunSummary(BaseModel, defer_build=True):
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


class RunChanges(BaseModel, defer_build=True):
    """What changed with a run."""

    seen: Sight
    total: int
    changes: list[Change]


class MonthCount(BaseModel, defer_build=True):
    """How many runs started in a month."""

    runs: int = 0
    not_ended: int = 0


class PolicyPeriod(BaseModel, defer_build=True):
    """Runs in a row under the same policy, with the same state of its approval."""

    policy: PolicyRecord | None
    first: Sight
    last: Sight
    runs: int = 1
