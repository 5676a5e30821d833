"""Results in a ledger that hold the key of a record: an erasure must redact them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from unicodedata import normalize

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.verifier.verify import find_record_keys


def find_results_with_key(ledger: EvidenceLedger, spellings: Collection[str]) -> tuple[list[str], int]:
    """Return the digests of the results that hold a key, and how many results could not be read.

    Args:
        ledger: of the project.
        spellings: the ways in which the key is written.
    """
    wanted = {normalize("NFC", spelling) for spelling in spellings}
    found, unreadable = [], 0
    for digest in sorted(set(_list_results(ledger))):
        try:
            content = ledger.read_object(digest)
            keys = {normalize("NFC", key) for key in find_record_keys(json.loads(content))}
        except LedgerError:
            continue  # redacted, or named by `audit verify`
        except (ValueError, RecursionError):
            unreadable += 1
            continue
        if keys & wanted:
            found.append(digest)
    return found, unreadable


def _list_results(ledger: EvidenceLedger) -> Iterator[str]:
    for entry in ledger.read_entries():
        if entry.header.kind not in {EntryKind.RUN_FINISHED, EntryKind.RESULT_ADOPTED}:
            continue
        try:
            results = json.loads(ledger.read_object(entry.header.body_sha256)).get("results", [])
        except (LedgerError, ValueError, AttributeError):
            continue
        for result in results:
            for name in ("result_sha256", "sha256"):
                if isinstance(digest := result.get(name), str):
                    yield digest
