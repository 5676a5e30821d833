"""Copies of headers in a second store: each name is written once, so another chain of the same project is found there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from synth_expectations.evidence.anchors.anchor import AnchorError
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.location import open_store
from synth_expectations.evidence.ledger.store import LedgerStore

_COPIES = "anchors"


@dataclass(frozen=True)
class HeaderCopy:
    """A header that a second store has.

    Attributes:
        seq: its number.
        digest: the SHA-256 of what the store has.
    """

    seq: int
    digest: str


class HeaderCopies:
    """The copies of one project in a store.

    Args:
        location: a directory, or an address.
        directory: what a relative one is below.
        project: the id of the project.

    Raises:
        LedgerError: the store cannot create a file only if it is absent.
    """

    def __init__(self, location: str, directory: Path, project: str) -> None:
        self.store: LedgerStore = open_store(location, directory)
        self._directory = f"{_COPIES}/{project}"

    def keep(self, seq: int, content: bytes) -> None:
        """Keep a copy of a header; one that is there already is held against it.

        Raises:
            AnchorError: the store has another header of this number, so there are two chains.
            LedgerError: it takes nothing.
        """
        name = f"{self._directory}/{seq:08d}.json"
        if not self.store.create(name, content) and self.store.read(name) != content:
            raise AnchorError(
                f"It has another entry {seq} of this project: one of the two ledgers was rewritten.",
                "Find out which one is older: audit verify --anchors STORE",
            )

    def has_copy(self, seq: int, digest: str) -> bool:
        """Return whether the store has the header of a number, with this SHA-256."""
        content = self.store.read(f"{self._directory}/{seq:08d}.json")
        return content is not None and compute_digest(content) == digest

    def list_copies(self) -> Iterator[HeaderCopy]:
        """Yield the copies in the order of their numbers."""
        for name in self.store.list_names(self._directory):
            stem = name.removesuffix(".json")
            content = self.store.read(f"{self._directory}/{name}") if stem.isdecimal() and stem != name else None
            if content is not None:
                yield HeaderCopy(int(stem), compute_digest(content))
