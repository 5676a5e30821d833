"""The history of a project, read from its ledger entry by entry."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from synth_expectations.evidence.anchors.anchor import AnchorBody, parse_anchor
from synth_expectations.evidence.cycle.closing import parse_closing
from synth_expectations.evidence.cycle.sign_off import read_sign_off
from synth_expectations.evidence.findings.reader import FindingsReader
from synth_expectations.evidence.keys.key_ring import KeyRing
from synth_expectations.evidence.ledger.entry import NO_ENTRY, Entry, EntryKind, Header
from synth_expectations.evidence.ledger.errors import LedgerError, NotIncludedError, RedactedError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.evidence.sight import see_run
from synth_expectations.evidence.site.check_state import Change
from synth_expectations.evidence.site.entry_sentences import describe_entry
from synth_expectations.evidence.site.run_summary import RunSummary
from synth_expectations.evidence.site.runs import add_finished_run, add_started_run
from synth_expectations.evidence.site.state import ClosedPeriod, LedgerNote, SignedPeriod, SiteState

_RUNS = {EntryKind.RUN_STARTED, EntryKind.RUN_FINISHED}
_LONGEST_DETAIL = 400
_NEWEST_KEPT = 200
"""How many numbers of entries are kept, to count those behind an anchor: it is made of the last entry of its time."""


@dataclass(frozen=True)
class RunReading:
    """A run that was read, with all that its page shows.

    Attributes:
        record: its newest one.
        body: the SHA-256 of the record.
        before: the run before it of the same checkpoint; None if there is none.
        changes: since the run before.
        populations: of each result by its place in the record: how many more records it is about than the one before.
    """

    record: RunRecord
    summary: RunSummary
    body: str
    before: str | None
    changes: tuple[Change, ...] = ()
    populations: Mapping[int, int] = field(default_factory=dict)


@dataclass
class LedgerHistory:
    """Reads entries into a state, in their order.

    Args:
        ledger: of the project.
        state: what was read before; changed in place.
    """

    ledger: EvidenceLedger
    state: SiteState = field(default_factory=SiteState)

    def read_runs(self) -> Iterator[RunReading]:
        """Yield each run once: when its end was read, or after the last entry if it has none.

        Whatever cannot be read becomes a problem of the state, with its entry, and ends nothing but itself: only a
        header that cannot be read ends the reading, since nothing behind it can be trusted to be in its place.
        """
        started: dict[str, RunReading] = {}
        findings = FindingsReader(self.ledger, self.state.findings)
        for entry in self._read_entries():
            self._check_chain(entry)
            if entry.header.kind not in _RUNS:
                self._note_entry(entry)
                findings.add(entry)
                continue
            reading = self._read_run(entry)
            findings.add(entry, reading.record if reading else None)
            if reading:
                if entry.header.kind is EntryKind.RUN_STARTED:
                    started[reading.record.run_id] = reading
                else:
                    started.pop(reading.record.run_id, None)
                    yield reading
        yield from started.values()

    def _read_entries(self) -> Iterator[Entry]:
        try:
            yield from self.ledger.read_entries(self.state.head + 1)
        except LedgerError as error:
            self._add_problem(self.state.head + 1, "unreadable", str(error))

    def _add_problem(self, seq: int, kind: str, sentence: str) -> None:
        self.state.problems.append(LedgerNote(seq=seq, kind=kind, at=None, sentence=sentence))

    def _add_unreadable(self, header: Header, error: LedgerError | ValidationError) -> None:
        """Note a body that cannot be shown: one that was redacted is no problem, since that is on record.

        A body that a pack leaves out is not noted: the pack is of another period.
        """
        if isinstance(error, NotIncludedError):
            return
        note = LedgerNote(seq=header.seq, kind=header.kind.value, at=header.at, body=header.body_sha256)
        if isinstance(error, ValidationError):
            note.sentence = _name_schema(self.ledger, header.body_sha256)
        else:
            note.sentence = str(error)
        (self.state.redacted if isinstance(error, RedactedError) else self.state.problems).append(note)

    def _check_chain(self, entry: Entry) -> None:
        state, header = self.state, entry.header
        if header.seq <= state.head:
            sentence = (
                f"It says that it is entry {header.seq}, which comes before it: an entry was moved, or is there twice."
            )
            self._add_problem(header.seq, header.kind.value, sentence)
        elif header.seq != state.head + 1:
            missing = f"{state.head + 1}" if header.seq == state.head + 2 else f"{state.head + 1} to {header.seq - 1}"
            self._add_problem(header.seq, header.kind.value, f"Before it, entry {missing} is missing.")
        elif header.prev != (state.head_digest or NO_ENTRY):
            sentence = "It does not name the entry before it: one of both was altered, or put in."
            self._add_problem(header.seq, header.kind.value, sentence)
        if state.head_at and header.at < state.head_at:
            state.clock_jumps = [*state.clock_jumps[-99:], header.seq]
        state.head, state.head_digest, state.head_at = header.seq, entry.digest, header.at
        state.kinds[header.kind.value] = state.kinds.get(header.kind.value, 0) + 1
        if header.kind is not EntryKind.ANCHOR:
            state.unanchored += 1
            state.newest = [*state.newest[1 - _NEWEST_KEPT :], header.seq]

    def _note_entry(self, entry: Entry) -> None:
        header = entry.header
        note = LedgerNote(seq=header.seq, kind=header.kind.value, at=header.at, body=header.body_sha256)
        try:
            content = self.ledger.read_object(header.body_sha256)
            document = json.loads(content)
        except LedgerError as error:
            self._add_unreadable(header, error)
            return
        except ValueError:
            document = {}
        self._read_cycle(entry, content)
        note.sentence = describe_entry(entry, content)
        if isinstance(document, dict):
            note.details = {
                str(key): str(value)[:_LONGEST_DETAIL]
                for key, value in sorted(document.items())
                if isinstance(value, str | int | float)
            }
            self.state.project_uuid = str(document.get("project_uuid", self.state.project_uuid))
        self.state.notes.append(note)

    def _read_cycle(self, entry: Entry, content: bytes) -> None:
        """Take in an anchor, a close or a sign-off."""
        header, state = entry.header, self.state
        if header.kind is EntryKind.ANCHOR and (anchor := parse_anchor(entry, content)):
            self._add_anchor(anchor.body)
        elif header.kind is EntryKind.PERIOD_CLOSED and (closing := parse_closing(entry, content)):
            if all(known.body.terms.period != closing.body.terms.period for known in state.closings):
                state.closings.append(ClosedPeriod(seq=header.seq, at=header.at, body=closing.body))
        elif header.kind is EntryKind.PERIOD_SIGNED and (signed := read_sign_off(content, KeyRing())):
            state.sign_offs.append(SignedPeriod(seq=header.seq, at=header.at, terms=signed[1]))

    def _add_anchor(self, anchor: AnchorBody) -> None:
        """Take in an anchor; what came since the entry that it holds is not anchored."""
        last = max((known.seq for known in self.state.anchors), default=0)
        if anchor.seq > last:
            self.state.anchors = [anchor]
            is_recent = bool(self.state.newest) and self.state.newest[0] <= anchor.seq
            since = sum(seq > anchor.seq for seq in self.state.newest)
            self.state.unanchored = since if is_recent else self.state.head - anchor.seq

    def _read_run(self, entry: Entry) -> RunReading | None:
        header, state = entry.header, self.state
        try:
            record = RunRecord.model_validate_json(self.ledger.read_object(header.body_sha256))
        except (LedgerError, ValidationError) as error:
            self._add_unreadable(header, error)
            return None
        sight = see_run(record, header.seq, header.body_sha256)
        if record.record_schema not in state.schema_names:
            state.schema_names.append(record.record_schema)
        before = state.plans.get(record.checkpoint)
        before_id = before.seen.run_id if before and before.seen.run_id != record.run_id else None
        if header.kind is EntryKind.RUN_STARTED:
            summary = add_started_run(state, record, sight, before_id)
            return RunReading(record, summary, header.body_sha256, before_id)
        finished = add_finished_run(state, record, sight)
        before_id = before_id or state.plans[record.checkpoint].before
        return RunReading(
            record, finished.summary, header.body_sha256, before_id, finished.changes, finished.populations
        )


def _name_schema(ledger: EvidenceLedger, body: str) -> str:
    try:
        document = json.loads(ledger.read_object(body))
    except ValueError:
        return "It is not a JSON document."
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema == "run-record/1":
        return "It is a record of a run, and does not have the form of run-record/1."
    return f"It is a document of the schema {schema!r}, which this version does not know."
