"""The record of a run: the one source of every number that the site and the pack show.

A run is recorded twice: when it starts, with what it plans, and when it ends, with what it found. A start without an
end is a run that was aborted. A record holds no key of a record, no identifier of a person and no absolute path.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, PlainSerializer, WithJsonSchema

from synth_expectations.controls.words import EvidenceWord
from synth_expectations.policy.types import ClosedModel, Severity
from synth_expectations.rules.verdict import Verdict

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


def _format_utc(time: datetime) -> str:
    # strftime writes the year 999 with three digits on Linux, which nothing reads back
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


UtcTime = Annotated[
    AwareDatetime,
    PlainSerializer(_format_utc, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}, mode="serialization"),
]
"""A time, written in UTC with microseconds."""


class PlannedCheck(ClosedModel):
    """An expectation that the checkpoint holds for a table.

    Attributes:
        table: its name in the policy; of a project without one, of the validation definition.
        scope: whether a batch of the table is checked, or all of it.
        expectation_id: the id in the suite.
        type: the snake-case type of the expectation.
        selected: whether this run was to evaluate it.
    """

    table: str
    suite: str
    scope: Literal["batch", "table"]
    expectation_id: str
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


class ActorRecord(ClosedModel):
    """Who started a run.

    Attributes:
        kind: how that is known.
        claimed: the name that the environment gives; nothing proves it unless `verified_by` says so.
    """

    kind: Literal["ci", "airflow", "person"]
    claimed: str = ""
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


PolicyState = Literal["approved", "changed", "unapproved", "unverified", "expired"]
ReviewState = Literal["not asked", "due", "overdue"]


class PolicyRecord(ClosedModel):
    """The policy that a run was compiled from.

    Attributes:
        sha256: of what the policy says, as `Policy.content` has it: what is approved, and an object of the ledger.
        files: the SHA-256 of each of its files as it is written, by its path; the texts are objects of the ledger.
        state: of its approval at the start of the run; `unverified` is an approval that `audit approve` did not record.
        approval_entry: the number of the ledger's entry that approves it.
        approved_by: who; empty if nobody did.
        approved_on: the day, in UTC.
        valid_until: the last day of the approval.
        signed: whether the approver's own key signed it.
        ticket: where the approval was asked for.
    """

    sha256: Sha256
    files: dict[str, Sha256] = {}
    state: PolicyState
    approval_entry: int | None = None
    approved_by: str = ""
    approved_on: date | None = None
    valid_until: date | None = None
    signed: bool = False
    ticket: str = ""
    review: ReviewState = "not asked"
    review_by: date | None = None
    dpia: str = ""


class FileIdentity(ClosedModel):
    """A file that was read.

    Attributes:
        path: relative to the project or to the root of its source.
        bytes: its size.
        sha256: of the whole file; None where only its footer was read.
        footer_sha256: of a Parquet file's footer, which does not see a changed page.
    """

    path: str
    bytes: int
    sha256: Sha256 | None = None
    footer_sha256: Sha256 | None = None


class InputIdentity(ClosedModel):
    """By what an input can be recognised afterwards.

    Attributes:
        kind: `none` is an input that cannot be identified afterwards.
        snapshot: the database's or the lake's own name of the state that was read.
    """

    kind: Literal["files", "snapshot", "none"]
    files: tuple[FileIdentity, ...] = ()
    snapshot: str | None = None


class InputRecord(ClosedModel):
    """A table that a run read, or was to read.

    Attributes:
        role: whether it was judged, or looked up.
        locator: where it is, without a password, a host or an absolute path.
        place_digest: a keyed digest of the directory, address or database in which it lies, which the locator leaves out:
            it tells another place, and nobody without the key which one. None without a key.
        engine: what read it.
        rows: how many it had; None if nobody counted them.
        read: whether a query reached it.
        columns_sha256: of its columns' names and types.
        watermark: the time of its newest row, in the column that the policy names, to the second.
        age: of the watermark at `as_of`, as an ISO 8601 duration.
        fresh: whether that is within the policy's limit; `not shown` if it could not be told.
        source_rows: how many records its source says that it has.
        source_rows_from: who says so.
        reconciled: whether that is the number of rows that was read.
        difference: rows that were read, less those of the source.
    """

    table: str
    role: Literal["judged", "reference"]
    locator: str = ""
    place_digest: Annotated[str, Field(pattern="^[0-9a-f]{16}$")] | None = None
    engine: str = ""
    rows: int | None = None
    read: bool
    columns_sha256: Sha256 | None = None
    identity: InputIdentity = InputIdentity(kind="none")
    watermark: UtcTime | None = None
    age: str | None = None
    fresh: Literal["yes", "no", "not shown", "not asked"] = "not asked"
    source_rows: int | None = None
    source_rows_from: str | None = None
    reconciled: Literal["yes", "no", "not shown"] = "not shown"
    difference: int | None = None


class RuleRecord(ClosedModel):
    """How many records break a rule; one that is not judged is only reported.

    Attributes:
        digests: keyed digests of the records that the result names, which need not be all. Without the key, which the
            project keeps, nobody can tell whose they are.
    """

    name: str
    count: int
    judged: bool = True
    digests: tuple[Annotated[str, Field(pattern="^[0-9a-f]{16}$")], ...] = ()


class NarrowingRecord(ClosedModel):
    """Why a check does not see all records that it would.

    Attributes:
        by: the key of the policy that narrows it, with its value.
    """

    by: str
    reason: str
    approved_by: str = ""
    until: date | None = None


class EvidenceRecord(ClosedModel):
    """What a result says of a requirement.

    Attributes:
        word: of section "What the words mean" of docs/evidence.md.
        why: what keeps it from counting, a sentence each.
    """

    regulation: str
    requirement: str
    strength: Literal["direct", "partial", "supporting"]
    word: EvidenceWord
    why: tuple[str, ...] = ()


class ResultRecord(ClosedModel):
    """The result of one expectation on one table.

    Attributes:
        sentence: what it expects.
        population: how many records it is about; None if it counted none.
        broken: how many of them break a rule.
        parameters: the effective ones that differ from the default, as text.
        result_sha256: of the result that Great Expectations stored, an object of the ledger.
        sql_sha256: of the SQL that was sent, an object of the ledger.
        params_sha256: of all effective parameters.
        error: why it errored.
        reason: why there was nothing to check.
    """

    table: str
    scope: Literal["batch", "table"]
    batch: str | None = None
    expectation_id: str
    type: str
    sentence: str
    severity: Severity
    verdict: Verdict
    population: int | None = None
    broken: int | None = None
    rules: tuple[RuleRecord, ...] = ()
    narrowed: NarrowingRecord | None = None
    parameters: dict[str, str] = {}
    evidence: tuple[EvidenceRecord, ...] = ()
    result_sha256: Sha256 | None = None
    sql_sha256: Sha256 | None = None
    params_sha256: Sha256 | None = None
    error: str = ""
    reason: str = ""


class ReasonRecord(ClosedModel):
    """Why items of a requirement have a word, and how many do for this reason."""

    word: EvidenceWord
    why: str
    count: int


class RequirementRecord(ClosedModel):
    """What a run shows of a requirement.

    Attributes:
        applies: whether it is in force on the day of as_of.
        word: that of its weakest item, or that it is not in force.
        counts: how many items have which word; an item is a check on a table, or a document that somebody reviewed.
        strength: of the strongest mapping that supports it.
        reasons: for the words, the weakest first, and not more than fit on a page.
    """

    regulation: str
    requirement: str
    applies: Literal["applies", "not_yet", "no_longer"]
    word: EvidenceWord
    counts: dict[EvidenceWord, int] = {}
    strength: Literal["direct", "partial", "supporting"] | None = None
    reasons: tuple[ReasonRecord, ...] = ()


class TableRecord(ClosedModel):
    """A table of a run.

    Attributes:
        owner: who answers for it; empty if the policy does not say.
        records: how many by kind: real, synthetic, partial, masked, untagged.
        error: why nothing of it could be evaluated.
        great_expectations: why Great Expectations evaluated it; empty if this package did alone.
    """

    table: str
    scope: Literal["batch", "table"]
    batch: str | None = None
    roles: tuple[str, ...] = ()
    owner: str = ""
    where: str = ""
    verdict: Verdict
    records: dict[str, int] = {}
    rows: int | None = None
    left_out: int = 0
    error: str = ""
    great_expectations: str = ""


class ExclusionRecord(ClosedModel):
    """An expectation that the policy leaves out for a table, or narrows."""

    table: str
    type: str
    reason: str
    approved_by: str = ""
    until: date | None = None
    expired: bool = False


class UncoveredRecord(ClosedModel):
    """An expectation that a table's roles ask for, and the policy does not say enough for."""

    table: str
    type: str
    reason: str


class OwnershipRecord(ClosedModel):
    """Who answers for a table, or for a check of it of which others do; an empty cell names nobody.

    Attributes:
        type: of the check; empty for all checks of the table that have no line of their own.
    """

    table: str
    type: str = ""
    accountable: str = ""
    operator: str = ""
    approver: str = ""
    reviewer: str = ""


class TrainingRecord(ClosedModel):
    """How many teams of a function are trained on the day of as_of: counts, and no names.

    Attributes:
        over: how many were, and the last day is over.
        unknown: of how many the policy does not say.
    """

    function: str
    trained: int = 0
    over: int = 0
    unknown: int = 0


class RunRecord(ClosedModel):
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
        mend_within: how long a finding may stay open, by severity, as ISO 8601 durations.
        verdict: None while the run is going on.
    """

    record_schema: Literal["run-record/1"] = Field("run-record/1", alias="schema")
    project_uuid: str
    project: str = ""
    run_id: str
    phase: Literal["started", "finished"]
    checkpoint: str
    plan: tuple[PlannedCheck, ...]
    selection: SelectionRecord = SelectionRecord()
    as_of: UtcTime
    as_of_from: Literal["option", "start of the run"]
    started_at: UtcTime
    finished_at: UtcTime | None = None
    fail_on: Severity
    actor: ActorRecord
    trigger: TriggerRecord = TriggerRecord()
    software: SoftwareRecord
    policy: PolicyRecord | None = None
    suites: dict[str, Sha256] = {}
    controls: dict[str, Sha256] = {}
    signatures_sha256: Sha256 | None = None
    digest_key: str | None = None
    mend_within: dict[Severity, str] = {}
    ownership: tuple[OwnershipRecord, ...] = ()
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
