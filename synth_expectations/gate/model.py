"""What the gate finds: results, the records they are about, and files that it did not read."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import blake2b

MAX_PLACES = 100
"""Records that a result names at most; it counts all of them."""
MAX_DIGESTS = 20_000
"""Records of a result whose digests are kept for a baseline; of more, the count is compared."""


class Level(StrEnum):
    """How serious a result is, the most serious first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    def reaches(self, least: Level) -> bool:
        """Return whether this level is as serious as another, or more so."""
        order = list(Level)
        return order.index(self) <= order.index(least)


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """A record of a file.

    Attributes:
        object: the sObject or table.
        reference: its reference id or key, or its number in the file, such as `record 12`.
        line: in the file, from 1; None where the format has none.
    """

    object: str
    reference: str
    line: int | None = None


@dataclass(slots=True)
class RecordSet:
    """Records, counted; the first of them are named, and digests of many kept."""

    count: int = 0
    places: list[RecordPlace] = field(default_factory=list)
    digests: array[int] = field(default_factory=lambda: array("Q"))

    def add(self, place: RecordPlace) -> None:
        """Add a record."""
        self.count += 1
        if len(self.places) < MAX_PLACES:
            self.places.append(place)
        if len(self.digests) < MAX_DIGESTS:
            self.digests.append(digest(place.object, place.reference))

    def merge(self, other: RecordSet) -> None:
        """Add the records of another set, keeping the order of the file as far as lines are known."""
        self.count += other.count
        self.places = sorted([*self.places, *other.places], key=lambda place: place.line or 0)[:MAX_PLACES]
        self.digests.extend(other.digests[: MAX_DIGESTS - len(self.digests)])

    @staticmethod
    def of(places: Iterable[RecordPlace]) -> RecordSet:
        """Return a set of records."""
        records = RecordSet()
        for place in places:
            records.add(place)
        return records


def digest(*parts: str) -> int:
    """Return 64 bits that stand for some texts."""
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")


@dataclass(slots=True)
class GateFinding:
    """What a rule found in a file.

    Attributes:
        rule: the id of the rule.
        path: the file, relative to the root, with `/`.
        level: how serious it is.
        message: what is wrong, in a sentence, without values of the data.
        because: why the file counts as bound for production, or why that cannot be told; empty where it plays no part.
        records: the records, or the parts of a metadata file.
        total: how many records the file has of these objects; None where they were not counted.
        accepted: the reason of a waiver of the policy, or None.
        is_known: whether the baseline has it.
    """

    rule: str
    path: str
    level: Level
    message: str
    because: str = ""
    records: RecordSet = field(default_factory=RecordSet)
    total: int | None = None
    accepted: str | None = None
    is_known: bool = False

    @property
    def fingerprint(self) -> str:
        """What identifies the result in the next run: its rule, path and objects, but no line."""
        objects = sorted({place.object for place in self.records.places})
        return f"{digest(self.rule, self.path, *objects):016x}"

    @property
    def counts(self) -> bool:
        """Whether it can end the run as failed: it was neither accepted nor known before."""
        return self.accepted is None and not self.is_known

    def record_fingerprints(self) -> list[str]:
        """Return what identifies each record: its rule, path, object and reference."""
        return [f"{digest(self.rule, self.path, str(record)):016x}" for record in self.records.digests]


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that the gate did not read, or not wholly.

    Attributes:
        path: relative to the root.
        reason: why, in words.
        bound: why it is bound for production; empty where it is not.
        is_context: whether it would have told what other files are, so that it is named whichever files are asked about.
        decides: whether it would have told what is bound for production.
    """

    path: str
    reason: str
    bound: str = ""
    is_context: bool = False
    decides: bool = False

    @property
    def is_needed(self) -> bool:
        """Whether the run shows nothing without it, and is errored."""
        return self.decides or bool(self.bound)

    def describe(self) -> str:
        """Return the reason as sentences, with what follows from it."""
        if self.decides:
            return f"{self.reason}. It tells what is bound for production, so that is not known."
        return f"{self.reason}." + (f" It is bound for production: {self.bound}." if self.bound else "")


@dataclass(frozen=True, slots=True)
class GateNote:
    """Something that the reader must know and that is not a result: a doubt, or what a rule could not see."""

    path: str
    text: str


class UnreadFileError(Exception):
    """A file cannot be read; the message says why, without values of the data."""


@dataclass(slots=True)
class GateRun:
    """What a run of the gate found.

    Attributes:
        findings: by path and rule.
        unread: files that were not read.
        notes: doubts.
        problems: what makes the run errored, such as an expired waiver.
        files: how many files were read.
        records: how many records were read.
        as_of: the day that approvals and waivers were held against.
    """

    as_of: date
    findings: list[GateFinding] = field(default_factory=list)
    unread: list[UnreadFile] = field(default_factory=list)
    notes: list[GateNote] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    files: int = 0
    records: int = 0

    def counted(self) -> Iterator[GateFinding]:
        """Yield the results that no waiver accepts and no baseline has."""
        return (finding for finding in self.findings if finding.counts)

    def exit_code(self, fail_on: Level) -> int:
        """Return 2 if something is unknown that must be known, 1 for results that count, else 0."""
        if self.problems or any(file.is_needed for file in self.unread):
            return 2
        return int(any(finding.level.reaches(fail_on) for finding in self.counted()))
