"""Build Great Expectations' own Data Docs of many runs, beside which the evidence site is measured.

`python -m benchmarks.data_docs DIRECTORY RUNS` prints the figures as JSON. The runs are one run of this package, 20 tables
with 8 checks each, whose results are stored again under other names and times.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.data import AS_OF
from benchmarks.many_tables import project
from synth_expectations.cli.run import parse_timestamp

TABLES, ROWS = 20, 200
FIRST = datetime(2026, 1, 1, 2, tzinfo=UTC)
SITE = "stock"


def main() -> None:
    """Make the results, build the site, and print what that took."""
    directory, runs = Path(sys.argv[1]), int(sys.argv[2])
    root = project(directory, TABLES, ROWS)
    _store_results(root, runs)
    context = _open(root, directory / "docs")
    whole = _clock(lambda: context.build_data_docs(site_names=[SITE]))
    newest = max(_list_results(context), key=lambda key: key.run_id.run_name).run_id
    of_run = [key for key in _list_results(context) if key.run_id == newest]
    assert len(of_run) == TABLES
    more = _clock(lambda: context.build_data_docs(site_names=[SITE], resource_identifiers=of_run))
    files = [path for path in (directory / "docs").rglob("*") if path.is_file()]
    pages = [path for path in files if "validations" in path.parts]
    assert len(pages) == runs * TABLES
    figures = {
        "whole": whole,
        "more": more,
        "files": len(files),
        "bytes": sum(path.stat().st_size for path in files),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


def _store_results(root: Path, runs: int) -> None:
    """Run the checkpoint once, and store its results as those of many runs, six hours apart."""
    from synth_expectations.runner import Options, run

    report = run("nightly", root, Options(as_of=parse_timestamp(AS_OF)))
    assert not report.errors, report.errors
    validations = root / "uncommitted" / "validations"
    stored = {path: json.loads(path.read_text(encoding="utf-8")) for path in validations.rglob("*.json")}
    assert len(stored) == TABLES
    for path, result in stored.items():
        path.unlink()
        for number in range(runs):
            started = FIRST + timedelta(hours=6 * number)
            name = f"{started:%Y%m%dT%H%M%SZ}-bench"
            result["meta"]["run_id"] = {"run_name": name, "run_time": started.isoformat()}
            copy = path.parents[2] / name / f"{started:%Y%m%dT%H%M%S.%fZ}" / path.name
            copy.parent.mkdir(parents=True)
            copy.write_text(json.dumps(result), encoding="utf-8")


def _open(root: Path, docs: Path) -> Any:
    """Open the project with Great Expectations' own store of results, and with its own site beside ours."""
    config = root / "great_expectations.yml"
    ours = "class_name: ValidationResultsStore\n    module_name: synth_expectations.gx\n"
    text = config.read_text(encoding="utf-8")
    assert ours in text
    config.write_text(text.replace(ours, "class_name: ValidationResultsStore\n"), encoding="utf-8")

    import great_expectations as gx

    context = gx.get_context(mode="file", context_root_dir=root)
    context.add_data_docs_site(
        SITE,
        {
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": os.fspath(docs)},
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        },
    )
    return context


def _list_results(context: Any) -> list[Any]:
    return list(context.validation_results_store.list_keys())


def _clock(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
