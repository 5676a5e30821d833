"""What a run leaves behind, without what differs from run to run: ids, times and what is made of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from synth_expectations.evidence.findings.digests import DIGEST_KEY
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.recorder.publication import publish_run
from synth_expectations.report.json import to_json
from synth_expectations.runner import Options, run
from tests.evidence.recorder.ledger_reading import open_ledger, read_documents
from tests.paths import ROOT

_OF_A_RUN = {
    "run_id", "run_name", "run_time", "validation_time", "ge_load_time", "started_at", "finished_at", "seconds",
    "query_seconds", "exception_traceback", "project_uuid", "result_sha256",
    "great_expectations", "quarantine",
}  # fmt: skip
"""Names of values that differ between two runs of the same way."""
_OF_A_REPORT = {"run", "docs", "evidence", "results"}
"""What a report says of where its files are."""
_RUN = re.compile(r"\d{8}T\d{6}Z-[a-z]{4}")
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|\+00:00| UTC)?|\d{8}T\d{6}\.\d+Z|\b\d\d:\d\d:\d\d\b"
)
_DIGEST = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{8,64}\b")
_SECONDS = re.compile(r"\b[\d.]+ (s|min)\b")


@dataclass(frozen=True)
class Remains:
    """What a run left.

    Attributes:
        report: as JSON.
        results: the stored results, by suite and name.
        records: the bodies of the run's entries of the ledger.
        sql: what was sent, by digest.
        pages: of the evidence site and of Data Docs, by path.
        quarantine: the listed records, by file.
        great_expectations: why it evaluated each table.
    """

    report: Any
    results: dict[str, Any]
    records: list[Any]
    sql: dict[str, str]
    pages: dict[str, str]
    quarantine: dict[str, list[dict[str, Any]]]
    great_expectations: set[str]


def run_and_read(
    project: Path, as_of: datetime, quarantine: Path, *, through_great_expectations: bool, batch: str | None = None
) -> Remains:
    """Run the checkpoint of a project that has no run yet, with Data Docs, and return what it left."""
    key = project / DIGEST_KEY  # one of all projects, so that digests of records and places can be compared
    key.parent.mkdir(exist_ok=True)
    key.touch(0o600)
    key.write_text("5e" * 32)
    options = Options(
        batch=batch,
        as_of=as_of,
        quarantine=quarantine,
        through_great_expectations=through_great_expectations,
        docs=True,
    )
    report = publish_run(run("nightly", project, options))
    document = {name: part for name, part in json.loads(to_json(report)).items() if name not in _OF_A_REPORT}
    results = (project / "uncommitted/validations").rglob("*.json")
    ledger = open_ledger(project.parent / "evidence")
    root = project.parent / "evidence"
    records = [
        document for kind in (EntryKind.RUN_STARTED, EntryKind.RUN_FINISHED) for document in read_documents(root, kind)
    ]
    digests = {str(result["sql_sha256"]) for record in records for result in record.get("results", ())} - {"None"}
    docs = project / "uncommitted/docs"
    pages = [*(root / "site").rglob("*.html"), *docs.rglob("*.html")]
    pages.remove(docs / "index.html")  # its rows have no order
    return Remains(
        report=drop_what_differs(document),
        results={f"{file.parts[-4]}/{file.name}": drop_what_differs(json.loads(file.read_text())) for file in results},
        records=[drop_what_differs(record) for record in records],
        sql={digest: ledger.read_object(digest).decode() for digest in digests},
        pages={mask(str(page.relative_to(project.parent))): mask(page.read_text()) for page in pages},
        quarantine={file.name: read_keys(file, str(project.parent)) for file in quarantine.rglob("*.parquet")},
        great_expectations={table.detour for table in report.tables},
    )


def read_keys(file: Path, directory: str) -> list[dict[str, Any]]:
    """Return the rows of a file of keys, which have no order, without the directory of the project."""
    rows = pq.read_table(file).to_pylist()
    return sorted(
        ({name: _RUN.sub("…", str(value)).replace(directory, "…") for name, value in row.items()} for row in rows),
        key=repr,
    )


def drop_what_differs(value: Any) -> Any:
    """Return a document without what differs from run to run."""
    if isinstance(value, dict):
        return {name: drop_what_differs(part) for name, part in value.items() if name not in _OF_A_RUN}
    if isinstance(value, list):
        return [drop_what_differs(part) for part in value]
    return _SECONDS.sub("…", _RUN.sub("…", value)) if isinstance(value, str) else value


def mask(text: str) -> str:
    """Return a text with names of runs, times of day, digests and durations masked."""
    for pattern in (_RUN, _TIME, _DIGEST, _SECONDS):
        text = pattern.sub("…", text)
    return text


def list_modules(code: str) -> set[str]:
    """Run code in a process of its own, and return the packages that it imported."""
    tail = "\nimport sys\nprint('MODULES', *sorted({name.partition('.')[0] for name in sys.modules}))"
    said = subprocess.run([sys.executable, "-c", code + tail], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(next(line for line in said.stdout.splitlines() if line.startswith("MODULES")).split()[1:])
