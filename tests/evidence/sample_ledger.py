"""Make a ledger that has everything a page must show: runs that passed, failed, errored, were killed, and were partial.

The record of a real run has the same form: tests of the runner hold that. Here the dates are fixed, and a hundred runs
take a second.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.records.inputs import FileIdentity, InputIdentity, InputRecord
from synth_expectations.evidence.records.policy import ExclusionRecord, PolicyRecord, UncoveredRecord
from synth_expectations.evidence.records.results import (
    EvidenceRecord,
    NarrowingRecord,
    ResultRecord,
    RuleRecord,
    TableRecord,
)
from synth_expectations.evidence.records.run import (
    ActorRecord,
    PlannedCheck,
    RunRecord,
    SelectionRecord,
    SoftwareRecord,
)
from synth_expectations.rules.verdict import Verdict
from tests.evidence.sample_runs import CHECKS, FIRST_RUN, POLICIES, RUNS, SampleCheck, SampleRun


class SampleClock:
    """A clock that stands where the sample is."""

    def __init__(self) -> None:
        self.time = FIRST_RUN

    def __call__(self) -> datetime:
        """Return the time of the sample."""
        return self.time


def write_sample_ledger(directory: Path, runs: int = len(RUNS)) -> EvidenceLedger:
    """Write a ledger of some runs of one project; more than twelve repeat the twelve, a quarter later each time."""
    clock = SampleClock()
    ledger = EvidenceLedger(DirectoryStore(directory), now=clock)
    project = ledger.open_project()
    for index in range(runs):
        sample = RUNS[index % len(RUNS)]
        sample = replace(sample, day=sample.day + 92 * (index // len(RUNS)))
        record = make_sample_record(ledger, project, sample, index)
        clock.time = record.started_at
        started = record.model_copy(
            update={
                "phase": "started", "finished_at": None, "verdict": None, "exit_code": None,
                "results": (), "tables": (), "inputs": (), "errors": (), "notes": (),
            }
        )  # fmt: skip
        ledger.append(EntryKind.RUN_STARTED, started)
        if record.finished_at:
            clock.time = record.finished_at
            ledger.append(EntryKind.RUN_FINISHED, record)
    return ledger


def make_sample_record(ledger: EvidenceLedger, project: str, sample: SampleRun, index: int) -> RunRecord:
    """Return the record of a run, with its policy, results and SQL as objects of the ledger."""
    started = FIRST_RUN + timedelta(days=sample.day)
    letters = "bcdfghjkmnpqrstvwxz"
    run_id = f"{started:%Y%m%dT%H%M%SZ}-" + "".join(letters[(index // 19**place) % 19] for place in range(4))
    selected = [check for check in CHECKS if not sample.selected or check.table in sample.selected]
    tables = sorted({check.table for check in CHECKS})
    results = tuple(_make_result(ledger, check, sample) for check in selected) if sample.verdict else ()
    is_broken = sample.break_table
    return RunRecord(
        project_uuid=project,
        run_id=run_id,
        phase="finished" if sample.verdict else "started",
        checkpoint="crm_nightly",
        plan=tuple(
            PlannedCheck(
                table=check.table,
                suite=check.table,
                scope="table",
                expectation_id=_make_id(check),
                type=check.type,
                selected=check in selected,
            )
            for check in CHECKS
        ),
        selection=SelectionRecord(tables=sample.selected),
        as_of=started,
        as_of_from="start of the run",
        started_at=started,
        finished_at=started + timedelta(seconds=4.25) if sample.verdict else None,
        fail_on="warning",
        actor=ActorRecord(kind="airflow", claimed="airflow@shop.example"),
        software=SoftwareRecord(package="0.1.0", python="3.11.7", dependencies={"duckdb": "2.0.0"}),
        policy=PolicyRecord(
            sha256=ledger.put_object(POLICIES[sample.policy].encode()),
            state=sample.policy_state,  # type: ignore[arg-type]
            approved_by="dpo@shop.example",
            approved_on=date(2026, 8, 28),
            valid_until=date(2026, 11, 27),
            ticket="GOV-118",
            review="overdue" if sample.day > 80 else "due",
            review_by=date(2026, 11, 15),
            dpia="DPIA-2026-004",
        ),
        suites={table: compute_digest(table.encode()) for table in tables},
        inputs=tuple(
            InputRecord(
                table=table,
                role="judged",
                locator=f"extracts/{table}/*.parquet",
                engine="duckdb",
                rows=None if table == is_broken else _count_rows(table),
                read=table != is_broken,
                identity=InputIdentity(
                    kind="files",
                    files=(
                        FileIdentity(
                            path=f"extracts/{table}/part-0.parquet",
                            bytes=1_200_000 + index,
                            footer_sha256=compute_digest(f"{table}{index}".encode()),
                        ),
                    ),
                ),
                source_rows=_count_rows(table) if table == "customer" else None,
                source_rows_from="sync_runs" if table == "customer" else None,
                reconciled="yes" if table == "customer" else "not shown",
                difference=0 if table == "customer" else None,
            )
            for table in tables
            if sample.verdict and (not sample.selected or table in sample.selected)
        ),
        tables=tuple(
            TableRecord(
                table=table,
                scope="table",
                roles=("mixed",) if table == "customer" else ("production",),
                owner="crm@shop.example" if table != "order" else "",
                verdict=_find_verdict(results, table),
                records={"real": 48_211, "synthetic": 5_000, "partial": 120, "untagged": 17} if table == "customer" else {},
                rows=None if table == is_broken else _count_rows(table),
                error="It cannot be read: the file has no footer." if table == is_broken else "",
            )
            for table in tables
            if sample.verdict and (not sample.selected or table in sample.selected)
        ),
        results=results,
        excluded=(
            ExclusionRecord(
                table="order",
                type="expect_synthetic_records_to_have_an_owner",
                reason="Orders take the owner of their customer.",
                approved_by="dpo@shop.example",
                until=date(2026, 12, 31),
            ),
        ),
        not_covered=(
            UncoveredRecord(
                table="order", type="expect_synthetic_purchases_to_be_excluded", reason="columns.purchase is not given"
            ),
        ),
        notes=("The policy changed since it was approved.",) if sample.policy_state == "changed" else (),
        verdict=sample.verdict,
        exit_code={Verdict.PASSED: 0, Verdict.FAILED: 1, Verdict.ERRORED: 2, None: None}[sample.verdict],
    )  # fmt: skip


def _make_result(ledger: EvidenceLedger, check: SampleCheck, sample: SampleRun) -> ResultRecord:
    broken = check.broken if sample.verdict is Verdict.FAILED else 0
    verdict = Verdict.FAILED if broken else Verdict.PASSED if check.population else Verdict.NOTHING_TO_CHECK
    error = ""
    if check.table == sample.break_table:
        verdict, broken, error = Verdict.ERRORED, 0, "It cannot be read: the file has no footer."
    status = {
        Verdict.FAILED: EvidenceStatus.CONTRARY,
        Verdict.PASSED: EvidenceStatus.SUPPORTS_IN_PART,
        Verdict.NOTHING_TO_CHECK: EvidenceStatus.NOTHING_TO_CHECK,
        Verdict.ERRORED: EvidenceStatus.INCONCLUSIVE,
    }[verdict]
    is_errored = verdict is Verdict.ERRORED
    sql = f'SELECT count(*) FROM "{check.table}" -- {check.type}'
    return ResultRecord(
        table=check.table,
        scope="table",
        expectation_id=_make_id(check),
        type=check.type,
        sentence=check.sentence,
        severity="critical",
        verdict=verdict,
        population=None if is_errored else check.population,
        broken=None if is_errored else broken,
        rules=() if is_errored else (RuleRecord(name=check.rule, count=broken),),
        narrowed=NarrowingRecord(by="where", reason="Only European shops.", approved_by="dpo@shop.example")
        if check.table == "order"
        else None,
        parameters={"mostly": "0.99"} if check.table == "customer" else {},
        evidence=(
            EvidenceRecord(
                regulation=check.regulation, requirement=check.requirement, strength="partial", status=status,
                why=(error,) if error else (),
            ),
        ),
        result_sha256=ledger.put_object(f'{{"broken": {broken}, "type": "{check.type}"}}'.encode()),
        sql_sha256=ledger.put_object(sql.encode()),
        error=error,
        reason="" if check.population else "No record is synthetic.",
    )  # fmt: skip


def _count_rows(table: str) -> int:
    return {"customer": 53_348, "credit_decision": 1_904, "order": 210_330}[table]


def _find_verdict(results: tuple[ResultRecord, ...], table: str) -> Verdict:
    verdicts = [result.verdict for result in results if result.table == table]
    return min(verdicts, key=list(Verdict).index)


def _make_id(check: SampleCheck) -> str:
    digest = compute_digest(f"{check.table}/{check.type}".encode())
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
