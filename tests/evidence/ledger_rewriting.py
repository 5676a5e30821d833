"""Change a ledger as somebody does who owns its files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from synth_expectations.evidence.ledger.entry import Entry, Header
from synth_expectations.evidence.ledger.entry_files import name_entry
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore


def rewrite(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def rewrite_ledger(directory: Path, change: Callable[[bytes], bytes]) -> None:
    """Write a ledger anew, with other bodies and all links right, as its owner can."""
    ledger = EvidenceLedger(DirectoryStore(directory))
    entries = list(ledger.read_entries())
    prev = "0" * 64
    for entry in entries:
        body = change(ledger.read_object(entry.header.body_sha256))
        header = entry.header.model_copy(update={"prev": prev, "body_sha256": ledger.put_object(body)})
        made = Entry.make(Header.model_validate(header.model_dump()))
        rewrite(directory / name_entry(header.seq), made.content)
        prev = made.digest
    named = {json.loads((directory / name_entry(entry.header.seq)).read_bytes())["body_sha256"] for entry in entries}
    for entry in entries:
        if entry.header.body_sha256 not in named:
            (directory / "objects" / entry.header.body_sha256).unlink()
