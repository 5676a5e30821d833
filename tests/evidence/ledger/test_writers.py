"""Many writers at once make one chain, and no number is given twice."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from synth_expectations.evidence.ledger.entry import NO_ENTRY, EntryKind
from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.location import open_store

PROCESSES, ENTRIES = 20, 50
STORE_WRITERS, STORE_ENTRIES = 4, 4


def _append_entries(location: str, writer: int, entries: int) -> str:
    ledger = EvidenceLedger(open_store(location, Path()))
    project = ledger.open_project()
    for number in range(entries):
        ledger.append(EntryKind.RUN_STARTED, {"writer": writer, "number": number})
    return project


def _check_chain(location: str, writers: int, entries: int) -> None:
    ledger = EvidenceLedger(open_store(location, Path()))
    digest, bodies = NO_ENTRY, set()
    for number, entry in enumerate(ledger.read_entries(), start=1):
        assert (entry.header.seq, entry.header.prev) == (number, digest)
        digest = entry.digest
        bodies.add(entry.header.body_sha256)
    assert len(bodies) == writers * entries + 1
    assert ledger.read_head().seq == writers * entries + 1


def test_twenty_processes_append_to_a_directory(tmp_path: Path) -> None:
    """The first entry is raced for as well: there is one project."""
    context = multiprocessing.get_context("fork")
    writers = [
        context.Process(target=_append_entries, args=(str(tmp_path), writer, ENTRIES)) for writer in range(PROCESSES)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * PROCESSES
    _check_chain(str(tmp_path), PROCESSES, ENTRIES)


def test_writers_append_to_an_object_store(s3: str) -> None:
    location = f"{s3}/evidence"
    with ThreadPoolExecutor(STORE_WRITERS) as pool:
        projects = pool.map(
            _append_entries, [location] * STORE_WRITERS, range(STORE_WRITERS), [STORE_ENTRIES] * STORE_WRITERS
        )
    assert len(set(projects)) == 1
    _check_chain(location, STORE_WRITERS, STORE_ENTRIES)


def test_a_writer_sees_what_another_wrote_since(s3: str) -> None:
    """The listing of the first append is not kept."""
    first, second = (EvidenceLedger(open_store(f"{s3}/evidence", Path())) for _ in range(2))
    first.open_project()
    second.open_project()
    for number in range(3):
        first.append(EntryKind.RUN_STARTED, {"number": number})
    assert second.append(EntryKind.RUN_STARTED, {"number": 3}).header.seq == 5
    assert [entry.header.seq for entry in first.read_entries()] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "address", ["memory://crm/evidence", "https://shop.example/evidence", "nonsense://crm/evidence"]
)
def test_a_store_that_cannot_refuse_a_taken_name_is_refused(address: str) -> None:
    with pytest.raises(LedgerError, match="cannot create a file only if it is absent"):
        open_store(address, Path())


def test_an_address_without_a_bucket_is_refused() -> None:
    with pytest.raises(LedgerError, match="names no bucket"):
        open_store("s3://", Path())


def test_a_server_that_ignores_the_condition_is_refused(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Older servers that speak S3 replace the object."""
    import moto.s3.responses

    put = moto.s3.responses.S3Response._key_response_put

    def ignore_condition(response: moto.s3.responses.S3Response, *arguments: object, **named: object) -> object:
        response.headers = {name: value for name, value in response.headers.items() if name.lower() != "if-none-match"}
        return put(response, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(moto.s3.responses.S3Response, "_key_response_put", ignore_condition)
    ledger = EvidenceLedger(open_store(f"{s3}/evidence", Path()))
    with pytest.raises(LedgerError, match="replaces objects that it was told to only create"):
        ledger.open_project()
    assert ledger.list_numbers() == []


def test_a_bucket_that_is_missing_is_a_sentence(s3: str) -> None:
    ledger = EvidenceLedger(open_store(s3.replace("crm", "nowhere") + "/evidence", Path()))
    with pytest.raises(LedgerError, match=r"cannot be written: .*bucket"):
        ledger.check_writable()
