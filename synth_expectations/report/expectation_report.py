"""The result of an expectation on a table: its rules, and samples of the records that break them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from synth_expectations.report.requirement_evidence import Evidence
from synth_expectations.rules.formatting import format_violations
from synth_expectations.rules.verdict import Verdict

Severity = Literal["critical", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("critical", "warning", "info")


@dataclass(frozen=True)
class RuleFinding:
    """What the ledger knows of the records that break a rule, over all runs.

    Attributes:
        id: what names the finding in `audit findings`.
        status: what became of it.
        trend: how it differs from the result before.
        opened: the day on which a run saw it first, or again after it was fixed, in UTC.
        due: the day by which it is to be fixed.
        since: the time of the result before; None if there is none.
        before: how many records broke the rule then.
        new: how many of the records are new since; the least number, unless `is_exact`.
        gone: how many of the records of then are gone; likewise.
        is_exact: whether both results name all of their records.
        sentence: what is new, as a clause behind the count; empty without a result before.
        decision: who accepted it until when, or called it a false positive, as a clause; empty if nobody did.
    """

    id: str
    status: str
    trend: str
    opened: date
    due: date | None
    is_overdue: bool
    since: datetime | None
    before: int | None
    new: int | None
    gone: int | None
    is_exact: bool
    sentence: str = ""
    decision: str = ""


@dataclass(frozen=True)
class RuleCount:
    """The number of records that break a rule; a rule that is not judged is only reported.

    Attributes:
        finding: what the ledger knows of it; None if nobody broke it, or no ledger follows it.
    """

    name: str
    count: int
    judged: bool = True
    finding: RuleFinding | None = None

    def format_name(self) -> str:
        """Return the rule's name, with a remark if the rule is only reported."""
        return self.name if self.judged or "not counted" in self.name else f"{self.name} (reported, not counted)"


@dataclass(frozen=True)
class KeySample:
    """Keys of violating records; `more` is the number of others."""

    key: str
    values: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class ExpectationReport:
    """The result of one expectation on one table."""

    id: str
    type: str
    sentence: str
    severity: Severity
    verdict: Verdict
    element_count: int | None = None
    unexpected_count: int | None = None
    unexpected_percent: float | None = None
    rules: tuple[RuleCount, ...] = ()
    sample: KeySample | None = None
    reason: str = ""
    error: str = ""
    next_step: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    controls: tuple[Evidence, ...] = ()

    @property
    def table_findings(self) -> tuple[str, ...]:
        """Return a sentence for each share that puts the table, and no single record, in violation."""
        return tuple(share["sentence"] for share in self.details.get("shares", ()) if share["exceeds"])

    def format_count(self) -> str:
        """Return how many records break a rule; empty if they were not counted."""
        if self.element_count is None or self.unexpected_count is None:
            return ""
        # Great Expectations' own have one rule, without a name
        singular, plural = (
            ("breaks a rule", "break a rule") if self.rules else ("violates the expectation", "violate the expectation")
        )
        noun = self.details.get("of", "records")
        return format_violations(self.unexpected_count, self.element_count, singular, plural, noun)

    def counts_as(self, fail_on: Severity) -> Verdict:
        """Return the verdict for the run: a failure below `fail_on` is shown, but does not fail the run."""
        if self.verdict is Verdict.FAILED and SEVERITIES.index(self.severity) > SEVERITIES.index(fail_on):
            return Verdict.PASSED
        return self.verdict
