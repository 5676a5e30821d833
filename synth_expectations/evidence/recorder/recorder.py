"""Record a run in the ledger: its plan when it starts, and what it found when it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from synth_expectations.evidence.findings.digests import RecordDigester
from synth_expectations.evidence.ledger.entry import Entry, EntryKind
from synth_expectations.evidence.ledger.errors import VERIFY, LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.recorder.findings import follow_run
from synth_expectations.evidence.recorder.inputs import record_inputs
from synth_expectations.evidence.recorder.objects import keep_at_once, keep_object
from synth_expectations.evidence.recorder.privacy import PrivateNames
from synth_expectations.evidence.recorder.results import (
    ResultRecorder,
    TableObjects,
    record_exclusions,
    record_requirements,
    record_uncovered,
)
from synth_expectations.evidence.records.results import NarrowingRecord, ResultRecord
from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.report.model import LedgerEntry, RunReport, TableReport


@dataclass
class RunRecorder:
    """Records one run.

    Attributes:
        ledger: gets the entries.
        location: of the ledger: a directory, or an address.
        started: the record of the start.
        stored: the arguments of the expectations as the suites have them, by suite and id.
        narrowed: what the policy narrows, by table and type.
        private: what no sentence repeats.
        digester: makes the digests of records; None follows none.
        state_path: where the state of the findings is kept; None reads every record.
    """

    ledger: EvidenceLedger
    location: str
    started: RunRecord
    stored: Mapping[tuple[str, str], Mapping[str, Any]]
    narrowed: Mapping[tuple[str, str], NarrowingRecord]
    private: PrivateNames
    digester: RecordDigester | None = None
    state_path: Path | None = None
    _entry: Entry | None = field(default=None, init=False)

    def start(self) -> None:
        """Append the start of the run.

        Raises:
            OSError: the ledger cannot be written.
            LedgerError: it cannot be read.
        """
        self._entry = self.ledger.append(EntryKind.RUN_STARTED, self.started)

    def finish(self, report: RunReport, results: Mapping[str, bytes]) -> RunReport:
        """Append the end of the run, and return its report with the entry, and with what is known of its findings.

        Args:
            report: of the run, with the requirements that its expectations give evidence for.
            results: what Great Expectations stored, by the name of the validation definition.

        Raises:
            OSError: the ledger cannot be written.
            LedgerError: it cannot be read, or no longer has the start of the run.
        """
        self._check_start()
        records = ResultRecorder(self.private, self.stored, self.narrowed, report, self.digester)
        objects = self._keep_objects(report, results)
        recorded = tuple(
            result for table in report.tables for result in records.record_results(table, objects[table.definition])
        )
        if self.digester and self.digester.problem:
            report = replace(report, notes=(*report.notes, self.digester.problem))
        record = self._describe_end(report, recorded)
        report = self._follow(report, record)
        entry = self.ledger.append(EntryKind.RUN_FINISHED, record.model_copy(update=self._describe_outcome(report)))
        return replace(report, entry=LedgerEntry(entry.header.seq, entry.header.body_sha256, self.location))

    def _follow(self, report: RunReport, record: RunRecord) -> RunReport:
        """Return the report with what the ledger knows of its findings, or with why that is not known."""
        try:
            return follow_run(self.ledger, self.state_path, record, record.started_at).add_to(report)
        except LedgerError as error:
            return replace(report, notes=(*report.notes, f"Findings of earlier runs are not known. {error}"))

    def _describe_end(self, report: RunReport, results: tuple[ResultRecord, ...]) -> RunRecord:
        records = ResultRecorder(self.private, self.stored, self.narrowed, report)
        inputs = record_inputs(report, self.private, self.digester)  # may be the first to use the key
        return RunRecord(
            **{
                **dict(self.started),
                "phase": "finished",
                "finished_at": report.finished_at,
                "digest_key": self.digester.used_key_id if self.digester else None,
                "fail_on": report.fail_on,
                "inputs": inputs,
                "tables": tuple(map(records.record_table, report.tables)),
                "results": results,
                "requirements": record_requirements(report, self.private),
                "excluded": record_exclusions(report),
                "not_covered": record_uncovered(report),
                **self._describe_outcome(report),
            }
        )

    def _describe_outcome(self, report: RunReport) -> dict[str, Any]:
        """Return what the findings of earlier runs may still change."""
        return {
            "errors": tuple(map(self.private.mask, report.errors)),
            "notes": tuple(map(self.private.mask, report.notes)),
            "verdict": report.verdict,
            "exit_code": report.exit_code,
        }

    def _check_start(self) -> None:
        """Raise LedgerError if the start of the run was removed: its end alone would prove nothing."""
        if self._entry and self.ledger.read_entry(self._entry.header.seq) != self._entry:
            raise LedgerError(
                f"Entry {self._entry.header.seq}, the start of the run, was removed from the ledger meanwhile.", VERIFY
            )

    def _keep_objects(self, report: RunReport, results: Mapping[str, bytes]) -> dict[str, TableObjects]:
        """Keep the result and the SQL of each table, and return them by the name of the validation definition."""

        def keep(table: TableReport) -> TableObjects:
            return self._keep(table.sql, results.get(table.definition))

        kept = keep_at_once(keep, report.tables)
        return {table.definition: objects for table, objects in zip(report.tables, kept, strict=True)}

    def _keep(self, sql: tuple[str, ...], result: bytes | None) -> TableObjects:
        text = ";\n\n".join(sql)
        return TableObjects(
            result=self.ledger.put_object(result) if result is not None else None,
            sql=keep_object(self.ledger, f"{text};\n".encode()) if text else None,
        )
