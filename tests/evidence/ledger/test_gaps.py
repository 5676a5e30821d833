"""A number that is missing stays missing, and an append looks at what follows the last entry alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from synth_expectations.evidence.ledger.bodies import RecoveryBody
from synth_expectations.evidence.ledger.entry import EntryKind, Header
from synth_expectations.evidence.ledger.entry_files import name_entry
from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.site.builder import write_site
from tests.evidence.sample_ledger import write_sample_ledger


class CountingStore(DirectoryStore):
    """A directory that counts what is asked of it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.counts: Counter[str] = Counter()

    def create(self, name: str, content: bytes) -> bool:
        self.counts["create"] += 1
        return super().create(name, content)

    def read(self, name: str) -> bytes | None:
        self.counts["read"] += 1
        return super().read(name)

    def list_names(self, directory: str) -> list[str]:
        self.counts["list"] += 1
        return super().list_names(directory)


@pytest.mark.parametrize("missing", [(3,), (2, 3, 5), (1,)])
def test_a_gap_is_never_filled_and_is_recorded_once(tmp_path: Path, missing: tuple[int, ...]) -> None:
    last = write_sample_ledger(tmp_path).read_head()
    for seq in missing:
        (tmp_path / name_entry(seq)).unlink()
    for number in range(3):
        ledger = EvidenceLedger(DirectoryStore(tmp_path))  # a process of its own
        ledger.append(EntryKind.RUN_STARTED, {"number": number})
        ledger.append(EntryKind.RUN_FINISHED, {"number": number})
    entries = {entry.header.seq: entry for entry in ledger.read_entries()}
    assert sorted(set(range(1, last.seq + 8)) - set(entries)) == list(missing)
    recoveries = [entry for entry in entries.values() if entry.header.kind is EntryKind.RECOVERY]
    assert [entry.header.seq for entry in recoveries] == [last.seq + 1]
    assert recoveries[0].header.prev == last.digest
    body = RecoveryBody.model_validate_json(ledger.read_object(recoveries[0].header.body_sha256))
    assert body.missing == missing


def test_a_ledger_without_its_first_entry_is_nobodys(tmp_path: Path) -> None:
    """A new first entry would make it the ledger of another project."""
    write_sample_ledger(tmp_path)
    (tmp_path / name_entry(1)).unlink()
    with pytest.raises(LedgerError, match="no first entry"):
        EvidenceLedger(DirectoryStore(tmp_path)).open_project()
    assert not (tmp_path / name_entry(1)).exists()


@pytest.mark.parametrize("runs", [10, 500])
def test_an_append_costs_the_same_at_run_500(tmp_path: Path, runs: int) -> None:
    """A process lists the entries once; what it appends then takes a body and a header."""
    header = Header(seq=1, prev="0" * 64, kind=EntryKind.LEDGER_OPENED, at="2026-11-28T00:00:00Z", body_sha256="0" * 64)
    (tmp_path / "ledger").mkdir()
    for seq in range(1, 2 * runs + 1):
        (tmp_path / name_entry(seq)).write_bytes(header.model_copy(update={"seq": seq}).model_dump_json().encode())
    store = CountingStore(tmp_path)
    ledger = EvidenceLedger(store)
    assert ledger.append(EntryKind.RUN_STARTED, {}).header.seq == 2 * runs + 1
    assert store.counts == {"create": 2, "read": 2, "list": 1}
    ledger.append(EntryKind.RUN_FINISHED, {})
    assert store.counts == {"create": 4, "read": 2, "list": 1}


def test_a_ledger_of_a_newer_version_is_not_appended_to(tmp_path: Path) -> None:
    head = write_sample_ledger(tmp_path).read_head()
    (tmp_path / name_entry(head.seq + 1)).write_text('{"schema": "ledger/2"}')
    ledger = EvidenceLedger(DirectoryStore(tmp_path))
    with pytest.raises(LedgerError, match=r"newer version .*ledger/2"):
        ledger.append(EntryKind.RUN_STARTED, {})
    assert not (tmp_path / name_entry(head.seq + 2)).exists()


@pytest.mark.parametrize("damage", [b"", b"{", b"[" * 100_000, b"\x00\xff", b'{"schema": 7}', b"[]"])
def test_a_damaged_entry_stops_no_run(tmp_path: Path, damage: bytes) -> None:
    """It is named by `verify`; the next entry is bound to what lies there."""
    head = write_sample_ledger(tmp_path).read_head()
    file = tmp_path / name_entry(head.seq)
    file.unlink()
    file.write_bytes(damage)
    ledger = EvidenceLedger(DirectoryStore(tmp_path))
    assert ledger.append(EntryKind.RUN_STARTED, {}).header.seq == head.seq + 1
    with pytest.raises(LedgerError, match=f"Entry {head.seq} of the ledger cannot be read"):
        list(ledger.read_entries())


@pytest.mark.parametrize(
    "name",
    [
        "7.json",
        "00000000.json",
        "0000000x.json",
        "00000007.json.bak",
        "\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0667.json",
        "notes.txt",
    ],
)
def test_other_files_are_no_entries(tmp_path: Path, name: str) -> None:
    ledger = write_sample_ledger(tmp_path)
    numbers = ledger.list_numbers()
    (tmp_path / "ledger" / name).write_text("{}")
    assert ledger.list_numbers() == numbers


def test_a_made_up_number_does_not_fill_the_memory(tmp_path: Path) -> None:
    """A file of a number far beyond the last entry: nothing is appended behind it, and a reader still sees the entries."""
    ledger = write_sample_ledger(tmp_path, 2)
    last = ledger.read_head().seq
    stray = tmp_path / name_entry(99_999_999)
    stray.write_bytes((tmp_path / name_entry(last)).read_bytes())
    again = EvidenceLedger(DirectoryStore(tmp_path))
    with pytest.raises(LedgerError, match=f"has an entry 99,999,999, and {99_999_998 - last:,} of those"):
        again.append(EntryKind.GAP_EXPLAINED, {"reason": "later"})
    problems = write_site(again, tmp_path.with_name("site")).problems
    assert problems == (
        f"Entry {last}: It says that it is entry {last}, which comes before it: an entry was moved, or is there twice.",
    )
    assert not (tmp_path / name_entry(100_000_000)).exists()
    stray.unlink()
    entry = EvidenceLedger(DirectoryStore(tmp_path)).append(EntryKind.GAP_EXPLAINED, {"reason": "later"})
    assert entry.header.seq == last + 1
