"""Read OpenLineage events: https://openlineage.io/spec/2-0-2/OpenLineage.json."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from synth_expectations.rules.lineage_names import join_name
from synth_expectations.runner.lineage.model import LineageEvent, RunStatus, WrittenDataset
from synth_expectations.runner.lineage.run_log import RunLog

_ENDS = {"COMPLETE": RunStatus.SUCCEEDED, "ABORT": RunStatus.ABORTED, "FAIL": RunStatus.FAILED}
_TYPES = (*_ENDS, "START", "RUNNING", "OTHER")
_KEYS = frozenset({"run", "job", "dataset", "eventTime", "producer", "schemaURL"})
_VERSION = re.compile(r"/spec/([0-9]+)-")
_KNOWN_VERSIONS = ("1", "2")
_MOST_ROWS = 2**63


class UnreadableEventError(Exception):
    """An event lacks what tells its run, job or dataset."""


def is_openlineage(document: Mapping[str, Any]) -> bool:
    """Return whether a JSON object is an event of OpenLineage: a RunEvent, JobEvent or DatasetEvent."""
    return len(_KEYS & document.keys()) > 1 and bool({"run", "job", "dataset"} & document.keys())


def read_event(document: Mapping[str, Any], log: RunLog) -> None:
    """Take an event into a log. Facets that nobody knows are left alone.

    Raises:
        UnreadableEventError: its run, job or a dataset has no name.
    """
    version = _VERSION.search(str(document.get("schemaURL") or ""))
    if not document.get("schemaURL"):
        log.notes["events name no version of OpenLineage's schema"] += 1
    elif version and version[1] not in _KNOWN_VERSIONS:
        log.notes[f"events are of version {version[1]} of OpenLineage's schema, and were read as version 2"] += 1
    inputs = tuple(_read_dataset(dataset, log) for dataset in _list(document, "inputs"))
    outputs = tuple(
        WrittenDataset(_read_dataset(dataset, log), _read_rows(dataset, log)) for dataset in _list(document, "outputs")
    )
    if "dataset" in document:  # a DatasetEvent: it says what a dataset is called, and nothing of who wrote it
        _read_dataset(document["dataset"], log)
    if "run" not in document and "job" not in document:
        return
    job = document.get("job")
    if not isinstance(job, dict) or not _text(job.get("name")):
        raise UnreadableEventError("its job has no name")
    name = join_name(_text(job.get("namespace")), _text(job.get("name")))
    at = _read_time(document.get("eventTime"), log)
    if "run" not in document:
        log.add(LineageEvent("openlineage", name, at=at, inputs=inputs, outputs=outputs))
        return
    run = document["run"]
    run_id = _text(run.get("runId")).lower() if isinstance(run, dict) else ""
    if not run_id:
        raise UnreadableEventError("its run has no runId")
    kind = _text(document.get("eventType")).upper()
    if kind not in _TYPES:
        log.notes["events have no eventType that OpenLineage knows: they are not the end of a run"] += 1
    log.add(LineageEvent("openlineage", name, run_id, _ENDS.get(kind), kind == "START", at, inputs, outputs))


def _list(document: Mapping[str, Any], key: str) -> Iterator[Any]:
    items = document.get(key)
    if items is not None and not isinstance(items, list):
        raise UnreadableEventError(f"its {key} are not a list")
    yield from items or ()


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _read_dataset(dataset: Any, log: RunLog) -> str:
    """Return the name of a dataset, and take in the other names that its facet `symlinks` tells."""
    if not isinstance(dataset, dict) or not _text(dataset.get("name")):
        raise UnreadableEventError("one of its datasets has no name")
    name = join_name(_text(dataset.get("namespace")), _text(dataset.get("name")))
    facets = dataset.get("facets")
    symlinks = facets.get("symlinks") if isinstance(facets, dict) else None
    identifiers = symlinks.get("identifiers") if isinstance(symlinks, dict) else None
    for other in identifiers if isinstance(identifiers, list) else ():
        if isinstance(other, dict) and _text(other.get("name")):
            log.add_alias(name, join_name(_text(other.get("namespace")), _text(other.get("name"))))
    return name


def _read_rows(dataset: Any, log: RunLog) -> int | None:
    facets = dataset.get("outputFacets") if isinstance(dataset, dict) else None
    statistics = facets.get("outputStatistics") if isinstance(facets, dict) else None
    count = statistics.get("rowCount") if isinstance(statistics, dict) else None
    if count is None:
        return None
    if isinstance(count, float) and count.is_integer():
        count = int(count)
    if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count < _MOST_ROWS:
        log.notes["numbers of rows are no whole numbers from 0 on, and were left out"] += 1
        return None
    return count


def _read_time(value: object, log: RunLog) -> datetime | None:
    text = _text(value).upper().replace(" ", "T", 1)
    if not text:
        log.notes["events have no eventTime"] += 1
        return None
    try:
        time = datetime.fromisoformat(text)
        if time.tzinfo is None:
            log.notes["times have no zone, and were read as UTC"] += 1
            return time.replace(tzinfo=UTC)
        return time.astimezone(UTC)
    except (ValueError, OverflowError):
        log.notes["times are not in ISO 8601, and were left out"] += 1
        return None
