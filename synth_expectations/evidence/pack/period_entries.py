"""The entries of a ledger that a pack of a period holds: headers up to a last one, bodies of some of them."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from synth_expectations.errors import SynthError
from synth_expectations.evidence.anchors.anchor import parse_anchor
from synth_expectations.evidence.ledger.entry import NO_ENTRY, Entry, EntryKind, Head
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.period import PackPeriod
from synth_expectations.evidence.records.results import ResultRecord
from synth_expectations.evidence.records.run import RunRecord

ALWAYS_INCLUDED = frozenset(
    {
        EntryKind.LEDGER_OPENED,
        EntryKind.POLICY_APPROVED,
        EntryKind.POLICY_REVOKED,
        EntryKind.KEY_ADDED,
        EntryKind.KEY_REVOKED,
        EntryKind.RECOVERY,
        EntryKind.FINDING_ACCEPTED,
        EntryKind.FINDING_FALSE_POSITIVE,
        EntryKind.DISPOSITION_REVOKED,
    }
)
"""Entries whose bodies are in every pack: without them nobody could say who approved the policy of a run, or
accepted what it found, with what key."""


DECISIONS = frozenset(
    {
        EntryKind.GAP_EXPLAINED,
        EntryKind.MANUAL_DONE,
        EntryKind.FINDING_ACCEPTED,
        EntryKind.FINDING_FALSE_POSITIVE,
        EntryKind.DISPOSITION_REVOKED,
        EntryKind.SAMPLE_DRAWN,
        EntryKind.SAMPLE_RECORDED,
        EntryKind.SAMPLE_WITHDRAWN,
        EntryKind.ANCHOR,
    }
)
"""Entries about a period that people write after its end, before they close it."""


class PackError(SynthError):
    """A pack that cannot be made."""


@dataclass(frozen=True)
class PackedRun:
    """A run that started in the period.

    Attributes:
        record: as it was at its end; as it was at its start, if it has no end.
        started: the number of the entry of its start.
        finished: the number of the entry of its end; None if it has none.
        record_sha256: of the record.
    """

    record: RunRecord
    started: int
    finished: int | None
    record_sha256: str


@dataclass(frozen=True)
class PeriodEntries:
    """What of a ledger belongs to a pack.

    Attributes:
        entries: the headers, from the first of the ledger to the last of the pack.
        with_body: the numbers of those whose bodies are in the pack.
        runs: those that started in the period, in the order of their start.
        redacted: the number of the entry that redacts an object, by its digest.
    """

    period: PackPeriod
    project_uuid: str
    entries: tuple[Entry, ...]
    with_body: frozenset[int]
    runs: tuple[PackedRun, ...]
    redacted: dict[str, int]

    @property
    def day(self) -> date:
        """The day for which requirements are in force: that for which the last run evaluated, or the last of the period."""
        return self.runs[-1].record.as_of.date() if self.runs else self.period.last

    @property
    def head(self) -> Head:
        """The last entry."""
        return Head(self.entries[-1].header.seq, self.entries[-1].digest)


def read_period_entries(ledger: EvidenceLedger, period: PackPeriod, head: Head | None = None) -> PeriodEntries:
    """Return the entries of a period, after the whole chain of headers was verified.

    The last header is the last one dated in the period, leaving out `pack_made` at the end, or a later one that ends a
    run of the period, or redacts one of its objects, or the first anchor that holds all of these. So a later run, a later
    anchor, or the making of another pack changes nothing.

    The pack of a period that is closed ends with the head of its close. It also has what people decided about the period
    between its end and its close. It may have no run: only of a period that ended before the ledger began nothing is known.

    Args:
        ledger: of the project.
        period: the days.
        head: the last entry of the period, if it is closed.

    Raises:
        PackError: the ledger is altered or empty; or no run started in the period, which is not closed or ended before
            the ledger began.
        LedgerError: an entry or its body cannot be read.
    """
    entries = tuple(ledger.read_entries())
    _verify_chain(entries)
    if head:
        entries = _cut(entries, head)
    runs = _read_runs(ledger, entries, period)
    if not runs and (head is None or not entries or entries[0].header.at >= period.end):
        raise PackError(f"No run started in {_describe(period)}.", _describe_ledger(entries))
    ends = {run.finished for run in runs if run.finished}
    dated = [entry.header.seq for entry in entries if _is_content(entry) and period.has(entry.header.at)]
    redacted = _find_redacted(ledger, entries, runs)
    related = {*ends, *redacted.values()}
    if known := {*dated, *related}:
        related |= _find_anchors(ledger, entries, max(known))
    packed = entries if head else entries[: max({*dated, *related})]
    with_body = frozenset(
        entry.header.seq
        for entry in packed
        if period.has(entry.header.at)
        or entry.header.kind in ALWAYS_INCLUDED
        or entry.header.seq in related
        or (head is not None and entry.header.kind in DECISIONS and entry.header.at >= period.end)
    )
    with_body |= _find_draws(ledger, packed, with_body)
    project = runs[0].record.project_uuid if runs else ledger.open_project()
    return PeriodEntries(period, project, packed, with_body, runs, redacted)


def _find_draws(ledger: EvidenceLedger, entries: Sequence[Entry], with_body: Collection[int]) -> frozenset[int]:
    """Return the draws, also of earlier periods, of samples that were recorded or given up: without them no answer counts."""
    ends = {EntryKind.SAMPLE_RECORDED, EntryKind.SAMPLE_WITHDRAWN}
    numbers = set()
    for entry in entries:
        if entry.header.kind in ends and entry.header.seq in with_body:
            numbers.add(json.loads(ledger.read_object(entry.header.body_sha256)).get("draw"))
    drawn = {entry.header.seq for entry in entries if entry.header.kind is EntryKind.SAMPLE_DRAWN}
    return frozenset(numbers & drawn)


def _verify_chain(entries: Sequence[Entry]) -> None:
    digest = NO_ENTRY
    for number, entry in enumerate(entries, start=1):
        if entry.header.seq != number or entry.header.prev != digest or b"\n" in entry.content:
            raise PackError(
                f"Entry {number} of the ledger does not follow entry {number - 1}: one of the two was altered.",
                "Nothing was packed. Run: synth-expectations audit verify",
            )
        digest = entry.digest


def _cut(entries: tuple[Entry, ...], head: Head) -> tuple[Entry, ...]:
    """Return the entries up to the head of a close."""
    if head.seq > len(entries) or entries[head.seq - 1].digest != head.digest:
        raise PackError(
            f"Entry {head.seq} of the ledger is not the one with which the period was closed.",
            "Nothing was packed. Run: synth-expectations audit verify",
        )
    return entries[: head.seq]


def _read_runs(ledger: EvidenceLedger, entries: Sequence[Entry], period: PackPeriod) -> tuple[PackedRun, ...]:
    """Return the runs that started in the period, each with its end, whenever that was."""
    runs: dict[str, PackedRun] = {}
    for entry in entries:
        header = entry.header
        if header.kind is EntryKind.RUN_STARTED and period.has(header.at):
            record = _read_record(ledger, entry)
            if record.run_id in runs:
                raise _build_contradiction(
                    header.seq, f"run {record.run_id} was started by entry {runs[record.run_id].started}"
                )
            runs[record.run_id] = PackedRun(record, header.seq, None, header.body_sha256)
        elif header.kind is EntryKind.RUN_FINISHED and header.at >= period.start and runs:
            record = _read_record(ledger, entry)
            if (run := runs.get(record.run_id)) is None:
                continue
            if run.finished:
                raise _build_contradiction(header.seq, f"run {record.run_id} was ended by entry {run.finished}")
            runs[record.run_id] = PackedRun(record, run.started, header.seq, header.body_sha256)
    return tuple(runs.values())


def _find_anchors(ledger: EvidenceLedger, entries: Sequence[Entry], last: int) -> set[int]:
    """Return the numbers of the first anchor that holds an entry, and of those that directly follow it."""
    found: set[int] = set()
    for entry in entries[last:]:
        is_anchor = entry.header.kind is EntryKind.ANCHOR
        anchor = parse_anchor(entry, ledger.read_object(entry.header.body_sha256)) if is_anchor else None
        if anchor and anchor.body.seq >= last:
            found.add(entry.header.seq)
        elif found:
            break
    return found


def _find_redacted(ledger: EvidenceLedger, entries: Sequence[Entry], runs: Iterable[PackedRun]) -> dict[str, int]:
    """Return the objects of the runs that were redacted, each with the entry that says so."""
    digests = {digest for run in runs for result in run.record.results for digest in list_objects(result)}
    redacted: dict[str, int] = {}
    for entry in entries:
        if entry.header.kind is EntryKind.REDACTION:
            body = ledger.read_object(entry.header.body_sha256).decode("utf-8", "replace")
            for digest in digests.intersection(re.findall("[0-9a-f]{64}", body)):
                redacted.setdefault(digest, entry.header.seq)
    return redacted


def list_objects(result: ResultRecord) -> list[str]:
    """Return the digests of the objects that a result names; of its parameters the ledger has the digest alone."""
    named = (result.result_sha256, result.sql_sha256)
    return [digest for digest in named if digest]


def _read_record(ledger: EvidenceLedger, entry: Entry) -> RunRecord:
    try:
        return RunRecord.model_validate_json(ledger.read_object(entry.header.body_sha256))
    except ValidationError as error:
        raise PackError(
            f"The body of entry {entry.header.seq} is not a record of a run that this version knows.",
            "Nothing was packed. Run: synth-expectations audit verify",
        ) from error


def _build_contradiction(seq: int, reason: str) -> PackError:
    return PackError(
        f"Entry {seq} of the ledger contradicts an earlier one: {reason}.",
        "Nothing was packed. Run: synth-expectations audit verify",
    )


def _is_content(entry: Entry) -> bool:
    return entry.header.kind is not EntryKind.PACK_MADE


def _describe(period: PackPeriod) -> str:
    days = f"{period.first} to {period.last}"
    return days if ".." in period.name else f"{period.name}, {days}"


def _describe_ledger(entries: Sequence[Entry]) -> str:
    times = [entry.header.at for entry in entries if entry.header.kind is EntryKind.RUN_STARTED]
    if not times:
        begun = f"The ledger begins on {entries[0].header.at:%Y-%m-%d}, and" if entries else "The ledger"
        return f"{begun} has no run yet."
    return f"The ledger's runs are from {min(times):%Y-%m-%d} to {max(times):%Y-%m-%d} (UTC)."
