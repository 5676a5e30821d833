"""A file is there whole, or as it was before."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from synth_expectations.engine.atomic_file import PRIVATE, PUBLIC, replaced_file


def test_it_takes_its_name_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "made" / "here.txt"
    with replaced_file(file) as temporary:
        temporary.write_text("new")
        assert not file.exists()
    assert file.read_text() == "new"
    assert list(file.parent.iterdir()) == [file]


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "here.txt"
    file.write_text("old")
    with pytest.raises(RuntimeError, match="went wrong"), replaced_file(file) as temporary:  # noqa: PT012
        temporary.write_text("half")
        raise RuntimeError("it went wrong")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("umask", "mode", "permissions"),
    [
        (0o022, PUBLIC, 0o644),
        (0o027, PUBLIC, 0o640),
        (0o077, PUBLIC, 0o600),
        (0o000, PUBLIC, 0o666),
        (0o027, PRIVATE, 0o600),
        (0o000, PRIVATE, 0o600),
    ],
)
def test_it_obeys_the_umask(tmp_path: Path, umask: int, mode: int, permissions: int) -> None:
    before = os.umask(umask)
    try:
        with replaced_file(tmp_path / "made.txt", mode) as temporary:
            assert temporary.stat().st_mode & 0o777 == permissions
        assert (tmp_path / "made.txt").stat().st_mode & 0o777 == permissions
    finally:
        os.umask(before)


def test_a_file_that_is_there_keeps_its_permissions_unless_it_is_private(tmp_path: Path) -> None:
    file = tmp_path / "here.txt"
    file.write_text("old")
    file.chmod(0o664)
    with replaced_file(file) as temporary:
        temporary.write_text("new")
    assert file.stat().st_mode & 0o777 == 0o664
    with replaced_file(file, PRIVATE) as temporary:
        temporary.write_text("keys")
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_directory_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(OSError, match="taken"), replaced_file(tmp_path / "taken" / "here.txt"):
        pass
