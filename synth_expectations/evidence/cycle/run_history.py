"""The runs of a ledger, as a schedule looks at them: when they started and ended, and which tables they checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from synth_expectations.evidence.ledger.entry import Entry, EntryKind, Header
from synth_expectations.evidence.ledger.entry_files import format_missing
from synth_expectations.evidence.ledger.errors import VERIFY, LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger

_RUN_ID = re.compile(rb'"run_id":("(?:[^"\\]|\\.)*")')
"""The id of a run in the bytes of a record: canonical JSON has one member of that name, and escapes quotes in texts."""


@dataclass(frozen=True)
class LoggedRun:
    """A run.

    Attributes:
        started_at: in UTC.
        finished_at: None if it never ended.
        is_errored: whether it could not evaluate everything.
        is_partial: whether it was to evaluate a part of its plan.
        tables: for each table of its plan, why it does not count as checked; empty if it does.
        actor: who started it, as the environment said.
        policy_sha256: of the policy that it was compiled from; empty without one.
    """

    run_id: str
    checkpoint: str
    started_at: datetime
    finished_at: datetime | None
    is_errored: bool
    is_partial: bool
    tables: Mapping[str, str]
    actor: str = ""
    policy_sha256: str = ""


@dataclass(frozen=True)
class NotedEntry:
    """An entry of the ledger that is not a run, with its body."""

    header: Header
    body: bytes


@dataclass
class RunHistory:
    """What a ledger says of runs, and of what people decided about them.

    Attributes:
        runs: in the order of their starts.
        entries: the headers of all entries.
        noted: entries of the kinds that were asked for.
    """

    runs: list[LoggedRun] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    noted: list[NotedEntry] = field(default_factory=list)


def read_run_history(ledger: EvidenceLedger, kinds: frozenset[EntryKind] = frozenset()) -> RunHistory:
    """Return the runs of a ledger, and its entries of some kinds with their bodies.

    Records are read as plain JSON: the start of a run that ended is not read but for its id.

    Raises:
        LedgerError: an entry is missing, or it or a record cannot be read, so nobody knows which runs there were.
    """
    log = RunHistory()
    started: dict[str, bytes] = {}
    for entry in ledger.read_entries():
        expected = len(log.entries) + 1
        if entry.header.seq > expected:
            missing = format_missing(expected, entry.header.seq - 1)
            raise LedgerError(f"{missing}, so it is unknown which runs there were.", VERIFY)
        log.entries.append(entry)
        kind = entry.header.kind
        if kind is EntryKind.RUN_STARTED:
            body = ledger.read_object(entry.header.body_sha256)
            started[_find_id(entry, body)] = body
        elif kind is EntryKind.RUN_FINISHED:
            body = ledger.read_object(entry.header.body_sha256)
            started.pop(_find_id(entry, body), None)
            log.runs.append(parse_run(entry.header.seq, body))
        elif kind in kinds:
            log.noted.append(NotedEntry(entry.header, ledger.read_object(entry.header.body_sha256)))
    log.runs += [parse_run(0, body) for body in started.values()]
    log.runs.sort(key=lambda run: run.started_at)
    return log


def _find_id(entry: Entry, body: bytes) -> str:
    match = _RUN_ID.search(body)
    if match is None:
        raise _build_error(entry.header.seq)
    return str(json.loads(match[1]))


def parse_run(seq: int, body: bytes) -> LoggedRun:
    """Return the run of a record.

    Args:
        seq: of the entry, for errors; 0 if it is not known.
        body: the record, as JSON.

    Raises:
        LedgerError: it is not a record of a run.
    """
    try:
        record = json.loads(body)
        finished = record["finished_at"]
        return LoggedRun(
            run_id=record["run_id"],
            checkpoint=record["checkpoint"],
            started_at=datetime.fromisoformat(record["started_at"]),
            finished_at=datetime.fromisoformat(finished) if finished else None,
            is_errored=record["verdict"] == "errored",
            is_partial=not all(check["selected"] for check in record["plan"]),
            tables=dict(_list_tables(record)),
            actor=record["actor"]["claimed"],
            policy_sha256=(record["policy"] or {}).get("sha256", ""),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _build_error(seq) from None


def _list_tables(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each table of a plan, and why it does not count as checked; empty if it does."""
    verdicts: dict[str, list[str]] = {}
    for table in record["tables"]:
        verdicts.setdefault(table["table"], []).append("errored" if table["error"] else table["verdict"])
    unread = {source["table"] for source in record["inputs"] if source["role"] == "judged" and not source["read"]}
    partial = {check["table"] for check in record["plan"] if not check["selected"]}
    for table in sorted({check["table"] for check in record["plan"]}):
        if table in partial:
            yield table, "the run left out checks on it"
        elif table in unread:
            yield table, "no query reached it"
        elif "errored" in verdicts.get(table, ()):
            yield table, "it was errored"
        else:
            yield table, "" if table in verdicts else "the run has no result for it"


def _build_error(seq: int) -> LedgerError:
    where = f"The body of entry {seq}" if seq else "The start of a run"
    return LedgerError(f"{where} is not a record of a run that this version knows.", VERIFY)
