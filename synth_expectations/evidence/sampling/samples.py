"""The samples of a ledger, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pydantic import ValidationError

from synth_expectations.errors import SynthError
from synth_expectations.evidence.ledger.entry import SAMPLES, Entry, EntryKind, Head
from synth_expectations.evidence.ledger.errors import VERIFY, LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.sampling.entries import SampleDrawnBody, SampleRecordedBody, SampleWithdrawnBody

ABANDONED_AFTER = timedelta(days=30)
"""From when on a draw that nobody returned is called abandoned."""


@dataclass(frozen=True)
class RecordSample:
    """A draw, and what became of it.

    Attributes:
        drawn: the entry of the draw.
        body: the draw.
        recorded: the entry of the answers; None while there are none. `answers` is its body.
        withdrawn: the entry that gives the draw up; None if none does. `withdrawal` is its body.
    """

    drawn: Entry
    body: SampleDrawnBody
    recorded: Entry | None = None
    answers: SampleRecordedBody | None = None
    withdrawn: Entry | None = None
    withdrawal: SampleWithdrawnBody | None = None

    @property
    def number(self) -> int:
        """The number of the draw: that of its entry."""
        return self.drawn.header.seq

    def is_open(self, at: datetime) -> bool:
        """Return whether the draw was made by a time, and was neither returned nor given up by then."""
        ended = [entry for entry in (self.recorded, self.withdrawn) if entry and entry.header.at <= at]
        return self.drawn.header.at <= at and not ended

    def name_state(self, at: datetime) -> str:
        """Return what became of it by a time: recorded, withdrawn, open or abandoned."""
        if self.recorded and self.recorded.header.at <= at:
            return "recorded"
        if self.withdrawn and self.withdrawn.header.at <= at:
            return "withdrawn"
        return "abandoned" if at - self.drawn.header.at > ABANDONED_AFTER else "open"


def read_samples(ledger: EvidenceLedger) -> list[RecordSample]:
    """Return every draw of a ledger, in the order of the entries.

    Raises:
        LedgerError: an entry or its body cannot be read.
    """
    return combine_samples((entry, ledger.read_object(entry.header.body_sha256)) for entry in _read_entries(ledger))


def combine_samples(entries: Iterable[tuple[Entry, bytes]]) -> list[RecordSample]:
    """Return the draws of entries with their bodies; those of other kinds are left out.

    Raises:
        LedgerError: a body cannot be read.
    """
    samples: dict[int, RecordSample] = {}
    for entry, content in entries:
        try:
            match entry.header.kind:
                case EntryKind.SAMPLE_DRAWN:
                    samples[entry.header.seq] = RecordSample(entry, SampleDrawnBody.model_validate_json(content))
                case EntryKind.SAMPLE_RECORDED:
                    answers = SampleRecordedBody.model_validate_json(content)
                    if (sample := samples.get(answers.draw)) and sample.recorded is None:
                        samples[answers.draw] = replace(sample, recorded=entry, answers=answers)
                case EntryKind.SAMPLE_WITHDRAWN:
                    withdrawal = SampleWithdrawnBody.model_validate_json(content)
                    if (sample := samples.get(withdrawal.draw)) and sample.withdrawn is None:
                        samples[withdrawal.draw] = replace(sample, withdrawn=entry, withdrawal=withdrawal)
        except ValidationError as error:
            raise LedgerError(
                f"Entry {entry.header.seq} of the ledger cannot be read: it is about no sample that this version knows.",
                VERIFY,
            ) from error
    return list(samples.values())


def find_open_samples(ledger: EvidenceLedger, at: datetime) -> list[RecordSample]:
    """Return the draws that were made by a time, and neither returned nor given up by then.

    Args:
        ledger: of the project.
        at: the time, with a time zone.

    Raises:
        LedgerError: an entry or its body cannot be read.
    """
    return [sample for sample in read_samples(ledger) if sample.is_open(at)]


def find_sample(ledger: EvidenceLedger, number: int) -> RecordSample:
    """Return the draw of a number.

    Raises:
        SynthError: there is none.
    """
    samples = {sample.number: sample for sample in read_samples(ledger)}
    if number not in samples:
        known = ", ".join(map(str, list(samples)[-10:])) or "none"
        raise SynthError(f"Entry {number} of the ledger is not a draw of a sample.", f"The last draws are {known}.")
    return samples[number]


def append_draw(ledger: EvidenceLedger, body: SampleDrawnBody) -> Entry:
    """Append a draw, and return its entry.

    The entries behind the head of its seed are looked at until no other can come between: of two draws that are made at
    the same time, with one nonce or from one head, only the first is appended.

    Raises:
        SynthError: another draw has the nonce or the seed.
        LedgerError: the ledger cannot be read, or takes nothing.
    """

    def refuse(entry: Entry) -> None:
        if entry.header.kind is not EntryKind.SAMPLE_DRAWN:
            return
        samples = combine_samples([(entry, ledger.read_object(entry.header.body_sha256))])
        refuse_used_nonce(body.nonce, samples)
        if any(sample.body.seed == body.seed for sample in samples):
            raise SynthError(
                f"Draw {entry.header.seq} was made at the same time, from the same entry: both would have one seed.",
                "Draw again.",
            )

    return ledger.append_behind(Head(body.head, body.head_sha256), EntryKind.SAMPLE_DRAWN, body, refuse)


def refuse_used_nonce(nonce: str, samples: Iterable[RecordSample]) -> None:
    """Raise SynthError if an earlier draw had a nonce."""
    for sample in samples:
        if nonce and sample.body.nonce == nonce:
            raise SynthError(
                f"The nonce was used by draw {sample.number} already.", "Ask the auditor for another one: --nonce"
            )


def withdraw_sample(ledger: EvidenceLedger, number: int, reason: str, by: str) -> Entry:
    """Append why a draw is not reviewed, and return the entry.

    Raises:
        SynthError: there is no such draw, or it has ended.
    """
    sample = find_sample(ledger, number)
    refuse_ended(sample)
    return ledger.append(
        EntryKind.SAMPLE_WITHDRAWN, SampleWithdrawnBody(draw=number, reason=reason.strip(), by=by.strip())
    )


def refuse_ended(sample: RecordSample) -> None:
    """Raise SynthError if a draw was recorded or given up already."""
    if sample.recorded:
        raise SynthError(
            f"The answers to draw {sample.number} are on record already, in entry {sample.recorded.header.seq}.",
            "An entry is never replaced. Draw another sample: audit sample",
        )
    if sample.withdrawn:
        raise SynthError(
            f"Draw {sample.number} was given up by entry {sample.withdrawn.header.seq}.",
            "Draw another sample: audit sample",
        )


def _read_entries(ledger: EvidenceLedger) -> Iterable[Entry]:
    return ledger.read_indexed(SAMPLES)
