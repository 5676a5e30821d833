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
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow.parquet as pq

from benchmarks.data import AS_OF, make
from synth_expectations.policy.compile.compiler import compile_policy

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "MANY_TABLES.md"
GOAL = 30
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
    parser.add_argument("--compare", action="store_true", help="also let Great Expectations itself run the checkpoint")
    options = parser.parse_args()
    root = project(ROOT / "build" / "many_tables", options.tables, options.rows)
    runs = {0: [measured(root, 0)]} if options.compare else {}
    runs |= {workers: [measured(root, workers) for _ in range(options.turns)] for workers in options.workers}
    text = report(options, runs)
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


def measured(root: Path, workers: int) -> dict[str, Any]:
    """Measure one run, without the results and pages of earlier runs."""
    shutil.rmtree(root / "uncommitted", ignore_errors=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "benchmarks.many_tables_run", str(root), str(workers)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def report(options: argparse.Namespace, runs: dict[int, list[dict[str, Any]]]) -> str:
    """What was measured, as a page."""
    cores = len(os.sched_getaffinity(0))
    sample = next(iter(runs.values()))[0]
    lines = [
        f"# {options.tables} tables",
        "",
        f"Made by `python -m benchmarks.many_tables`: medians of {options.turns} run(s), each in a process of its own,",
        f"on {cores} cores; {options.tables} tables of {options.rows:,} contacts in Parquet,"
        f" {sample['expectations']} expectations,",
        f"every tenth table breaks rules, as of {AS_OF}.",
        "*Beside its queries* is the processor's time for all that is no query: opening the project, reading suites, making",
        "views, planning, results, Data Docs; of a run without results of before, so that every page is written.",
        f"The goal is below {GOAL} ms a table.",
        "",
        "*Outside queries* is the processor time of everything but queries: opening the project, reading suites,",
        "creating views, planning, results and Data Docs. There are no earlier results, so every page is written.",
        "",
        f"The goal is less than {GOAL} ms per table.",
        "",
        "| | run | in queries | per table, outside queries | of that, Data Docs | results | Data Docs | peak memory |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for workers, timed in runs.items():

        def of(name: str, timed: list[dict[str, Any]] = timed) -> float:
            return float(median(run[name] for run in timed))

        way = {0: "Great Expectations' own run", 1: "`run`"}.get(workers, f"`run --workers {workers}`")
        per_table = 1000 / options.tables
        alone = workers < 2  # the time of other threads is not ours to measure
        beside = f"{of('beside') * per_table:.0f} ms | {of('docs') * per_table:.0f} ms" if alone else "- | -"
        lines.append(
            f"| {way} | {of('wall'):.0f} s | {of('queries'):.0f} s | {beside} "
            f"| {of('result_bytes') / 1e6:.1f} MB | {of('docs_bytes') / 1e6:.1f} MB | {of('megabytes'):,.0f} MB |"
        )
    if 0 in runs and 1 in runs:
        ratio = median(run["beside"] for run in runs[0]) / median(run["beside"] for run in runs[1])
        lines += ["", f"Great Expectations' own run of the same files takes {ratio:.1f} × as long beside the queries."]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
