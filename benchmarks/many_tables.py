"""Measure what a table costs outside its queries, in a project of many small tables.

`python -m benchmarks.many_tables` writes benchmarks/MANY_TABLES.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow.parquet as pq

from benchmarks.data import AS_OF, make
from synth_expectations.policy.compile.compiler import compile_policy

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "MANY_TABLES.md"
GOAL = 20
"""The goal for one table outside its queries, in milliseconds."""

HEAD = """\
version: 1
owner: bench@retailer.example
data_sources:
  lake: {type: parquet, path: ../lake}
allowed: {methods: [rule_based, ctgan, llm], purposes: [testing, model_training, personalisation]}
retention:
  classes: {testing: {max: P90D}, model_training: {max: P10Y}, personalisation: {max: P1Y}}
profiles:
  crm:
    marker: {column: RecordOrigin__c, synthetic: [synthetic], real: [real], partial: [partial], masked: [masked]}
    columns:
      {key: Id, source: SyntheticSource__c, generated_at: SyntheticGeneratedAt__c, method: SyntheticMethod__c,
       algorithm_version: SyntheticVersion__c, purpose: SyntheticPurpose__c, dataset_id: SyntheticDataset__c}
    identifiers: {email: Email, phone: Phone, birth_date: Birthdate}
tables:
"""
TABLE = "  {name}: {{role: mixed, profile: crm, parquet: lake/{name}/*.parquet, owner: team-{team}@retailer.example}}\n"
TAIL = "checkpoints:\n  nightly: {tables: all}\n"


def project(directory: Path, tables: int, rows: int) -> Path:
    """Create the project again. Every tenth table breaks rules.

    Args:
        directory: the directory for the project and its files.
        tables: the number of tables.
        rows: the number of rows per table.
    """
    shutil.rmtree(directory, ignore_errors=True)
    names = [f"table_{number:03}" for number in range(tables)]
    contacts = {}
    for bad in (False, True):
        make(directory / f"made-{bad}", rows, bad=bad)
        contacts[bad] = pq.read_table(directory / f"made-{bad}")
    for number, name in enumerate(names):
        folder = directory / "lake" / name
        folder.mkdir(parents=True)
        pq.write_table(contacts[number % 10 == 0], folder / "part-0.parquet")
    root = directory / "great_expectations"
    root.mkdir()
    lines = [TABLE.format(name=name, team=number % 7) for number, name in enumerate(names)]
    (root / "policy.yml").write_text("".join([HEAD, *lines, TAIL]), encoding="utf-8")
    compile_policy(root / "policy.yml").write()
    return root


def main() -> None:
    """Measure each run in its own process, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many_tables")
    parser.add_argument("--tables", type=int, default=400)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    ways = ["alone", "through"]
    compared = "also let Great Expectations alone run the checkpoint, and run it through Great Expectations"
    parser.add_argument("--compare", nargs="*", choices=ways, help=compared)
    options = parser.parse_args()
    root = project(ROOT / "build" / "many_tables", options.tables, options.rows)
    runs: dict[str, list[dict[str, Any]]] = {}
    if options.compare is not None:
        runs = {way: [measured(root, way)] for way in options.compare or ways}
    for _ in range(options.turns):  # one after the other, so that what else the machine does meets all of them
        for workers in options.workers:
            runs.setdefault(str(workers), []).append(measured(root, str(workers)))
    text = report(options, runs)
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


def measured(root: Path, way: str) -> dict[str, Any]:
    """Measure one run, without the results, the ledger and the pages of earlier runs."""
    for directory in (root / "uncommitted", root.parent / "evidence"):
        shutil.rmtree(directory, ignore_errors=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "benchmarks.many_tables_run", str(root), way]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


WAYS = {"alone": "Great Expectations' own run", "through": "`run --through-great-expectations`", "1": "`run`"}


def report(options: argparse.Namespace, runs: dict[str, list[dict[str, Any]]]) -> str:
    """Return the page."""
    cores = len(os.sched_getaffinity(0))
    sample = next(iter(runs.values()))[0]
    lines = [
        f"# {options.tables} tables",
        "",
        f"`python -m benchmarks.many_tables` writes this page. It runs {sample['expectations']} expectations on",
        f"{options.tables} tables of {options.rows:,} contacts in Parquet, as of {AS_OF}. Every tenth table breaks rules.",
        f"The figures are medians of {options.turns} run(s) on {cores} cores, each in its own process. Where a run takes much",
        "longer than its processor time, the machine did other work too.",
        "",
        "*Outside queries* is the processor time of the run's thread but for the calls of DuckDB: verifying what was",
        "compiled, reading suites, creating views, planning, writing SQL, results, the record and the ledger. There is no",
        "ledger before. *Evidence* is its part of the start and the end of the record, the requirements included.",
        "Every run is recorded, one of Great Expectations alone through the guard; none builds Data Docs.",
        "",
        f"The goal is less than {GOAL} ms per table, and that two workers take at most 0.63 of the time of one.",
        "",
        "| | run | processor | in queries | per table, outside queries | of that, evidence | results | ledger | peak memory |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for way, timed in runs.items():

        def of(name: str, timed: list[dict[str, Any]] = timed) -> float:
            return float(median(run[name] for run in timed))

        per_table = 1000 / options.tables
        is_measured = way in WAYS  # the time of other threads is not measured
        outside = (
            f"{of('outside') * per_table:.0f} ms | {of('evidence') * per_table:.1f} ms" if is_measured else "- | -"
        )
        queries = f"{of('queries'):.0f} s" if is_measured else "-"
        lines.append(
            f"| {WAYS.get(way, f'`run --workers {way}`')} | {of('wall'):.0f} s | {of('processor'):.0f} s | {queries} "
            f"| {outside} | {of('result_bytes') / 1e6:.1f} MB | {of('ledger_bytes') / 1e6:.1f} MB "
            f"| {of('megabytes'):,.0f} MB |"
        )
    return "\n".join([*lines, "", *_compare(runs)])


def _compare(runs: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """Yield how runs compare, each a line; then the end of the page."""

    def of(way: str, name: str) -> float:
        return float(median(run[name] for run in runs[way]))

    if {"alone", "1"} <= runs.keys():
        ratio = of("alone", "outside") / of("1", "outside")
        yield f"Outside queries, Great Expectations' own run of the same files takes {ratio:.1f} × as long."
    if {"1", "2"} <= runs.keys():
        pairs = [first["wall"] / second["wall"] for first, second in zip(runs["1"], runs["2"], strict=True)]
        bound = of("1", "processor") / max(of("1", "outside"), of("1", "processor") / 2)
        yield (
            f"Two workers are {median(pairs):.2f} × as fast as one, each pair measured one after the other. If nothing else "
            f"ran on the machine and only what is outside queries waited for Python's lock, they could be {bound:.2f} ×."
        )
    yield ""


if __name__ == "__main__":
    main()
