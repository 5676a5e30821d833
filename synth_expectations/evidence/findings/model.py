"""What is known of each finding after an entry of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.findings.comparison import RecordChange
from synth_expectations.evidence.findings.dispositions import DispositionKind, RecordedDisposition
from synth_expectations.evidence.kept_state import KeptState
from synth_expectations.evidence.sight import Sight, join_key

COUNTS_KEPT = 90
"""How many counts of a finding its chart shows."""
WHOLE_CHECK = "any rule"
"""The rule of a result that counts broken records, and names no rule."""
WHOLE_TABLE = "the table as a whole"
"""The rule of a check that fails by shares of the table, and by no single record."""


class FindingTrend(StrEnum):
    """How the newest result of a finding differs from the one before."""

    OPENED = "opened"
    BACK = "back again"
    MORE = "more"
    SAME = "still there"
    FEWER = "fewer"
    NOT_PROVEN = "not found, and not proven to be fixed"
    FIXED = "fixed"


class FindingStatus(StrEnum):
    """What became of a finding."""

    OPEN = "open"
    EXPIRED = "acceptance expired"
    EXCEEDED = "beyond what was accepted"
    ACCEPTED = "accepted"
    FALSE_POSITIVE = "called a false positive"
    FIXED = "fixed"
    CLEARED = "cleared as a false positive"


UNDISPOSED = frozenset({FindingStatus.OPEN, FindingStatus.EXPIRED, FindingStatus.EXCEEDED})
"""A finding that is open, and about which nobody's decision holds."""
CLOSED = frozenset({FindingStatus.FIXED, FindingStatus.CLEARED})


@dataclass(slots=True)
class ViolationBasis:
    """Under what violations were found: only a run that looked at least as hard proves that they are gone.

    Attributes:
        parameters: of the check, those that differ from the default, as text.
        narrowed: what kept the check from seeing all records; empty if nothing did.
        locator: where the table was, as the policy says it.
        place_digest: of where that was, by the key of the digests of records; empty without one.
    """

    parameters: dict[str, str] = field(default_factory=dict)
    narrowed: str = ""
    locator: str = ""
    place_digest: str = ""


@dataclass(slots=True)
class BatchViolations:
    """The violations of a rule in a batch of the table, or in all of it, as the newest result that has any counts them.

    Attributes:
        pointer: of the count in the record of the run, as a JSON pointer.
        digests: keyed digests of the records that the result names, which need not be all.
        digest_key: the id of the key of these digests.
    """

    count: int
    seen: Sight
    pointer: str
    basis: ViolationBasis
    digests: tuple[str, ...] = ()
    digest_key: str = ""


@dataclass(slots=True)
class CountAt:
    """A count of a finding, at the time for which a run evaluated, and when that run started."""

    at: datetime
    started_at: datetime
    count: int


@dataclass(slots=True, kw_only=True)
class FollowedFinding:
    """Violations of a rule of a check on a table, over all runs.

    Attributes:
        operator: who ran the newest run that evaluated it, as the environment says.
        accountable: who answers for the check, by the policy's matrix; empty if it has none.
        named_operator: who operates the check, likewise.
        first: the first run that ever saw it.
        opened: the run that saw it first, or again after it was fixed.
        last: the newest run that found violations.
        evaluated: the newest run that evaluated the rule, whatever it found.
        closed: the run that proves that it is fixed; None while no run does.
        closed_as: what the proof means.
        decided_after: the entry after which a decision is about this opening, and not one of before.
        batches: what is not fixed, by batch; under an empty name for a check of the whole table.
        counts: of the newest results, oldest first.
        times_seen: in how many runs it had violations.
        times_opened: how often it was opened.
        due: the day by which it is to be fixed, in UTC: the policy's time for the severity, from the day it was opened.
        doubts: why the newest result without violations does not prove that it is fixed, a sentence each.
        planned_by: the checkpoints whose newest plan has the check.
        is_rule_gone: whether the newest result of the check no longer has the rule.
        change: which records are new and which are gone since the result before.
    """

    table: str
    scope: str
    expectation_id: str
    type: str
    rule: str
    sentence: str = ""
    severity: str = ""
    owner: str = ""
    operator: str = ""
    accountable: str = ""
    named_operator: str = ""
    first: Sight
    opened: Sight
    last: Sight
    evaluated: Sight
    closed: Sight | None = None
    closed_as: FindingStatus = FindingStatus.FIXED
    decided_after: int = 0
    batches: dict[str, BatchViolations] = field(default_factory=dict)
    counts: list[CountAt] = field(default_factory=list)
    times_seen: int = 1
    times_opened: int = 1
    due: date | None = None
    trend: FindingTrend = FindingTrend.OPENED
    doubts: list[str] = field(default_factory=list)
    planned_by: list[str] = field(default_factory=list)
    is_rule_gone: bool = False
    change: RecordChange | None = None
    dispositions: list[RecordedDisposition] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Twelve digits that name it: of the digest of table, scope, check and rule."""
        return make_finding_id(self.table, self.scope, self.expectation_id, self.rule)

    @property
    def count(self) -> int:
        """How many records are not shown to be fixed."""
        return sum(batch.count for batch in self.batches.values())

    @property
    def is_checked(self) -> bool:
        """Whether a checkpoint still plans the check, and the check still has the rule."""
        return bool(self.planned_by) and not self.is_rule_gone

    @property
    def newest(self) -> BatchViolations | None:
        """What the newest result with violations counts; None once it is fixed."""
        return max(self.batches.values(), key=lambda batch: batch.seen.seq, default=None)

    @property
    def digests(self) -> frozenset[str]:
        """The keyed digests of all its records that results name."""
        return frozenset(digest for batch in self.batches.values() for digest in batch.digests)

    @property
    def digest_keys(self) -> frozenset[str]:
        """The ids of the keys of its digests."""
        return frozenset(batch.digest_key for batch in self.batches.values())

    def find_disposition(self) -> RecordedDisposition | None:
        """Return the newest decision since it was opened that counts, whether or not its time is over."""
        counted = [item for item in self.dispositions if not item.objection and item.entry > self.decided_after]
        return counted[-1] if counted and counted[-1].revoked is None else None

    def find_status(self, at: datetime) -> FindingStatus:
        """Return what became of it, as of a time.

        An acceptance holds until the end of its last day in UTC, and only for as many records as were accepted. A call
        of false positive holds until a run no longer finds them, and for no more than were called so.
        """
        if self.closed:
            return self.closed_as
        disposition = self.find_disposition()
        if disposition is None:
            return FindingStatus.OPEN
        if disposition.terms.until and at.astimezone(UTC).date() > disposition.terms.until:
            return FindingStatus.EXPIRED
        if self.explain_excess(disposition):
            return FindingStatus.EXCEEDED
        return (
            FindingStatus.ACCEPTED
            if disposition.terms.kind is DispositionKind.ACCEPTED
            else FindingStatus.FALSE_POSITIVE
        )

    def explain_excess(self, disposition: RecordedDisposition) -> str:
        """Return what a decision does not cover, as a clause; empty if it covers all that is found."""
        terms = disposition.terms
        if self.count > terms.count:
            return f"{self.count:,} records break the rule, and {terms.count:,} were decided on"
        are_all_known = len(self.digests) == self.count and terms.is_complete
        if are_all_known and self.digest_keys == {terms.digest_key} and (new := self.digests - set(terms.digests)):
            return f"{len(new):,} of the records are none of those that were decided on"
        return ""


class FindingsState(KeptState):
    """The findings of a ledger after its last entry.

    Attributes:
        head_at: the time of the last entry that was read.
        findings: by their id, in the order in which they were first seen.
        is_partial: whether runs were left out, as those of other periods are in a pack: findings may be older than they look.
        unknown_dispositions: decisions about no finding that is known.
        problems: what of the ledger could not be read, and so was not followed, a sentence each.
    """

    head_at: datetime | None = None
    is_partial: bool = False
    findings: dict[str, FollowedFinding] = {}
    unknown_dispositions: list[RecordedDisposition] = []
    problems: list[str] = []

    def list_open(self) -> list[FollowedFinding]:
        """Return the findings that no run proves to be fixed, also those that somebody accepted."""
        return [finding for finding in self.findings.values() if finding.closed is None]

    def list_undisposed(self, at: datetime) -> list[FollowedFinding]:
        """Return the open findings about which no decision holds at a time: none was made, or it expired, or covers less."""
        return [finding for finding in self.findings.values() if finding.find_status(at) in UNDISPOSED]


def make_finding_id(table: str, scope: str, expectation_id: str, rule: str) -> str:
    """Return what names a finding: the first twelve digits of the SHA-256 of its parts."""
    parts = join_key(table, scope, expectation_id, rule)
    return compute_digest(parts.encode("utf-8", "surrogatepass"))[:12]
