"""What the ledger keeps of samples: the draw, the answers, or why a draw was given up."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Literal

from pydantic import Field

from synth_expectations.evidence.records.fields import Sha256, UtcTime
from synth_expectations.evidence.sampling.strata import SampleFinding, Stratum
from synth_expectations.policy.types import ClosedModel


class DrawnRecord(ClosedModel):
    """A record of a sample.

    Attributes:
        rank: its place in the order of the draw, from 1.
        pseudonym: the pseudonym of its key.
        stated: what this package said of it at the draw.
        value: its value in the column of a stratum `by:COLUMN`.
        rows: how many rows of the table have its key.
        is_replacement: whether it is reviewed only in the place of a record that is no longer there.
    """

    rank: int = Field(ge=1)
    pseudonym: str
    stated: str
    value: str | None = None
    rows: int = 1
    is_replacement: bool = False


class ValueCount(ClosedModel):
    """A value of the column of a stratum `by:COLUMN`.

    Attributes:
        value: as text; None for rows without one.
        population: how many rows have it.
        size: how many of them are in the sample.
    """

    value: str | None
    population: int
    size: int


class SampleDrawnBody(ClosedModel):
    """A draw.

    Attributes:
        table: of the policy.
        stratum: which of its records, as on the command line.
        seed: what decided which records: the SHA-256 of the head and the nonce, each on a line.
        head: the number of the last entry before the draw; `head_sha256` of its header.
        nonce: what the auditor gave; empty if nobody gave one.
        confidence: in percent.
        tolerable: the rate of exceptions that the sample is to rule out, in percent.
        expected: how many exceptions were expected.
        size: how many records are reviewed.
        is_size_given: whether somebody chose the size.
        population: how many rows of the stratum have a key.
        without_key: how many more have none, so that no sample can have them.
        as_of: the time for which rules were evaluated.
        pseudonym_key_id: names the key of the pseudonyms.
        records: the records of the sample, then their replacements.
        values: of a stratum `by:COLUMN`.
        checks: the types of the expectations that say which records are broken.
        notes: what a reader of the result should know.
        by: who drew, as they say.
    """

    body_schema: Literal["sample-drawn/1"] = Field("sample-drawn/1", alias="schema")
    table: str
    stratum: str
    seed: Sha256
    head: int
    head_sha256: Sha256
    nonce: str
    confidence: float
    tolerable: float
    expected: int
    size: int
    is_size_given: bool
    population: int
    without_key: int
    as_of: UtcTime
    policy_sha256: Sha256
    pseudonym_key_id: str
    records: tuple[DrawnRecord, ...]
    values: tuple[ValueCount, ...] = ()
    checks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    by: str

    @property
    def parsed_stratum(self) -> Stratum:
        """The stratum."""
        return Stratum.parse(self.stratum)


class SampleAnswer(ClosedModel):
    """What a reviewer found of a record.

    Attributes:
        evidence: where the proof is: a ticket, a screen.
    """

    rank: int
    pseudonym: str
    finding: SampleFinding
    reviewer: str
    evidence: str = ""
    on: date


class SampleRecordedBody(ClosedModel):
    """The answers to a draw.

    Attributes:
        draw: the number of its entry; `draw_sha256` of its body.
        sheet_sha256: of the worksheet as it came back, an object of the ledger.
        reviewed: how many records count: those that were there.
        exceptions: how many of them speak against what was said, or could not be judged.
        gone: how many were no longer there.
        low: the lower end of the two-sided exact interval of the rate of exceptions, from 0 to 1; `high` its upper end.
        at_most: the one-sided upper bound of the rate, which is what the size of a sample buys.
        by: who recorded them, as they say.
    """

    body_schema: Literal["sample-recorded/1"] = Field("sample-recorded/1", alias="schema")
    draw: int
    draw_sha256: Sha256
    sheet_sha256: Sha256
    table: str
    stratum: str
    population: int
    confidence: float
    reviewed: int
    exceptions: int
    gone: int
    low: float
    high: float
    at_most: float
    answers: tuple[SampleAnswer, ...]
    notes: tuple[str, ...] = ()
    by: str

    @property
    def rate(self) -> float:
        """The rate of exceptions; 0 of a sample of which nothing was there."""
        return self.exceptions / self.reviewed if self.reviewed else 0.0

    @property
    def counts(self) -> dict[SampleFinding, int]:
        """How often each finding was made."""
        counted = Counter(answer.finding for answer in self.answers)
        return {finding: counted[finding] for finding in SampleFinding if counted[finding]}


class SampleWithdrawnBody(ClosedModel):
    """Why a draw is not reviewed: it stays on record all the same."""

    body_schema: Literal["sample-withdrawn/1"] = Field("sample-withdrawn/1", alias="schema")
    draw: int
    reason: str
    by: str
