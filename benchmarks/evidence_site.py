"""Measure the evidence site of 500 runs of 20 suites with 8 checks each, and what one more run costs.

`python -m benchmarks.evidence_site` writes benchmarks/EVIDENCE_SITE.md. A time on a shared machine says little, so each
is given beside that of reading and validating the same records, in the same process.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from synth_expectations.controls.load import load_regulations
from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.records.inputs import FileIdentity, InputIdentity, InputRecord
from synth_expectations.evidence.records.policy import PolicyRecord
from synth_expectations.evidence.records.results import EvidenceRecord, ResultRecord, RuleRecord, TableRecord
from synth_expectations.evidence.records.run import ActorRecord, PlannedCheck, RunRecord, SoftwareRecord
from synth_expectations.evidence.site.builder import write_site
from synth_expectations.evidence.site.page import name_check
from synth_expectations.rules.verdict import Verdict

RESULTS = Path(__file__).parent / "EVIDENCE_SITE.md"
FIRST = datetime(2026, 1, 1, 2, tzinfo=UTC)
TABLES, CHECKS = 20, 8
SITE_GOAL, SIZE_GOAL, MEMORY_GOAL, MORE_GOAL = 8, 40, 300, 0.3
"""The goals for the whole site in seconds, megabytes and megabytes of memory, and for one more run in seconds."""


class MemorylessStore(DirectoryStore):
    """A directory that is written without waiting for the disk: the benchmark is not about it."""

    def create(self, name: str, content: bytes) -> bool:
        """Write a file unless its name is taken."""
        path = self.path / name
        if path.exists():
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return True


class LedgerWriter:
    """Writes runs, six hours apart; in one of ten, every tenth check finds violations."""

    def __init__(self, directory: Path) -> None:
        self._time = FIRST
        self.ledger = EvidenceLedger(MemorylessStore(directory), now=lambda: self._time)
        self._project = self.ledger.open_project()
        self._policy = self.ledger.put_object(b"tables: {}\n")
        mapped: dict[str, list[tuple[str, str]]] = {}
        for regulation in load_regulations():
            for requirement in regulation.requirements:
                for mapping in requirement.mappings or ():
                    mapped.setdefault(mapping.expectation, []).append((regulation.id, requirement.id))
        self._types = sorted(mapped, key=lambda name: len(mapped[name]))[1::3][:CHECKS]  # few mappings to many
        self._mapped = mapped

    def add_runs(self, count: int, start: int = 0) -> None:
        """Append runs, from a number on."""
        for number in range(start, start + count):
            record = self._make_record(number)
            self._time = record.started_at
            empty = {
                "phase": "started",
                "results": (),
                "tables": (),
                "inputs": (),
                "finished_at": None,
                "verdict": None,
            }
            self.ledger.append(EntryKind.RUN_STARTED, record.model_copy(update=empty))
            self._time = record.finished_at or self._time
            self.ledger.append(EntryKind.RUN_FINISHED, record)

    def _make_record(self, number: int) -> RunRecord:
        started = FIRST + timedelta(hours=6 * number)
        tables = [f"table_{index:02d}" for index in range(TABLES)]
        plan = tuple(
            PlannedCheck(
                table=table,
                suite=table,
                scope="table",
                expectation_id=f"{compute_digest((table + type_name).encode())[:32]}",
                type=type_name,
            )
            for table in tables
            for type_name in self._types
        )
        return RunRecord(
            project_uuid=self._project,
            run_id=f"{started:%Y%m%dT%H%M%SZ}-bench",
            phase="finished",
            checkpoint="nightly",
            plan=plan,
            as_of=started,
            as_of_from="start of the run",
            started_at=started,
            finished_at=started + timedelta(minutes=3),
            fail_on="warning",
            actor=ActorRecord(kind="airflow", claimed="airflow@shop.example"),
            software=SoftwareRecord(package="0.1.0", python="3.11.7", dependencies={"duckdb": "1.4.0"}),
            policy=PolicyRecord(sha256=self._policy, state="approved", approved_on=date(2026, 1, 1)),
            inputs=tuple(
                InputRecord(
                    table=table,
                    role="judged",
                    locator=f"extracts/{table}/*.parquet",
                    engine="duckdb",
                    rows=1_000_000 + number,
                    read=True,
                    identity=InputIdentity(
                        kind="files",
                        files=(FileIdentity(path=f"{table}/0.parquet", bytes=9_000_000, footer_sha256="a" * 64),),
                    ),
                )
                for table in tables
            ),
            tables=tuple(
                TableRecord(
                    table=table,
                    scope="table",
                    roles=("mixed",),
                    owner="crm@shop.example",
                    verdict=Verdict.PASSED,
                    records={"real": 900_000 + number, "synthetic": 100_000, "untagged": 7},
                    rows=1_000_000 + number,
                )
                for table in tables
            ),
            results=tuple(self._make_result(check, number, index) for index, check in enumerate(plan)),
            verdict=Verdict.PASSED,
            exit_code=0,
        )

    def _make_result(self, check: PlannedCheck, number: int, index: int) -> ResultRecord:
        broken = number % 97 if number % 10 == 3 and index % 10 == 0 else 0
        status = EvidenceStatus.CONTRARY if broken else EvidenceStatus.SUPPORTS_IN_PART
        return ResultRecord(
            table=check.table,
            scope="table",
            expectation_id=check.expectation_id,
            type=check.type,
            sentence=name_check(check.type),
            severity="critical",
            verdict=Verdict.FAILED if broken else Verdict.PASSED,
            population=100_000 + number,
            broken=broken,
            rules=(
                RuleRecord(name="dataset_id is missing", count=broken),
                RuleRecord(name="source is missing", count=0),
            ),
            evidence=tuple(
                EvidenceRecord(regulation=regulation, requirement=requirement, strength="partial", status=status)
                for regulation, requirement in self._mapped[check.type]
            ),
            result_sha256=compute_digest(f"{check.expectation_id}{number}".encode()),
            sql_sha256=compute_digest(f"{check.table}{number}".encode()),
            params_sha256=compute_digest(check.type.encode()),
        )


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence_site")
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument(
        "--beside", type=int, nargs="*", default=[25, 50], help="numbers of runs to compare Data Docs for"
    )
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(_measure_whole(options.measure)))
        return
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        writer = LedgerWriter(directory)
        few = _measure_one_more(writer, directory, 10, 0)
        many = _measure_one_more(writer, directory, options.runs - 1, 11)
        whole = _call("benchmarks.evidence_site", "--measure", str(directory))
        beside = [line for runs in options.beside for line in _compare(directory / "beside" / str(runs), runs)]
    lines = [
        f"# The evidence site of {options.runs} runs, {TABLES} tables, {CHECKS} checks each",
        "",
        "`python -m benchmarks.evidence_site` writes this page. The seconds are of the processor, on a shared machine: read the",
        "ratios. *Reading* is to read and validate the records of the same runs, without a page.",
        "",
        "| | seconds | relative to reading | files written | size | peak memory |",
        "|---|--:|--:|--:|--:|--:|",
        f"| reading the records | {whole['reading']:.2f} | 1.00 × | - | - | - |",
        f"| the whole site | {whole['site']:.2f} | {whole['site'] / whole['reading']:.2f} × | {whole['files']:,} "
        f"| {whole['bytes'] / 1e6:.0f} MB | {whole['megabytes']:.0f} MB |",
        f"| one more run after 10 | {few[0]:.2f} | {few[0] / whole['reading']:.2f} × | {few[1]} | - | - |",
        f"| one more run after {options.runs - 1} | {many[0]:.2f} | {many[0] / whole['reading']:.2f} × | {many[1]} | - | - |",
        "",
        f"One more run after {options.runs - 1} takes {many[0] / few[0]:.2f} × as long as one after 10.",
        "",
        f"The goals are {SITE_GOAL} seconds, {SIZE_GOAL} MB and {MEMORY_GOAL} MB of memory for the whole site, and {MORE_GOAL} "
        "seconds for one more run.",
        "",
        "## Beside Great Expectations' own Data Docs",
        "",
        f"The same number of results, of {TABLES} tables with {CHECKS} checks each, by Great Expectations' `SiteBuilder` and",
        "`DefaultSiteIndexBuilder` (`python -m benchmarks.data_docs`). They write a page for each table of each run, and their",
        "time grows with the results; so few runs are compared. Peak memory has the import of Great Expectations in it.",
        "",
        "| runs | | whole site, seconds | one more run, seconds | files | size | peak memory |",
        "|--:|---|--:|--:|--:|--:|--:|",
        *beside,
        "",
    ]
    RESULTS.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


def _compare(directory: Path, runs: int) -> Iterator[str]:
    """Yield a line for the evidence site of some runs, and one for Data Docs."""
    writer = LedgerWriter(directory / "ours")
    more, _ = _measure_one_more(writer, directory / "ours", runs - 1, 0)
    site = _call("benchmarks.evidence_site", "--measure", str(directory / "ours"))
    docs = _call("benchmarks.data_docs", str(directory / "docs"), str(runs))
    figures = {"evidence site": {**site, "whole": site["site"], "more": more}, "Data Docs": docs}
    for name, measured in figures.items():
        yield (
            f"| {runs} | {name} | {measured['whole']:.2f} | {measured['more']:.2f} | {measured['files']:,} "
            f"| {measured['bytes'] / 1e6:.1f} MB | {measured['megabytes']:.0f} MB |"
        )


def _call(module: str, *arguments: str) -> dict[str, float]:
    """Return what a module prints that measures something in its own process."""
    done = subprocess.run([sys.executable, "-m", module, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _measure_one_more(writer: LedgerWriter, directory: Path, goal: int, start: int) -> tuple[float, int]:
    writer.add_runs(goal - start, start)
    write_site(writer.ledger, directory / "site")
    writer.add_runs(1, goal)
    written: list[int] = []
    seconds = _clock(lambda: written.append(len(write_site(writer.ledger, directory / "site").written)))
    return seconds, written[0]


def _measure_whole(directory: Path) -> dict[str, float]:
    ledger = EvidenceLedger(MemorylessStore(directory))
    site = directory / "whole"
    seconds = _clock(lambda: write_site(ledger, site))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reading = _clock(lambda: _read(ledger))
    files = [path for path in site.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    return {"site": seconds, "reading": reading, "files": len(files), "bytes": size, "megabytes": peak}


def _read(ledger: EvidenceLedger) -> None:
    for entry in ledger.read_entries():
        if entry.header.kind is not EntryKind.LEDGER_OPENED:
            RunRecord.model_validate_json(ledger.read_object(entry.header.body_sha256))


def _clock(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
