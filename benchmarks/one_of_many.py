"""One run of the project of many tables, in this process: what it took, as a line of JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.data import AS_OF


def main() -> None:
    """Run it."""
    from synth_expectations.cli.run import parsed_moment
    from synth_expectations.gx.docs import DocsAction
    from synth_expectations.runner import Options, run

    root = Path(sys.argv[1])
    taken = {"docs": 0.0}
    built = DocsAction.run

    def timed(*given: Any, **named: Any) -> Any:
        start = time.perf_counter()
        found = built(*given, **named)
        taken["docs"] = time.perf_counter() - start
        return found

    DocsAction.run = timed  # type: ignore[method-assign]
    start = time.perf_counter()
    report = run("nightly", root, Options(as_of=parsed_moment(AS_OF), workers=int(sys.argv[2])))
    wall = time.perf_counter() - start
    assert not report.errors, report.errors
    queries = sum(table.query_seconds for table in report.tables)
    found = {
        "wall": wall,
        "queries": queries,
        "beside": wall - queries,
        **taken,
        "expectations": sum(len(table.expectations) for table in report.tables),
        "result_bytes": _bytes(root / "uncommitted" / "validations"),
        "docs_bytes": _bytes(root / "uncommitted" / "docs"),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "verdict": report.verdict.value,
    }
    print(json.dumps(found))


def _bytes(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


if __name__ == "__main__":
    main()
