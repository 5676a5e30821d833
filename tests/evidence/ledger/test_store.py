"""A directory that cannot keep a ledger says so in a sentence, before any data is read."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.errors import SynthError
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.entry_files import name_entry
from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.verification.ledger_verifier import verify_ledger
from tests.evidence.sample_ledger import write_sample_ledger


def _refuse(number: int) -> Any:
    def refuse(*arguments: object, **named: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize(
    ("function", "number", "sentence"),
    [
        ("link", errno.EPERM, "knows no hard links"),
        ("link", errno.ENOTSUP, "knows no hard links"),
        ("fsync", errno.ENOSPC, "cannot be written: No space left on device"),
        ("open", errno.EROFS, "cannot be written: Read-only file system"),
        ("open", errno.EACCES, "cannot be written: Permission denied"),
    ],
)
def test_a_directory_that_takes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, number: int, sentence: str
) -> None:
    ledger = EvidenceLedger(DirectoryStore(tmp_path / "evidence"))
    with monkeypatch.context() as patched:
        patched.setattr(os, function, _refuse(number))
        with pytest.raises(LedgerError, match=sentence):
            ledger.check_writable()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_check_leaves_nothing_behind(tmp_path: Path) -> None:
    EvidenceLedger(DirectoryStore(tmp_path / "evidence")).check_writable()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_check_that_is_killed_leaves_a_file_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = DirectoryStore(tmp_path)
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    store.check_writable()
    left = {f"ledger/{path.name}" for path in (tmp_path / "ledger").iterdir()}
    assert left
    assert left == set(store.list_leftovers())


def test_a_file_in_the_place_of_a_directory(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("notes")
    with pytest.raises(LedgerError, match=r"cannot be (read|written)"):
        EvidenceLedger(DirectoryStore(tmp_path / "evidence")).check_writable()


@pytest.mark.parametrize("name", ["ledger", "objects"])
def test_a_directory_that_is_a_link_is_refused(tmp_path: Path, name: str) -> None:
    write_sample_ledger(tmp_path / "evidence")
    (tmp_path / "evidence" / name).rename(tmp_path / "elsewhere")
    (tmp_path / "evidence" / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LedgerError, match="is a symbolic link"):
        EvidenceLedger(DirectoryStore(tmp_path / "evidence")).append(EntryKind.RUN_STARTED, {})


def test_the_whole_ledger_may_lie_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "mount").mkdir()
    (tmp_path / "evidence").symlink_to(tmp_path / "mount")
    ledger = EvidenceLedger(DirectoryStore(tmp_path / "evidence"))
    ledger.open_project()
    assert (tmp_path / "mount" / name_entry(1)).is_file()


@pytest.mark.parametrize("target", ["elsewhere.json", "missing.json"])
def test_an_entry_that_is_a_link_is_named(tmp_path: Path, target: str) -> None:
    """A link to nothing would otherwise be a name that is both free and taken."""
    ledger = write_sample_ledger(tmp_path)
    (tmp_path / "elsewhere.json").write_bytes(ledger.store.read(name_entry(1)) or b"")
    (tmp_path / name_entry(ledger.read_head().seq + 1)).symlink_to(tmp_path / target)
    with pytest.raises(SynthError, match=r"ledger/000000\d\d.json of the ledger in .* is a symbolic link"):
        ledger.append(EntryKind.RUN_STARTED, {})


def test_a_name_that_the_store_refuses_and_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = write_sample_ledger(tmp_path)
    monkeypatch.setattr(ledger.store, "create", lambda name, content: False)
    with pytest.raises(LedgerError, match=r"refuses entry \d+, and shows none"):
        ledger.append(EntryKind.RUN_STARTED, {})


def test_a_lost_answer_of_a_file_server_is_no_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """NFS may repeat a link that was made, and report that the name is taken."""
    link = os.link

    def repeat(source: Path, target: Path) -> None:
        link(source, target)
        link(source, target)

    monkeypatch.setattr(os, "link", repeat)
    ledger = EvidenceLedger(DirectoryStore(tmp_path))
    ledger.open_project()
    assert ledger.append(EntryKind.RUN_STARTED, {}).header.seq == 2
    assert ledger.list_numbers() == [1, 2]


def test_files_are_read_only_and_objects_private(tmp_path: Path) -> None:
    """Objects hold keys of records."""
    before = os.umask(0o022)
    try:
        write_sample_ledger(tmp_path)
    finally:
        os.umask(before)
    modes = {
        directory: {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / directory).iterdir()}
        for directory in ("ledger", "objects")
    }
    assert modes == {"ledger": {0o444}, "objects": {0o440}}


@pytest.mark.parametrize("name", [name_entry(3), "objects/" + "a" * 64])
def test_a_pipe_among_the_files_is_named_and_not_waited_for(tmp_path: Path, name: str) -> None:
    ledger = write_sample_ledger(tmp_path / "evidence", 2)
    path = tmp_path / "evidence" / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    with pytest.raises(LedgerError, match="is a pipe, a socket or a device, not a file"):
        ledger.store.read(name)
    messages = [finding.message for finding in verify_ledger(ledger.store).findings]
    assert any("is a pipe, a socket or a device" in message for message in messages)
