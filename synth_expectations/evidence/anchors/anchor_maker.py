"""Make the anchors that a policy names: each is an entry of the ledger, and a proof that somebody outside made or keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from synth_expectations.engine.object_addresses import is_address
from synth_expectations.errors import SynthError
from synth_expectations.evidence.anchors.anchor import AnchorBody, AnchorError, RecordedAnchor
from synth_expectations.evidence.anchors.confirmation import find_claimed, find_confirmed, name_target
from synth_expectations.evidence.anchors.header_copies import HeaderCopies
from synth_expectations.evidence.anchors.signed_tags import TagRepository
from synth_expectations.evidence.anchors.timestamps import SECONDS, RootCertificates, request_timestamp
from synth_expectations.evidence.ledger.entry import Entry, EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.policy.anchors import AnchorTarget, HeaderStore, TimestampAuthority

LONGEST_WAIT = timedelta(days=1)
"""How old the last anchor of a target may be when a run ends."""


@dataclass(frozen=True)
class AnchorOutcome:
    """What came of an anchor.

    Attributes:
        target: as the policy names it.
        anchor: None if it was not made.
        problem: why it was not, as a sentence; empty if it was, or if there is nothing new to anchor.
    """

    target: str
    anchor: RecordedAnchor | None = None
    problem: str = ""


def make_anchors(
    ledger: EvidenceLedger, targets: Iterable[AnchorTarget], directory: Path, seconds: float = SECONDS
) -> list[AnchorOutcome]:
    """Anchor the last entry of a ledger with each target; one that fails keeps no other from being asked.

    Anchors are entries themselves: where nothing but anchors came since the last one of a target, it is asked nothing.

    Args:
        ledger: of the project.
        targets: of the policy.
        directory: of the policy, which files and directories are below.
        seconds: how long an authority may take.

    Raises:
        LedgerError: the ledger cannot be read or appended to.
    """
    project = ledger.open_project()
    entry = _find_content(ledger)
    wanted = tuple(targets)
    last = find_confirmed(ledger, wanted, directory)
    outcomes = []
    for target in wanted:
        _, name = name_target(target)
        before = last.get(name_target(target))
        if before and before.body.seq >= entry.header.seq:
            outcomes.append(AnchorOutcome(name, before))
            continue
        try:
            body = _anchor(ledger, target, directory, project, entry, seconds)
        except SynthError as error:
            outcomes.append(AnchorOutcome(name, problem=f"{name}: {error}"))
            continue
        made = ledger.append(EntryKind.ANCHOR, body)
        outcomes.append(AnchorOutcome(name, RecordedAnchor(made.header, body)))
    return outcomes


def anchor_if_due(ledger: EvidenceLedger, targets: tuple[AnchorTarget, ...], directory: Path) -> Iterator[str]:
    """Anchor with each target whose last anchor is older than a day; yield what failed, a sentence each.

    Args:
        ledger: to which a run has just been added.
        targets: of the policy.
        directory: of the policy.

    Raises:
        LedgerError: the ledger cannot be read or appended to.
    """
    # what the ledger claims will do to find out what is due; `make_anchors` believes none of it
    claimed, now = find_claimed(ledger) if targets else {}, ledger.now()
    due = []
    for target in targets:
        before = claimed.get(name_target(target))
        # an anchor of later than now is that of a clock that was set back: it says nothing of today
        if not before or not timedelta() <= now - before[-1].header.at < LONGEST_WAIT:
            due.append(target)
    for outcome in make_anchors(ledger, due, directory) if due else ():
        if outcome.problem:
            yield f"The ledger was not anchored. {outcome.problem} It is tried again: audit anchor"


def _find_content(ledger: EvidenceLedger) -> Entry:
    """Return the last entry that is not an anchor."""
    seq = ledger.read_head().seq
    while seq:
        entry = ledger.read_entry(seq)
        if entry and entry.header.kind is not EntryKind.ANCHOR:
            return entry
        seq -= 1
    raise AnchorError("The ledger has no entry.")


def _is_own(place: str, ledger: str) -> bool:
    """Return whether a store is that of the ledger, or lies in it."""
    if is_address(place) or is_address(ledger):
        return f"{place.rstrip('/')}/".startswith(f"{ledger.rstrip('/')}/")
    return Path(place).resolve().is_relative_to(Path(ledger).resolve())


def _anchor(
    ledger: EvidenceLedger, target: AnchorTarget, directory: Path, project: str, entry: Entry, seconds: float
) -> AnchorBody:
    seq, head, (_, name) = entry.header.seq, entry.digest, name_target(target)
    if isinstance(target, TimestampAuthority):
        roots = RootCertificates(directory / target.root)
        reply, timestamp = request_timestamp(target.rfc3161, entry.content, roots, seconds)
        return AnchorBody(
            kind="rfc3161",
            target=name,
            seq=seq,
            head=head,
            proof_sha256=ledger.put_object(reply),
            by=timestamp.authority,
            time=timestamp.time,
        )
    if isinstance(target, HeaderStore):
        copies = HeaderCopies(target.store, directory, project)
        if _is_own(copies.store.where, ledger.store.where):
            raise AnchorError("It is the ledger's own store, whose owner can rewrite both.", "Name one elsewhere.")
        copies.keep(seq, entry.content)
        return AnchorBody(kind="store", target=name, seq=seq, head=head)
    tag_name, tag = TagRepository(directory / target.git, project).add_tag(seq, head, target.remote)
    return AnchorBody(
        kind="git",
        target=name,
        seq=seq,
        head=head,
        proof_sha256=ledger.put_object(tag.content),
        by=tag_name,
        time=tag.time,
    )
