"""The ways to spoil the files of a table."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

GARBAGE = b"PAR1, but no Parquet"

FileChange = Callable[[Path], None]
"""Spoils the files below the folder of a table."""


def list_files(folder: Path) -> list[Path]:
    """Return the files of a table, in their order."""
    return sorted(folder.rglob("part-*.*"))


def replace_file(file: Path, content: bytes) -> None:
    """Write another content; the file may share its old one with a copy."""
    file.unlink()
    file.write_bytes(content)


def cut_last(folder: Path) -> None:
    """Cut the last file in half, as an interrupted upload does."""
    *_, last = list_files(folder)
    content = last.read_bytes()
    replace_file(last, content[: len(content) // 2])


def clear_last(folder: Path) -> None:
    """Leave nothing in the last file."""
    *_, last = list_files(folder)
    replace_file(last, b"")


def remove_last(folder: Path) -> None:
    """Remove the last file."""
    *_, last = list_files(folder)
    last.unlink()


def dangle(folder: Path) -> None:
    """Add a link to a file that is not there."""
    *_, last = list_files(folder)
    last.with_stem("part-9999").symlink_to(last.with_stem("part-9998").name)


def add_hidden(folder: Path) -> None:
    """Add what writers leave behind while they work: hidden files and directories, whole ones and garbage."""
    first, *_ = list_files(folder)
    temporary = first.parent / "_temporary" / "0"
    temporary.mkdir(parents=True)
    for file in (temporary / first.name, first.with_stem("_started"), first.with_stem(".part-0000")):
        shutil.copyfile(first, file)
    first.with_stem(".half").write_bytes(GARBAGE)
    (first.parent / "_SUCCESS").touch()
