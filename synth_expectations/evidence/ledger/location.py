"""Find the store of a ledger by where it lies."""

from __future__ import annotations

from pathlib import Path

from synth_expectations.engine.object_addresses import is_address
from synth_expectations.evidence.ledger.object_store import ObjectStore
from synth_expectations.evidence.ledger.store import DirectoryStore, LedgerStore

DIRECTORY = "evidence"
"""Where the ledger of a project lies, below its directory, if the policy names no other place."""


def open_store(location: str | None, project: Path) -> LedgerStore:
    """Return the store of a location.

    Args:
        location: a directory, or an address of an object store such as `s3://bucket/evidence`; None is the project's own.
        project: the directory that a relative one is below.

    Raises:
        LedgerError: the store cannot keep a ledger.
    """
    place = location or DIRECTORY
    if is_address(place) and not place.startswith("file://"):
        return ObjectStore(place)
    return DirectoryStore(project / place.removeprefix("file://"))
