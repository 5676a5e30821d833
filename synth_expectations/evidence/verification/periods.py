"""Closed periods and their sign-offs: each close is over a head of the chain, each sign-off over the pack of its close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import ValidationError

from synth_expectations.evidence.cycle.closing import PeriodClosing, parse_closing
from synth_expectations.evidence.cycle.sign_off import PeriodSignOff
from synth_expectations.evidence.cycle.sign_off_terms import find_contradiction
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.pack.pack_entry import PackMadeBody
from synth_expectations.evidence.pack.period import PeriodError, parse_period
from synth_expectations.evidence.persons import is_same_person
from synth_expectations.evidence.verification.chain import Chain
from synth_expectations.evidence.verification.report import VerificationFinding, Weight
from synth_expectations.evidence.verification.runs import VerifiedRun
from synth_expectations.evidence.verification.source import VerifiedEntry


def check_periods(
    entries: Iterable[VerifiedEntry], chain: Chain, runs: Iterable[VerifiedRun], sign_offs: dict[int, PeriodSignOff]
) -> Iterator[VerificationFinding]:
    """Yield what contradicts itself in closed periods, and who signed that should not have.

    Args:
        entries: with their bodies.
        chain: their headers.
        runs: of the entries.
        sign_offs: those that are signed, by the number of their entry.
    """
    closings: dict[int, PeriodClosing] = {}
    listed = list(runs)
    for verified in entries:
        kind = verified.entry.header.kind
        if verified.body is None:
            continue
        if kind is EntryKind.PERIOD_CLOSED:
            closing = parse_closing(verified.entry, verified.body)
            if closing is None:
                yield _contradict(verified, "It is not a close of a period.")
                continue
            yield from _check_closing(verified, closing, closings.values(), chain)
            closings[verified.seq] = closing
        elif kind is EntryKind.PERIOD_SIGNED and verified.seq in sign_offs:
            yield from _check_sign_off(verified, sign_offs[verified.seq], closings, listed, sign_offs.values())
        elif kind is EntryKind.PACK_MADE:
            yield from _check_pack(verified, verified.body, closings.values())


def _check_closing(
    verified: VerifiedEntry, closing: PeriodClosing, others: Iterable[PeriodClosing], chain: Chain
) -> Iterator[VerificationFinding]:
    terms = closing.body.terms
    if terms.head >= verified.seq or chain.digests.get(terms.head) != terms.head_sha256:
        yield _contradict(
            verified, f"It closes {terms.period} with another entry {terms.head} than there is.", "terms.head"
        )
    for other in others:
        if other.body.terms.period == terms.period:
            message = f"{terms.period} was closed already, by entry {other.header.seq}: that one counts."
            yield VerificationFinding(Weight.NOTE, message, verified.seq, verified.body_file)
            return
    try:
        is_over = parse_period(terms.period).end <= verified.entry.header.at
    except PeriodError:
        yield _contradict(verified, f"{terms.period} is not a period.", "terms.period")
        return
    if not is_over:
        yield _contradict(verified, f"It closes {terms.period} before that was over.", "terms.period")
    if terms.reservations:
        message = (
            f"{terms.period} was closed with {len(terms.reservations)} reservations: the cover of its pack lists them."
        )
        yield VerificationFinding(Weight.NOTE, message, verified.seq, verified.body_file)


def _check_sign_off(
    verified: VerifiedEntry,
    signed: PeriodSignOff,
    closings: dict[int, PeriodClosing],
    runs: Iterable[VerifiedRun],
    others: Iterable[PeriodSignOff],
) -> Iterator[VerificationFinding]:
    terms = signed.terms
    closing = closings.get(terms.closing)
    if closing is None:
        yield _contradict(
            verified, f"It signs for {terms.period}, and entry {terms.closing} closes no period.", "closing"
        )
        return
    body = closing.body
    if contradiction := find_contradiction(terms, closing):
        message = f"It does not fit entry {terms.closing}, which closed {body.terms.period}: {contradiction}."
        yield _contradict(verified, message, "manifest_sha256")
    period = parse_period(body.terms.period)
    own = [
        run
        for run in runs
        if (record := run.start or run.end)
        and period.has(record.started_at)
        and is_same_person(record.actor.claimed, terms.by)
    ]
    if own:
        message = f"{terms.by} signed {terms.period}, and started {len(own)} of its runs."
        yield VerificationFinding(Weight.NOTE, message, verified.seq, verified.body_file)
    for other in others:
        is_earlier = other.header.seq < verified.seq and other.terms.closing == terms.closing
        if is_earlier and is_same_person(other.terms.by, terms.by):
            message = f"{terms.by} signed {terms.period} as {other.terms.role}, too: one person for two roles."
            yield VerificationFinding(Weight.NOTE, message, verified.seq, verified.body_file)


def _check_pack(
    verified: VerifiedEntry, body: bytes, closings: Iterable[PeriodClosing]
) -> Iterator[VerificationFinding]:
    """Yield that another pack of a closed period was made than the one with which it was closed."""
    try:
        made = PackMadeBody.model_validate_json(body)
    except ValidationError:
        return
    if made.regulations or made.tables:
        return
    for closing in closings:
        is_same = closing.body.terms.period == made.period
        if is_same and closing.body.manifest_sha256 != made.manifest_sha256:
            message = (
                f"It made another pack of {made.period} than the one with which entry {closing.header.seq} closed it."
            )
            yield _contradict(verified, message, "manifest_sha256")


def _contradict(verified: VerifiedEntry, message: str, name: str = "") -> VerificationFinding:
    return VerificationFinding(Weight.ALTERED, message, verified.seq, verified.body_file, name)
