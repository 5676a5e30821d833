"""An entry of the ledger: a short header, and the digest of its body."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pydantic import Field

from synth_expectations.evidence.canonical import compute_digest, encode_document
from synth_expectations.evidence.records.fields import Sha256, UtcTime
from synth_expectations.policy.types import ClosedModel

SCHEMA = "ledger/1"
NO_ENTRY = "0" * 64
"""What the first entry has in the place of the digest of the entry before."""


class EntryKind(StrEnum):
    """What an entry is about."""

    LEDGER_OPENED = "ledger_opened"
    RUN_STARTED = "run_started"
    RUN_FINISHED = "run_finished"
    RUN_ATTESTED = "run_attested"
    POLICY_APPROVED = "policy_approved"
    POLICY_REVOKED = "policy_revoked"
    RESULT_ADOPTED = "result_adopted"
    FINDING_ACCEPTED = "finding_accepted"
    FINDING_FALSE_POSITIVE = "finding_false_positive"
    DISPOSITION_REVOKED = "disposition_revoked"
    MANUAL_DONE = "manual_done"
    GAP_EXPLAINED = "gap_explained"
    SAMPLE_DRAWN = "sample_drawn"
    SAMPLE_RECORDED = "sample_recorded"
    SAMPLE_WITHDRAWN = "sample_withdrawn"
    TRACED = "traced"
    PACK_MADE = "pack_made"
    PERIOD_CLOSED = "period_closed"
    PERIOD_SIGNED = "period_signed"
    ANCHOR = "anchor"
    KEY_ADDED = "key_added"
    KEY_REVOKED = "key_revoked"
    REDACTION = "redaction"
    RECOVERY = "recovery"


APPROVALS, KEYS, ANCHORS, REVIEWS, SAMPLES = "approvals", "keys", "anchors", "reviews", "samples"
INDEXED = {
    EntryKind.POLICY_APPROVED: APPROVALS,
    EntryKind.POLICY_REVOKED: APPROVALS,
    EntryKind.KEY_ADDED: KEYS,
    EntryKind.KEY_REVOKED: KEYS,
    EntryKind.ANCHOR: ANCHORS,
    EntryKind.MANUAL_DONE: REVIEWS,
    EntryKind.SAMPLE_DRAWN: SAMPLES,
    EntryKind.SAMPLE_RECORDED: SAMPLES,
    EntryKind.SAMPLE_WITHDRAWN: SAMPLES,
}
"""The kinds of entries that commands look for, and the directory of the index that names them: they need not read all."""


class Header(ClosedModel):
    """The part of an entry that every pack has, whatever its period.

    Attributes:
        header_schema: the version of this document.
        seq: the number of the entry, from 1, without gaps.
        prev: the SHA-256 of the header before, as it lies in its file; of the first entry, 64 zeros.
        kind: what the entry is about.
        at: when it was written, by the clock of who wrote it.
        body_sha256: of its body, an object of the ledger.
        signer: the id of the key that signed the body; None if nobody did.
    """

    header_schema: Literal["ledger/1"] = Field("ledger/1", alias="schema")
    seq: int = Field(ge=1)
    prev: Sha256
    kind: EntryKind
    at: UtcTime
    body_sha256: Sha256
    signer: str | None = None


@dataclass(frozen=True)
class Entry:
    """A header, and its bytes as they are stored."""

    header: Header
    content: bytes

    @classmethod
    def make(cls, header: Header) -> Entry:
        """Return the entry of a header, in canonical bytes."""
        return cls(header, encode_document(header))

    @property
    def digest(self) -> str:
        """The SHA-256 of the header: what the next entry names as `prev`."""
        return compute_digest(self.content)


@dataclass(frozen=True)
class Head:
    """The last entry of a ledger; number 0 of one that has none."""

    seq: int = 0
    digest: str = NO_ENTRY
