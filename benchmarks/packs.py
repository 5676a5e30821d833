"""Measure how long a quarter takes to pack, and how long its pack takes to verify.

`python -m benchmarks.packs` writes benchmarks/PACKS.md.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.canonical import compute_digest, encode_document
from synth_expectations.evidence.ledger.entry import NO_ENTRY, Entry, EntryKind, Header
from synth_expectations.evidence.records.inputs import InputRecord
from synth_expectations.evidence.records.policy import PolicyRecord
from synth_expectations.evidence.records.results import EvidenceRecord, ResultRecord, RuleRecord, TableRecord
from synth_expectations.evidence.records.run import ActorRecord, PlannedCheck, RunRecord, SoftwareRecord
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.rules.verdict import Verdict

RESULTS = Path(__file__).parent / "PACKS.md"
PACK_GOAL, VERIFY_GOAL = 5, 3
"""The goals for packing and verifying a quarter, in seconds."""
RUNS, TABLES, CHECKS = 92, 20, 8
SQL_LENGTH = 3_000
"""Characters of SQL in the result of a check: about what the demo's results have, which are 34 kB a table."""


class LedgerWriter:
    """Writes a ledger without waiting for the disk: a benchmark needs it once, and does not measure it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._seq, self._head = 0, NO_ENTRY
        for name in ("ledger", "objects"):
            (directory / name).mkdir(parents=True)

    def put(self, content: bytes) -> str:
        """Write an object, and return its digest."""
        digest = compute_digest(content)
        (self.directory / "objects" / digest).write_bytes(content)
        return digest

    def append(self, kind: EntryKind, body: bytes, at: datetime) -> None:
        """Write an entry."""
        self._seq += 1
        header = Header(seq=self._seq, prev=self._head, kind=kind, at=at, body_sha256=self.put(body))
        entry = Entry.make(header)
        self._head = entry.digest
        (self.directory / "ledger" / f"{self._seq:08d}.json").write_bytes(entry.content)


def write_ledger(directory: Path) -> None:
    """Write a ledger of a quarter: a run a day, of 20 tables with 8 checks each; in every tenth, records break rules."""
    writer = LedgerWriter(directory)
    first = datetime(2026, 10, 1, 4, 30, tzinfo=UTC)
    project = "6f1c1f0e-5a0f-4d0e-9a4b-3d0d7a5e8c11"
    writer.append(EntryKind.LEDGER_OPENED, encode_document({"project_uuid": project}), first - timedelta(days=1))
    policy = PolicyRecord(sha256=writer.put(b"{}"), state="approved", approved_by="dpo@retailer.example")
    for day in range(RUNS):
        record = make_run(writer, project, policy, first + timedelta(days=day))
        nothing = {"phase": "started", "finished_at": None, "results": (), "tables": (), "inputs": ()}
        started = record.model_copy(update={**nothing, "verdict": None, "exit_code": None})
        writer.append(EntryKind.RUN_STARTED, encode_document(started), record.started_at)
        writer.append(EntryKind.RUN_FINISHED, encode_document(record), record.started_at + timedelta(minutes=1))


def make_run(writer: LedgerWriter, project: str, policy: PolicyRecord, started: datetime) -> RunRecord:
    """Return the record of a run; the results of its tables are objects."""
    types = sorted(all_expectations())[:CHECKS]
    tables = [f"table_{number:02}" for number in range(TABLES)]
    results = []
    for number, table in enumerate(tables):
        broken = 12 if number % 10 == 0 else 0
        verdict = Verdict.FAILED if broken else Verdict.PASSED
        checks = {f"{number:08}-0000-5000-8000-{index:012}": kind for index, kind in enumerate(types)}
        stored = [make_result(identity, kind, broken, started) for identity, kind in checks.items()]
        digest = writer.put(json.dumps({"results": stored}).encode())
        sql = writer.put(f"SELECT count(*) FROM {table};\n".encode())
        for identity, kind in checks.items():
            results.append(
                ResultRecord(
                    table=table, scope="table", expectation_id=identity, type=kind, sentence=f"Expect {table} to be governed.",
                    severity="critical", verdict=verdict, population=50_000, broken=broken,
                    rules=(RuleRecord(name="a rule", count=broken),), result_sha256=digest, sql_sha256=sql,
                    evidence=tuple(
                        EvidenceRecord(
                            regulation="gdpr", requirement=requirement, strength="partial",
                            status=EvidenceStatus.CONTRARY if broken else EvidenceStatus.SUPPORTS,
                        )
                        for requirement in ("Article 5(1)(d)", "Article 5(1)(e)", "Article 25")
                    ),
                )
            )  # fmt: skip
    return RunRecord(
        project_uuid=project, run_id=f"{started:%Y%m%dT%H%M%SZ}-bcdf", phase="finished", checkpoint="nightly",
        plan=tuple(
            PlannedCheck(
                table=result.table, suite=result.table, scope="table", type=result.type, expectation_id=result.expectation_id
            )
            for result in results
        ),
        as_of=started, as_of_from="start of the run", started_at=started, finished_at=started + timedelta(minutes=1),
        fail_on="warning", actor=ActorRecord(kind="airflow"), software=SoftwareRecord(package="0.1.0", python="3.11.7"),
        policy=policy,
        inputs=tuple(InputRecord(table=table, role="judged", rows=50_000, read=True) for table in tables),
        tables=tuple(TableRecord(table=table, scope="table", verdict=Verdict.PASSED, rows=50_000) for table in tables),
        results=tuple(results), verdict=Verdict.FAILED, exit_code=1,
    )  # fmt: skip


def make_result(identity: str, kind: str, broken: int, started: datetime) -> dict[str, object]:
    """Return a result as it is stored: as long as the demo's are, with the keys of records that break a rule."""
    keys = [f"C-{number:06}" for number in range(broken)]
    return {
        "success": not broken,
        "expectation_config": {"id": identity, "type": kind, "kwargs": {"record_key": "Id"}},
        "result": {
            "element_count": 50_000,
            "unexpected_count": broken,
            "partial_unexpected_index_list": [{"Id": key} for key in keys],
            "details": {
                "verdict": "failed" if broken else "passed",
                "condition": {"dialect": "duckdb", "sql": {"a rule": "x" * SQL_LENGTH}},
                "sample": {"key": "Id", "values": keys, "more": 0, "by_rule": {"a rule": keys}},
                "as_of": started.isoformat(),
            },
        },
    }


def time_processor() -> float:
    """Return the processor time of all commands that have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(repeats: int) -> str:
    """Return the page of the measurements."""
    seconds: dict[str, list[float]] = {"`audit pack`": [], "`verify.py`": [], "`verify.sh`": []}
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        write_ledger(directory / "ledger")
        archive = directory / "pack.zip"
        command = [sys.executable, "-m", "synth_expectations", "audit", "pack", "--period", "2026Q4", "--force"]
        command += [
            "--ledger",
            str(directory / "ledger"),
            "--pseudonyms",
            str(directory / "key"),
            "--out",
            str(archive),
        ]
        for _ in range(repeats):
            start = time_processor()
            subprocess.run(command, check=True, capture_output=True)
            seconds["`audit pack`"].append(time_processor() - start)
        size = archive.stat().st_size / 1e6
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(directory / "pack")
            files = len(packed.namelist())
        digest = compute_digest((directory / "pack" / "MANIFEST.json").read_bytes())
        for label, command in (
            ("`verify.py`", [sys.executable, "-I", "-S", "verify.py"]),
            ("`verify.sh`", [shutil.which("bash") or "bash", "verify.sh"]),
        ):
            for _ in range(repeats):
                start = time_processor()
                subprocess.run(
                    [*command, "--manifest", digest],
                    cwd=directory / "pack", check=True, stdout=subprocess.DEVNULL,
                )  # fmt: skip
                seconds[label].append(time_processor() - start)
    goals = {"`audit pack`": PACK_GOAL, "`verify.py`": VERIFY_GOAL}
    lines = [f"| {label} | {median(times):.1f} s | {goals.get(label, '-')} |" for label, times in seconds.items()]
    return (
        "# A pack of a quarter\n\n`python -m benchmarks.packs` writes this page. "
        f"A run a day, {RUNS} in all, of {TABLES} tables with {CHECKS}\nchecks each: "
        f"{files:,} files, {size:.0f} MB. A tenth of the results have record keys.\n"
        f"The figures are medians of {repeats} run(s) on {os.cpu_count()} cores. "
        "The start of each command is part of it.\nThe seconds are of the processor, on a shared machine.\n\n"
        "| | time | goal, in seconds |\n|---|--:|--:|\n" + "\n".join(lines) + "\n"
    )


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    page = measure(parser.parse_args().repeats)
    RESULTS.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
