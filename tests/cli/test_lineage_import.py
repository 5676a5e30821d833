"""`lineage import` makes tables of events, which the policy names: completeness and the graph are judged by them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.project import GOOD, Project, Said
from tests.evidence.recorder.ledger_reading import read_records
from tests.runner.lineage.events import make_dataset, make_event, write_lines

TABLES = """
  sync_run:
    role: sync_runs
    parquet: lake/lineage/runs.parquet
    columns: {key: run_id, status: status, target: target, ended_at: ended_at, rows: rows}
  step:
    role: lineage
    parquet: lake/lineage/steps.parquet
    columns: {key: step_key, step: step, job: job, direction: direction, dataset: dataset}
    references: {registry: {table: dataset}, approvals: {table: approval}}
    expectations:
      expect_synthetic_datasets_to_not_reach_regulated_decisions: {regulated_decisions: [airflow/score]}
  dataset:
    role: registry
    parquet: lake/dataset/*.parquet
    marker: {column: kind, synthetic: [synthetic], real: [real]}
    columns: {key: id, generator: generator}
  approval:
    role: step_approvals
    parquet: lake/approval/*.parquet
    columns: {key: job, approver: by, approved_at: at}
"""
EVENTS = [
    make_event("START", "r1", "make"),
    make_event("COMPLETE", "r1", "make", "2026-10-20T01:00:00Z", outputs=[make_dataset("s3://lake contact", 3)]),
    make_event("COMPLETE", "r0", "make", "2026-10-19T01:00:00Z", outputs=[make_dataset("s3://lake contact", 99)]),
    make_event("FAIL", "r2", "make", "2026-10-21T01:00:00Z", outputs=[make_dataset("s3://lake contact", 7)]),
    make_event("COMPLETE", "r3", "review", inputs=[make_dataset("s3://lake contact")], outputs=[make_dataset("s3://lake b")]),
    make_event("COMPLETE", "r4", "score", inputs=[make_dataset("s3a://LAKE /b/")]),
]  # fmt: skip


def run(project: Project) -> tuple[Any, dict[str, Any]]:
    """What a run recorded of contacts, and its report by table."""
    document = project.run("--output", "json").json()
    [contact] = [reading for reading in read_records(Path("evidence"))[-1].inputs if reading.table == "contact"]
    return contact, {table["table"]: table for table in document["tables"]}


def test_rows_and_the_graph_of_a_run(project: Project) -> None:
    project.policy.write_text(project.policy.read_text() + TABLES)
    project.edit(
        "      real: {table: customer}\n", "      real: {table: customer}\n      sync_runs: {table: sync_run}\n"
    )
    files = "    parquet: lake/contact/*.parquet\n"
    project.edit(files, f"{files}    complete: {{rows_from: sync_runs.rows, target: s3://lake/contact}}\n")
    project.table("dataset", [{"id": "ds-1", "kind": "synthetic", "generator": "airflow/make"}])
    project.table("approval", [{"job": "airflow/review", "by": "board@firm.example", "at": "2026-10-01"}])
    events = write_lines(project.root / "events.jsonl", *EVENTS)
    said = project.cli("lineage", "import", str(events), "--out", "lake/lineage")
    assert (said.code, said.out.splitlines()[0]) == (0, "6 events and entities: 5 runs, 3 steps, 2 datasets.")
    project.compile()
    contact, tables = run(project)
    assert (contact.source_rows, contact.reconciled, contact.source_rows_from) == (3, "yes", "sync_runs.rows")
    assert (tables["step"]["verdict"], tables["step"]["expectations"][0]["element_count"]) == ("passed", 4)

    project.table("approval", [{"job": "airflow/review", "by": "board@firm.example", "at": "2026-12-01"}])
    project.table("contact", [GOOD])
    contact, tables = run(project)
    assert (contact.reconciled, contact.difference) == ("no", -2)
    [expectation] = tables["step"]["expectations"]
    assert (tables["step"]["verdict"], expectation["unexpected_count"]) == ("failed", 1)
    [key] = expectation["sample"]["values"]
    assert key.startswith("airflow/score #")
    assert key.endswith(" reads s3://lake/b")


def test_nothing_is_written_of_half_a_lineage(project: Project, cli: Callable[..., Said], tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    write_lines(events, *EVENTS).open("a").write('{"run": \n')
    said = cli("lineage", "import", str(events), "--out", "out")
    assert (said.code, said.out) == (2, "")
    assert "NOT READ  events.jsonl: it is not valid JSON at line 7" in said.err
    assert not (tmp_path / "out").exists()
    assert cli("lineage", "import", str(events), "--out", "out", "--skip-unreadable").code == 0
    assert (tmp_path / "out" / "steps.parquet").exists()
    (tmp_path / "empty.json").write_text("[]")
    assert cli("lineage", "import", "empty.json", "--out", "out").code == 2
