"""Read many files of a ledger: several at once where each has to travel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.evidence.ledger.store import LedgerStore

_CHUNK = 256
"""How many files are held at most: a result may have megabytes."""


@dataclass(frozen=True)
class StoredFile:
    """A file of a ledger that was asked for.

    Attributes:
        content: None if there is no such file, or if it cannot be read.
        error: why it cannot be read.
    """

    name: str
    content: bytes | None = None
    error: LedgerError | None = None


def read_files(store: LedgerStore, names: Sequence[str]) -> Iterator[StoredFile]:
    """Yield files in the order of their names; a store that answers over a network is asked for several at once."""

    def read(name: str) -> StoredFile:
        try:
            return StoredFile(name, store.read(name))
        except LedgerError as error:
            return StoredFile(name, error=error)

    if store.parallel_reads <= 1 or len(names) <= 1:
        yield from map(read, names)
        return
    with ThreadPoolExecutor(store.parallel_reads, thread_name_prefix="synth-ledger") as pool:
        for start in range(0, len(names), _CHUNK):
            yield from pool.map(read, names[start : start + _CHUNK])
