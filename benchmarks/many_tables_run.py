"""Run the project of many tables once in this process, and print the time it took as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb_engine

from benchmarks.data import AS_OF


def main() -> None:
    """Run the checkpoint with workers, or through Great Expectations, or let that run it alone."""
    root, way = Path(sys.argv[1]), sys.argv[2]
    if way != "alone":
        from synth_expectations.cli.garbage import collect_seldom
        from synth_expectations.cli.startup import prepare

        collect_seldom()  # as the command line does
        prepare()

    from synth_expectations.cli.garbage import keep_imported
    from synth_expectations.runner import recording

    keep_imported()

    timed = [(duckdb_engine.CursorWrapper, "execute"), (duckdb_engine.ConnectionWrapper, "begin")]
    timed += [(duckdb_engine.ConnectionWrapper, "commit"), (duckdb_engine.CursorWrapper, "fetchall")]
    duckdb_calls = [_Timed(owner, name) for owner, name in timed]
    evidence = [_Timed(recording.Recording, "finish"), _Timed(sys.modules["synth_expectations.runner.run"], START)]
    start, began, processor = time.perf_counter(), time.thread_time(), time.process_time()
    figures = _by_great_expectations(root) if way == "alone" else _ours(root, way)
    queries = sum(call.cpu for call in duckdb_calls)
    figures |= {
        "wall": time.perf_counter() - start,
        "processor": time.process_time() - processor,
        "queries": queries,
        "outside": time.thread_time() - began - queries,
        "evidence": sum(part.cpu for part in evidence),
        "result_bytes": _bytes(root / "uncommitted" / "validations"),
        "ledger_bytes": _bytes(root.parent / "evidence"),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


START = "start_recording"
"""The function that writes the start of a record."""


class _Timed:
    """The processor time that the calling thread spends in a method, in seconds."""

    def __init__(self, owner: Any, name: str) -> None:
        self.cpu = 0.0
        method = getattr(owner, name, None) or _pass_on(name)

        def timed(*given: Any, **named: Any) -> Any:
            began = time.thread_time()
            try:
                return method(*given, **named)
            finally:
                self.cpu += time.thread_time() - began

        setattr(owner, name, timed)


def _pass_on(name: str) -> Callable[..., Any]:
    """Return a method that calls the one of the same name of what an object wraps, as `duckdb_engine` does."""
    return lambda wrapper, *given: wrapper.__getattr__(name)(*given)


def _ours(root: Path, way: str) -> dict[str, Any]:
    from synth_expectations.cli.run import parse_timestamp
    from synth_expectations.runner import Options, run

    through = way == "through"
    options = Options(
        as_of=parse_timestamp(AS_OF), workers=1 if through else int(way), through_great_expectations=through
    )
    report = run("nightly", root, options)
    assert not report.errors, report.errors
    assert through or "great_expectations" not in sys.modules
    return {"expectations": sum(len(table.expectations) for table in report.tables), "verdict": report.verdict.value}


def _by_great_expectations(root: Path) -> dict[str, Any]:
    import great_expectations as gx

    from synth_expectations.cli.run import parse_timestamp
    from synth_expectations.gx.data_docs.action import DocsAction
    from synth_expectations.rules.as_of import evaluate_as_of

    DocsAction.run = lambda *_, **__: {}  # type: ignore[method-assign]  # the others build no Data Docs either
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
