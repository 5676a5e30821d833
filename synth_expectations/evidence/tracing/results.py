"""Results in a ledger that hold the key of a record: an erasure must redact them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import chain
from unicodedata import normalize

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.verifier.verify import find_record_keys


def find_results_with_key(
    ledger: EvidenceLedger,
    spellings: Collection[str],
    read_forms: Callable[[Collection[str]], Mapping[str, str | None]],
) -> tuple[list[str], int]:
    """Return the digests of the results that hold a key, however it is written, and how many results could not be read.

    Args:
        ledger: of the project.
        spellings: the ways in which the key is known to be written.
        read_forms: returns the comparable form of each key; keys without one have no other spelling.
    """
    keys_of: dict[str, set[str]] = {}
    unreadable = 0
    for digest in sorted(set(_list_results(ledger))):
        try:
            keys_of[digest] = set(find_record_keys(json.loads(ledger.read_object(digest))))
        except LedgerError:
            continue  # redacted, or named by `audit verify`
        except (ValueError, RecursionError):
            unreadable += 1
    forms = {
        key: normalize("NFC", form or key)
        for key, form in read_forms({*spellings, *chain.from_iterable(keys_of.values())}).items()
    }
    wanted = {forms.get(spelling, spelling) for spelling in spellings}
    found = [digest for digest, keys in keys_of.items() if any(forms.get(key, key) in wanted for key in keys)]
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
