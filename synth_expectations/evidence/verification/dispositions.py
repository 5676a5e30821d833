"""Decisions about findings: each is about a finding that was open, by somebody who neither owns nor runs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from synth_expectations.evidence.findings.dispositions import (
    ENTRY_KINDS,
    DispositionRevocationBody,
    RecordedDisposition,
    Revocation,
    read_disposition,
)
from synth_expectations.evidence.findings.follower import FindingsFollower
from synth_expectations.evidence.findings.model import FindingsState
from synth_expectations.evidence.keys.key_ring import KeyRing
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.sight import see_run
from synth_expectations.evidence.verification.report import VerificationFinding, Weight
from synth_expectations.evidence.verification.runs import VerifiedRun
from synth_expectations.evidence.verification.source import VerifiedEntry

_KINDS = {*ENTRY_KINDS.values(), EntryKind.DISPOSITION_REVOKED}


def check_dispositions(
    entries: Iterable[VerifiedEntry], runs: Iterable[VerifiedRun], *, is_partial: bool
) -> Iterator[VerificationFinding]:
    """Yield the decisions that do not count, and those that nothing proves, after following findings anew.

    Args:
        entries: with their bodies.
        runs: by their entries.
        is_partial: whether runs may be left out: a decision about a finding of another period is then not judged.
    """
    listed = list(entries)
    if not any(verified.entry.header.kind in _KINDS for verified in listed):
        return
    ends = {run.finished.seq: run.end for run in runs if run.finished and run.end}
    follower = FindingsFollower(FindingsState(is_partial=is_partial))
    ring = KeyRing()
    recorded: dict[int, tuple[VerifiedEntry, RecordedDisposition]] = {}
    for verified in listed:
        header, body = verified.entry.header, verified.body
        if body is None:
            continue
        if record := ends.get(verified.seq):
            sight = see_run(record, header.seq, header.body_sha256)
            follower.add_run(record, sight)
        try:
            if header.kind in {EntryKind.KEY_ADDED, EntryKind.KEY_REVOKED}:
                ring.add_entry(header, body)
            elif header.kind is EntryKind.DISPOSITION_REVOKED:
                yield from _check_revocation(follower, verified, body)
            elif header.kind in _KINDS:
                disposition = read_disposition(header, body, ring)
                follower.add_disposition(disposition)
                recorded[verified.seq] = verified, disposition
        except ValueError:
            if header.kind in _KINDS:
                yield _alter(verified, "It is not a decision about a finding.")
    unknown = {disposition.entry for disposition in follower.state.unknown_dispositions}
    for seq, (verified, disposition) in recorded.items():
        if not (is_partial and seq in unknown):
            yield from _judge(verified, disposition)


def _judge(verified: VerifiedEntry, disposition: RecordedDisposition) -> Iterator[VerificationFinding]:
    terms = disposition.terms
    if disposition.objection:
        message = f"The decision by {terms.by} about finding {terms.finding} does not count: {disposition.objection}."
        yield VerificationFinding(Weight.NOTE, message, verified.seq, verified.body_file)
    elif disposition.keyid is None:
        message = f"The decision by {terms.by} about finding {terms.finding} is {disposition.wording}."
        yield VerificationFinding(Weight.NOTE, message, verified.seq)


def _check_revocation(
    follower: FindingsFollower, verified: VerifiedEntry, body: bytes
) -> Iterator[VerificationFinding]:
    ended = DispositionRevocationBody.model_validate_json(body)
    revocation = Revocation(entry=verified.seq, at=verified.entry.header.at, by=ended.by, reason=ended.reason)
    if not follower.revoke_disposition(ended.disposition, revocation):
        yield _alter(verified, f"It ends a decision of entry {ended.disposition}, which does not exist.")


def _alter(verified: VerifiedEntry, message: str) -> VerificationFinding:
    return VerificationFinding(Weight.ALTERED, message, verified.seq, verified.body_file)
