"""Measure how long the gate takes, and how much memory, in a process of its own from its start to its end.

`python -m benchmarks.gate` writes benchmarks/GATE.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "GATE.md"
FIELDS = ("External_Id__c", "FirstName", "LastName", "Email", "Phone", "MailingStreet", "MailingCity", "MailingCountry")
SCRIPT = """
import sys, time
from synth_expectations.cli import entry
try:
    entry()
except SystemExit as ended:
    code = ended.code
high = [line.split() for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(f"\\n{code} {int(high[0][1]) // 1024} {time.process_time()}", file=sys.stderr)
"""
"""Runs the command, and prints its exit code, its most memory in MB, and its seconds of CPU: of the process alone."""


@dataclass(frozen=True)
class Tree:
    """A tree of files that is measured.

    Attributes:
        name: in the page.
        files: how many.
        records: how many each has.
        seconds: the goal.
        memory: the goal, in MB.
    """

    name: str
    files: int
    records: int
    seconds: float
    memory: int


TREES = (
    Tree("100 files of 10 records", 100, 10, 1, 150),
    Tree("45,000 records in 345 files", 345, 131, 6, 150),
    Tree("one CSV file of 200,000 records", 1, 200_000, 0, 200),
)


def make_rows(file: int, count: int) -> list[dict[str, str]]:
    """Return people: a third at a reserved domain, as a file of samples has them, none with a tag."""
    rows = []
    for number in range(count):
        name = f"Moor{file}x{number}"
        domain = "example.com" if number % 3 == 0 else "acme.co"
        values = (f"{file}-{number}", f"Ann{number}", name, f"a.{name}@{domain}", f"617-489-{number % 10_000:04}")
        rows.append(dict(zip(FIELDS, (*values, f"{number} Main Street", "Utrecht", "NL"), strict=True)))
    return rows


def write_csv(path: Path, rows: list[dict[str, str]]) -> None:
    """Write a CSV file."""
    lines = [",".join(FIELDS), *(",".join(row.values()) for row in rows)]
    path.with_suffix(".csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_tree_file(path: Path, rows: list[dict[str, str]]) -> None:
    """Write an sObject tree."""
    records = [{"attributes": {"type": "Contact", "referenceId": f"C{n}"}, **row} for n, row in enumerate(rows)]
    path.with_suffix(".json").write_text(json.dumps({"records": records}, indent=2), encoding="utf-8")


def write_dump(path: Path, rows: list[dict[str, str]]) -> None:
    """Write a dump of SQLite."""
    columns = ", ".join(f'"{name}" VARCHAR(255)' for name in FIELDS)
    lines = ["BEGIN TRANSACTION;", f'CREATE TABLE "Contact" (id INTEGER NOT NULL, {columns}, PRIMARY KEY (id));']
    for number, row in enumerate(rows):
        lines.append(f'INSERT INTO "Contact" VALUES({number},{",".join(repr(value) for value in row.values())});')
    path.with_suffix(".sql").write_text("\n".join([*lines, "COMMIT;"]) + "\n", encoding="utf-8")


WRITERS: tuple[Callable[[Path, list[dict[str, str]]], None], ...] = (write_csv, write_tree_file, write_dump)


def write_repository(tree: Tree, directory: Path) -> None:
    """Write a tree: by turns CSV files, sObject trees and dumps."""
    (directory / ".git").mkdir()
    for number in range(tree.files):
        WRITERS[number % len(WRITERS)](directory / f"Contact_{number}", make_rows(number, tree.records))


def measure(directory: Path) -> tuple[float, float, int]:
    """Return the seconds, those of CPU, and the MB of a run, in which everything is bound for production."""
    command = [sys.executable, "-c", SCRIPT, "gate", str(directory), "--production", "**"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    seconds = time.perf_counter() - start
    code, memory, busy = ended.stderr.split()[-3:]
    if code != "1" or "SD001" not in ended.stdout:
        raise SystemExit(f"The gate found nothing: {ended.stdout[-500:]}{ended.stderr[-500:]}")
    return seconds, float(busy), int(memory)


def main() -> None:
    """Measure each tree in turns, and write the best."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gate")
    parser.add_argument("--turns", type=int, default=5)
    turns = parser.parse_args().turns
    lines = []
    for tree in TREES:
        with tempfile.TemporaryDirectory() as name:
            write_repository(tree, Path(name))
            measured = [measure(Path(name)) for _ in range(turns)]
        seconds, busy = min(run[0] for run in measured), min(run[1] for run in measured)
        memory = max(run[2] for run in measured)
        goal = (f"{tree.seconds:g} s", f"{busy / tree.seconds:.2f}") if tree.seconds else ("-", "-")
        parts = (f"{seconds:.2f} s", f"{busy:.2f} s", *goal, f"{memory} MB", f"{tree.memory} MB")
        lines.append(f"| {tree.name} | {' | '.join(parts)} | {memory / tree.memory:.2f} |")
        print(lines[-1])
    RESULTS.write_text(
        f"""# The gate

`python -m benchmarks.gate` writes this page. Files are by turns CSV, sObject trees and dumps of SQLite, with eight fields a
record, and all of them are bound for production. Times are the best of {turns} runs, from the start of the process to its end.
CPU is the part in which the process ran; the {os.cpu_count()} cores had other work, so the ratio to the goal is that of CPU.
Memory is the most that it had. A ratio below 1 meets the goal.

| | time | CPU | goal | ratio | memory | goal | ratio |
|---|--:|--:|--:|--:|--:|--:|--:|
"""
        + "\n".join(lines)
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
