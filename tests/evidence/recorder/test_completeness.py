"""The rows of a table are held against those of its source, and who cannot be asked is named."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.cli.project import Project
from tests.evidence.recorder.ledger_reading import read_records

LEDGER = Path("evidence")
FILES = "    parquet: lake/send/*.parquet\n"
RUNS = """\
  sync_run:
    role: sync_runs
    parquet: lake/sync_run/*.parquet
    columns: {key: RunId, status: Status, target: Target, ended_at: EndedAt, rows: Rows}
"""


def ask(project: Project, rows_from: str, more: str = "") -> None:
    project.edit(FILES, f"{FILES}    complete: {{{rows_from}}}\n{more}")
    project.compile()


def run(project: Project) -> tuple[dict[str, Any], Any]:
    document = project.run("--output", "json").json()
    [send] = [reading for reading in read_records(LEDGER)[-1].inputs if reading.table == "send"]
    return document, send


def test_a_manifest_that_agrees(project: Project) -> None:
    Path("lake/manifest.csv").write_text(
        "\ufefftable,rows,as_of\nsend,7,2026-10-01\nsend,1,2026-10-30\nsend,9,2026-12-01\n"
    )
    ask(project, "rows_from: {manifest: lake/manifest.csv}")
    document, send = run(project)
    assert document["exit_code"] == 0
    assert (send.source_rows, send.reconciled, send.difference) == (1, "yes", 0)
    assert send.source_rows_from == "lake/manifest.csv as of 2026-10-30"
    [customer] = [reading for reading in read_records(LEDGER)[0].inputs if reading.table == "customer"][:1]
    assert (customer.source_rows, customer.reconciled) == (None, "not shown")


def test_a_manifest_that_differs_is_no_support(project: Project) -> None:
    Path("rows.json").write_text(json.dumps([{"table": "Send", "rows": 3}]))
    ask(project, "rows_from: {manifest: ../rows.json, table: Send}, tolerance: 1")
    document, send = run(project)
    clause = "2 rows missing: its source has 3 (../rows.json)"
    assert (send.source_rows, send.reconciled, send.difference) == (3, "no", -2)
    assert f"send: {clause}." in document["notes"]
    record = read_records(LEDGER)[-1]
    items = [item for result in record.results if result.table == "send" for item in result.evidence]
    assert items
    assert "supports" not in {str(item.status) for item in items}
    assert any(f"unreconciled: {clause}" in item.why for item in items)


def test_the_directory_of_a_manifest_is_not_recorded(project: Project, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("table,rows\nsend,1\n")
    ask(project, f"rows_from: {{manifest: {tmp_path}/rows.csv}}")
    _, send = run(project)
    assert (send.reconciled, send.source_rows_from) == ("yes", "…/rows.csv")


def test_a_difference_within_the_tolerance(project: Project) -> None:
    Path("rows.json").write_text(json.dumps([{"table": "send", "rows": 2}]))
    ask(project, "rows_from: {manifest: ../rows.json}, tolerance: 1")
    _, send = run(project)
    assert (send.reconciled, send.difference) == ("yes", -1)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "lake/manifest.csv cannot be read: No such file or directory."),
        (b"\xff\xfe\x00", "lake/manifest.csv is not text in UTF-8."),
        (b"name,count\nsend,1\n", "lake/manifest.csv has no columns table and rows."),
        (b"table,rows\nsent,1\n", "lake/manifest.csv has no table send. Did you mean sent?"),
        (b"table,rows\nsend,1\nsend,2\n", "lake/manifest.csv has send 2 times."),
        (b"table,rows\nsend,many\n", "lake/manifest.csv: rows of send is not a number of rows."),
        (b"table,rows\nsend,1_0\n", "lake/manifest.csv: rows of send is not a number of rows."),
        (b"table,rows\nsend,99999999999999999999\n", "lake/manifest.csv: rows of send is not a number of rows."),
        (b"table,rows,rows\nsend,9,1\n", "lake/manifest.csv has the column rows twice."),
        (b"table,rows,as_of\nsend,1,soon\n", "lake/manifest.csv: an as_of is not a time."),
        (b"table,rows,as_of\nsend,1,2027-01-01\n", "has no row count for send up to the run's as_of."),
    ],
)
def test_a_manifest_that_cannot_be_used_errs(project: Project, content: bytes | None, reason: str) -> None:
    if content is not None:
        Path("lake/manifest.csv").write_bytes(content)
    ask(project, "rows_from: {manifest: lake/manifest.csv}")
    document, send = run(project)
    assert document["exit_code"] == 2
    assert reason in document["error"]["message"]
    assert (send.read, send.source_rows, send.reconciled) == (True, None, "not shown")


def test_the_last_run_of_a_synchronisation(project: Project) -> None:
    days = [datetime(2026, 10, day, tzinfo=UTC) for day in (1, 20, 25, 30)] + [datetime(2026, 12, 1, tzinfo=UTC)]
    project.arrow(
        "sync_run",
        pa.table(
            {
                "RunId": ["r1", "r2", "r3", "r4", "r5"],
                "Status": ["succeeded", "Succeeded ", "failed", "succeeded", "succeeded"],
                "Target": ["Send", "Send", "Send", "Lead", "Send"],
                "EndedAt": pa.array(days),
                "Rows": [7, 1, 5, 6, 8],
            }
        ),
    )
    project.policy.write_text(project.policy.read_text() + RUNS)
    ask(project, "rows_from: sync_runs.rows, target: Send", "    references: {sync_runs: {table: sync_run}}\n")
    _, send = run(project)
    assert (send.source_rows, send.source_rows_from, send.reconciled) == (1, "sync_runs.rows", "yes")
    project.edit("target: Send}", "target: Account}")
    project.compile()
    document, send = run(project)
    assert (document["exit_code"], send.reconciled) == (2, "not shown")
    assert "sync_run has no run of Account that ended by 2026-11-01 00:00 UTC." in document["error"]["message"]


def test_last_runs_that_disagree_tell_nothing(project: Project) -> None:
    ended = pa.array([datetime(2026, 10, 20, tzinfo=UTC)] * 2)
    runs = {
        "RunId": ["r1", "r2"],
        "Status": ["succeeded"] * 2,
        "Target": ["Send"] * 2,
        "EndedAt": ended,
        "Rows": [1, 2],
    }
    project.arrow("sync_run", pa.table(runs))
    project.policy.write_text(project.policy.read_text() + RUNS)
    ask(project, "rows_from: sync_runs.rows", "    references: {sync_runs: {table: sync_run}}\n")
    document, send = run(project)
    assert (document["exit_code"], send.reconciled) == (2, "not shown")
    assert "sync_run has 2 last runs that ended at the same time" in document["error"]["message"]


def test_a_reference_that_is_not_there_is_refused(project: Project) -> None:
    project.edit(
        FILES,
        FILES + "    complete: {rows_from: sync_runs.rows}\n",
    )
    said = project.cli("compile")
    assert said.code == 2
    assert "send: complete.rows_from is sync_runs.rows, and the table has no such reference." in " ".join(
        said.err.split()
    )
