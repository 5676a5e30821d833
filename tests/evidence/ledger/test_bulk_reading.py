"""Files that travel over a network are read several at once, and come in the order in which they were asked for."""

from pathlib import Path

import fsspec

from synth_expectations.evidence.ledger.bulk_reading import read_files
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.location import open_store
from synth_expectations.evidence.verification.ledger_verifier import verify_ledger


def test_files_come_in_order(s3: str) -> None:
    store = open_store(f"{s3}/evidence", Path())
    assert store.parallel_reads > 1
    names = [f"objects/{number:02d}" for number in range(40)]
    for name in names[::2]:
        store.create(name, name.encode())
    read = list(read_files(store, names))
    assert [file.name for file in read] == names
    assert [file.content for file in read] == [name.encode() if i % 2 == 0 else None for i, name in enumerate(names)]


def test_an_altered_object_of_a_store_is_named(s3: str) -> None:
    store = open_store(f"{s3}/evidence", Path())
    ledger = EvidenceLedger(store)
    entries = [ledger.append(EntryKind.GAP_EXPLAINED, {"number": number}) for number in range(5)]
    assert verify_ledger(store).exit_code == 0
    altered = entries[3].header.body_sha256
    fsspec.filesystem("s3").pipe_file(f"{s3}/evidence/objects/{altered}", b'{"number":7}')
    report = verify_ledger(store)
    assert report.exit_code == 1
    assert [(finding.entry, finding.file) for finding in report.findings if finding.file] == [(5, f"objects/{altered}")]
