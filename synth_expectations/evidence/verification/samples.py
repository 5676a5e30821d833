"""Samples: each seed follows from the head before the draw, and each count from the answers."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ValidationError

from synth_expectations.evidence.ledger.entry import EntryKind, Head
from synth_expectations.evidence.sampling.entries import SampleDrawnBody, SampleRecordedBody, SampleWithdrawnBody
from synth_expectations.evidence.sampling.interval import compute_interval
from synth_expectations.evidence.sampling.seed import make_seed
from synth_expectations.evidence.sampling.strata import SampleFinding
from synth_expectations.evidence.verification.objects import ObjectCheck
from synth_expectations.evidence.verification.report import VerificationFinding, Weight
from synth_expectations.evidence.verification.source import VerifiedEntry

_BODIES: dict[EntryKind, type[BaseModel]] = {
    EntryKind.SAMPLE_DRAWN: SampleDrawnBody,
    EntryKind.SAMPLE_RECORDED: SampleRecordedBody,
    EntryKind.SAMPLE_WITHDRAWN: SampleWithdrawnBody,
}


def check_samples(objects: ObjectCheck) -> Iterator[VerificationFinding]:
    """Yield what does not agree in the draws of samples and in their answers."""
    headers = {verified.seq: verified.entry for verified in objects.entries}
    drawn: dict[int, tuple[VerifiedEntry, SampleDrawnBody]] = {}
    nonces: dict[str, int] = {}
    for verified in objects.entries:
        model = _BODIES.get(verified.entry.header.kind)
        if model is None or verified.body is None:
            continue
        try:
            body = model.model_validate_json(verified.body)
        except ValidationError:
            yield _find(verified, "It is about no sample that this version knows.")
            continue
        if isinstance(body, SampleDrawnBody):
            drawn[verified.seq] = verified, body
            head = headers.get(body.head)
            digest = head.digest if head else body.head_sha256
            if body.head >= verified.seq or digest != body.head_sha256:
                yield _find(verified, f"Its head is not entry {body.head} as it was before the draw.", "head_sha256")
            if make_seed(Head(body.head, body.head_sha256), body.nonce) != body.seed:
                yield _find(verified, "Its seed does not follow from the head and the nonce.", "seed")
            if body.nonce and nonces.setdefault(body.nonce, verified.seq) != verified.seq:
                yield _find(verified, f"Its nonce is that of draw {nonces[body.nonce]}.", "nonce")
        elif isinstance(body, SampleRecordedBody):
            if body.draw in drawn:
                yield from _check_answers(verified, body, *drawn[body.draw])
            yield from objects.check_named(verified, body.sheet_sha256, "sheet_sha256")


def _check_answers(
    verified: VerifiedEntry, body: SampleRecordedBody, draw: VerifiedEntry, drawn: SampleDrawnBody
) -> Iterator[VerificationFinding]:
    if body.draw_sha256 != draw.entry.header.body_sha256:
        yield _find(verified, f"It answers another draw than entry {body.draw}.", "draw_sha256")
        return
    pseudonyms = {record.rank: record.pseudonym for record in drawn.records}
    answered = [answer.rank for answer in body.answers]
    if len(set(answered)) < len(answered) or any(
        pseudonyms.get(answer.rank) != answer.pseudonym for answer in body.answers
    ):
        yield _find(verified, f"Its answers are not about the records of draw {body.draw}.", "answers")
    gone = sum(answer.finding is SampleFinding.GONE for answer in body.answers)
    exceptions = sum(answer.finding.is_exception for answer in body.answers)
    reviewed = len(body.answers) - gone
    interval = compute_interval(exceptions, reviewed, drawn.population - gone, drawn.confidence / 100)
    expected = {
        "population": drawn.population,
        "gone": gone,
        "exceptions": exceptions,
        "reviewed": reviewed,
        "low": round(interval.low, 6),
        "high": round(interval.high, 6),
        "at_most": round(interval.at_most, 6),
    }
    for name, number in expected.items():
        if getattr(body, name) != number:
            message = f"It says {name} {getattr(body, name)}, but its answers give {number}."
            yield _find(verified, message, name)


def _find(verified: VerifiedEntry, message: str, field: str = "") -> VerificationFinding:
    return VerificationFinding(Weight.ALTERED, message, verified.seq, verified.body_file, field)
