"""What a run found: of each table, each expectation and each requirement."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.records.fields import Sha256, ShortRecord
from synth_expectations.policy.types import ClosedModel, Severity
from synth_expectations.rules.verdict import Verdict


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
        status: of section "What the statuses mean" of docs/evidence.md.
        why: what keeps it from counting, a sentence each.
    """

    regulation: str
    requirement: str
    strength: Literal["direct", "partial", "supporting"]
    status: EvidenceStatus
    why: tuple[str, ...] = ()


class ShortResult(ShortRecord):
    """What an expectation found on a table."""

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


class ResultRecord(ShortResult, ClosedModel):
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

    evidence: tuple[EvidenceRecord, ...] = ()
    result_sha256: Sha256 | None = None
    sql_sha256: Sha256 | None = None
    params_sha256: Sha256 | None = None
    reason: str = ""


class ReasonRecord(ClosedModel):
    """Why items of a requirement have a status, and how many do for this reason."""

    status: EvidenceStatus
    why: str
    count: int


class RequirementRecord(ClosedModel):
    """What a run shows of a requirement.

    Attributes:
        applies: whether it is in force on the day of as_of.
        status: that of its weakest item, or that it is not in force.
        counts: how many items have which status; an item is a check on a table, or a document that somebody reviewed.
        strength: of the strongest mapping that supports it.
        reasons: for the statuses, the weakest first, and not more than fit on a page.
    """

    regulation: str
    requirement: str
    applies: Literal["applies", "not_yet", "no_longer"]
    status: EvidenceStatus
    counts: dict[EvidenceStatus, int] = {}
    strength: Literal["direct", "partial", "supporting"] | None = None
    reasons: tuple[ReasonRecord, ...] = ()


class ShortTable(ShortRecord):
    """A table of the policy, and who owns it."""

    table: str
    owner: str = ""


class TableRecord(ShortTable, ClosedModel):
    """A table of a run.

    Attributes:
        owner: who answers for it; empty if the policy does not say.
        records: how many by kind: real, synthetic, partial, masked, untagged.
        error: why nothing of it could be evaluated.
        great_expectations: why Great Expectations evaluated it; empty if this package did alone.
    """

    scope: Literal["batch", "table"]
    batch: str | None = None
    roles: tuple[str, ...] = ()
    where: str = ""
    verdict: Verdict
    records: dict[str, int] = {}
    rows: int | None = None
    left_out: int = 0
    error: str = ""
    great_expectations: str = ""
