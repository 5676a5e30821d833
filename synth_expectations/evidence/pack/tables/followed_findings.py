"""What the whole ledger knows of a finding, as columns of the table of findings: also what happened before the period."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from synth_expectations.evidence.findings.listing import ListedFinding
from synth_expectations.evidence.findings.model import WHOLE_CHECK, FindingsState, make_finding_id
from synth_expectations.evidence.pack.scope import PackScope
from synth_expectations.evidence.pack.tables.table import list_columns

FOLLOWED_COLUMNS = list_columns(
    (
        "counted_in_period",
        "whether a run of the period counted records that broke the rule; otherwise it was found before",
    ),
    ("finding", "the id of the finding, of which the site has a page"),
    ("status", "its status at the last entry of this pack: open, accepted, fixed and others"),
    ("trend", "how its newest result differs from the one before"),
    ("records", "records that no run proves fixed"),
    ("new", "records that are new in the newest result; the least number unless is_exact"),
    ("gone", "records of the result before that are gone; the least number unless is_exact"),
    ("is_exact", "whether both results name all of their records"),
    ("first_seen", "the time for which the first run of all that saw it evaluated, also before the period"),
    ("opened", "the same, of the run since which it is open: it may have been fixed before, and come back"),
    ("times_opened", "how often it was opened"),
    ("age_days", "days that it has been open, or was until it was fixed"),
    ("due", "the day by which it is to be fixed"),
    ("is_overdue", "whether that day was over, and no decision held"),
    ("is_checked", "whether a checkpoint still plans the check"),
    ("doubts", "why the newest result without violations does not prove that it is fixed"),
    ("closed_by_run", "the run that proves that it is fixed"),
    ("decision", "accepted or false positive; empty if nobody decided"),
    ("decided_by", "who decided"),
    ("decided_role", "as what"),
    ("decided_until", "the last day of the acceptance, in UTC"),
    ("decided_records", "how many records the decision is about"),
    ("decision_excess", "what of the finding the decision does not cover"),
    ("decision_reason", "why"),
    ("decision_ticket", "where it was asked for"),
    ("decision_entry", "the entry of the ledger that records it"),
    ("decision_signed", "whether a key of who decided signed it"),
)


class FollowedTable:
    """The findings of a ledger up to the last entry of a pack.

    Args:
        state: of the findings.
        at: the time of that entry: what was decided until then.
    """

    def __init__(self, state: FindingsState, at: datetime) -> None:
        self._at = at
        self._left = dict(state.findings)

    def describe(self, table: str, scope: str, expectation_id: str, rule: str) -> dict[str, Any]:
        """Return the columns of a finding that the period counted; a rule that is only reported has none."""
        finding = self._left.pop(make_finding_id(table, scope, expectation_id, rule or WHOLE_CHECK), None)
        return {"counted_in_period": True} | (_make_cells(ListedFinding(finding, self._at)) if finding else {})

    def list_others(self, scope: PackScope) -> list[dict[str, Any]]:
        """Return lines of the findings that are open, and that no run of the period counted."""
        rows = [ListedFinding(finding, self._at) for finding in self._left.values() if finding.closed is None]
        return [
            {
                "table": row.finding.table,
                "scope": row.finding.scope,
                "check": row.finding.type,
                "expectation_id": row.finding.expectation_id,
                "rule": row.finding.rule,
                "judged": True,
                "severity": row.finding.severity,
                "owner": row.finding.owner,
                "sentence": row.finding.sentence,
                "counted_in_period": False,
                **_make_cells(row),
            }
            for row in rows
            if scope.has_table(row.finding.table)
        ]


def _make_cells(row: ListedFinding) -> dict[str, Any]:
    document = row.to_document()
    decision = document["decision"] or {}
    names = (
        *("status", "trend", "records", "new", "gone", "is_exact", "first_seen", "opened", "age_days", "due"),
        *("is_overdue", "is_checked", "doubts", "closed_by_run"),
    )
    return {
        "finding": row.finding.id,
        "times_opened": row.finding.times_opened,
        **{name: document[name] for name in names},
        "decision": decision.get("kind"),
        "decided_by": decision.get("by"),
        "decided_role": decision.get("role"),
        "decided_until": decision.get("until"),
        "decided_records": decision.get("records"),
        "decision_excess": decision.get("excess"),
        "decision_reason": decision.get("reason"),
        "decision_ticket": decision.get("ticket"),
        "decision_entry": decision.get("entry"),
        "decision_signed": decision.get("is_signed"),
    }
