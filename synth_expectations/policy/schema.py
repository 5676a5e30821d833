"""The schema of policy.yml: every key and the values that it accepts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from synth_expectations.policy.data_source import DataSource
from synth_expectations.policy.gate_section import GateSection
from synth_expectations.policy.governance import (
    Allowed,
    Approval,
    Decisions,
    Dpia,
    EvidenceSection,
    FindingsSection,
    ManualReview,
    NotCovered,
    Retention,
    Review,
)
from synth_expectations.policy.notification import Notification
from synth_expectations.policy.ownership import Team
from synth_expectations.policy.schedule import Cycle, Schedule
from synth_expectations.policy.table_entry import TableEntry
from synth_expectations.policy.types import ClosedModel, Name, Severity, Text, Texts, to_list


class CheckpointEntry(ClosedModel):
    """A checkpoint and its tables."""

    tables: Annotated[tuple[Text, ...] | Literal["all"], Field(description="`all`, or a list of tables.")]
    fail_on: Severity | None = None
    schedule: Schedule | None = Field(None, description="When a whole run of the checkpoint must have ended.")

    @field_validator("tables", mode="before")
    @classmethod
    def _check_tables(cls, value: Any) -> Any:
        return value if value == "all" else to_list(value)


class PolicyFile(ClosedModel):
    """The whole policy."""

    version: Literal[1]
    description: Text | None = None
    owner: Text
    approved: Approval | None = None
    review: Review | None = None
    dpia: dict[str, Dpia] = {}
    manual: tuple[ManualReview, ...] = ()
    not_covered: tuple[NotCovered, ...] = ()
    runbook: Text | None = None
    notifications: dict[Name, Notification] = {}
    fail_on: Severity = "warning"
    data_sources: dict[Name, DataSource] = {}
    defaults: TableEntry = TableEntry()
    profiles: dict[Name, TableEntry] = {}
    include: Texts = ()
    allowed: Allowed = Allowed()
    retention: Retention | None = None
    evidence: EvidenceSection = EvidenceSection()
    findings: FindingsSection = FindingsSection()
    cycle: Cycle | None = None
    teams: dict[Text, Team] = Field({}, description="The teams and people that `ownership` names, by name.")
    decisions: Decisions = Decisions()
    tables: Annotated[dict[Name, TableEntry], Field(min_length=1)]
    checkpoints: dict[Name, CheckpointEntry] = {"nightly": CheckpointEntry(tables="all")}
    gate: GateSection | None = None

    @field_validator("version", mode="before")
    @classmethod
    def _check_version(cls, value: Any) -> Any:
        if value != 1 or isinstance(value, bool | float):
            raise ValueError(f"{value!r} is not a version of this format: write 1")
        return value
