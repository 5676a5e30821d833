"""A ledger keeps entries in one order, each bound to the one before."""

from __future__ import annotations

from pathlib import Path

from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.entry import NO_ENTRY, EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.location import open_store
from synth_expectations.evidence.records.run import RunRecord
from tests.evidence.sample_ledger import write_sample_ledger
from tests.evidence.sample_runs import RUNS


def test_each_entry_names_the_one_before(tmp_path: Path) -> None:
    """The digest of a header is of its bytes as they are stored."""
    ledger = write_sample_ledger(tmp_path)
    digest = NO_ENTRY
    for number, entry in enumerate(ledger.read_entries(), start=1):
        assert (entry.header.seq, entry.header.prev) == (number, digest)
        digest = compute_digest((tmp_path / "ledger" / f"{number:08d}.json").read_bytes())
    assert ledger.read_head().digest == digest


def test_a_record_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """Each run has a start; the one that was killed has no end."""
    ledger = write_sample_ledger(tmp_path)
    kinds = [entry.header.kind for entry in ledger.read_entries()]
    assert kinds.count(EntryKind.RUN_STARTED) == len(RUNS) == kinds.count(EntryKind.RUN_FINISHED) + 1
    for entry in ledger.read_entries(since=2):
        record = RunRecord.model_validate_json(ledger.read_object(entry.header.body_sha256))
        assert record.phase == entry.header.kind.value.removeprefix("run_")


def test_the_first_entry_opens_the_ledger(tmp_path: Path) -> None:
    ledger = EvidenceLedger(open_store(str(tmp_path), tmp_path))
    ledger.check_writable()  # has read the head by then
    ledger.append(EntryKind.GAP_EXPLAINED, {"reason": "The warehouse was moved."})
    assert [entry.header.kind for entry in ledger.read_entries()] == [EntryKind.LEDGER_OPENED, EntryKind.GAP_EXPLAINED]
