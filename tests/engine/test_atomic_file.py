"""A file is there whole, or as it was before."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.engine.atomic_file import replaced_file


def test_it_takes_its_name_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "made" / "here.txt"
    with replaced_file(file) as temporary:
        temporary.write_text("new")
        assert not file.exists()
    assert file.read_text() == "new"
    assert file.stat().st_mode & 0o777 == 0o644
    assert list(file.parent.iterdir()) == [file]


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "here.txt"
    file.write_text("old")
    with pytest.raises(RuntimeError, match="went wrong"), replaced_file(file) as temporary:  # noqa: PT012
        temporary.write_text("half")
        raise RuntimeError("it went wrong")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_it_has_the_permissions_that_were_asked_for(tmp_path: Path) -> None:
    with replaced_file(tmp_path / "private", 0o600) as temporary:
        temporary.write_text("x")
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o600


def test_a_directory_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(OSError, match="taken"), replaced_file(tmp_path / "taken" / "here.txt"):
        pass
