"""Hold a worksheet that came back against its draw, and append what was found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from synth_expectations.errors import SynthError
from synth_expectations.evidence.canonical import compute_digest, encode_document
from synth_expectations.evidence.ledger.entry import Entry, EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.persons import is_same_person
from synth_expectations.evidence.sampling.entries import DrawnRecord, SampleAnswer, SampleRecordedBody
from synth_expectations.evidence.sampling.interval import compute_interval
from synth_expectations.evidence.sampling.returned_sheet import (
    ReturnedRow,
    ReturnedSheet,
    is_long,
    read_day,
    read_whole,
)
from synth_expectations.evidence.sampling.samples import RecordSample, find_sample, refuse_ended
from synth_expectations.evidence.sampling.strata import SampleFinding
from synth_expectations.evidence.sampling.worksheet import list_stated
from synth_expectations.redaction import escape_invisible


class SheetError(SynthError):
    """A worksheet that is refused, with all that is wrong in it.

    Attributes:
        problems: a sentence each, with the row.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        count = len(problems)
        super().__init__(
            f"The worksheet is refused: {count} {'thing is' if count == 1 else 'things are'} wrong. Nothing was recorded.",
            "Fix these rows, and give the file again.",
        )
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Operators:
    """Who may not review: they would judge their own work.

    Attributes:
        names: of those who drew the sample, ran the checks or record the answers.
        owners: of the table and the policy: they may review, and an auditor does not count it.
    """

    names: frozenset[str]
    owners: frozenset[str] = frozenset()

    def is_operator(self, person: str) -> bool:
        """Return whether somebody is one of them; `ann` is `ann@shop.example`."""
        return any(is_same_person(person, name) for name in self.names)

    def is_owner(self, person: str) -> bool:
        """Return whether somebody owns what they review."""
        return any(is_same_person(person, owner) for owner in self.owners)


def record_answers(
    ledger: EvidenceLedger, sheet: ReturnedSheet, operators: Operators, by: str
) -> tuple[Entry, SampleRecordedBody]:
    """Append the answers of a worksheet, and return the entry with its body.

    Args:
        ledger: of the project.
        sheet: as it came back.
        operators: who may not review.
        by: who records the answers, as they say.

    Raises:
        SheetError: rows are not those of the draw, or not answered.
        SynthError: it is the worksheet of no draw, or the draw has ended.
    """
    sample = find_sample(ledger, sheet.draw)
    _refuse_other_draw(sheet, sample)
    refuse_ended(sample)
    # the day of a reviewer may be one later than that of UTC
    check = _SheetCheck(sample, sheet, operators, ledger.now().date() + timedelta(days=1))
    answers = check.read()
    if check.problems:
        raise SheetError(check.problems)
    body = sample.body
    gone = sum(answer.finding is SampleFinding.GONE for answer in answers)
    reviewed = len(answers) - gone
    exceptions = sum(answer.finding.is_exception for answer in answers)
    interval = compute_interval(exceptions, reviewed, body.population - gone, body.confidence / 100)
    notes = list(check.notes)
    if reviewed < body.size:
        notes.append(f"{body.size - reviewed:,} fewer records were reviewed than were to be: they are no longer there.")
    recorded = SampleRecordedBody(
        draw=sample.number,
        draw_sha256=sample.drawn.header.body_sha256,
        sheet_sha256=compute_digest(sheet.content),
        table=body.table,
        stratum=body.stratum,
        population=body.population,
        confidence=body.confidence,
        reviewed=reviewed,
        exceptions=exceptions,
        gone=gone,
        low=round(interval.low, 6),
        high=round(interval.high, 6),
        at_most=round(interval.at_most, 6),
        answers=tuple(answers),
        notes=tuple(notes),
        by=by,
    )
    encode_document(recorded)  # before anything is kept
    ledger.put_object(sheet.content)
    return ledger.append(EntryKind.SAMPLE_RECORDED, recorded), recorded


def _refuse_other_draw(sheet: ReturnedSheet, sample: RecordSample) -> None:
    if sheet.fields.get("draw_sha256") != sample.drawn.header.body_sha256:
        raise SynthError(
            f"The worksheet is of another draw than entry {sample.number} of this ledger: the digest differs.",
            "Name its ledger: --ledger. Or write the worksheet of the draw again: audit sample --again",
        )
    for name, expected in (("table", sample.body.table), ("stratum", sample.body.stratum)):
        if sheet.fields.get(name) != expected:
            raise SynthError(
                f"The sheet 'Do not edit' was edited: its {name} is not that of draw {sample.number}.",
                "Give the answers in the file that audit sample wrote.",
            )


class _SheetCheck:
    """The rows of a worksheet, held against those of its draw."""

    def __init__(self, sample: RecordSample, sheet: ReturnedSheet, operators: Operators, latest: date) -> None:
        self._sample = sample
        self._sheet = sheet
        self._operators = operators
        self._latest = latest
        self._drawn = {record.rank: record for record in sample.body.records}
        self._findings = sample.body.parsed_stratum.kind.findings
        self.problems = list(sheet.problems)
        self.notes: list[str] = []

    def read(self) -> list[SampleAnswer]:
        """Return the answers; what is wrong is in `problems`."""
        stated = self._match_rows(self._sheet.records)
        for record, row in stated:
            for name, expected in list_stated(record).items():
                given = row.values.get(name)
                same = read_whole(given) == expected if isinstance(expected, int) else (given or "") == expected.strip()
                if not same:
                    self.problems.append(f"{row.place}: {name} was altered.")
        answers = [
            answer for record, row in self._match_rows(self._sheet.answers) if (answer := self._answer(record, row))
        ]
        if not self.problems:
            self.problems += self._find_gaps(answers)
        owners = sorted({answer.reviewer for answer in answers if self._operators.is_owner(answer.reviewer)})
        if owners:
            self.notes.append(f"{', '.join(owners)} owns what was reviewed: an auditor does not count that.")
        return sorted(answers, key=lambda answer: answer.rank)

    def _match_rows(self, rows: Sequence[ReturnedRow]) -> Iterator[tuple[DrawnRecord, ReturnedRow]]:
        """Yield each drawn record with its row; rows of others, doubled and missing ones are problems."""
        seen: dict[int, str] = {}
        sheet = rows[0].place.partition(" row")[0] if rows else "The worksheet"
        for row in rows:
            rank = read_whole(row.values.get("rank"))
            record = self._drawn.get(rank or 0)
            if record is None or rank is None:
                self.problems.append(f"{row.place}: its rank is none of draw {self._sample.number}.")
            elif rank in seen:
                self.problems.append(f"{row.place}: rank {rank} stands in {seen[rank]} already.")
            elif row.values.get("pseudonym") != record.pseudonym:
                self.problems.append(f"{row.place}: its pseudonym is not that of rank {rank} in the draw.")
                seen[rank] = row.place
            else:
                seen[rank] = row.place
                yield record, row
        for rank in sorted(self._drawn.keys() - seen.keys()):
            self.problems.append(f"{sheet}: the row of rank {rank} is missing.")

    def _answer(self, record: DrawnRecord, row: ReturnedRow) -> SampleAnswer | None:
        given = {name: row.values.get(name) for name in ("finding", "reviewer", "evidence", "date")}
        if not any(value not in {None, ""} for value in given.values()):
            return None
        problems = []
        finding = str(given["finding"] or "").casefold()
        if finding not in self._findings:
            problems.append(f"the finding is not one of {', '.join(self._findings)}")
        reviewer = escape_invisible(str(given["reviewer"] or ""))
        if not reviewer:
            problems.append("the reviewer is missing")
        elif self._operators.is_operator(reviewer):
            problems.append("the reviewer drew the sample, runs the checks or records the answers: somebody else must")
        evidence = escape_invisible(str(given["evidence"] or ""))
        if is_long(evidence) or is_long(reviewer):
            problems.append("an answer has more than 500 characters")
        day = read_day(given["date"])
        if day is None:
            problems.append("the date is missing, or no day such as 2026-12-31")
        elif day < self._sample.drawn.header.at.date():
            problems.append("the date is before the draw")
        elif day > self._latest:
            problems.append("the date is still to come")
        self.problems += [f"{row.place}: {problem}." for problem in problems]
        if problems:
            return None
        return SampleAnswer(
            rank=record.rank,
            pseudonym=record.pseudonym,
            finding=SampleFinding(finding),
            reviewer=reviewer,
            evidence=evidence,
            on=day or date.min,
        )

    def _find_gaps(self, answers: Sequence[SampleAnswer]) -> Iterator[str]:
        """Yield which records are not answered, and which stand-ins are out of turn."""
        answered = {answer.rank for answer in answers}
        drawn = self._sample.body.records
        if missing := [record.rank for record in drawn if not record.is_replacement and record.rank not in answered]:
            records = (
                "1 record of the sample has" if len(missing) == 1 else f"{len(missing):,} records of the sample have"
            )
            yield f"{records} no answer: rank {_format_ranges(missing)}."
        gone = Counter(self._drawn[answer.rank].value for answer in answers if answer.finding is SampleFinding.GONE)
        waiting: dict[str | None, list[int]] = defaultdict(list)
        for record in self._sample.body.records:
            if record.is_replacement:
                waiting[record.value].append(record.rank)
        for value, ranks in waiting.items():
            due = set(ranks[: gone[value]])
            yield from (
                f"Rank {rank} replaces a record that is gone, and has no answer." for rank in sorted(due - answered)
            )
            yield from (
                f"Rank {rank} is a replacement that no record needs: leave its answer out."
                for rank in sorted((set(ranks) & answered) - due)
            )


def _format_ranges(ranks: Sequence[int]) -> str:
    """Return sorted numbers as ranges: `1 to 3, 7`."""
    ranges: list[list[int]] = []
    for rank in ranks:
        if ranges and rank == ranges[-1][-1] + 1:
            ranges[-1].append(rank)
        else:
            ranges.append([rank])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in ranges)
