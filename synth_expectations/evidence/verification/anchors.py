"""The anchors of a ledger: what somebody outside signed or keeps is held against its chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from synth_expectations.engine.object_addresses import is_address
from synth_expectations.errors import SynthError
from synth_expectations.evidence.anchors.anchor import (
    AnchorBody,
    RecordedAnchor,
    count_unanchored,
    describe_anchoring,
    parse_anchor,
)
from synth_expectations.evidence.anchors.header_copies import HeaderCopies
from synth_expectations.evidence.anchors.signed_tags import TagRepository, is_repository, parse_tag
from synth_expectations.evidence.anchors.timestamps import RootCertificates
from synth_expectations.evidence.keys.key_ring import KeyRing
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.verification.chain import Chain
from synth_expectations.evidence.verification.objects import ObjectCheck
from synth_expectations.evidence.verification.report import VerificationFinding, Weight
from synth_expectations.evidence.verification.source import VerifiedEntry


@dataclass(frozen=True)
class AnchorWitnesses:
    """What a verifier got from those who anchor, and not from the ledger.

    Attributes:
        roots: of a time stamping authority.
        places: stores that have copies of headers, and git repositories that have tags.
    """

    roots: RootCertificates | None = None
    places: tuple[str, ...] = ()


@dataclass
class AnchorCheck:
    """Holds the anchors of some entries against their chain.

    Attributes:
        findings: what does not fit, and what cannot be judged.
        confirmed: the anchors that a witness confirms.
    """

    objects: ObjectCheck
    chain: Chain
    project: str
    witnesses: AnchorWitnesses
    trust: KeyRing | None = None
    findings: list[VerificationFinding] = field(default_factory=list)
    confirmed: list[AnchorBody] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Check every anchor, and every copy that the witnesses have."""
        anchors = list(self._read())
        for place in self.witnesses.places:
            self._check_place(place)
        for verified, anchor in anchors:
            self._check(verified, anchor)
        if anchors and not self.confirmed and not any(f.weight is Weight.ALTERED for f in self.findings):
            kinds = {anchor.body.kind for _, anchor in anchors}
            needed = " or ".join(_NEEDED[kind] for kind in _NEEDED if kind in kinds)
            message = f"Nothing that was given confirms an anchor of the ledger: give {needed}."
            # an entry about a copy in a store has no proof in it: it asks for nothing more than a ledger without anchors
            weight = Weight.NOTE if kinds == {"store"} else Weight.UNJUDGED
            self.findings.append(VerificationFinding(weight, message))

    @property
    def sentence(self) -> str:
        """Up to which entry the ledger is anchored, as far as witnesses confirm it."""
        last = max((anchor.seq for anchor in self.confirmed), default=0)
        headers = (verified.entry.header for verified in self.chain.entries)
        if not self.confirmed and any(v.entry.header.kind is EntryKind.ANCHOR for v in self.chain.entries):
            return "Not anchored as far as can be told: no witness confirms an anchor."
        return describe_anchoring(self.confirmed, count_unanchored(headers, last), is_claim=False)

    def _read(self) -> Iterator[tuple[VerifiedEntry, RecordedAnchor]]:
        for verified in self.objects.entries:
            if verified.entry.header.kind is not EntryKind.ANCHOR or verified.body is None:
                continue
            if anchor := parse_anchor(verified.entry, verified.body):
                yield verified, anchor
            else:
                self._add(Weight.ALTERED, "It is not an anchor.", verified)

    def _check(self, verified: VerifiedEntry, anchor: RecordedAnchor) -> None:
        body = anchor.body
        if body.seq >= verified.seq:
            self._add(Weight.ALTERED, f"It anchors entry {body.seq}, which was written later.", verified, "seq")
            return
        if self.chain.digests.get(body.seq) != body.head:
            message = (
                f"It anchors another entry {body.seq} than the ledger has: the ledger was rewritten, or the anchor is "
                "that of another one."
            )
            self._add(Weight.ALTERED, message, verified, "head")
            return
        if body.kind == "store":
            return  # the store itself is the proof
        proof = self.objects.read_sound(body.proof_sha256 or "")
        if proof is None:
            self._add(Weight.ALTERED, "The reply or the tag that proves it is missing.", verified, "proof_sha256")
        elif body.kind == "rfc3161":
            self._check_timestamp(verified, body, proof)
        else:
            self._check_tag(verified, body, proof)

    def _check_timestamp(self, verified: VerifiedEntry, body: AnchorBody, reply: bytes) -> None:
        if self.witnesses.roots is None:
            return
        try:
            timestamp = self.witnesses.roots.verify(reply, body.head)
        except SynthError as error:
            self._add(Weight.ALTERED, error.message, verified, "proof_sha256")
            return
        if timestamp.time.replace(microsecond=0) != (body.time or timestamp.time).replace(microsecond=0):
            self._add(
                Weight.ALTERED, f"The authority stamped it at {timestamp.time:%Y-%m-%d %H:%M:%S} UTC.", verified, "time"
            )
            return
        self.confirmed.append(body.model_copy(update={"by": timestamp.authority, "time": timestamp.time}))

    def _check_tag(self, verified: VerifiedEntry, body: AnchorBody, content: bytes) -> None:
        try:
            tag = parse_tag(content)
        except SynthError as error:
            self._add(Weight.ALTERED, error.message, verified, "proof_sha256")
            return
        if (tag.seq, tag.digest) != (body.seq, body.head) or (self.project and tag.project != self.project):
            self._add(Weight.ALTERED, "The tag is that of another entry or ledger.", verified, "proof_sha256")
        elif not tag.signature:
            self._add(Weight.ALTERED, "The tag is not signed, so anybody could have made it.", verified, "proof_sha256")
        elif tag.find_signer(self.trust):
            self.confirmed.append(body)

    def _check_place(self, place: str) -> None:
        """Hold what a store or a repository has of this ledger against its chain, also where no entry speaks of it."""
        copies: list[tuple[int, str, datetime | None]]
        kind: Literal["git", "store"]
        if not is_address(place) and is_repository(Path(place)):
            tags = TagRepository(Path(place), self.project).list_tags()
            kind, copies = "git", [(tag.seq, tag.digest, tag.time) for tag in tags]
        else:
            stored = HeaderCopies(place, Path(), self.project).list_copies()
            kind, copies = "store", [(copy.seq, copy.digest, None) for copy in stored]
        name = place if is_address(place) else Path(place).name
        if not copies:
            message = f"{name} has no copy of this ledger: it anchors another one, or none."
            self.findings.append(VerificationFinding(Weight.UNJUDGED, message))
        for seq, digest, time in copies:
            known = self.chain.digests.get(seq)
            if known == digest:
                self.confirmed.append(AnchorBody(kind=kind, target=name, seq=seq, head=digest, by=name, time=time))
            elif known is None and self.objects.is_partial and seq > self.chain.head.seq:
                continue  # a pack ends before the ledger does
            else:
                has = "another one" if known else "none: its end was cut off"
                message = f"{name} has a copy of entry {seq}, and the ledger has {has}."
                self.findings.append(VerificationFinding(Weight.ALTERED, message, seq))

    def _add(self, weight: Weight, message: str, verified: VerifiedEntry, name: str = "") -> None:
        self.findings.append(VerificationFinding(weight, message, verified.seq, verified.body_file, name))


_NEEDED = {
    "rfc3161": "--tsa-root with the root certificate that you got from the authority",
    "store": "--anchors with the store",
    "git": "--anchors with the repository, or --trust with the key that signs its tags",
}
