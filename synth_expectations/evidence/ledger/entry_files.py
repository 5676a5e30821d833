"""The files of entries: what they are called, and what lies in one."""

from __future__ import annotations

import json

from pydantic import ValidationError

from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.entry import INDEXED, SCHEMA, Entry, EntryKind, Head, Header
from synth_expectations.evidence.ledger.errors import VERIFY, LedgerError
from synth_expectations.evidence.ledger.store import ENTRIES, INDEX


def name_entry(seq: int) -> str:
    """Return the name of an entry's file."""
    return f"{ENTRIES}/{seq:08d}.json"


def name_index_file(kind: EntryKind, seq: int) -> str:
    """Return the name of the file by which an index of its kind names an entry."""
    return f"{INDEX}/{INDEXED[kind]}/{seq:08d}"


def read_number(name: str) -> int | None:
    """Return the number of an entry from the name of its file; None if it is no such name."""
    stem = name.removesuffix(".json")
    is_number = stem != name and len(stem) >= 8 and stem.isascii() and stem.isdecimal()
    return int(stem) if is_number and name == f"{int(stem):08d}.json" and int(stem) else None


def format_missing(first: int, last: int) -> str:
    """Return that entries are missing, as a clause: those from a number to another one."""
    return (
        f"Entry {first} of the ledger is missing"
        if first == last
        else f"Entries {first} to {last} of the ledger are missing"
    )


def parse_entry(seq: int, content: bytes) -> Entry:
    """Return the entry of its file.

    Raises:
        LedgerError: it is no header that this version knows.
    """
    try:
        return Entry(Header.model_validate_json(content), content)
    except ValidationError as error:
        raise LedgerError(
            f"Entry {seq} of the ledger cannot be read: it is not a header that this version knows.", VERIFY
        ) from error


def make_head(seq: int, content: bytes) -> Head:
    """Return the head of an entry's bytes, whatever they are: a damaged entry is named by `verify`, and blocks no run.

    Raises:
        LedgerError: a newer version of this package wrote it.
    """
    try:
        schema = json.loads(content).get("schema")
    except (ValueError, AttributeError, RecursionError):
        schema = None
    if isinstance(schema, str) and schema.startswith("ledger/") and schema != SCHEMA:
        raise LedgerError(
            f"Entry {seq} of the ledger was written by a newer version of synth-expectations ({schema}).",
            "Update the package: pip install --upgrade synth-expectations",
        )
    return Head(seq, compute_digest(content))
