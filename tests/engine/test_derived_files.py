"""What is made of files of the package is kept beside their bytecode, and used while it is right."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from synth_expectations.engine.derived_files import DerivedFile


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DerivedFile:
    """Return a file that was kept."""
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept = DerivedFile(tmp_path / "page.html", "a")
    kept.write(b"made of it\nin two lines")
    return kept


def test_content_is_kept_beside_the_bytecode_of_modules(kept: DerivedFile) -> None:
    (path,) = (kept.source.parent / "__pycache__").iterdir()
    assert path.name == f"page.html.{sys.implementation.cache_tag}.cache"
    assert path.stat().st_mode & 0o022 == 0
    assert kept.read() == b"made of it\nin two lines"


def test_content_of_something_else_is_not_used(kept: DerivedFile) -> None:
    assert DerivedFile(kept.source, "b").read() is None
    assert DerivedFile(kept.source.with_name("other.html"), "a").read() is None


@pytest.mark.parametrize("damage", [b"", b"\n", b"made of it", "cut", "longer", "altered"])
def test_damaged_content_is_not_used(kept: DerivedFile, damage: bytes | str) -> None:
    (path,) = (kept.source.parent / "__pycache__").iterdir()
    content = path.read_bytes()
    damaged = {"cut": content[:-1], "longer": content + b"\n", "altered": content.replace(b"two", b"six")}
    path.write_bytes(damaged[damage] if isinstance(damage, str) else damage)
    assert kept.read() is None
    kept.write(b"made again")
    assert kept.read() == b"made again"


def test_bytecode_may_lie_elsewhere(kept: DerivedFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "elsewhere"))
    assert kept.read() is None
    kept.write(b"elsewhere")
    assert kept.read() == b"elsewhere"
    monkeypatch.setattr(sys, "pycache_prefix", None)
    assert kept.read() == b"made of it\nin two lines"


def test_a_process_that_writes_no_bytecode_writes_nothing(kept: DerivedFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept.write(b"new")
    assert kept.read() == b"made of it\nin two lines"


def test_a_directory_that_takes_no_file_is_no_error(kept: DerivedFile) -> None:
    blocked = DerivedFile(kept.source.parent / "archive.zip" / "page.html", "a")
    (kept.source.parent / "archive.zip").write_bytes(b"a file, as the archive of a package is one")
    blocked.write(b"content")
    assert blocked.read() is None


def test_a_python_without_bytecode_keeps_nothing(kept: DerivedFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    kept.write(b"content")
    assert kept.read() is None
