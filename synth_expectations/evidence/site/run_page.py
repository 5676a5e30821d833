"""The page of a run: what it planned, what it read, what it found, and what changed since the run before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.records.inputs import InputRecord
from synth_expectations.evidence.records.results import ResultRecord, TableRecord
from synth_expectations.evidence.records.run import PlannedCheck, RunRecord
from synth_expectations.evidence.site.file_names import find_run_page
from synth_expectations.evidence.site.history import RunReading
from synth_expectations.evidence.site.page import Page, name_check
from synth_expectations.evidence.site.results import find_status, key_check


@dataclass(frozen=True)
class ResultRow:
    """A result of the run, with its place in the record.

    Attributes:
        type: of the expectation, where the sentence does not give it already.
        sql: the number of its query, among those of the table.
        growth: how many more records it is about than the result before it.
    """

    index: int
    result: ResultRecord
    status: EvidenceStatus
    type: str
    sql: int | None
    growth: int


@dataclass
class RunTable:
    """A table of the run, with all of its results.

    Attributes:
        queries: the digests of the SQL that its checks sent, each once.
    """

    table: str
    record: TableRecord | None = None
    results: list[ResultRow] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class MissingCheck:
    """A check that the run planned, and has no result of."""

    check: PlannedCheck
    why: str


@dataclass(frozen=True)
class RunInput:
    """An input of the run, with its place in the record."""

    index: int
    input: InputRecord


def make_run_page(reading: RunReading) -> Page:
    """Return the page of a run."""
    record = reading.record
    return Page(
        path=find_run_page(record.run_id),
        template="run.html",
        title=f"Run {record.run_id}",
        until=reading.summary.finished_seq or reading.summary.started_seq,
        content={
            "record": record,
            "summary": reading.summary,
            "body": reading.body,
            "before": reading.before,
            "changes": reading.changes,
            "tables": _group_results(record, reading.populations),
            "missing": _find_missing(record),
            "inputs": [RunInput(index, table) for index, table in enumerate(record.inputs)],
        },
        policy=reading.summary.policy_sha256,
    )


def _group_results(record: RunRecord, growth: Mapping[int, int]) -> list[RunTable]:
    tables = {table.table: RunTable(table.table, table) for table in reversed(record.tables)}
    read = {table.table: table.read for table in record.inputs if table.role == "judged"}
    for index, result in enumerate(record.results):
        table = tables.setdefault(result.table, RunTable(result.table))
        number = None
        if result.sql_sha256:
            if result.sql_sha256 not in table.queries:
                table.queries.append(result.sql_sha256)
            number = table.queries.index(result.sql_sha256) + 1
        status = find_status(result, read.get(result.table, True))
        type_name = "" if result.sentence == name_check(result.type) else result.type
        table.results.append(ResultRow(index, result, status, type_name, number, growth.get(index, 0)))
    return sorted(tables.values(), key=lambda table: table.table)


def _find_missing(record: RunRecord) -> list[MissingCheck]:
    found = {key_check(result) for result in record.results}
    errors = {table.table: table.error for table in record.tables if table.error}
    missing = []
    for check in record.plan:
        if key_check(check) in found:
            continue
        if not check.selected:
            why = "The run did not select it."
        elif record.phase == "started":
            why = "The run has no end on record."
        else:
            why = errors.get(check.table, "The record of the run has no result for it.")
        missing.append(MissingCheck(check, why))
    return missing
