"""Draw a sample, and append the draw to the ledger before anybody sees the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from synth_expectations.errors import SynthError
from synth_expectations.evidence.ledger.entry import Entry
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.pseudonyms import PseudonymKey
from synth_expectations.evidence.pack.verifier.verify import make_pseudonym
from synth_expectations.evidence.sampling.entries import DrawnRecord, SampleDrawnBody, ValueCount
from synth_expectations.evidence.sampling.samples import RecordSample, append_draw, read_samples, refuse_used_nonce
from synth_expectations.evidence.sampling.seed import make_prefix, make_seed, normalize_nonce
from synth_expectations.evidence.sampling.strata import Stratum
from synth_expectations.runner.policy_tables import PolicyTables
from synth_expectations.runner.sampling.candidates import CandidateGroup, CandidateRecord
from synth_expectations.runner.sampling.record_draw import RecordDraw, SampleTerms

_LONGEST_VALUE = 200


@dataclass(frozen=True)
class SampleRequest:
    """What is to be drawn.

    Attributes:
        table: of the policy.
        stratum: which of its records.
        terms: how large the sample is to be.
        nonce: what the auditor gave; empty for none.
        by: who draws, as they say.
    """

    table: str
    stratum: Stratum
    terms: SampleTerms
    nonce: str
    by: str


@dataclass(frozen=True)
class DrawnSample:
    """A draw, and the keys of its records, which no entry has.

    Attributes:
        entry: the entry of the draw.
        body: the draw.
        keys: of the records, in the order of `body.records`; None for one that the table no longer has.
    """

    entry: Entry
    body: SampleDrawnBody
    keys: tuple[str | None, ...]


def draw_sample(
    ledger: EvidenceLedger, tables: PolicyTables, request: SampleRequest, pseudonyms: PseudonymKey, as_of: datetime
) -> DrawnSample:
    """Draw a sample and append it.

    Args:
        ledger: of the project.
        tables: of the policy.
        request: what is to be drawn.
        pseudonyms: the key with which record keys are replaced.
        as_of: the time for which rules are evaluated.

    Raises:
        SynthError: the nonce was used, also by a draw that was made meanwhile; the table cannot be read; or no record is
            in the stratum.
    """
    nonce = normalize_nonce(request.nonce) if request.nonce else ""
    refuse_used_nonce(nonce, read_samples(ledger))
    key = pseudonyms.load()
    head = ledger.read_head()
    seed = make_seed(head, nonce)
    draw = RecordDraw(tables, request.table, request.stratum, make_prefix(seed, request.table), request.terms, as_of)
    groups = draw.draw()
    if not any(group.population for group in groups):
        without = sum(group.without_key for group in groups)
        more = f" {without:,} have no key that can be read." if without else ""
        raise SynthError(
            f"{request.table} has no record to draw from: {request.stratum}, {request.stratum.meaning}.{more}",
            "Nothing was drawn, and no entry was made. Draw by another stratum.",
        )
    chosen = _choose(groups)
    body = SampleDrawnBody(
        table=request.table,
        stratum=str(request.stratum),
        seed=seed,
        head=head.seq,
        head_sha256=head.digest,
        nonce=nonce,
        confidence=float(request.terms.confidence * 100),
        tolerable=float(request.terms.tolerable * 100),
        expected=request.terms.expected,
        size=sum(group.size for group in groups),
        is_size_given=request.terms.size is not None,
        population=sum(group.population for group in groups),
        without_key=sum(group.without_key for group in groups),
        as_of=as_of,
        policy_sha256=tables.policy.sha256,
        pseudonym_key_id=str(pseudonyms.id),
        records=tuple(
            DrawnRecord(
                rank=rank,
                pseudonym=make_pseudonym(record.key, key),
                stated=record.stated,
                value=None if value is None else value[:_LONGEST_VALUE],
                rows=record.rows,
                is_replacement=is_replacement,
            )
            for rank, (record, value, is_replacement) in enumerate(chosen, 1)
        ),
        values=tuple(_count_values(groups)) if len(groups) > 1 or groups[0].value is not None else (),
        checks=tuple(sorted(draw.broken.checks)) if draw.broken else (),
        notes=(
            *(f"Not drawn from: {rows} ({where})." for rows, where in tables.list_filters([request.table])),
            *_find_notes(draw, groups, nonce),
        ),
        by=request.by,
    )
    ledger.put_object(tables.policy.content)
    entry = append_draw(ledger, body)
    return DrawnSample(entry, body, tuple(record.key for record, _, _ in chosen))


def repeat_draw(sample: RecordSample, tables: PolicyTables, pseudonyms: PseudonymKey) -> DrawnSample:
    """Draw a sample again from its seed, so that its worksheet can be made anew or its draw be checked.

    Raises:
        SynthError: the table cannot be read, or the key of pseudonyms is another one.
    """
    body = sample.body
    key = pseudonyms.load()
    if pseudonyms.id != body.pseudonym_key_id:
        raise SynthError(
            f"Draw {sample.number} was made with another key of pseudonyms ({body.pseudonym_key_id}).",
            "Name the one that it was made with: --pseudonyms FILE",
        )
    terms = SampleTerms(
        Fraction(str(body.confidence)) / 100, Fraction(str(body.tolerable)) / 100, body.expected, body.size
    )
    prefix = make_prefix(body.seed, body.table)
    groups = RecordDraw(tables, body.table, body.parsed_stratum, prefix, terms, body.as_of).draw()
    keys = {make_pseudonym(record.key, key): record.key for group in groups for record in group.records}
    return DrawnSample(sample.drawn, body, tuple(keys.get(record.pseudonym) for record in body.records))


def _choose(groups: Sequence[CandidateGroup]) -> list[tuple[CandidateRecord, str | None, bool]]:
    """Return the records of the sample in the order of their hashes, and those that stand by after them."""
    ranked = [
        (number >= group.size, record.rank, record, group.value)
        for group in groups
        for number, record in enumerate(group.records)
    ]
    ordered = sorted(ranked, key=lambda row: (row[0], row[1]))
    return [(record, value, is_replacement) for is_replacement, _, record, value in ordered]


def _count_values(groups: Sequence[CandidateGroup]) -> list[ValueCount]:
    return [
        ValueCount(
            value=None if group.value is None else group.value[:_LONGEST_VALUE],
            population=group.population,
            size=group.size,
        )
        for group in groups
    ]


def _find_notes(draw: RecordDraw, groups: Sequence[CandidateGroup], nonce: str) -> list[str]:
    notes = []
    if not nonce:
        notes.append("No auditor gave a nonce: who drew could choose the moment, and so the records.")
    doubled = sum(record.rows > 1 for group in groups for record in group.records)
    if doubled:
        notes.append(
            f"{doubled:,} of the drawn keys stand in several rows: a record is its key, however many rows have it, and "
            "the population counts rows."
        )
    if without := sum(group.without_key for group in groups):
        notes.append(
            f"{without:,} {'row has' if without == 1 else 'rows have'} no key that can be read, and could not be drawn."
        )
    if draw.broken:
        notes += draw.broken.left_out
    return notes
