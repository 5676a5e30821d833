"""Read the findings of a ledger: from the state that was kept beside it, and the entries since."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from synth_expectations.engine.atomic_file import PRIVATE
from synth_expectations.engine.garbage_collection import paused_collection
from synth_expectations.engine.object_addresses import is_address
from synth_expectations.evidence.findings.dispositions import DispositionRevocationBody, Revocation, read_disposition
from synth_expectations.evidence.findings.follower import FindingsFollower
from synth_expectations.evidence.findings.model import FindingsState, FollowedFinding
from synth_expectations.evidence.kept_state import compute_software_digest, read_state, write_state
from synth_expectations.evidence.keys.key_ring import KeyRevocationBody, KeyRing
from synth_expectations.evidence.ledger.entry import KEYS, Entry, EntryKind, Header
from synth_expectations.evidence.ledger.entry_files import format_missing
from synth_expectations.evidence.ledger.errors import LedgerError, NotIncludedError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.records.run import ShortRun
from synth_expectations.evidence.sight import see_run

STATE = ".findings.state"
"""The file that spares reading every record again. It is not evidence: it is made anew from the ledger, whatever is odd."""
_KEY_KINDS = {EntryKind.KEY_ADDED, EntryKind.KEY_REVOKED}
_DISPOSITIONS = {EntryKind.FINDING_ACCEPTED, EntryKind.FINDING_FALSE_POSITIVE}


def find_undisposed(ledger: EvidenceLedger, at: datetime) -> list[FollowedFinding]:
    """Return the open findings about which no decision held at a time, by what the ledger had then.

    A finding is open until a later run proves that it is fixed. A decision is an acceptance that had not expired and
    covered all its records, or a call of false positive. Every record up to the time is read: for the present,
    `read_findings` with a state is faster.

    Args:
        ledger: of the project.
        at: the time, such as the end of a quarter, with its zone.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    return read_findings(ledger, until=at).list_undisposed(at)


def find_state_path(location: str, root: Path | None) -> Path | None:
    """Return where the state of a ledger lies: in its directory, or for one in an object store in the project.

    Args:
        location: a directory, or an address.
        root: the directory of great_expectations.yml; None if the ledger was named without a project.
    """
    if not is_address(location):
        return Path(location) / STATE
    return root / "uncommitted" / STATE if root else None


def read_findings(
    ledger: EvidenceLedger,
    state_path: Path | None = None,
    *,
    until: datetime | None = None,
    last: int | None = None,
    rebuild: bool = False,
) -> FindingsState:
    """Return the findings of a ledger after its last entry, and keep them for the next time.

    Args:
        ledger: of the project.
        state_path: where the state is kept; None reads every record.
        until: leave out entries of later than this time; the state is then neither read nor kept.
        last: leave out entries behind this number; likewise.
        rebuild: read every record, whatever the state says.

    Raises:
        LedgerError: the headers of the ledger cannot be read.
    """
    keeps_state = state_path is not None and until is None and last is None
    software = compute_software_digest()
    kept = (
        read_state(state_path, FindingsState, software, ledger) if keeps_state and state_path and not rebuild else None
    )
    state = kept or FindingsState(software=software)
    head = state.head
    reader = FindingsReader(ledger, state)
    with paused_collection():
        for entry in ledger.read_entries(state.head + 1):
            if last is not None and entry.header.seq > last:
                break
            if until is None or entry.header.at <= until:
                reader.add(entry)
    if keeps_state and state_path and (state.head != head or rebuild or not state_path.exists()):
        _write_state(state_path, state)
    return state


class FindingsReader:
    """Takes entries of a ledger into a state, in their order.

    Args:
        ledger: has their bodies.
        state: changed in place.
    """

    def __init__(self, ledger: EvidenceLedger, state: FindingsState) -> None:
        self.state = state
        self._ledger = ledger
        self._follower = FindingsFollower(state)
        self._start = state.head
        self._ring: KeyRing | None = None

    def add(self, entry: Entry, record: ShortRun | None = None) -> None:
        """Take in an entry; one that cannot be read becomes a problem, and follows nothing.

        Args:
            entry: of the ledger.
            record: its body, if it is the end of a run that was read already.
        """
        header, state = entry.header, self.state
        if header.seq > state.head + 1:
            subject = "it" if header.seq == state.head + 2 else "they"
            missing = format_missing(state.head + 1, header.seq - 1)
            state.problems.append(f"{missing}: what {subject} said is not followed.")
        state.head, state.head_digest, state.head_at = header.seq, entry.digest, header.at
        try:
            self._add(header, record)
        except NotIncludedError:
            state.is_partial = True
        except (LedgerError, ValueError):
            state.problems.append(f"Entry {header.seq} ({header.kind}) cannot be read: what it says is not followed.")

    def _add(self, header: Header, record: ShortRun | None) -> None:
        if header.kind is EntryKind.RUN_FINISHED:
            record = record or ShortRun.model_validate_json(self._ledger.read_object(header.body_sha256))
            sight = see_run(record, header.seq, header.body_sha256)
            self._follower.add_run(record, sight)
        elif header.kind in _DISPOSITIONS:
            body = self._ledger.read_object(header.body_sha256)
            self._follower.add_disposition(read_disposition(header, body, self._read_ring()))
        elif header.kind is EntryKind.DISPOSITION_REVOKED:
            ended = DispositionRevocationBody.model_validate_json(self._ledger.read_object(header.body_sha256))
            revocation = Revocation(entry=header.seq, at=header.at, by=ended.by, reason=ended.reason)
            if not self._follower.revoke_disposition(ended.disposition, revocation):
                self.state.problems.append(
                    f"Entry {header.seq} ends a decision of entry {ended.disposition}, which does not exist."
                )
        elif header.kind in _KEY_KINDS:
            self._add_key(header)

    def _add_key(self, header: Header) -> None:
        body = self._ledger.read_object(header.body_sha256)
        ring = self._read_ring()
        ring.add_entry(header, body)
        if header.kind is EntryKind.KEY_REVOKED:
            self._follower.judge_signatures(KeyRevocationBody.model_validate_json(body).keyid, ring)

    def _read_ring(self) -> KeyRing:
        """Return the keys of the entries before: those that were read already, and for a state that was kept, the index."""
        if self._ring is None:
            self._ring = KeyRing()
            for entry in self._ledger.read_indexed(KEYS) if self._start else ():
                if entry.header.seq <= self._start and entry.header.kind in _KEY_KINDS:
                    with suppress(LedgerError, ValueError):  # a key that cannot be read signs nothing
                        self._ring.add_entry(entry.header, self._ledger.read_object(entry.header.body_sha256))
        return self._ring


def _write_state(path: Path, state: FindingsState) -> None:
    """Keep a state; where nothing can be written, the next one who asks reads the ledger again."""
    with suppress(OSError):
        write_state(path, state, PRIVATE)
