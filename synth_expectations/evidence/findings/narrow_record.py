"""What following findings reads of the record of a run: the rest of it is skipped, which halves the time.

The fields are those of `RunRecord` and its parts, with the same types: a test holds that. Whether the rest of a record is
as it should be is the question of `audit verify`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from synth_expectations.evidence.records.fields import UtcTime
from synth_expectations.evidence.records.inputs import InputRecord
from synth_expectations.evidence.records.policy import OwnershipRecord
from synth_expectations.evidence.records.results import NarrowingRecord, ResultRecord, RuleRecord
from synth_expectations.evidence.records.run import PlannedCheck, RunRecord
from synth_expectations.policy.types import Severity
from synth_expectations.rules.verdict import Verdict


class _NarrowPart(BaseModel):
    """A part of a record, read without the fields that it does not name."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True, populate_by_name=True)


class NarrowActor(_NarrowPart):
    """Who started the run, as the environment says."""

    claimed: str = ""


class NarrowCheck(_NarrowPart):
    """A check of the plan."""

    table: str
    scope: Literal["batch", "table"]
    expectation_id: str


class NarrowInput(_NarrowPart):
    """A table that the run read."""

    table: str
    role: Literal["judged", "reference"]
    locator: str = ""
    place_digest: Annotated[str, Field(pattern="^[0-9a-f]{16}$")] | None = None
    read: bool
    fresh: Literal["yes", "no", "not shown", "not asked"] = "not asked"
    reconciled: Literal["yes", "no", "not shown"] = "not shown"


class NarrowTable(_NarrowPart):
    """A table of the policy, and who owns it."""

    table: str
    owner: str = ""


class NarrowResult(_NarrowPart):
    """The result of a check."""

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
    error: str = ""


class NarrowRun(_NarrowPart):
    """A run that ended."""

    record_schema: Literal["run-record/1"] = Field("run-record/1", alias="schema")
    run_id: str
    checkpoint: str
    plan: tuple[NarrowCheck, ...]
    as_of: UtcTime
    actor: NarrowActor
    digest_key: str | None = None
    fix_within: dict[Severity, str] = {}
    ownership: tuple[OwnershipRecord, ...] = ()
    inputs: tuple[NarrowInput, ...] = ()
    tables: tuple[NarrowTable, ...] = ()
    results: tuple[NarrowResult, ...] = ()


AnyRun = RunRecord | NarrowRun
"""A run as the site read it already, or as it is read to follow findings."""
AnyResult = ResultRecord | NarrowResult
AnyInput = InputRecord | NarrowInput
AnyCheck = PlannedCheck | NarrowCheck
