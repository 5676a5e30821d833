"""Whether the anchors that a ledger claims are held by those whom the policy names: the ledger's word alone proves none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from synth_expectations.engine.object_addresses import is_address
from synth_expectations.errors import SynthError
from synth_expectations.evidence.anchors.anchor import AnchorBody, RecordedAnchor, read_anchors
from synth_expectations.evidence.anchors.header_copies import HeaderCopies
from synth_expectations.evidence.anchors.signed_tags import TagRepository
from synth_expectations.evidence.anchors.timestamps import RootCertificates
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.policy.anchors import AnchorTarget, HeaderStore, SignedTag, TimestampAuthority
from synth_expectations.redaction import mask_credentials

TargetName = tuple[str, str]
"""The kind of a target, and its name."""


def name_target(target: AnchorTarget) -> TargetName:
    """Return the kind and the name of a target for entries and pages: without credentials or a path of this machine."""
    if isinstance(target, TimestampAuthority):
        return "rfc3161", mask_credentials(target.rfc3161)
    kind, place = ("store", target.store) if isinstance(target, HeaderStore) else ("git", target.git)
    if is_address(place):
        return kind, mask_credentials(place)
    return kind, Path(place).name if Path(place).is_absolute() else Path(place).as_posix()


def find_claimed(ledger: EvidenceLedger) -> dict[TargetName, list[RecordedAnchor]]:
    """Return the anchors of each target that name what the ledger holds, in their order: one of another chain is none."""
    claimed: dict[TargetName, list[RecordedAnchor]] = {}
    for anchor in read_anchors(ledger):
        entry = ledger.read_entry(anchor.body.seq)
        if entry and entry.digest == anchor.body.head and anchor.body.seq < anchor.header.seq:
            claimed.setdefault((anchor.body.kind, anchor.body.target), []).append(anchor)
    return claimed


def find_confirmed(
    ledger: EvidenceLedger, targets: Iterable[AnchorTarget], directory: Path
) -> dict[TargetName, RecordedAnchor]:
    """Return the last anchor of each target that its own proof confirms.

    Args:
        ledger: of the project.
        targets: of the policy.
        directory: of the policy, which files and directories are below.
    """
    claimed, project = find_claimed(ledger), ledger.open_project()
    confirmed = {}
    for target in targets:
        name = name_target(target)
        for anchor in reversed(claimed.get(name, ())):
            if _is_confirmed(ledger, target, anchor.body, directory, project):
                confirmed[name] = anchor
                break
    return confirmed


def _is_confirmed(
    ledger: EvidenceLedger, target: AnchorTarget, body: AnchorBody, directory: Path, project: str
) -> bool:
    """Return whether a target holds an anchor; one that cannot be asked confirms nothing."""
    try:
        if isinstance(target, HeaderStore):
            return HeaderCopies(target.store, directory, project).has_copy(body.seq, body.head)
        if isinstance(target, SignedTag):
            return TagRepository(directory / target.git, project).has_entry(body.seq, body.head)
        stamped = RootCertificates(directory / target.root).verify(
            ledger.read_object(body.proof_sha256 or ""), body.head
        )
        return body.time is not None and stamped.time.replace(microsecond=0) == body.time.replace(microsecond=0)
    except SynthError:
        return False
