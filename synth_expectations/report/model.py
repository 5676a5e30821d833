"""The results of a run, table by table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from synth_expectations.engine.row_account import RowAccount
from synth_expectations.engine.rows_of_no_day import RowsOfNoDay
from synth_expectations.engine.table_input import TableInput
from synth_expectations.policy.standing import PolicyStanding
from synth_expectations.policy.uncovered_expectation import UncoveredExpectation
from synth_expectations.report.expectation_report import ExpectationReport, Severity
from synth_expectations.report.plan import ExpectationPlan, RunSelection
from synth_expectations.report.requirement_evidence import RequirementEvidence
from synth_expectations.report.source_state import Freshness, SourceRows
from synth_expectations.rules.verdict import Verdict, worst

EXIT_CODES = {Verdict.PASSED: 0, Verdict.NOTHING_TO_CHECK: 0, Verdict.FAILED: 1, Verdict.ERRORED: 2}


@dataclass(frozen=True)
class Quarantined:
    """The listed violating records of one table in one scope.

    Attributes:
        file: where; empty where there are none.
        rows: one for each record and rule that it breaks.
        notes: what the file has not, one sentence each.
        error: why it could not be written.
    """

    file: str = ""
    rows: int = 0
    notes: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True)
class TableReport:
    """The results of one table in one scope.

    Attributes:
        unnarrowed: whether it also holds what the table's `where` leaves out.
        quarantined: where its violating records are listed; None where that was not asked for.
        doubts: why its results may not be counted as support, such as `stale: …` or `unreconciled: …`.
        no_day: its rows that belong to no day; None where it was not checked by day, month or year.
        rows: what becomes of each of its rows; None where no expectation counted them.
        datasets: its names in a lineage graph, each a namespace and a name.
        definition: the name of its validation definition.
        inputs: the tables that were read for it, itself first; none if nothing could be read.
        locator: where it is, as the policy says it.
        detour: why Great Expectations evaluated it; empty if the plan did alone.
        sql: what was sent to the engine, without values of the data.
        source_rows: how many rows its source says that it has; None if the policy does not say who would know.
        freshness: how old its newest row is; None if the policy sets no limit.
    """

    table: str
    suite: str
    scope: Literal["batch", "table"]
    batch: str | None
    roles: tuple[str, ...] = ()
    owner: str = ""
    data_source: str = ""
    engine: str = ""
    where: str = ""
    unnarrowed: bool = False
    expectations: tuple[ExpectationReport, ...] = ()
    records: dict[str, int] = field(default_factory=dict)
    queries: int = 0
    query_seconds: float = 0.0
    seconds: float = 0.0
    error: str = ""
    doubts: tuple[str, ...] = ()
    quarantined: Quarantined | None = None
    no_day: RowsOfNoDay | None = None
    rows: RowAccount | None = None
    datasets: tuple[tuple[str, str], ...] = ()
    definition: str = ""
    inputs: tuple[TableInput, ...] = ()
    locator: str = ""
    detour: str = ""
    sql: tuple[str, ...] = ()
    source_rows: SourceRows | None = None
    freshness: Freshness | None = None

    def format_scope(self) -> str:
        """Return the scope in two words; retention also checks records that `where` leaves out."""
        if self.scope == "batch":
            return self.batch or "no batch"
        return "all records" if self.unnarrowed else "whole table"

    def verdict(self, fail_on: Severity) -> Verdict:
        """Return the worst verdict of the expectations; errored if the table could not be read, or has none."""
        if self.error:
            return Verdict.ERRORED
        return worst(expectation.counts_as(fail_on) for expectation in self.expectations)


@dataclass(frozen=True)
class Exclusion:
    """An expectation that the policy leaves out for a table, or narrows.

    Attributes:
        narrowed: how it is narrowed, such as `mostly 0.9`; empty if it is left out.
    """

    table: str
    type: str
    reason: str
    approved_by: str
    until: str
    expired: bool = False
    narrowed: str = ""

    def format_sentence(self) -> str:
        """Return the sentence that the exclusion ended, and what to do."""
        return (
            f"{self.table}: the exclusion of {self.type} ended on {self.until}. "
            f"It was made because: {self.reason}. Next: remove it, or have it approved again."
        )


@dataclass(frozen=True)
class LedgerEntry:
    """The entry of the ledger that keeps the record of a run.

    Attributes:
        number: of the entry.
        record_sha256: of the record, which is an object of the ledger.
        ledger: the directory or the address of the ledger.
        site: the first page of the ledger's site; empty if it was not written.
    """

    number: int
    record_sha256: str
    ledger: str
    site: str = ""


@dataclass(frozen=True)
class RunReport:
    """The results of a run of a checkpoint.

    Attributes:
        standing: where the policy stood on the day of as_of.
        selection: what of the checkpoint it was about.
        planned: each check that the checkpoint and the policy have, also those that it leaves out.
        requirements: what it shows of each requirement; empty unless evidence was asked for.
        not_covered: what roles of its tables ask for and the policy does not say enough for.
        quarantine: the directory of files of violating records; empty where that was not asked for.
        entry: of the ledger; None if the run could not be recorded, which is then a note or an error.
    """

    id: str
    checkpoint: str
    started_at: datetime
    finished_at: datetime
    as_of: datetime
    as_of_from: Literal["option", "start of the run"]
    batch: str | None
    fail_on: Severity
    tables: tuple[TableReport, ...]
    versions: dict[str, str] = field(default_factory=dict)
    compiled_by: str = ""
    policy: dict[str, str] = field(default_factory=dict)
    standing: PolicyStanding = field(default_factory=PolicyStanding)
    selection: RunSelection = field(default_factory=RunSelection)
    planned: tuple[ExpectationPlan, ...] = ()
    requirements: tuple[RequirementEvidence, ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    not_covered: tuple[UncoveredExpectation, ...] = ()
    docs_path: str = ""
    has_unbuilt_docs: bool = False
    results: tuple[str, ...] = ()
    runbook: str = ""
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    quarantine: str = ""
    entry: LedgerEntry | None = None

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of the tables; errored if there are none, or the run itself has an error."""
        if self.errors or any(exclusion.expired for exclusion in self.excluded):
            return Verdict.ERRORED
        return worst(table.verdict(self.fail_on) for table in self.tables)

    @property
    def exit_code(self) -> int:
        """The exit code: 0 passed or nothing to check, 1 failed, 2 errored."""
        return EXIT_CODES[self.verdict]

    @property
    def seconds(self) -> float:
        """The duration of the run."""
        return (self.finished_at - self.started_at).total_seconds()

    @property
    def queries(self) -> int:
        """The number of queries that read data."""
        return sum(table.queries for table in self.tables)

    @property
    def quarantined(self) -> list[Quarantined]:
        """The files of violating records."""
        return [table.quarantined for table in self.tables if table.quarantined and table.quarantined.file]

    def count_expectations(self) -> Counter[Verdict]:
        """Return the number of expectations by verdict; an unreadable table counts as one that errored."""
        counted = Counter(
            expectation.counts_as(self.fail_on) for table in self.tables for expectation in table.expectations
        )
        counted[Verdict.ERRORED] += sum(1 for table in self.tables if table.error and not table.expectations)
        counted[Verdict.ERRORED] += len(self.errors) + sum(1 for exclusion in self.excluded if exclusion.expired)
        return counted

    def count_tables(self) -> Counter[Verdict]:
        """Return the number of tables by verdict."""
        return Counter(table.verdict(self.fail_on) for table in self.tables)

    def format_message(self) -> str:
        """Return the verdict in one line: the last line of the text, and the message of an Airflow exception."""
        counts = self.count_expectations()
        order = (Verdict.FAILED, Verdict.ERRORED, Verdict.PASSED, Verdict.NOTHING_TO_CHECK)
        counted = ", ".join(f"{counts[verdict]} {verdict.shown}" for verdict in order if counts[verdict])
        spent = f"{self.seconds:.0f} s" if self.seconds >= 10 else f"{self.seconds:.1f} s"
        name = self.verdict.shown.upper() if self.exit_code else self.verdict.shown
        return f"{name}  {counted}; {spent}; exit {self.exit_code}"
