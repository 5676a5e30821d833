"""Where the headers and objects that are verified come from: a ledger, or the files of a pack."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from synth_expectations.evidence.attestations.envelope import read_envelope
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.bulk_reading import StoredFile, read_files
from synth_expectations.evidence.ledger.entry import Entry
from synth_expectations.evidence.ledger.entry_files import read_number
from synth_expectations.evidence.ledger.store import ENTRIES, INDEX, OBJECTS, LedgerStore

_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class HeaderFile:
    """The bytes of a header, and where they lie.

    Attributes:
        content: None if it cannot be read.
        number: of the entry, by its place; None if it is not in the place of any.
        problem: why it cannot be read, as a sentence.
    """

    name: str
    content: bytes | None
    number: int | None
    problem: str = ""


class EvidenceSource(Protocol):
    """The headers and objects that are verified."""

    @property
    def where(self) -> str:
        """What it is, for people."""

    @property
    def is_partial(self) -> bool:
        """Whether objects may be left out: a pack has those of its period."""

    def read_headers(self) -> list[HeaderFile]:
        """Return the files of headers, in the order of their names."""

    def read_object(self, digest: str) -> bytes | None:
        """Return the bytes that lie in the place of a digest, whatever they are; None if there are none.

        Raises:
            LedgerError: they cannot be read.
        """

    def read_all_objects(self) -> Iterator[StoredFile]:
        """Yield all objects, by their names, which should be their digests."""

    def list_index(self, index: str) -> list[str] | None:
        """Return the names in an index; None if there is no index."""

    def list_leftovers(self) -> list[str]:
        """Return the files that a killed process did not finish."""


class LedgerSource:
    """A whole ledger.

    Args:
        store: where it lies.
    """

    is_partial = False

    def __init__(self, store: LedgerStore) -> None:
        self._store = store

    @property
    def where(self) -> str:
        """The directory or the address."""
        return self._store.where

    def read_headers(self) -> list[HeaderFile]:
        """Return the files of headers, in the order of their names."""
        names = [f"{ENTRIES}/{name}" for name in self._store.list_names(ENTRIES)]
        return [_describe_header(file) for file in read_files(self._store, names)]

    def read_object(self, digest: str) -> bytes | None:
        """Return the bytes that lie in the place of a digest, whatever they are; None if there are none."""
        return self._store.read(f"{OBJECTS}/{digest}")

    def read_all_objects(self) -> Iterator[StoredFile]:
        """Yield all objects, by their names, which should be their digests."""
        names = [f"{OBJECTS}/{name}" for name in self._store.list_names(OBJECTS)]
        for file in read_files(self._store, names):
            yield replace(file, name=file.name.removeprefix(f"{OBJECTS}/"))

    def list_index(self, index: str) -> list[str] | None:
        """Return the names in an index."""
        return self._store.list_names(f"{INDEX}/{index}")

    def list_leftovers(self) -> list[str]:
        """Return the files that a killed process did not finish."""
        return self._store.list_leftovers()


def _describe_header(file: StoredFile) -> HeaderFile:
    problem = file.error.message if file.error else ""
    return HeaderFile(file.name, file.content, read_number(file.name.rpartition("/")[2]), problem)


@dataclass(frozen=True)
class VerifiedEntry:
    """An entry whose header was read, and its body.

    Attributes:
        file: of the header.
        body: None if it is missing, redacted or altered.
        is_absent: whether a pack was made without the body.
    """

    entry: Entry
    file: str
    body: bytes | None = None
    is_absent: bool = False

    @property
    def seq(self) -> int:
        """The number of the entry."""
        return self.entry.header.seq

    @property
    def body_file(self) -> str:
        """The object of the body."""
        return f"{OBJECTS}/{self.entry.header.body_sha256}"


def find_digests(body: bytes) -> set[str]:
    """Return every digest that a document names, also in a signed payload."""
    envelope = read_envelope(body)
    try:
        document = json.loads(envelope.decode_payload() if envelope else body)
        if isinstance(document, dict) and document.get("schema") == "ssh-signed/1":
            document = json.loads(base64.b64decode(document["payload"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return set()
    return set(_walk(document))


def _walk(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from _walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from _walk(value)
    elif isinstance(node, str) and _DIGEST.fullmatch(node):
        yield node


def is_digest_of(digest: str, content: bytes) -> bool:
    """Return whether bytes have a digest."""
    return compute_digest(content) == digest
