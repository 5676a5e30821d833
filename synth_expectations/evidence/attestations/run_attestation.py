"""Sign the record of a run, so that whoever owns the ledger alone cannot write it anew."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from synth_expectations.errors import SynthError
from synth_expectations.evidence.attestations.envelope import sign_statement
from synth_expectations.evidence.attestations.statements import build_run_statement, build_test_result
from synth_expectations.evidence.keys.key_ring import read_key_ring
from synth_expectations.evidence.keys.signing_key import SigningKey
from synth_expectations.evidence.ledger.entry import Entry, EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.records.run import RunRecord


class AttestationError(SynthError):
    """A run that cannot be signed."""


@dataclass(frozen=True)
class RunAttestation:
    """The signed statements of a run.

    Attributes:
        entry: of the ledger, whose body is the statement of the record.
        record: of the run.
        run: the envelope of its record.
        test_result: the envelope of what policy engines read.
    """

    entry: Entry
    record: RunRecord
    run: bytes
    test_result: bytes


def attest_run(ledger: EvidenceLedger, key: SigningKey, run_id: str | None = None) -> RunAttestation:
    """Sign the record of a run that has ended, and append the statement.

    Args:
        ledger: of the project; it must know the key.
        key: of whoever answers for the run.
        run_id: of the run; by default the last one that ended.

    Raises:
        AttestationError: no such run has ended, or the key may not sign.
    """
    head = ledger.read_head()
    if objection := read_key_ring(ledger).find_objection(key.keyid, ledger.now(), head.seq + 1):
        raise AttestationError(
            f"The key cannot sign: {objection}.", "Add it: audit key --public FILE.pub --person … --role operator"
        )
    record, document = _find_record(ledger, run_id)
    run = sign_statement(build_run_statement(document), key)
    entry = ledger.append(EntryKind.RUN_ATTESTED, run, key.keyid)
    return RunAttestation(entry, record, run, sign_statement(build_test_result(document), key))


def _find_record(ledger: EvidenceLedger, run_id: str | None) -> tuple[RunRecord, dict[str, Any]]:
    """Return the record of the end of a run, and as it is stored, looking from the last entry backwards."""
    for seq in reversed(ledger.list_numbers()):
        entry = ledger.read_entry(seq)
        if entry and entry.header.kind is EntryKind.RUN_FINISHED:
            document = json.loads(ledger.read_object(entry.header.body_sha256))
            record = RunRecord.model_validate(document)
            if run_id in {None, record.run_id}:
                return record, document
    name = f"Run {run_id}" if run_id else "No run"
    raise AttestationError(
        f"{name} has {'not ' if run_id else ''}ended in this ledger.", "Only what has ended is signed."
    )
