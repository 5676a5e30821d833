"""Events and exports become the same tables whatever their order; what cannot be read is never left out in silence."""

from __future__ import annotations

import io
import json
import random
import tracemalloc
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from synth_expectations.errors import SynthError
from synth_expectations.runner.lineage.files import read_lineage
from synth_expectations.runner.lineage.run_log import RunLog
from synth_expectations.runner.lineage.tables import RUNS, STEPS, write_tables
from tests.damaged_zips import DAMAGES
from tests.runner.lineage.events import make_dataset, make_event, make_process, make_table, write_export, write_lines

EVENTS = [
    make_event("START", "R1", "make", "2026-11-19T00:00:00Z"),
    make_event("COMPLETE", "r1", "make", "2026-11-19T02:00:00+01:00", outputs=[make_dataset("S3A://Lake /made/", 5)]),
    make_event("START", "r2", at="2026-11-20T00:00:00", inputs=[make_dataset("s3://lake made")]),
    make_event(
        "COMPLETE", "r2", at="2026-11-20T01:00:00Z", outputs=[make_dataset("postgresql://u:geheim@DB:5432 crm.d", 3)]
    ),
    make_event("START", "r3", inputs=[make_dataset("s3://lake made")]),
    make_event("FAIL", "r4", at="2026-11-21T00:00:00Z"),
    make_event("COMPLETE", "r4", at="2026-11-20T00:00:00Z"),
    make_event("ABORT", "r5"),
]


def read_tables(log: RunLog, directory: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    write_tables(log.runs(), directory)
    return pq.read_table(directory / RUNS).to_pylist(), pq.read_table(directory / STEPS).to_pylist()


def test_events_in_any_order_and_doubled_are_the_same_runs(tmp_path: Path) -> None:
    shuffled = EVENTS * 3
    random.Random(1).shuffle(shuffled)
    logs = [read_lineage([write_lines(tmp_path / name, *events)]) for name, events in (("a", EVENTS), ("b", shuffled))]
    (runs, steps), again = (read_tables(log, tmp_path / str(number)) for number, log in enumerate(logs))
    assert (runs, steps) == again
    assert (tmp_path / "0" / STEPS).read_bytes() == (tmp_path / "1" / STEPS).read_bytes()
    assert [(run["run_id"], run["target"], run["status"], run["rows"]) for run in runs] == [
        ("r1", "s3://lake/made", "succeeded", 5),
        ("r2", "postgres://db/crm.d", "succeeded", 3),
        ("r3", None, "unfinished", None),
        ("r4", None, "failed", None),
        ("r5", None, "aborted", None),
    ]
    assert runs[0]["ended_at"] == datetime(2026, 11, 19, 1, tzinfo=UTC)
    assert [(step["job"], step["direction"], step["dataset"]) for step in steps] == [
        ("airflow/make", "writes", "s3://lake/made"),
        ("airflow/score", "reads", "s3://lake/made"),
        ("airflow/score", "reads", "s3://lake/made"),
        ("airflow/score", "writes", "postgres://db/crm.d"),
    ]
    assert len({step["step_key"] for step in steps}) == 4
    assert "geheim" not in str((runs, steps))
    assert logs[0].notes["times have no zone, and were read as UTC"] == 1


def test_what_is_odd_is_read_and_noted(tmp_path: Path) -> None:
    odd = [
        make_event("complete", "a", outputs=[make_dataset("s3://lake x", float("nan"))], schemaURL=None),
        make_event("COMPLETE", "b", outputs=[make_dataset("s3://lake x", -1)], schemaURL="https://x/spec/9-0-0/O.json"),
        make_event(
            "COMPLETE",
            "c",
            at="yesterday",
            outputs=[make_dataset("s3://lake x", True), make_dataset("s3://lake y", 2.0)],
        ),
        make_event("DONE", "d", at=""),
        make_event("COMPLETE", "e", at="2026-11-20T00:00:00.123456789Z"),
        make_event("COMPLETE", "f", at="9999-12-31T23:59:59-14:00"),
    ]
    del odd[3]["eventType"]
    symlinks = {"identifiers": [{"namespace": "hive://meta", "name": "db.x", "type": "TABLE"}]}
    odd.append({k: v for k, v in make_event("", "", "described").items() if k not in ("run", "eventType")})
    odd[-1]["inputs"] = [make_dataset("hive://meta db.x")]
    odd.append(
        {
            "eventTime": "2026-11-20T00:00:00Z",
            "producer": "x",
            "dataset": make_dataset("s3://lake x", symlinks=symlinks),
        }
    )
    log = read_lineage([write_lines(tmp_path / "odd.jsonl", *odd)])
    assert log.problems == []
    runs, steps = read_tables(log, tmp_path)
    assert {(run["run_id"], run["target"]): run["rows"] for run in runs} == {
        ("a", "hive://meta/db.x"): None, ("b", "hive://meta/db.x"): None, ("c", "hive://meta/db.x"): None,
        ("c", "s3://lake/y"): 2, ("d", None): None, ("e", None): None, ("f", None): None,
    }  # fmt: skip
    assert {run["run_id"]: run["status"] for run in runs}["d"] == "unfinished"
    assert [step["dataset"] for step in steps if step["job"] == "airflow/described"] == ["hive://meta/db.x"]
    assert log.notes == {
        "events name no version of OpenLineage's schema": 2,
        "events are of version 9 of OpenLineage's schema, and were read as version 2": 1,
        "numbers of rows are no whole numbers from 0 on, and were left out": 3,
        "events have no eventType that OpenLineage knows: they are not the end of a run": 1,
        "events have no eventTime": 1,
        "times are not in ISO 8601, and were left out": 2,
    }


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "x.json is empty"),
        (b"\x00\x00\x00", "x.json: it is not valid JSON at line 1"),
        (b'{"run": ', "x.json: it is not valid JSON at line 1"),
        (b"[" * 100_000, "x.json"),
        (b'"text"', "x.json, line 1: it is neither"),
        (b'{"a": 1}\n[2]', "x.json, line 1: it is neither"),
        (json.dumps(make_event("START", "")).encode(), "x.json, line 1: its run has no runId"),
        (json.dumps(make_event("START", "a", "")).encode(), "x.json, line 1: its job has no name"),
        (json.dumps(make_event("START", "a", inputs=[{}])).encode(), "x.json, line 1: one of its datasets has no name"),
        (json.dumps(make_event("START", "a", inputs={})).encode(), "x.json, line 1: its inputs are not a list"),
        (json.dumps(make_event("START", "a", "x")).replace("x", "\u00e9").encode("latin-1"), "not text in UTF-8"),
        (b"PK\x03\x04 and so on", "x.json is not a zip that can be read"),
        (json.dumps(make_process("p", [], [], attributes={"inputs": {}})).encode(), "the inputs of p are not a list"),
        (json.dumps(make_process("p", [], [], attributes={"outputs": ["2"]})).encode(), "one of the outputs of p has neither"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_problem(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / "x.json").write_bytes(content)
    log = read_lineage([tmp_path / "x.json"])
    assert len(log.problems) >= 1
    assert problem in log.problems[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_may_be_pretty_and_begin_with_a_mark(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "x.json").write_text(json.dumps(EVENTS[:2], indent=2), encoding=encoding)
    log = read_lineage([tmp_path])
    assert (log.problems, log.events) == ([], 2)


def test_an_export_of_atlas(tmp_path: Path) -> None:
    tables = [make_table("1", "crm.made@prod"), make_table("2", "crm.features@prod")]
    deleted = make_process("p2", ["2"], ["unknown"], status="DELETED", classifications=None)
    path = write_export(tmp_path / "export.zip", make_process("p1", ["1"], ["2"]), deleted, *tables)
    log = read_lineage([path])
    assert log.problems == []
    runs, steps = read_tables(log, tmp_path)
    assert [(step["job"], step["direction"], step["dataset"]) for step in steps] == [
        ("process.p1@prod", "reads", "crm.made@prod"),
        ("process.p1@prod", "writes", "crm.features@prod"),
        ("process.p2@prod", "reads", "crm.features@prod"),
        ("process.p2@prod", "writes", "unknown"),
    ]
    assert {run["status"] for run in runs} == {"described"}
    assert len(log.notes) == 2


def test_all_that_is_told_of_a_process_counts(tmp_path: Path) -> None:
    related = {"inputs": [{"guid": "1"}, {"guid": "3"}], "outputs": None}
    told = [make_process("p", ["1"], ["2"], relationshipAttributes=related), make_process("p", ["4"], ["2"])]
    write_lines(tmp_path / "a.json", {"entities": {str(number): entity for number, entity in enumerate(told)}})
    log = read_lineage([tmp_path / "a.json"])
    assert log.problems == []
    _, steps = read_tables(log, tmp_path)
    assert [step["dataset"] for step in steps] == ["1", "3", "4", "2"]


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_zip_that_was_altered_is_a_problem(tmp_path: Path, packing: int) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr("a.json", random.Random(1).randbytes(4_000).hex())
    content = bytearray(path.read_bytes())
    content[100:140] = bytes(40)
    path.write_bytes(content)
    log = read_lineage([path])
    assert any("read: " in problem for problem in log.problems), log.problems
    assert "None" not in str(log.problems)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_zip_is_a_problem(tmp_path: Path, damage: str) -> None:
    path, written = tmp_path / "a.zip", io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a.json", "{}")
    path.write_bytes(DAMAGES[damage](written.getvalue()))
    log = read_lineage([path])
    assert log.problems
    assert "None" not in str(log.problems)


def test_a_zip_that_explodes_is_not_read_on(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.json", "w") as entry:
        for _ in range(40):
            entry.write(b" " * (1 << 20))
    tracemalloc.start()
    try:
        log = read_lineage([path])
        assert tracemalloc.get_traced_memory()[1] < 50 << 20
    finally:
        tracemalloc.stop()
    assert log.problems == ["bomb.zip unpacks to far more than it holds, and was not read on"]


def test_a_large_file_does_not_fill_the_memory(tmp_path: Path) -> None:
    event = json.dumps(make_event("COMPLETE", "r", outputs=[make_dataset("s3://lake x", 1)]) | {"pad": "x" * 10_000})
    with (tmp_path / "large.jsonl").open("w") as file:
        for _ in range(3_000):
            file.write(event + "\n")
    tracemalloc.start()
    try:
        assert read_lineage([tmp_path]).events == 3_000
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(SynthError, match="has no file of lineage"):
        read_lineage([tmp_path])
    with pytest.raises(SynthError, match="There is no"):
        read_lineage([tmp_path / "gone.json"])
    (tmp_path / "dangling.json").symlink_to("nowhere")
    assert read_lineage([tmp_path]).problems == ["dangling.json cannot be read: No such file or directory"]
    (tmp_path / "other").symlink_to("..")
    assert "other is a link to a directory, which is not followed" in read_lineage([tmp_path]).problems[0]


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", *EVENTS)
    assert read_lineage([path, tmp_path, path]).events == len(EVENTS)
