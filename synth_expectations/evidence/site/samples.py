"""Samples on the site: a line for each draw, a page for each, and how often the checks of this project erred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from pydantic import ValidationError

from synth_expectations.errors import SynthError
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.sampling.entries import SampleAnswer, SampleDrawnBody, SampleRecordedBody
from synth_expectations.evidence.sampling.interval import compute_interval
from synth_expectations.evidence.sampling.samples import ABANDONED_AFTER
from synth_expectations.evidence.sampling.size import explain_size
from synth_expectations.evidence.sampling.strata import SampleFinding, Stratum
from synth_expectations.evidence.site.page import Page
from synth_expectations.evidence.site.state import LedgerNote, SiteState

DRAWN, RECORDED, WITHDRAWN = "sample_drawn", "sample_recorded", "sample_withdrawn"


@dataclass(frozen=True)
class SampleRow:
    """A draw, as the lists show it: from the entries alone, without their objects.

    Attributes:
        drawn: the entry of the draw.
        recorded: the entry of its answers; None while there are none.
        withdrawn: the entry that gives it up; None if none does.
        state: recorded, withdrawn, open or abandoned.
    """

    drawn: LedgerNote
    recorded: LedgerNote | None
    withdrawn: LedgerNote | None
    state: str

    @property
    def path(self) -> str:
        """The page of the draw."""
        return f"sampling/{self.drawn.seq}.html"

    @property
    def details(self) -> Mapping[str, str]:
        """The draw, as its entry says."""
        return self.drawn.details

    @property
    def meaning(self) -> str:
        """Which records were drawn."""
        try:
            return Stratum.parse(self.details.get("stratum", "")).meaning
        except SynthError:  # an altered entry, which `audit verify` names
            return "records of a stratum that this version does not know"

    @property
    def reviewed(self) -> int:
        """How many records were reviewed."""
        return _to_int(self.recorded, "reviewed")

    @property
    def exceptions(self) -> int:
        """How many of them are exceptions."""
        return _to_int(self.recorded, "exceptions")

    def count(self, name: str) -> int:
        """Return a number of the draw."""
        return _to_int(self.drawn, name)

    def format_share(self, name: str) -> str:
        """Return a share of the answers, such as `high`, in percent."""
        value = self.recorded.details.get(name, "") if self.recorded else ""
        try:
            return f"{float(value):.2%}"
        except ValueError:
            return "no number"

    def sign(self) -> str:
        """Return a digest of all that the page of the draw shows."""
        shown = [note.body if note else "" for note in (self.drawn, self.recorded, self.withdrawn)]
        return compute_digest("\n".join([*shown, self.state]).encode())


@dataclass(frozen=True)
class MeasuredRate:
    """How often this package was wrong about the records of a stratum, over all recorded samples of a table.

    Attributes:
        samples: how many there are.
        low: the lower end of the exact interval, in percent as text; `high` its upper end.
    """

    table: str
    stratum: str
    samples: int
    reviewed: int
    exceptions: int
    rate: str
    low: str
    high: str


def read_sample_rows(state: SiteState) -> list[SampleRow]:
    """Return every draw that the ledger has, in its order."""
    rows = []
    ends: dict[tuple[str, str], LedgerNote] = {}
    for note in state.notes:
        if note.kind in {RECORDED, WITHDRAWN}:
            ends.setdefault((note.kind, note.details.get("draw", "")), note)
    for note in state.notes:
        if note.kind == DRAWN and {"table", "stratum"} <= note.details.keys():
            recorded, withdrawn = (ends.get((kind, str(note.seq))) for kind in (RECORDED, WITHDRAWN))
            rows.append(SampleRow(note, recorded, withdrawn, _name_state(note, recorded, withdrawn, state.head_at)))
    return rows


def measure_rates(rows: Sequence[SampleRow]) -> Iterator[MeasuredRate]:
    """Yield the rates of exceptions by table and stratum; samples of one stratum are added up.

    The interval is at the confidence of 95 %.
    """
    grouped: dict[tuple[str, str], list[SampleRow]] = defaultdict(list)
    for row in rows:
        if row.recorded and row.reviewed:
            grouped[row.details.get("table", ""), row.details.get("stratum", "")].append(row)
    for (table, stratum), samples in sorted(grouped.items()):
        reviewed, exceptions = (sum(getattr(row, name) for row in samples) for name in ("reviewed", "exceptions"))
        interval = compute_interval(exceptions, reviewed, max(row.count("population") for row in samples), 0.95)
        shares = (f"{share:.2%}" for share in (interval.rate, interval.low, interval.high))
        yield MeasuredRate(table, stratum, len(samples), reviewed, exceptions, *shares)


def make_sample_page(row: SampleRow, ledger: EvidenceLedger) -> Page | None:
    """Return the page of a draw; None if its body cannot be read: the list of draws says so."""
    try:
        body = SampleDrawnBody.model_validate_json(ledger.read_object(row.drawn.body))
        answers = None
        if row.recorded:
            answers = SampleRecordedBody.model_validate_json(ledger.read_object(row.recorded.body))
    except (LedgerError, ValidationError):
        return None
    by_rank: dict[int, SampleAnswer] = {answer.rank: answer for answer in answers.answers} if answers else {}
    last = max(note.seq for note in (row.drawn, row.recorded, row.withdrawn) if note)
    content = {
        "row": row,
        "body": body,
        "answers": answers,
        "by_rank": by_rank,
        "projected": [round(share * body.population) for share in (answers.rate, answers.low, answers.high)]
        if answers
        else [],
        "values": _count_by_value(body, by_rank),
        "size_text": explain_size(
            body.size,
            body.population,
            Fraction(str(body.confidence)) / 100,
            Fraction(str(body.tolerable)) / 100,
            body.expected,
        ),
        "reviewers": sorted({answer.reviewer for answer in by_rank.values()}),
    }
    return Page(row.path, "sample.html", f"Sample {row.drawn.seq}", last, content)


def _count_by_value(body: SampleDrawnBody, answers: Mapping[int, SampleAnswer]) -> list[tuple[str, int, int, int, int]]:
    """Return for each value of the column: its text, rows, records of the sample, those reviewed, and exceptions."""
    rows = []
    for counted in body.values:
        of_value = [
            answers[record.rank] for record in body.records if record.value == counted.value and record.rank in answers
        ]
        reviewed = [answer for answer in of_value if answer.finding is not SampleFinding.GONE]
        exceptions = sum(answer.finding.is_exception for answer in of_value)
        text = "no value" if counted.value is None else counted.value
        rows.append((text, counted.population, counted.size, len(reviewed), exceptions))
    return rows


def _name_state(
    drawn: LedgerNote, recorded: LedgerNote | None, withdrawn: LedgerNote | None, until: datetime | None
) -> str:
    if recorded:
        return "recorded"
    if withdrawn:
        return "withdrawn"
    return "abandoned" if drawn.at and until and until - drawn.at > ABANDONED_AFTER else "open"


def _to_int(note: LedgerNote | None, name: str) -> int:
    text = note.details.get(name, "") if note else ""
    return int(text) if text.isascii() and text.isdecimal() else 0
