"""What a verification came to: what was altered, what cannot be judged, and what a reader should know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from synth_expectations.evidence.ledger.entry import Head


class Weight(StrEnum):
    """How much a finding weighs.

    Altered is also what is missing, or contradicts the rest. A note is for whoever reads the evidence, and speaks against
    nothing in it.
    """

    ALTERED = "altered"
    UNJUDGED = "cannot be judged"
    NOTE = "note"


@dataclass(frozen=True)
class VerificationFinding:
    """Something that a verification has to say.

    Attributes:
        message: a sentence.
        entry: the number of the entry it is about.
        file: the path in the ledger or the pack.
        field: of the document in that file.
    """

    weight: Weight
    message: str
    entry: int | None = None
    file: str = ""
    field: str = ""

    @property
    def place(self) -> str:
        """Where to look, such as `entry 7, ledger/00000007.json, prev`; empty if it is about the whole."""
        entry = f"entry {self.entry}" if self.entry else ""
        return ", ".join(filter(None, (entry, self.file, self.field)))


@dataclass(frozen=True)
class VerificationReport:
    """The outcome of a verification.

    Attributes:
        where: what was verified, for people.
        project: the id of its project; empty if nothing says it.
        head: the last entry.
        entries: how many there are.
        runs: how many were started.
        aborted: how many of them never ended.
        signed: how many entries hold a signature by a key that could sign then.
        vouched_for: whether keys that the verifier trusts signed any of them.
        is_pack: whether it is a pack, whose manifest a trusted key must have signed.
        anchored: the last entry that a witness of an anchor confirms; 0 if there is none.
        anchoring: the same as a sentence, and how many entries came since.
        findings: in the order of the entries.
    """

    where: str
    project: str
    head: Head
    entries: int
    runs: int
    aborted: int
    signed: int
    vouched_for: bool
    is_pack: bool
    anchored: int
    anchoring: str
    findings: tuple[VerificationFinding, ...] = field(default=())

    @property
    def exit_code(self) -> int:
        """1 if anything was altered, 2 if anything cannot be judged, else 0."""
        weights = {finding.weight for finding in self.findings}
        return 1 if Weight.ALTERED in weights else 2 if Weight.UNJUDGED in weights else 0

    @property
    def outcome(self) -> str:
        """The outcome in a word or two."""
        return {0: "verified", 1: "altered", 2: "cannot be judged"}[self.exit_code]

    @property
    def conclusion(self) -> str:
        """The outcome in a sentence, with what it rests on."""
        match self.exit_code:
            case 1:
                count = sum(finding.weight is Weight.ALTERED for finding in self.findings)
                return f"Altered, missing or contradicting: {_count(count, 'finding', 'findings')}."
            case 2:
                return "Not altered as far as can be seen, but it cannot be judged: see above what is needed."
        if self.is_pack:
            return "Verified: a key that was given signed the manifest, and with it all that is in the pack."
        if self.vouched_for:
            return (
                f"Verified: {_count(self.signed, 'entry is', 'entries are')} signed by keys that were given. The others "
                "are unaltered as far as the owner of the store is trusted: note the head, for --expect-head."
            )
        if self.anchored:
            return (
                f"Verified: the entries up to #{self.anchored:,} cannot have been rewritten since they were anchored. Those "
                "after it are unaltered as far as the owner of the store is trusted."
            )
        return (
            "Unaltered as far as its owner is trusted: no key vouches for it, so whoever owns the store could have "
            "rewritten all of it. Note the head, and give it next time: --expect-head"
        )

    def to_document(self) -> dict[str, Any]:
        """Return the report for machines."""
        findings = [{**asdict(finding), "weight": finding.weight.value} for finding in self.findings]
        return {
            "schema": "verification/1",
            "result": self.outcome,
            "exit_code": self.exit_code,
            "conclusion": self.conclusion,
            "project_uuid": self.project,
            "head": {"seq": self.head.seq, "sha256": self.head.digest},
            "entries": self.entries,
            "runs": self.runs,
            "aborted_runs": self.aborted,
            "signed_entries": self.signed,
            "anchored": {"seq": self.anchored, "sentence": self.anchoring},
            "findings": findings,
        }


_MOST_NOTES = 20
_LABELS = {Weight.ALTERED: "ALTERED", Weight.UNJUDGED: "NOT JUDGED", Weight.NOTE: "note"}


def format_verification(report: VerificationReport) -> Iterator[str]:
    """Yield the report for people, a line each; of notes the first twenty."""
    yield f"where     {report.where}"
    yield f"project   {report.project or 'not known'}"
    yield f"head      #{report.head.seq} {report.head.digest}"
    aborted = f", {report.aborted} of them never ended" if report.aborted else ""
    entries, runs = _count(report.entries, "entry", "entries"), _count(report.runs, "run", "runs")
    signed = _count(report.signed, "entry", "entries")
    yield f"holds     {entries}, {runs}{aborted}; {signed} signed"
    yield f"anchors   {report.anchoring}"
    yield ""
    for weight in Weight:
        yield from _format_findings(weight, [finding for finding in report.findings if finding.weight is weight])
    yield report.conclusion


def _format_findings(weight: Weight, findings: Iterable[VerificationFinding]) -> Iterator[str]:
    found = list(findings)
    shown = found[:_MOST_NOTES] if weight is Weight.NOTE else found
    for finding in shown:
        yield f"{_LABELS[weight]}  {f'{finding.place}: ' if finding.place else ''}{finding.message}"
    if hidden := len(found) - len(shown):
        yield f"{_LABELS[weight]}  and {hidden} more: --json has them all"
    if found:
        yield ""


def _count(count: int, noun: str, plural: str) -> str:
    return f"{count:,} {noun if count == 1 else plural}"
