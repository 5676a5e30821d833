"""Draws that are made at the same time: no two of them have one nonce, or one seed."""

from __future__ import annotations

import multiprocessing
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from synth_expectations.errors import SynthError
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.entry_files import name_entry
from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.sampling.samples import append_draw, read_samples
from tests.evidence.sampling.sample_draws import draw_sample, make_draw

PROCESSES = 12


def _draw(directory: Path, nonce: str, is_ready: Barrier) -> None:
    ledger = EvidenceLedger(DirectoryStore(directory))
    body = make_draw(ledger, nonce)
    is_ready.wait()  # all have looked at the same head
    try:
        append_draw(ledger, body)
    except SynthError:
        raise SystemExit(2) from None


@pytest.mark.parametrize("nonces", [["dice 4 2"] * PROCESSES, [""] * PROCESSES, [*map(str, range(PROCESSES))]])
def test_of_processes_that_draw_at_once_one_has_a_nonce(tmp_path: Path, nonces: list[str]) -> None:
    EvidenceLedger(DirectoryStore(tmp_path)).open_project()
    context = multiprocessing.get_context("fork")
    is_ready = context.Barrier(PROCESSES)
    processes = [context.Process(target=_draw, args=(tmp_path, nonce, is_ready)) for nonce in nonces]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    ledger = EvidenceLedger(DirectoryStore(tmp_path))
    wanted = len(set(nonces))
    assert sorted(process.exitcode or 0 for process in processes) == [0] * wanted + [2] * (PROCESSES - wanted)
    drawn = read_samples(ledger)
    assert len({sample.body.seed for sample in drawn}) == len(drawn) == wanted
    assert len(list(ledger.read_entries())) == wanted + 1


def test_what_came_meanwhile_is_looked_at(tmp_path: Path) -> None:
    """A run that ended meanwhile is in nobody's way; a draw is, and so is an entry that cannot be read."""
    ledger = EvidenceLedger(DirectoryStore(tmp_path))
    ledger.open_project()
    first, second, third = make_draw(ledger, "1"), make_draw(ledger, "2"), make_draw(ledger, "2")
    ledger.append(EntryKind.RUN_STARTED, {"run": 1})
    assert append_draw(ledger, first).header.seq == 3
    objects = len(ledger.store.list_names("objects"))
    draw_sample(ledger, "passed", "2")
    with pytest.raises(SynthError, match="The nonce was used by draw 4 already"):
        append_draw(EvidenceLedger(ledger.store), second)
    assert len(ledger.store.list_names("objects")) == objects + 1
    (tmp_path / name_entry(4)).write_bytes(b"{")
    with pytest.raises(LedgerError, match="Entry 4 of the ledger cannot be read"):
        append_draw(EvidenceLedger(ledger.store), third)
