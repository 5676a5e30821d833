"""Append to a ledger, and read it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ValidationError

from synth_expectations.errors import SynthError
from synth_expectations.evidence.canonical import compute_digest, encode_document
from synth_expectations.evidence.ledger.entry import Entry, EntryKind, Head, Header
from synth_expectations.evidence.ledger.store import LedgerStore


class LedgerError(SynthError):
    """A ledger that cannot be read or written."""


class EvidenceLedger:
    """The entries and objects of a project.

    Args:
        store: where they lie.
        now: gives the time of an entry, in UTC.
    """

    def __init__(self, store: LedgerStore, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.store = store
        self._now = now
        self._head = Head()

    def put_object(self, content: bytes) -> str:
        """Keep some bytes, and return their SHA-256; bytes that are there already are kept once."""
        digest = compute_digest(content)
        self.store.create(f"objects/{digest}", content)
        return digest

    def read_object(self, digest: str) -> bytes:
        """Return the bytes of a digest.

        Raises:
            LedgerError: they are missing, or others lie in their place.
        """
        content = self.store.read(f"objects/{digest}")
        if content is None:
            raise LedgerError(
                f"The object {digest[:12]}… is missing from the ledger.", "Run: synth-expectations audit verify"
            )
        if compute_digest(content) != digest:
            raise LedgerError(f"The object {digest[:12]}… was altered.", "Run: synth-expectations audit verify")
        return content

    def append(self, kind: EntryKind, body: BaseModel | dict[str, Any] | bytes, signer: str | None = None) -> Entry:
        """Append an entry after the last one; another writer that is faster only moves it by one.

        Args:
            kind: what it is about.
            body: a document, or the bytes of one.
            signer: the id of the key that signed the body.

        Returns:
            The entry.
        """
        digest = self.put_object(body if isinstance(body, bytes) else encode_document(body))
        while True:
            head = self.read_head()
            header = Header(
                seq=head.seq + 1, prev=head.digest, kind=kind, at=self._now(), body_sha256=digest, signer=signer
            )
            entry = Entry.make(header)
            if self.store.create(_name_entry(header.seq), entry.content):
                self._head = Head(header.seq, entry.digest)
                return entry

    def read_head(self) -> Head:
        """Return the last entry, looking from the last one that is known."""
        head = self._head
        while (content := self.store.read(_name_entry(head.seq + 1))) is not None:
            head = Head(head.seq + 1, compute_digest(content))
        self._head = head
        return head

    def read_entries(self, since: int = 1) -> Iterator[Entry]:
        """Yield the entries in their order, from a number on.

        Raises:
            LedgerError: one cannot be read. Whether they belong together is the question of `audit verify`.
        """
        seq = since
        while (content := self.store.read(_name_entry(seq))) is not None:
            try:
                yield Entry(Header.model_validate_json(content), content)
            except ValidationError as error:
                raise LedgerError(
                    f"Entry {seq} of the ledger cannot be read: it is no header that this version knows."
                ) from error
            seq += 1

    def open_project(self) -> str:
        """Return the id of the project that the ledger belongs to; a ledger without entries gets one."""
        first = next(self.read_entries(), None)
        if first is None:
            first = self.append(EntryKind.LEDGER_OPENED, ProjectBody(project_uuid=str(uuid.uuid4())))
            if first.header.seq != 1:  # another writer was faster
                first = next(self.read_entries())
        return ProjectBody.model_validate_json(self.read_object(first.header.body_sha256)).project_uuid


class ProjectBody(BaseModel):
    """The body of the first entry."""

    project_uuid: str


def _name_entry(seq: int) -> str:
    return f"ledger/{seq:08d}.json"
