"""What the gate costs: it imports no large package, and reads within bounds of time and memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
SCRIPT = """
import resource, sys, time
sys.argv = ["synth-expectations", "gate", sys.argv[1], "--production", "**"]
from synth_expectations.cli import entry
try:
    entry()
except SystemExit as ended:
    print("exit", ended.code)
print("heavy", *[name for name in {heavy!r} if name in sys.modules])
print("cpu", time.process_time())
print("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_forty_five_thousand_records_in_a_fresh_process(tmp_path: Path) -> None:
    """The limits are those of a busy machine, in seconds of CPU: 6 s and 150 MB for reading, 1 s for the start."""
    for number in range(100):
        rows = "".join(
            f"{number}-{row},Ann{row},Moor{row},a.moor{row}@acme.co,617-489-{row:04},Utrecht,NL,2026-01-01\n"
            for row in range(450)
        )
        header = "External_Id__c,FirstName,LastName,Email,Phone,MailingCity,MailingCountry,CreatedDate\n"
        (tmp_path / f"Contact_{number}.csv").write_text(header + rows, encoding="utf-8")
    script = SCRIPT.format(heavy=HEAVY)
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False)
    printed = dict(line.partition(" ")[::2] for line in ended.stdout.splitlines())
    assert (printed["exit"], printed["heavy"], ended.stderr) == ("0", "", "")
    assert "100 files and 45,000 records read" in ended.stdout
    assert float(printed["cpu"]) < 6
    assert int(printed["memory"]) < 150
