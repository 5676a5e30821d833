"""What each check of a run may be counted as, before a requirement asks for its parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from synth_expectations.controls import EvidenceStatus, Finding
from synth_expectations.report.expectation_report import ExpectationReport
from synth_expectations.report.model import RunReport, TableReport
from synth_expectations.rules.verdict import Verdict


@dataclass(frozen=True)
class _Judge:
    """Says what the results of one table may be counted as."""

    run: RunReport
    table: TableReport

    def judge(self, expectation: ExpectationReport) -> Finding:
        """Return the finding of an expectation."""
        status, why = self._find_status(expectation)
        parameters = expectation.details.get("parameters") or {}
        return Finding(expectation.type, status, parameters, self.table.table, tuple(filter(None, why)))

    def _find_status(self, expectation: ExpectationReport) -> tuple[EvidenceStatus, tuple[str, ...]]:
        if expectation.verdict is Verdict.ERRORED:
            return EvidenceStatus.INCONCLUSIVE, (f"errored: {expectation.error or self.table.error}",)
        if expectation.verdict is Verdict.FAILED or expectation.unexpected_count:
            below = "" if expectation.counts_as(self.run.fail_on) is Verdict.FAILED else "the run does not fail by it"
            return EvidenceStatus.CONTRARY, (expectation.format_count(), *expectation.table_findings, below)
        if expectation.verdict is Verdict.NOTHING_TO_CHECK or expectation.element_count == 0:
            status = EvidenceStatus.NOTHING_TO_CHECK if self._is_read() else EvidenceStatus.NOT_READ
            return status, (expectation.reason, self._format_rows())
        if doubts := (*self._list_narrowings(expectation), *self.table.doubts, *self.run.standing.list_doubts()):
            return EvidenceStatus.INCONCLUSIVE, doubts
        if gaps := tuple(self._list_gaps(expectation)):
            return EvidenceStatus.SUPPORTS_IN_PART, gaps
        return EvidenceStatus.SUPPORTS, ()

    def _is_read(self) -> bool:
        return bool(self.table.queries or self.table.rows or self.table.records)

    def _format_rows(self) -> str:
        """Return how many rows were read; empty if nobody counted them."""
        rows = self.table.rows.judged if self.table.rows else self.table.records.get("all")
        return "" if rows is None else f"{rows:,} rows were read"

    def _list_narrowings(self, expectation: ExpectationReport) -> Iterator[str]:
        """Yield why a check does not see all the records that it would, as the policy says."""
        for exclusion in self.run.excluded:
            if (exclusion.table, exclusion.type) == (self.table.table, expectation.type):
                approved = f"; approved by {exclusion.approved_by}" if exclusion.approved_by else ""
                until = f" until {exclusion.until}" if exclusion.until else ""
                yield f"too loose: the policy narrows it: {exclusion.reason}{approved}{until}"

    def _list_gaps(self, expectation: ExpectationReport) -> Iterator[str]:
        """Yield which part of the table, or of the check, a result does not cover."""
        for uncovered in self.run.not_covered:
            if (uncovered.table, uncovered.type) == (self.table.table, expectation.type):
                yield f"the policy does not name {uncovered.format_needs()}"
        for exclusion in self.run.excluded:
            if exclusion.table == self.table.table and exclusion.type == "row_level_security":
                yield f"the database may hide rows: {exclusion.reason}; approved by {exclusion.approved_by}"
        if rows := self.table.rows:
            if rows.left_out:
                yield f"where leaves out {rows.left_out:,} of {rows.source:,} rows"
            if rows.no_day:
                yield f"{rows.no_day:,} of {rows.source:,} rows are of no day"
        source = self.table.source_rows
        if source is None or source.is_reconciled is None:
            yield "the number of rows in its source is unknown"
        if self.run.selection.batch and self.table.scope == "batch":
            yield f"only the batch {self.table.batch} was read, because of --batch"


def judge_table(run: RunReport, table: TableReport) -> tuple[Finding, ...]:
    """Return the findings of a table, one for each of its expectations, in their order."""
    judge = _Judge(run, table)
    return tuple(judge.judge(expectation) for expectation in table.expectations)


def list_left_out(run: RunReport) -> Iterator[Finding]:
    """Yield a finding for each check of the policy that the run left out."""
    for planned in run.planned:
        if planned.status:
            yield Finding(planned.type, planned.status, {}, planned.table, (planned.why,))
