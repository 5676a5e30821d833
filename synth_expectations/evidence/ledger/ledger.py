"""Append to a ledger, and read it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel

from synth_expectations.evidence.canonical import compute_digest, encode_document
from synth_expectations.evidence.ledger.bodies import ProjectBody, RecoveryBody, Tombstone
from synth_expectations.evidence.ledger.bulk_reading import read_files
from synth_expectations.evidence.ledger.entry import INDEXED, Entry, EntryKind, Head, Header
from synth_expectations.evidence.ledger.entry_files import (
    make_head,
    name_entry,
    name_index_file,
    parse_entry,
    read_number,
)
from synth_expectations.evidence.ledger.errors import VERIFY, LedgerError, RedactedError
from synth_expectations.evidence.ledger.store import ENTRIES, INDEX, OBJECTS, LedgerStore

_MOST_MISSING = 10_000
"""How many missing entries are recorded and then passed over: a file of a made-up number must not fill the memory."""
_MOST_REFUSALS = 20
"""How often a store may refuse an entry in a row without showing the one that is in its way."""


class EvidenceLedger:
    """The entries and objects of a project.

    The numbers of the entries are listed once, when the ledger is first appended to: a number that is missing is then
    known, and is never given again. Each later append looks only at what follows the last entry.

    Args:
        store: where they lie.
        now: gives the time of an entry, in UTC.
    """

    def __init__(self, store: LedgerStore, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.store = store
        self.now = now
        self._head: Head | None = None
        self._gaps: tuple[int, ...] = ()

    def check_writable(self) -> None:
        """Raise LedgerError if nothing can be appended: before the data is read, so that no run is without a record."""
        self.store.check_writable()
        self.read_head()

    def put_object(self, content: bytes) -> str:
        """Keep some bytes, and return their SHA-256; bytes that are there already are kept once."""
        digest = compute_digest(content)
        self.store.create(f"{OBJECTS}/{digest}", content)
        return digest

    def read_object(self, digest: str) -> bytes:
        """Return the bytes of a digest.

        Raises:
            RedactedError: they were removed, on record.
            LedgerError: they are missing, or others lie in their place.
        """
        content = self.store.read(f"{OBJECTS}/{digest}")
        if content is None:
            raise LedgerError(f"The object {digest[:12]}… is missing from the ledger.", VERIFY)
        if compute_digest(content) != digest:
            if Tombstone.read(content, digest):
                raise RedactedError(f"The object {digest[:12]}… was redacted: only its digest is left.")
            raise LedgerError(f"The object {digest[:12]}… was altered.", VERIFY)
        return content

    def append(
        self,
        kind: EntryKind,
        body: BaseModel | dict[str, Any] | bytes,
        signer: str | None = None,
    ) -> Entry:
        """Append an entry after the last one; another writer that is faster only moves it by one.

        A ledger that has no entry is opened by that.

        Args:
            kind: what it is about.
            body: a document, or the bytes of one.
            signer: the id of the key that signed the body.

        Returns:
            The entry.

        Raises:
            LedgerError: the store takes nothing, or a newer version of this package wrote the last entry.
        """
        return self._append_body(kind, body, signer, None)

    def append_behind(
        self, since: Head, kind: EntryKind, body: BaseModel | dict[str, Any], refuse: Callable[[Entry], None]
    ) -> Entry:
        """Append an entry, unless one of those behind a head speaks against it.

        No other writer can come between the last look and the entry: an entry is created only if it is absent.

        Args:
            since: up to which the caller has looked.
            kind: what it is about.
            body: a document.
            refuse: is called with each entry behind that head, in their order; what it raises is raised.

        Raises:
            LedgerError: as `append`; or an entry behind the head cannot be read.
        """
        return self._append_body(kind, body, None, _EntryGuard(self, since.seq, refuse))

    def _append_body(
        self,
        kind: EntryKind,
        body: BaseModel | dict[str, Any] | bytes,
        signer: str | None,
        guard: _EntryGuard | None,
    ) -> Entry:
        if guard:
            guard.look(self.read_head())  # before a body is kept that no entry would name
        digest = self.put_object(body if isinstance(body, bytes) else encode_document(body))
        if (self._head or self.read_head()).seq == 0:
            self.open_project()
        self._record_gaps()
        return self._append(kind, digest, signer, guard)

    def repair_index(self) -> None:
        """Name the entries in the index that it lacks: those of a process that was killed before it could."""
        for entry in self.find_unindexed():
            self.store.create(name_index_file(entry.header.kind, entry.header.seq), b"")

    def find_unindexed(self) -> list[Entry]:
        """Return the entries that a run would not find, although they are of a kind that it looks for."""
        named = {(index, name) for index in set(INDEXED.values()) for name in self.store.list_names(f"{INDEX}/{index}")}
        entries = (entry for entry in self.read_entries() if entry.header.kind in INDEXED)
        return [entry for entry in entries if (INDEXED[entry.header.kind], f"{entry.header.seq:08d}") not in named]

    def read_head(self) -> Head:
        """Return the last entry: from a list of all numbers the first time, then from the last one that is known."""
        head = self._list_head() if self._head is None else self._head
        while (content := self.store.read(name_entry(head.seq + 1))) is not None:
            head = make_head(head.seq + 1, content)
        self._head = head
        return head

    def read_entry(self, seq: int) -> Entry | None:
        """Return the entry of a number; None if there is none.

        Raises:
            LedgerError: it cannot be read.
        """
        content = self.store.read(name_entry(seq))
        return None if content is None else parse_entry(seq, content)

    def read_entries(self, since: int = 1) -> Iterator[Entry]:
        """Yield the entries in their order, from a number on, also those behind one that is missing.

        Raises:
            LedgerError: one cannot be read. Whether they belong together is the question of `audit verify`.
        """
        numbers = [number for number in self.list_numbers() if number >= since]
        seq = numbers[-1] if numbers else since - 1
        for number, file in zip(numbers, read_files(self.store, [*map(name_entry, numbers)]), strict=True):
            if file.error:
                raise file.error
            if file.content is not None:
                yield parse_entry(number, file.content)
        while entry := self.read_entry(seq := seq + 1):  # written meanwhile
            yield entry

    def read_indexed(self, index: str) -> Iterator[Entry]:
        """Yield the entries that an index names, in their order."""
        for name in self.store.list_names(f"{INDEX}/{index}"):
            if name.isdecimal() and (entry := self.read_entry(int(name))):
                yield entry

    def list_numbers(self) -> list[int]:
        """Return the numbers of the entries that are there, in order."""
        names = self.store.list_names(ENTRIES)
        return sorted(number for name in names if (number := read_number(name)))

    def open_project(self, name: str = "") -> str:
        """Return the id of the project that the ledger belongs to; a ledger without entries gets one.

        Args:
            name: of the project; empty if it has none, or does not matter.

        Raises:
            LedgerError: the first entry is missing, or names another project.
        """
        head = self.read_head()
        if head.seq == 0:
            body = ProjectBody(project_uuid=str(uuid.uuid4()), project=name)
            self._create_entry(head, EntryKind.LEDGER_OPENED, self.put_object(encode_document(body)), None)
        first = self.read_entry(1)
        if first is None or first.header.kind is not EntryKind.LEDGER_OPENED:
            raise LedgerError(
                f"The ledger in {self.store.where} has no first entry, so nothing says whose it is.",
                f"Restore ledger/00000001.json and its object from a copy. {VERIFY}",
            )
        opened = ProjectBody.model_validate_json(self.read_object(first.header.body_sha256))
        if name and opened.project and opened.project != name:
            raise LedgerError(
                f"The ledger in {self.store.where} belongs to the project {opened.project}, and this one is {name}.",
                "Name a ledger of its own in the policy (evidence.store), or correct evidence.project.",
            )
        return opened.project_uuid

    def _list_head(self) -> Head:
        numbers = self.list_numbers()
        if not numbers:
            return Head()
        if numbers[-1] - len(numbers) > _MOST_MISSING:
            raise LedgerError(
                f"The ledger in {self.store.where} has an entry {numbers[-1]:,}, and {numbers[-1] - len(numbers):,} of those "
                "before it are missing.",
                f"A file was put there that no run wrote, or most of the ledger is gone. {VERIFY}",
            )
        self._gaps = tuple(sorted(set(range(1, numbers[-1])) - set(numbers)))
        return make_head(numbers[-1], self.store.read(name_entry(numbers[-1])) or b"")

    def _append(self, kind: EntryKind, digest: str, signer: str | None, guard: _EntryGuard | None = None) -> Entry:
        """Append an entry, and name it in the index of its kind first.

        A process that is killed between the two leaves a name that leads to nothing, or to an entry of another kind. The
        other way round it would leave a revocation that no run finds.
        """
        head = self._head or self.read_head()
        for _ in range(_MOST_REFUSALS):
            while True:
                if guard:
                    guard.look(head)
                if kind in INDEXED:
                    self.store.create(name_index_file(kind, head.seq + 1), b"")
                if entry := self._create_entry(head, kind, digest, signer):
                    return entry
                refused, head = head, self.read_head()
                if head == refused:
                    break
        raise LedgerError(
            f"The ledger in {self.store.where} refuses entry {head.seq + 1}, and shows none of that number.", VERIFY
        )

    def _create_entry(self, head: Head, kind: EntryKind, digest: str, signer: str | None) -> Entry | None:
        """Create the entry after a head; return None if another writer was faster."""
        header = Header(seq=head.seq + 1, prev=head.digest, kind=kind, at=self.now(), body_sha256=digest, signer=signer)
        entry = Entry.make(header)
        if not self.store.create(name_entry(header.seq), entry.content):
            return None
        self._head = Head(header.seq, entry.digest)
        return entry

    def _record_gaps(self) -> None:
        """Append what is missing from the ledger, once, so that it stays on record."""
        if not self._gaps:
            return
        known: set[int] = set()
        for entry in self.read_entries(since=self._gaps[0]):
            if entry.header.kind is EntryKind.RECOVERY:
                known.update(RecoveryBody.model_validate_json(self.read_object(entry.header.body_sha256)).missing)
        if missing := sorted(set(self._gaps) - known):
            body = RecoveryBody(missing=tuple(missing))
            self._append(EntryKind.RECOVERY, self.put_object(encode_document(body)), None)
        self._gaps = ()


@dataclass
class _EntryGuard:
    """Looks at the entries that come before one that is to be appended.

    Attributes:
        seen: the number of the last one that was looked at.
    """

    ledger: EvidenceLedger
    seen: int
    refuse: Callable[[Entry], None]

    def look(self, head: Head) -> None:
        """Look at those up to a head that were not looked at."""
        while self.seen < head.seq:
            if entry := self.ledger.read_entry(self.seen + 1):
                self.refuse(entry)
            self.seen += 1
