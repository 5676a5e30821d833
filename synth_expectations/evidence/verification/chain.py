"""The headers of a ledger: numbered without gaps, each bound to the one before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from pydantic import ValidationError

from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.keys.key_ring import format_time
from synth_expectations.evidence.ledger.bodies import RecoveryBody
from synth_expectations.evidence.ledger.entry import NO_ENTRY, SCHEMA, Entry, EntryKind, Head, Header
from synth_expectations.evidence.ledger.entry_files import name_entry
from synth_expectations.evidence.ledger.store import ENTRIES
from synth_expectations.evidence.verification.report import VerificationFinding, Weight
from synth_expectations.evidence.verification.source import HeaderFile, VerifiedEntry


class Chain:
    """The headers that could be read, and what is wrong with their order.

    Args:
        files: of the headers.
        now: the time; entries of later are named.
    """

    def __init__(self, files: Iterable[HeaderFile], now: datetime) -> None:
        self.entries: list[VerifiedEntry] = []
        self.findings: list[VerificationFinding] = []
        self.digests: dict[int, str] = {}
        numbered = {}
        for file in files:
            if file.number:
                numbered[file.number] = file
            else:
                weight = Weight.ALTERED if file.name.endswith(".json") else Weight.NOTE
                self._add(weight, "It is not an entry, and does not belong here.", None, file.name)
        self._read(numbered)
        self._check_times(now)

    @property
    def head(self) -> Head:
        """The last entry; number 0 if there is none."""
        return Head(*max(self.digests.items())) if self.digests else Head()

    def find_digest(self, digest: str) -> int | None:
        """Return the number of the entry with a digest; None if there is none."""
        return next((seq for seq, known in self.digests.items() if known == digest), None)

    def _read(self, numbered: dict[int, HeaderFile]) -> None:
        last = max(numbered, default=0)
        prev: str | None = NO_ENTRY
        for seq in range(1, last + 1) if last <= 2 * len(numbered) + 1_000 else sorted(numbered):
            file = numbered.get(seq)
            if file is None:
                self._add(Weight.ALTERED, f"Entry {seq} is missing.", seq, name_entry(seq))
                prev = None
            elif file.content is None:
                self._add(Weight.ALTERED, file.problem or "It cannot be read.", seq, file.name)
                prev = None
            else:
                self.digests[seq] = compute_digest(file.content)
                self._read_header(seq, file.name, file.content, prev)
                prev = self.digests[seq]
        if last > 2 * len(numbered) + 1_000:
            self._add(Weight.ALTERED, f"Most entries before number {last} are missing.", last, name_entry(last))

    def _read_header(self, seq: int, name: str, content: bytes, prev: str | None) -> None:
        try:
            entry = Entry(Header.model_validate_json(content), content)
        except ValidationError as error:
            if _has_newer_schema(content):
                message = f"A newer version of synth-expectations wrote it, which knows more than {SCHEMA}: update."
                self._add(Weight.UNJUDGED, message, seq, name, "schema")
                return
            fields = sorted({str(problem["loc"][0]) for problem in error.errors() if problem["loc"]})
            self._add(Weight.ALTERED, "It is not a header of an entry.", seq, name, ", ".join(fields))
            return
        header = entry.header
        if Entry.make(header).content != content:
            self._add(Weight.ALTERED, "It is not written as the ledger writes its headers.", seq, name)
        if header.seq != seq:
            message = f"It says that it is entry {header.seq}: an entry was moved, or is there twice."
            self._add(Weight.ALTERED, message, seq, name, "seq")
        elif prev is not None and header.prev != prev:
            before = f"the digest of entry {seq - 1}: one of the two was altered" if seq > 1 else "64 zeros"
            self._add(Weight.ALTERED, f"It does not follow: prev is not {before}.", seq, name, "prev")
        self.entries.append(VerifiedEntry(entry, name))

    def _check_times(self, now: datetime) -> None:
        latest: VerifiedEntry | None = None
        for verified in self.entries:
            at = verified.entry.header.at
            if latest and at < latest.entry.header.at:
                before = f"entry {latest.seq}, of {format_time(latest.entry.header.at)}"
                message = f"Its time, {format_time(at)}, is before that of {before}: a clock was set back."
                self._add(Weight.NOTE, message, verified.seq, verified.file, "at")
            if at > now:
                message = f"Its time, {format_time(at)}, is still to come: a clock was wrong."
                self._add(Weight.NOTE, message, verified.seq, verified.file, "at")
            if latest is None or at > latest.entry.header.at:
                latest = verified

    def _add(self, weight: Weight, message: str, entry: int | None, file: str, field: str = "") -> None:
        self.findings.append(VerificationFinding(weight, message, entry, file, field))


def check_recoveries(entries: Iterable[VerifiedEntry], chain: Chain) -> Iterator[VerificationFinding]:
    """Yield which missing entries the ledger itself recorded as missing, and those that it did and are there again."""
    for verified in entries:
        if verified.entry.header.kind is not EntryKind.RECOVERY or verified.body is None:
            continue
        try:
            missing = RecoveryBody.model_validate_json(verified.body).missing
        except ValidationError:
            yield VerificationFinding(
                Weight.ALTERED, "It is not a record of missing entries.", verified.seq, verified.body_file
            )
            continue
        numbers = ", ".join(map(str, missing[:20]))
        at = format_time(verified.entry.header.at)
        if back := [seq for seq in missing if seq in chain.digests]:
            yield VerificationFinding(
                Weight.ALTERED,
                f"Entries {', '.join(map(str, back[:20]))} were missing on {at}, and are there again.",
                verified.seq,
                ENTRIES,
            )
        yield VerificationFinding(Weight.NOTE, f"On {at}, entries were already missing: {numbers}.", verified.seq)


def check_expected_head(chain: Chain, expected: str) -> VerificationFinding:
    """Return whether an entry that was the last one once is still there, as it was.

    Args:
        chain: the headers.
        expected: the SHA-256 that somebody noted.
    """
    seq = chain.find_digest(expected.strip().lower())
    if seq is None:
        message = (
            f"No entry has the head that was noted, {expected}: entries were cut off, or the ledger was rewritten."
        )
        return VerificationFinding(Weight.ALTERED, message, None, ENTRIES)
    since = chain.head.seq - seq
    more = f"; {since} {'entry' if since == 1 else 'entries'} since" if since else ""
    return VerificationFinding(Weight.NOTE, f"The head that was noted is entry {seq}{more}.", seq)


def _has_newer_schema(content: bytes) -> bool:
    return b'"schema":"ledger/' in content.replace(b" ", b"") and SCHEMA.encode() not in content
