"""The record of a run: the one source of every number that the site and the pack show.

A run is recorded twice: when it starts, with what it plans, and when it ends, with what it found. A start without an
end is a run that was aborted. A record holds no key of a record, no identifier of a person and no absolute path.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from synth_expectations.evidence.records.fields import Sha256, ShortRecord, UtcTime
from synth_expectations.evidence.records.inputs import InputRecord, ShortInput
from synth_expectations.evidence.records.policy import (
    ExclusionRecord,
    OwnershipRecord,
    PolicyRecord,
    TrainingRecord,
    UncoveredRecord,
)
from synth_expectations.evidence.records.results import (
    RequirementRecord,
    ResultRecord,
    ShortResult,
    ShortTable,
    TableRecord,
)
from synth_expectations.policy.types import ClosedModel, Severity
from synth_expectations.rules.verdict import Verdict


class ShortCheck(ShortRecord):
    """A check of the plan."""

    table: str
    scope: Literal["batch", "table"]
    expectation_id: str


class PlannedCheck(ShortCheck, ClosedModel):
    """An expectation that the checkpoint holds for a table.

    Attributes:
        table: its name in the policy; of a project without one, of the validation definition.
        scope: whether a batch of the table is checked, or all of it.
        expectation_id: the id in the suite.
        type: the snake-case type of the expectation.
        selected: whether this run was to evaluate it.
    """

    suite: str
    type: str
    selected: bool = True


class SelectionRecord(ClosedModel):
    """What of the checkpoint a run was about; all of it, if everything is empty.

    Attributes:
        parameters: the names of the expectations' parameters that the run gave, not their values.
    """

    tables: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    batch: str | None = None
    parameters: tuple[str, ...] = ()


class ShortActor(ShortRecord):
    """Who started a run, as the environment says."""

    claimed: str = ""


class ActorRecord(ShortActor, ClosedModel):
    """Who started a run.

    Attributes:
        kind: how that is known.
        claimed: the name that the environment gives; nothing proves it unless `verified_by` says so.
    """

    kind: Literal["ci", "airflow", "person"]
    verified_by: Literal["oidc", "none"] = "none"


class TriggerRecord(ClosedModel):
    """What started a run, where that is known."""

    dag_run_id: str | None = None
    ci_url: str | None = None


class CommitRecord(ClosedModel):
    """The commit of the project's files.

    Attributes:
        dirty: whether files differ from it.
    """

    commit: str
    dirty: bool


class SoftwareRecord(ClosedModel):
    """What evaluated the run.

    Attributes:
        package: the version of this package.
        wheel_sha256: of the installed files, by their own list (RECORD); None where it is not installed as a wheel.
        python: the version of Python.
        dependencies: version by name.
        git: None outside a repository.
    """

    package: str
    wheel_sha256: Sha256 | None = None
    python: str
    dependencies: dict[str, str] = {}
    git: CommitRecord | None = None


class ShortRun(ShortRecord):
    """A run that ended, as findings are followed by it."""

    record_schema: Literal["run-record/1"] = Field("run-record/1", alias="schema")
    run_id: str
    checkpoint: str
    plan: tuple[ShortCheck, ...]
    as_of: UtcTime
    started_at: UtcTime
    actor: ShortActor
    digest_key: str | None = None
    fix_within: dict[Severity, str] = {}
    ownership: tuple[OwnershipRecord, ...] = ()
    inputs: tuple[ShortInput, ...] = ()
    tables: tuple[ShortTable, ...] = ()
    results: tuple[ShortResult, ...] = ()


class RunRecord(ShortRun, ClosedModel):
    """A run of a checkpoint.

    Attributes:
        record_schema: the version of this document.
        project_uuid: of the ledger that the run belongs to.
        project: the name of the project in the ledger; empty if the policy gives none.
        run_id: of the run, as its results have it.
        phase: `started` has the plan; `finished` everything.
        as_of: the time for which expectations were evaluated.
        suites: the SHA-256 of each suite's file, by its name.
        controls: the SHA-256 of each regulation's file, by its name.
        digest_key: the id of the key of the digests of records and places; None if none were made.
        ownership: the matrix of the policy.
        training: of the teams that the policy names, by function.
        fix_within: how long a finding may stay open, by severity, as ISO 8601 durations.
        verdict: None while the run is going on.
    """

    project_uuid: str
    project: str = ""
    phase: Literal["started", "finished"]
    plan: tuple[PlannedCheck, ...]
    selection: SelectionRecord = SelectionRecord()
    as_of_from: Literal["option", "start of the run"]
    finished_at: UtcTime | None = None
    fail_on: Severity
    actor: ActorRecord
    trigger: TriggerRecord = TriggerRecord()
    software: SoftwareRecord
    policy: PolicyRecord | None = None
    suites: dict[str, Sha256] = {}
    controls: dict[str, Sha256] = {}
    signatures_sha256: Sha256 | None = None
    training: tuple[TrainingRecord, ...] = ()
    inputs: tuple[InputRecord, ...] = ()
    tables: tuple[TableRecord, ...] = ()
    results: tuple[ResultRecord, ...] = ()
    requirements: tuple[RequirementRecord, ...] = ()
    excluded: tuple[ExclusionRecord, ...] = ()
    not_covered: tuple[UncoveredRecord, ...] = ()
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    verdict: Verdict | None = None
    exit_code: int | None = None
