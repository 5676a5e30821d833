"""Keep what a record refers to: most of it lies in the ledger since the run before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.ledger import EvidenceLedger

_WRITERS = 8
"""How many objects are written at the same time: each waits until the disk has it."""

_Item = TypeVar("_Item")
_Kept = TypeVar("_Kept")


def keep_object(ledger: EvidenceLedger, content: bytes) -> str:
    """Keep some bytes as an object of a ledger, and return their SHA-256; what is there already is not written again."""
    digest = compute_digest(content)
    return digest if ledger.store.read(f"objects/{digest}") == content else ledger.put_object(content)


def keep_objects(ledger: EvidenceLedger, contents: Mapping[str, bytes]) -> dict[str, str]:
    """Keep many objects of a ledger at the same time, and return the SHA-256 of each by its name."""
    digests = keep_at_once(partial(keep_object, ledger), list(contents.values()))
    return dict(zip(contents, digests, strict=True))


def keep_at_once(keep: Callable[[_Item], _Kept], items: Sequence[_Item]) -> list[_Kept]:
    """Return what a function that writes objects returns of each item, several at the same time."""
    try:
        with ThreadPoolExecutor(_WRITERS) as pool:
            return list(pool.map(keep, items))
    except RuntimeError:  # an exit handler of the host runs the checkpoint: no thread starts any more
        return list(map(keep, items))
