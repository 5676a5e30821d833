"""What the gate costs: it imports no large package, and reads within bounds of time and memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "great_expectations",
    "duckdb",
    "pandas",
    "numpy",
    "pydantic",
    "sqlalchemy",
    "sqlglot",
    "typer",
    "rich",
    "pyarrow",
)
# VmHWM begins with the program; what getrusage says begins with the process of the tests that started it.
SCRIPT = """
import sys, time
sys.argv = ["synth-expectations", "gate", sys.argv[1], "--production", "**"]
from synth_expectations.cli import entry
try:
    entry()
except SystemExit as ended:
    print("exit", ended.code)
print("heavy", *[name for name in {heavy!r} if name in sys.modules])
print("cpu", time.process_time())
high = [line.split() for line in open("/proc/self/status") if line.startswith("VmHWM")]
print("memory", int(high[0][1]) // 1024)
"""


def _run(tmp_path: Path, rows_each: int) -> tuple[dict[str, str], str]:
    header = "External_Id__c,FirstName,LastName,Email,Phone,MailingCity,MailingCountry,CreatedDate\n"
    for number in range(100):
        rows = "".join(
            f"{number}-{row},Ann{row},Moor{row},a.moor{row}@acme.co,617-489-{row:04},Utrecht,NL,2026-01-01\n"
            for row in range(rows_each)
        )
        (tmp_path / f"Contact_{number}.csv").write_text(header + rows, encoding="utf-8")
    script = SCRIPT.format(heavy=HEAVY)
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False)
    printed = dict(line.partition(" ")[::2] for line in ended.stdout.splitlines())
    assert (printed["exit"], printed["heavy"], ended.stderr) == ("0", "", "")
    assert f"100 files and {rows_each * 100:,} records read" in ended.stdout
    return printed, ended.stdout


def test_a_hundred_files_in_a_fresh_process(tmp_path: Path) -> None:
    """The limit is one second from start to end; CPU is measured, as the machine may be busy."""
    printed, _ = _run(tmp_path, 10)
    assert float(printed["cpu"]) < 1
    assert int(printed["memory"]) < 100


@pytest.mark.full
def test_forty_five_thousand_records_in_a_fresh_process(tmp_path: Path) -> None:
    printed, _ = _run(tmp_path, 450)
    assert float(printed["cpu"]) < 6
    assert int(printed["memory"]) < 150
