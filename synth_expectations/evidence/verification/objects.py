"""The objects of a ledger: each is what its digest says, or was redacted on record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from pydantic import ValidationError

from synth_expectations.evidence.ledger.bodies import RedactionBody, Tombstone
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.store import OBJECTS
from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.evidence.verification.report import VerificationFinding, Weight
from synth_expectations.evidence.verification.source import EvidenceSource, VerifiedEntry, find_digests, is_digest_of


class ObjectCheck:
    """The objects of a source, read once.

    Attributes:
        entries: with their bodies.
        findings: what is wrong with objects.

    Args:
        source: has the objects.
        entries: whose bodies they are.
        is_whole: whether these are all entries, so that what none of them names was never named or cut off.
    """

    def __init__(self, source: EvidenceSource, entries: Iterable[VerifiedEntry], *, is_whole: bool = True) -> None:
        self._source = source
        self._is_whole = is_whole
        self.findings: list[VerificationFinding] = []
        self._sound: set[str] = set()
        self._redacted: dict[str, Tombstone] = {}
        self._bad: set[str] = set()
        listed = list(entries)
        self._bodies: dict[str, bytes] = {}
        self._check_all({verified.entry.header.body_sha256 for verified in listed})
        self.entries = [self._read_body(verified) for verified in listed]
        self._check_redactions()
        if not source.is_partial:
            self._name_orphans()

    @property
    def is_partial(self) -> bool:
        """Whether objects may be left out: a pack has those of its period."""
        return self._source.is_partial

    def read_sound(self, digest: str) -> bytes | None:
        """Return the content of an object that is what its digest says; None if there is none."""
        return self._source.read_object(digest) if digest in self._sound else None

    def check_named(self, verified: VerifiedEntry, digest: str, field: str) -> Iterator[VerificationFinding]:
        """Yield that an object is missing which a body names as one."""
        if digest in self._sound or digest in self._redacted or digest in self._bad or self._source.is_partial:
            return
        yield VerificationFinding(
            Weight.ALTERED, f"The object that {field} names is missing.", verified.seq, f"{OBJECTS}/{digest}", field
        )

    def _check_all(self, bodies: set[str]) -> None:
        for file in self._source.read_all_objects():
            name, content = file.name, file.content or b""
            if file.error:
                self._bad.add(name)
                self._add(Weight.ALTERED, file.error.message, None, f"{OBJECTS}/{name}")
                continue
            if is_digest_of(name, content):
                self._sound.add(name)
                if name in bodies:
                    self._bodies[name] = content
            elif tombstone := Tombstone.read(content, name):
                self._redacted[name] = tombstone
            else:
                self._bad.add(name)

    def _read_body(self, verified: VerifiedEntry) -> VerifiedEntry:
        digest = verified.entry.header.body_sha256
        if digest in self._sound:
            return replace(verified, body=self._bodies[digest])
        if digest in self._redacted:
            message = "The body of an entry was replaced by a tombstone: only results are redacted."
            self._add(Weight.ALTERED, message, verified.seq, verified.body_file)
        elif digest in self._bad:
            message = "The body of the entry was altered: it no longer has its digest."
            self._add(Weight.ALTERED, message, verified.seq, verified.body_file)
        elif self._source.is_partial:
            return replace(verified, is_absent=True)
        else:
            self._add(
                Weight.ALTERED, "The body of the entry is missing.", verified.seq, verified.body_file, "body_sha256"
            )
        return verified

    def _check_redactions(self) -> None:
        on_record: dict[str, tuple[VerifiedEntry, RedactionBody]] = {}
        for verified in self.entries:
            if verified.entry.header.kind is EntryKind.REDACTION and verified.body is not None:
                try:
                    body = RedactionBody.model_validate_json(verified.body)
                except ValidationError:
                    self._add(Weight.ALTERED, "It is not a record of a redaction.", verified.seq, verified.body_file)
                    continue
                on_record.setdefault(body.sha256, (verified, body))
        for digest, (verified, body) in on_record.items():
            file = f"{OBJECTS}/{digest}"
            if digest in self._redacted:
                self._add(Weight.NOTE, f"redacted, on record: {body.reason}", verified.seq, file)
            elif digest in self._sound and not self._source.is_partial:
                message = "Its redaction is on record, but its content is still there: redact it again."
                self._add(Weight.ALTERED, message, verified.seq, file)
        for digest in sorted(self._redacted.keys() - on_record.keys()):
            self._add(
                Weight.ALTERED, "A tombstone is in its place, but no entry says why.", None, f"{OBJECTS}/{digest}"
            )
        bodies = {verified.entry.header.body_sha256 for verified in self.entries}
        for digest in sorted(self._bad - bodies):
            self._add(Weight.ALTERED, "It was altered: it no longer has its digest.", None, f"{OBJECTS}/{digest}")

    def _name_orphans(self) -> None:
        named: set[str] = set()
        for verified in self.entries:
            named.add(verified.entry.header.body_sha256)
            if verified.body is not None:
                named |= find_digests(verified.body)
        for digest in sorted(self._sound - named):
            self.findings.append(self._judge_orphan(digest))
        for leftover in self._source.list_leftovers():
            message = "A process was killed while it wrote this file. It counts for nothing, and may be deleted."
            self._add(Weight.NOTE, message, None, leftover)

    def _judge_orphan(self, digest: str) -> VerificationFinding:
        """Return what an object is that no entry names: a process that is killed leaves such, and so do cut-off entries.

        The end of a run is written after the entry of its start: if that is missing too, it was there once.
        """
        file = f"{OBJECTS}/{digest}"
        cause = "a process was killed before it appended the entry, or an entry was cut off"
        try:
            record = RunRecord.model_validate_json(self._source.read_object(digest) or b"")
        except ValidationError:
            return VerificationFinding(Weight.NOTE, f"No entry names it: {cause}.", None, file)
        if self._is_whole and record.phase == "finished" and record.run_id not in self._list_started():
            message = f"It records the end of run {record.run_id}, and no entry its start: entries were removed."
            return VerificationFinding(Weight.ALTERED, message, None, file, "run_id")
        end = "end" if record.phase == "finished" else "start"
        message = (
            f"It records the {end} of run {record.run_id}, and no entry names it: {cause}. --expect-head tells which."
        )
        return VerificationFinding(Weight.NOTE, message, None, file)

    def _list_started(self) -> set[str]:
        """Return the ids of the runs whose start is an entry."""
        ids = set()
        for verified in self.entries:
            if verified.entry.header.kind is EntryKind.RUN_STARTED and verified.body is not None:
                with suppress(ValueError, KeyError, TypeError):
                    ids.add(str(json.loads(verified.body)["run_id"]))
        return ids

    def _add(self, weight: Weight, message: str, entry: int | None, file: str, field: str = "") -> None:
        self.findings.append(VerificationFinding(weight, message, entry, file, field))
