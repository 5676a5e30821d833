"""Findings as `audit findings` lists them: for people, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from synth_expectations.evidence.findings.model import CLOSED, UNDISPOSED, FindingStatus, FollowedFinding
from synth_expectations.evidence.pack.verifier.verify import format_cell

_SHOWN = {
    "accepted": {FindingStatus.ACCEPTED},
    "expired": {FindingStatus.EXPIRED},
    "false-positive": {FindingStatus.FALSE_POSITIVE, FindingStatus.CLEARED},
    "undecided": UNDISPOSED,
    "fixed": CLOSED,
}
"""Statuses by what `--state` may ask for, where that is decided by the status alone."""


@dataclass(frozen=True)
class ListedFinding:
    """A finding at a time.

    Attributes:
        at: the time, for which decisions count.
    """

    finding: FollowedFinding
    at: datetime

    @property
    def status(self) -> FindingStatus:
        """What became of it."""
        return self.finding.find_status(self.at)

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been fixed by now, and nobody accepted it for longer."""
        due = self.finding.due
        return self.status in UNDISPOSED and due is not None and self.at.astimezone(UTC).date() > due

    @property
    def age(self) -> int:
        """How many days it has been open, or was until it was fixed."""
        end = self.finding.closed.at if self.finding.closed else self.at
        opened: date = self.finding.opened.at.astimezone(UTC).date()
        return (end.astimezone(UTC).date() - opened).days

    def is_of(self, table: str | None, owner: str | None) -> bool:
        """Return whether it is of a table and an owner; None is any."""
        return (table is None or self.finding.table == table) and (
            owner is None or self.finding.owner.casefold() == owner.casefold()
        )

    def is_shown(self, shown: str) -> bool:
        """Return whether `--state` asks for it."""
        is_open = self.finding.closed is None
        match shown:
            case "all":
                return True
            case "open":
                return is_open
            case "overdue":
                return self.is_overdue
            case "unchecked":
                return is_open and not self.finding.is_checked
        return self.status in _SHOWN[shown]

    def to_document(self) -> dict[str, Any]:
        """Return it as plain data; digests of records are left out."""
        finding, change = self.finding, self.finding.change
        disposition = finding.find_disposition()
        return {
            "id": finding.id,
            "table": finding.table,
            "scope": finding.scope,
            "check": finding.type,
            "expectation_id": finding.expectation_id,
            "rule": finding.rule,
            "sentence": finding.sentence,
            "severity": finding.severity,
            "owner": finding.owner,
            "status": self.status.value,
            "trend": finding.trend.value,
            "records": finding.count,
            "new": change.new if change else None,
            "gone": change.gone if change else None,
            "is_exact": change.is_exact if change else None,
            "since": _format_time(change.since) if change else None,
            "first_seen": _format_time(finding.first.at),
            "opened": _format_time(finding.opened.at),
            "last_seen": _format_time(finding.last.at),
            "last_evaluated": _format_time(finding.evaluated.at),
            "age_days": self.age,
            "due": finding.due.isoformat() if finding.due else None,
            "is_overdue": self.is_overdue,
            "is_checked": finding.is_checked,
            "doubts": finding.doubts,
            "closed_by_run": finding.closed.run_id if finding.closed else None,
            "decision": {
                "entry": disposition.entry,
                "kind": disposition.terms.kind.value,
                "by": disposition.terms.by,
                "role": disposition.terms.role,
                "reason": disposition.terms.reason,
                "until": disposition.terms.until.isoformat() if disposition.terms.until else None,
                "records": disposition.terms.count,
                "ticket": disposition.terms.ticket,
                "is_signed": disposition.keyid is not None,
                "excess": finding.explain_excess(disposition),
            }
            if disposition
            else None,
        }


def list_to_csv(rows: Sequence[ListedFinding]) -> bytes:
    """Return findings as CSV, in the spelling of a pack's tables: no cell is a formula."""
    lines = io.StringIO()
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\n")
    documents = [_flatten(row.to_document()) for row in rows]
    writer.writerow(COLUMNS)
    for document in documents:
        writer.writerow(format_cell(document[name]) for name in COLUMNS)
    return lines.getvalue().encode("utf-8", "backslashreplace")


COLUMNS = (
    *(
        "id",
        "table",
        "scope",
        "check",
        "rule",
        "severity",
        "owner",
        "status",
        "trend",
        "records",
        "new",
        "gone",
        "is_exact",
    ),
    *("since", "first_seen", "opened", "last_seen", "last_evaluated", "age_days", "due", "is_overdue", "is_checked"),
    *(
        "closed_by_run",
        "decision",
        "decided_by",
        "decided_until",
        "decision_reason",
        "decision_entry",
        "decision_signed",
    ),
)


def _flatten(document: dict[str, Any]) -> dict[str, Any]:
    decision = document["decision"] or {}
    return {
        **document,
        "decision": decision.get("kind"),
        "decided_by": decision.get("by"),
        "decided_until": decision.get("until"),
        "decision_reason": decision.get("reason"),
        "decision_entry": decision.get("entry"),
        "decision_signed": decision.get("is_signed"),
    }


def format_findings(rows: Sequence[ListedFinding], every: Sequence[ListedFinding]) -> Iterator[str]:
    """Yield findings as text, and how many there are of each status.

    Args:
        rows: that are listed.
        every: all of the ledger.
    """
    for row in rows:
        yield from _format_finding(row)
        yield ""
    if not rows:
        yield "None."
    counts = Counter(row.status for row in every)
    overdue = sum(row.is_overdue for row in every)
    parts = [f"{counts[status]:,} {status.value}" for status in FindingStatus if counts[status]]
    yield "; ".join([*parts, *([f"{overdue:,} overdue"] if overdue else [])]) or "No run has found anything."


def _format_finding(row: ListedFinding) -> Iterator[str]:
    finding, change, disposition = row.finding, row.finding.change, row.finding.find_disposition()
    status = row.status.value if row.status in CLOSED else row.status.value.upper()
    owner = f", {finding.owner}" if finding.owner else ""
    yield f"{finding.id}  {status}  {finding.table}, {finding.severity}{owner}"
    yield f"  {finding.sentence or finding.type}"
    records = f"{finding.count:,} {'record' if finding.count == 1 else 'records'}"
    since = f", {change.format(finding.last.at)}" if change and not finding.closed else ""
    yield f"  {finding.rule}: {records}{since}"
    if finding.closed:
        yield f"  open from {finding.opened.at:%Y-%m-%d}, fixed by run {finding.closed.run_id}"
        return
    due = f"{', OVERDUE since' if row.is_overdue else ', due'} {finding.due}" if finding.due else ""
    yield f"  open since {finding.opened.at:%Y-%m-%d}{due}; last evaluated {finding.evaluated.at:%Y-%m-%d}"
    if disposition:
        until = f" until {disposition.terms.until}" if disposition.terms.until else ""
        yield (
            f"  {disposition.terms.kind.value} by {disposition.terms.by}, {disposition.terms.role}{until}, "
            f"{disposition.wording}: {disposition.terms.reason}"
        )
        if excess := finding.explain_excess(disposition):
            yield f"  {excess}"
    if not finding.is_checked:
        yield "  no longer checked: no run can prove that it is fixed"
    for doubt in finding.doubts:
        yield f"  not proven: {doubt}"


def _format_time(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
