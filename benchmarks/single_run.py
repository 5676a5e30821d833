"""Measure once in this process, and print JSON."""

from __future__ import annotations

import json
import resource
import sys
from datetime import datetime
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.data import AS_OF


def by_hand(directory: Path) -> dict[str, object]:
    """Measure the query by hand."""
    import duckdb

    from benchmarks.by_hand import query

    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    start = perf_counter()
    counts = connection.execute(query(f"{directory}/*.parquet")).fetchall()[0]
    return {"engine": perf_counter() - start, "counts": list(counts), "queries": 1}


def ours(project: Path) -> dict[str, object]:
    """Measure a run of the compiled project, recorded as evidence; the package is imported before the time is taken."""
    from synth_expectations.runner import Options, run

    start = perf_counter()
    report = run("bench", project, Options(as_of=datetime.fromisoformat(AS_OF)))
    wall = perf_counter() - start
    (table,) = report.tables
    assert not table.error and not report.errors, (table.error, report.errors)
    assert report.entry and "great_expectations" not in sys.modules, report.notes
    return {
        "engine": table.query_seconds,
        "outside": wall - table.query_seconds,
        "queries": table.queries,
        "verdict": report.verdict.value,
        "expectations": len(table.expectations),
        "counts": {
            f"{expectation.type}: {rule.name}": rule.count
            for expectation in table.expectations
            for rule in expectation.rules
        },
    }


if __name__ == "__main__":
    found = {"by_hand": by_hand, "ours": ours}[sys.argv[1]](Path(sys.argv[2]))
    found["cpu"] = process_time()
    found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))
