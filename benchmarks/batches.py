"""Measure what a nightly run reads of a table: one day for the scope *batch*, and everything for the scope *table*.

`python -m benchmarks.batches` prints the figures and writes them into docs/batches.md, between the marks.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.data import AS_OF, make
from benchmarks.many_tables import HEAD
from benchmarks.scans import Scan, record_scans
from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.report.model import TableReport
from synth_expectations.rules.verdict import Verdict

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "batches.md"
MARKS = ("<!-- measured -->\n", "<!-- end of measured -->\n")
DAYS = 30
DAY = "2026-10-17"

TABLES = """\
  partitioned:
    {role: mixed, profile: crm, parquet: lake/partitioned/extract_date=*/*.parquet, batch: {by: day, column: extract_date}}
  plain:
    {role: mixed, profile: crm, parquet: lake/plain/*.parquet, batch: {by: day, column: loaded_on}}
checkpoints:
  nightly: {tables: all}
"""


@dataclass(frozen=True)
class Read:
    """What a run read of a table for one scope."""

    report: TableReport
    scanned: tuple[Scan, ...]

    def line(self) -> str:
        """Return a row of the Markdown table."""
        report = self.report
        scope = f"the day {report.batch}" if report.scope == "batch" else "whole table"
        sums = [
            sum(getattr(scan, figure) for scan in self.scanned) for figure in ("files", "row_groups", "rows", "bytes")
        ]
        files, groups, rows, size = sums
        counted = f"{len(self.scanned)} | {files:,} | {groups:,} | {rows:,} | {size / 1e6:.2f} MB"
        return f"| {report.table} | {scope} | {len(report.expectations)} | {counted} |"


def main() -> None:
    """Write the extracts, run the checkpoint, and print what was read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batches")
    parser.add_argument("--rows", type=int, default=600_000)
    options = parser.parse_args()
    reads = measure(ROOT / "build" / "batches", options.rows)
    lines = [
        f"{options.rows:,} contacts of {DAYS} days, `run nightly --batch {DAY}`, DuckDB {duckdb.__version__}:",
        "",
        "| table | checked | expectations | queries | files read | row groups | rows scanned | bytes read |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
        *[read.line() for read in reads],
    ]
    text = "\n".join([*lines, ""])
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARKS[0])
    PAGE.write_text(before + MARKS[0] + "\n" + text + "\n" + MARKS[1] + rest.partition(MARKS[1])[2], encoding="utf-8")
    print(text)


def measure(directory: Path, rows: int) -> list[Read]:
    """Return what a run of one day reads of each table, by scope.

    Args:
        directory: the directory for the project and its extracts; its content is replaced.
        rows: the number of rows per table.
    """
    from synth_expectations.cli.run import parse_timestamp
    from synth_expectations.runner import Options, run

    shutil.rmtree(directory, ignore_errors=True)
    _extracts(directory, rows)
    root = directory / "great_expectations"
    root.mkdir(parents=True)
    (root / "policy.yml").write_text(HEAD + TABLES, encoding="utf-8")
    compile_policy(root / "policy.yml").write()
    reads: list[Read] = []
    with record_scans() as sent:

        def on_table(report: TableReport) -> None:
            reads.append(Read(report, tuple(sent)))
            sent.clear()

        report = run("nightly", root, Options(batch=DAY, as_of=parse_timestamp(AS_OF)), on_table)
    assert report.verdict is Verdict.PASSED, report.format_message()
    return reads


def _extracts(directory: Path, rows: int) -> None:
    """Write the same contacts twice: in Hive partitions by day, and in one file that is sorted by a date column."""
    make(directory / "made", rows, bad=False)
    for name in ("partitioned", "plain"):
        (directory / "lake" / name).mkdir(parents=True)
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    day = f"DATE '2026-10-01' + (substr(\"Id\", 4)::BIGINT % {DAYS})::INTEGER"
    source = f"SELECT *, {day} AS day FROM read_parquet('{directory}/made/*.parquet')"
    connection.execute(
        f"COPY (SELECT * RENAME (day AS extract_date) FROM ({source}))"
        f" TO '{directory}/lake/partitioned' (FORMAT parquet, PARTITION_BY (extract_date), OVERWRITE_OR_IGNORE)"
    )
    connection.execute(
        f"COPY (SELECT * RENAME (day AS loaded_on) FROM ({source}) ORDER BY day)"
        f" TO '{directory}/lake/plain/contacts.parquet' (FORMAT parquet, ROW_GROUP_SIZE 10000)"
    )


if __name__ == "__main__":
    main()
