"""An anchor: which entry somebody outside knows, and what proves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import Field, ValidationError

from synth_expectations.errors import SynthError
from synth_expectations.evidence.ledger.entry import ANCHORS, Entry, EntryKind, Header
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.records.fields import Sha256, UtcTime
from synth_expectations.policy.types import ClosedModel, Text


class AnchorError(SynthError):
    """An anchor that could not be made."""


class AnchorBody(ClosedModel):
    """An anchor of an entry: the body of the entry that records it.

    Attributes:
        kind: a time stamp of RFC 3161, a copy of the header in a second store, or a signed tag of git.
        target: the authority, the store or the repository, as the policy names it; of a directory, its last part.
        seq: the number of the anchored entry.
        head: the SHA-256 of its header, which all entries before it are bound to.
        proof_sha256: of the reply of the authority or of the tag, an object of the ledger; None for a copy in a store.
        by: who vouches: the name of the authority, or that of the tag.
        time: when, by the authority's own clock, or as the tag says; None for a copy in a store.
    """

    body_schema: Literal["anchor/1"] = Field("anchor/1", alias="schema")
    kind: Literal["rfc3161", "store", "git"]
    target: Text
    seq: int = Field(ge=1)
    head: Sha256
    proof_sha256: Sha256 | None = None
    by: str = ""
    time: UtcTime | None = None


@dataclass(frozen=True)
class RecordedAnchor:
    """An anchor of a ledger.

    Attributes:
        header: of the entry that records it.
    """

    header: Header
    body: AnchorBody

    @property
    def at(self) -> datetime:
        """When it was made: by the authority's clock, or else by that of the ledger."""
        return self.body.time or self.header.at


def parse_anchor(entry: Entry, body: bytes) -> RecordedAnchor | None:
    """Return the anchor of an entry; None if the body is none."""
    try:
        return RecordedAnchor(entry.header, AnchorBody.model_validate_json(body))
    except ValidationError:
        return None


def read_anchors(ledger: EvidenceLedger) -> Iterator[RecordedAnchor]:
    """Yield the anchors of a ledger in their order, by the entries that its index names.

    An entry that cannot be read anchors nothing: `audit verify` names it.
    """
    for entry in ledger.read_indexed(ANCHORS):
        if entry.header.kind is EntryKind.ANCHOR:
            try:
                anchor = parse_anchor(entry, ledger.read_object(entry.header.body_sha256))
            except SynthError:
                continue
            if anchor:
                yield anchor


def count_unanchored(headers: Iterable[Header], anchored: int) -> int:
    """Return how many entries behind an anchored one are not anchored; the anchors themselves do not count."""
    return sum(header.seq > anchored and header.kind is not EntryKind.ANCHOR for header in headers)


def describe_claim(entries: Iterable[Entry], read_body: Callable[[str], bytes | None]) -> str:
    """Return up to which of some entries their anchors say that they are anchored, as a sentence.

    Args:
        entries: of a ledger, in their order.
        read_body: returns the bytes of a body; None if they are not at hand.
    """
    listed = list(entries)
    anchors = []
    for entry in listed:
        body = read_body(entry.header.body_sha256) if entry.header.kind is EntryKind.ANCHOR else None
        if body is not None and (anchor := parse_anchor(entry, body)):
            anchors.append(anchor.body)
    last = max((anchor.seq for anchor in anchors), default=0)
    unanchored = count_unanchored((entry.header for entry in listed), last)
    return describe_anchoring(anchors, unanchored, is_claim=True)


def describe_anchoring(anchors: Iterable[AnchorBody], unanchored: int, *, is_claim: bool) -> str:
    """Return up to which entry a ledger is anchored, as a sentence.

    Args:
        anchors: those that are known.
        unanchored: entries behind the last one, without anchors.
        is_claim: whether nobody verified them here.
    """
    last = max(anchors, key=lambda anchor: anchor.seq, default=None)
    if last is None:
        return "Not anchored: unaltered as far as its owner is trusted."
    when = f", {last.time:%Y-%m-%d %H:%M} UTC" if last.time else ""
    since = f"{unanchored:,} {'entry since is' if unanchored == 1 else 'entries since are'} not"
    claim = (
        " This is what the ledger says: audit verify --tsa-root, --anchors and --trust verify it." if is_claim else ""
    )
    return f"Anchored up to #{last.seq:,}{when} by {last.by or last.target}; {since}.{claim if is_claim else ''}"
