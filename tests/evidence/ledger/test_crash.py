"""A process that is killed at any operation on a file leaves a ledger that can be read and appended to."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.entry import NO_ENTRY, EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore

OPERATIONS = ("open", "fsync", "link", "close", "unlink")
KILLED = 9


def _append_and_die(directory: Path, survive: int) -> None:
    """Open a ledger and append to it; end the process, without any clean-up, before one of the operations."""
    count = 0

    def make_mortal(operation: Callable[..., Any]) -> Callable[..., Any]:
        def act(*arguments: Any, **named: Any) -> Any:
            nonlocal count
            count += 1
            if count > survive:
                os._exit(KILLED)
            return operation(*arguments, **named)

        return act

    for name in OPERATIONS:
        setattr(os, name, make_mortal(getattr(os, name)))
    ledger = EvidenceLedger(DirectoryStore(directory))
    ledger.open_project()
    ledger.append(EntryKind.KEY_ADDED, {"key": "a"})
    os._exit(0)


def test_a_kill_at_each_step(tmp_path: Path) -> None:
    survive, statuses = 0, []
    while not statuses or statuses[-1] == KILLED:
        directory = tmp_path / str(survive)
        process = multiprocessing.get_context("fork").Process(target=_append_and_die, args=(directory, survive))
        process.start()
        process.join()
        statuses.append(process.exitcode)
        _check_ledger(directory)
        survive += 1
    assert statuses[-1] == 0
    assert len(statuses) > 25, "an operation is no longer counted"


def _check_ledger(directory: Path) -> None:
    """Read what is there, and let the next run append."""
    ledger = EvidenceLedger(DirectoryStore(directory))
    before = ledger.list_numbers()
    ledger.open_project()
    ledger.append(EntryKind.RUN_STARTED, {})
    digest = NO_ENTRY
    for number, entry in enumerate(ledger.read_entries(), start=1):
        assert (entry.header.seq, entry.header.prev) == (number, digest)
        assert compute_digest(ledger.read_object(entry.header.body_sha256)) == entry.header.body_sha256
        digest = entry.digest
    assert number == max(2, len(before) + 1)
    for leftover in ledger.store.list_leftovers():
        assert leftover.endswith(".tmp")
