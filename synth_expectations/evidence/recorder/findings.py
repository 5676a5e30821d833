"""What a run finds, against what the ledger knows of the runs before: which records are new, and which decisions are over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from synth_expectations.evidence.findings.follower import FindingsFollower
from synth_expectations.evidence.findings.model import FindingsState, FindingStatus, FollowedFinding, make_finding_id
from synth_expectations.evidence.findings.reader import read_findings
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.evidence.sight import see_run
from synth_expectations.report.expectation_report import ExpectationReport, RuleFinding
from synth_expectations.report.model import RunReport, TableReport


@dataclass(frozen=True)
class FollowedRun:
    """The findings of a ledger, with a run that is about to end.

    Attributes:
        state: of the findings, as it will be after the run.
        record: of the end of the run.
        at: when the run started: what was accepted until then.
    """

    state: FindingsState
    record: RunRecord
    at: datetime

    def add_to(self, report: RunReport) -> RunReport:
        """Return the report of the run, each broken rule with what is known of its records, and an error for what is over."""
        tables = tuple(self._add_to_table(table) for table in report.tables)
        return replace(report, tables=tables, errors=(*report.errors, *self._list_expired()))

    def _list_expired(self) -> Iterator[str]:
        """Yield the acceptances that are over of findings on tables that the run judged."""
        judged = {result.table for result in self.record.results}
        for finding in self.state.list_open():
            disposition = finding.find_disposition()
            if disposition and finding.table in judged and finding.find_status(self.at) is FindingStatus.EXPIRED:
                yield (
                    f"{finding.table}: the acceptance of finding {finding.id} ({finding.rule}) by {disposition.terms.by} "
                    f"ended on {disposition.terms.until}. Fix its records, or have it accepted again."
                )

    def _add_to_table(self, table: TableReport) -> TableReport:
        expectations = tuple(self._add_to_expectation(table, expectation) for expectation in table.expectations)
        return replace(table, expectations=expectations)

    def _add_to_expectation(self, table: TableReport, expectation: ExpectationReport) -> ExpectationReport:
        if not any(rule.count for rule in expectation.rules):
            return expectation
        rules = tuple(
            replace(rule, finding=self._describe(table, expectation, rule.name)) if rule.count and rule.judged else rule
            for rule in expectation.rules
        )
        return replace(expectation, rules=rules)

    def _describe(self, table: TableReport, expectation: ExpectationReport, rule: str) -> RuleFinding | None:
        finding = self.state.findings.get(make_finding_id(table.table, table.scope, expectation.id, rule))
        return describe_finding(finding, self.record.as_of, self.at) if finding else None


def describe_finding(finding: FollowedFinding, as_of: datetime, at: datetime) -> RuleFinding:
    """Return a finding as a report has it.

    Args:
        finding: of the ledger.
        as_of: the time for which the run evaluated.
        at: the time for which decisions count.
    """
    change, disposition = finding.change, finding.find_disposition()
    status = finding.find_status(at)
    return RuleFinding(
        id=finding.id,
        status=status.value,
        trend=finding.trend.value,
        opened=finding.opened.at.astimezone(UTC).date(),
        due=finding.due,
        is_overdue=bool(finding.due and as_of.astimezone(UTC).date() > finding.due),
        since=change.since if change else None,
        before=change.before if change else None,
        new=change.new if change else None,
        gone=change.gone if change else None,
        is_exact=bool(change and change.is_exact),
        sentence=change.format(as_of) if change else "",
        decision=f"{status.value} by {disposition.terms.by}"
        + (f" until {disposition.terms.until}" if disposition.terms.until else "")
        if disposition
        else "",
    )


def follow_run(ledger: EvidenceLedger, state_path: Path | None, record: RunRecord, at: datetime) -> FollowedRun:
    """Return the findings of a ledger with a run that is about to end; nothing is appended.

    Args:
        ledger: of the project.
        state_path: where the state of the findings is kept; None reads every record.
        record: of the end of the run.
        at: when the run started.

    Raises:
        LedgerError: the headers of the ledger cannot be read.
    """
    state = read_findings(ledger, state_path)
    sight = see_run(record, state.head + 1, "0" * 64)
    FindingsFollower(state).add_run(record, sight)
    return FollowedRun(state, record, at)
