"""Write runs as tables of Parquet: one of runs, for `sync_runs`, and one of steps, which is the graph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from synth_expectations.engine.atomic_file import replaced_file
from synth_expectations.runner.lineage.model import LineageRun

RUNS, STEPS = "runs.parquet", "steps.parquet"

READS, WRITES = "reads", "writes"
"""The directions of a step."""

_TIME = pa.timestamp("us", "UTC")
_RUNS = pa.schema(
    {
        "run_id": pa.string(),
        "job": pa.string(),
        "target": pa.string(),
        "status": pa.string(),
        "started_at": _TIME,
        "ended_at": _TIME,
        "rows": pa.int64(),
        "told_by": pa.string(),
    }
)
_STEPS = pa.schema(
    {
        "step_key": pa.string(),
        "step": pa.string(),
        "job": pa.string(),
        "direction": pa.string(),
        "dataset": pa.string(),
        "runs": pa.int64(),
        "last_run_id": pa.string(),
        "last_status": pa.string(),
        "last_at": _TIME,
        "told_by": pa.string(),
    }
)


@dataclass(frozen=True)
class WrittenLineage:
    """What was written.

    Attributes:
        runs: how many runs there are.
        steps: how many different steps: a job with the datasets that one of its runs read and wrote.
        datasets: how many datasets.
    """

    runs: int
    steps: int
    datasets: int


@dataclass
class _Step:
    """All runs of a job that read and wrote the same datasets."""

    last: LineageRun
    runs: int = 0


def write_tables(runs: Iterable[LineageRun], directory: Path) -> WrittenLineage:
    """Write both tables, each whole or not at all: the same runs give the same rows in the same order.

    A run that failed is a step like any other, because it may have written before it failed.

    Args:
        runs: sorted.
        directory: made if it is not there.

    Raises:
        OSError: it cannot be written.
    """
    rows: list[tuple[object, ...]] = []
    steps: dict[tuple[str, tuple[str, ...], tuple[str, ...]], _Step] = {}
    told = 0
    for run in runs:
        told += 1
        if run.run_id is not None:  # a job that was only described has no run, and its step is what is known of it
            about = run.run_id, run.job
            end = str(run.status), run.started_at, run.ended_at
            targets: list[tuple[str | None, int | None]] = [*sorted(run.outputs.items())]
            rows += [(*about, target, *end, count, run.source) for target, count in targets or [(None, None)]]
        shape = run.job, tuple(sorted(run.inputs)), tuple(sorted(run.outputs))
        step = steps.setdefault(shape, _Step(run))
        step.runs += 1
        if _order(run) > _order(step.last):
            step.last = run
    edges = [edge for shape, step in sorted(steps.items()) for edge in _list_edges(*shape, step)]
    _write(directory / RUNS, _RUNS, rows)
    _write(directory / STEPS, _STEPS, edges)
    return WrittenLineage(told, len(steps), len({edge[4] for edge in edges}))


def _order(run: LineageRun) -> tuple[float, str]:
    at = run.ended_at or run.started_at
    return (at.timestamp() if at else float("-inf"), run.run_id or "")


def _list_edges(
    job: str, inputs: tuple[str, ...], outputs: tuple[str, ...], step: _Step
) -> Iterable[tuple[object, ...]]:
    """Yield what a step reads, then what it writes; its name is that of the job, with a digest of its datasets."""
    shape = "\x1f".join([job, "", *inputs, "", *outputs])
    name = f"{job} #{hashlib.sha256(shape.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    at: datetime | None = step.last.ended_at or step.last.started_at
    about = step.runs, step.last.run_id, str(step.last.status), at, step.last.source
    for direction, datasets in ((READS, inputs), (WRITES, outputs)):
        for dataset in datasets:
            yield (f"{name} {direction} {dataset}", name, job, direction, dataset, *about)


def _write(path: Path, schema: pa.Schema, rows: list[tuple[object, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
    with replaced_file(path) as temporary:
        pq.write_table(pa.Table.from_arrays(arrays, schema=schema), temporary, compression="zstd")
