"""Read what runs left in the ledger of a project."""

import json
from pathlib import Path
from typing import Any

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.records.run import RunRecord


def open_ledger(directory: Path) -> EvidenceLedger:
    return EvidenceLedger(DirectoryStore(directory))


def read_kinds(directory: Path) -> list[str]:
    return [entry.header.kind.value for entry in open_ledger(directory).read_entries()]


def read_documents(directory: Path, kind: EntryKind = EntryKind.RUN_FINISHED) -> list[dict[str, Any]]:
    ledger = open_ledger(directory)
    bodies = [entry.header.body_sha256 for entry in ledger.read_entries() if entry.header.kind is kind]
    return [json.loads(ledger.read_object(body)) for body in bodies]


def read_records(directory: Path, kind: EntryKind = EntryKind.RUN_FINISHED) -> list[RunRecord]:
    return [RunRecord.model_validate(document) for document in read_documents(directory, kind)]
