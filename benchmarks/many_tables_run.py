"""Run the project of many tables once in this process, and print the time it took as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.data import AS_OF


def main() -> None:
    """Run the checkpoint with workers, or let Great Expectations run it if there are none."""
    from synth_expectations.cli.startup import prepare

    root, workers = Path(sys.argv[1]), int(sys.argv[2])
    if workers:
        prepare()  # as the command line does

    from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
    from synth_expectations.gx.data_docs.action import DocsAction

    queries, docs = _Timed(SqlAdapter, "_rows"), _Timed(DocsAction, "run")
    start, began = time.perf_counter(), time.thread_time()
    figures = _ours(root, workers) if workers else _by_great_expectations(root)
    figures |= {
        "wall": time.perf_counter() - start,
        "queries": queries.wall,
        "outside": time.thread_time() - began - queries.cpu,
        "docs": docs.cpu,
        "result_bytes": _bytes(root / "uncommitted" / "validations"),
        "docs_bytes": _bytes(root / "uncommitted" / "docs"),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


class _Timed:
    """The total time of a method, in seconds, and the processor time of the calling thread."""

    def __init__(self, owner: type, name: str) -> None:
        self.wall = self.cpu = 0.0
        method = getattr(owner, name)

        def timed(*given: Any, **named: Any) -> Any:
            start, began = time.perf_counter(), time.thread_time()
            try:
                return method(*given, **named)
            finally:
                self.wall += time.perf_counter() - start
                self.cpu += time.thread_time() - began

        setattr(owner, name, timed)


def _ours(root: Path, workers: int) -> dict[str, Any]:
    from synth_expectations.cli.run import parse_timestamp
    from synth_expectations.runner import Options, run

    report = run("nightly", root, Options(as_of=parse_timestamp(AS_OF), workers=workers, docs=True))
    assert not report.errors, report.errors
    return {"expectations": sum(len(table.expectations) for table in report.tables), "verdict": report.verdict.value}


def _by_great_expectations(root: Path) -> dict[str, Any]:
    import great_expectations as gx

    from synth_expectations.cli.run import parse_timestamp
    from synth_expectations.rules.as_of import evaluate_as_of

    with evaluate_as_of(parse_timestamp(AS_OF)):
        result = gx.get_context(mode="file", context_root_dir=root).checkpoints.get("nightly").run()
    return {
        "expectations": sum(len(run.results) for run in result.run_results.values()),
        "verdict": "passed" if result.success else "failed",
    }


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
