"""Draws and answers as entries of a ledger, without a table behind them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from synth_expectations.evidence.ledger.entry import EntryKind, Head
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.sampling.entries import (
    DrawnRecord,
    SampleAnswer,
    SampleDrawnBody,
    SampleRecordedBody,
    ValueCount,
)
from synth_expectations.evidence.sampling.interval import compute_interval
from synth_expectations.evidence.sampling.samples import append_draw, read_samples
from synth_expectations.evidence.sampling.seed import make_seed
from synth_expectations.evidence.sampling.strata import SampleFinding

START = datetime(2026, 10, 1, 9, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\n\u202e=cmd()"


def draw_sample(ledger: EvidenceLedger, stratum: str, nonce: str, table: str = "contact") -> int:
    """Append a draw of four records, and return its number."""
    ledger.open_project()
    return append_draw(ledger, make_draw(ledger, nonce, stratum, table)).header.seq


def make_draw(ledger: EvidenceLedger, nonce: str, stratum: str = "passed", table: str = "contact") -> SampleDrawnBody:
    """Return a draw of four records from the head of a ledger."""
    head = ledger.read_head()
    records = [
        DrawnRecord(rank=rank, pseudonym=f"p:{rank:032}", stated=HOSTILE, is_replacement=rank > 4)
        for rank in range(1, 7)
    ]
    return SampleDrawnBody(
        table=table,
        stratum=stratum,
        seed=make_seed(Head(head.seq, head.digest), nonce),
        head=head.seq,
        head_sha256=head.digest,
        nonce=nonce,
        confidence=95,
        tolerable=5,
        expected=0,
        size=4,
        is_size_given=True,
        population=1_234,
        without_key=2,
        as_of=START,
        policy_sha256="0" * 64,
        pseudonym_key_id="k",
        records=tuple(records),
        values=(ValueCount(value=None, population=1_234, size=4),) if stratum.startswith("by:") else (),
        notes=(HOSTILE,),
        by="ops",
    )


def record_sample(ledger: EvidenceLedger, number: int, *findings: SampleFinding) -> None:
    """Append answers to a draw."""
    sample = next(sample for sample in read_samples(ledger) if sample.number == number)
    exceptions = sum(finding.is_exception for finding in findings)
    interval = compute_interval(exceptions, len(findings), sample.body.population, 0.95)
    answers = [
        SampleAnswer(
            rank=rank,
            pseudonym=f"p:{rank:032}",
            finding=finding,
            reviewer="ruth",
            evidence=HOSTILE,
            on=date(2026, 10, 2),
        )
        for rank, finding in enumerate(findings, 1)
    ]
    body = SampleRecordedBody(
        draw=number,
        draw_sha256=sample.drawn.header.body_sha256,
        sheet_sha256=ledger.put_object(b"PK"),
        table=sample.body.table,
        stratum=sample.body.stratum,
        population=sample.body.population,
        confidence=95,
        reviewed=len(findings),
        exceptions=exceptions,
        gone=0,
        low=round(interval.low, 6),
        high=round(interval.high, 6),
        at_most=round(interval.at_most, 6),
        answers=tuple(answers),
        by="clerk",
    )
    ledger.append(EntryKind.SAMPLE_RECORDED, body)
