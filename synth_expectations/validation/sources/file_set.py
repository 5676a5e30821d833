"""The files of a table as they were listed: their paths, their Hive partitions and their state."""

from __future__ import annotations

import os
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

FileState = tuple[object, ...]
"""What differs once a file has changed: inode, size and time; of an object, its tag, size and time."""
FilesState = tuple[tuple[str, FileState | None], ...]
"""The paths of files, each with its state."""


@dataclass(frozen=True)
class FoundFile:
    """A file of a table.

    Attributes:
        path: absolute, or an address.
        root: the fixed part of the glob that matches it: only directories below it are Hive partitions.
        state: when it was listed; None if that is not known.
    """

    path: str
    root: str
    state: FileState | None

    @property
    def identity(self) -> Hashable:
        """What all paths to the file have in common; the path itself where that is not known, as of an object."""
        if self.state is None or "://" in self.path:
            return self.path
        device, inode, *_ = self.state
        return (device, inode) if inode else self.path

    @property
    def partitions(self) -> Mapping[str, str]:
        """The values of its Hive partitions as its path has them, by key."""
        below = os.path.dirname(self.path)[len(self.root) :].split("/")
        return dict(part.split("=", 1) for part in below if "=" in part)


@dataclass(frozen=True)
class FileSet:
    """All files of a table.

    Attributes:
        files: sorted by path, each once.
    """

    files: tuple[FoundFile, ...]

    @cached_property
    def paths(self) -> list[str]:
        """Their paths."""
        return [file.path for file in self.files]

    @cached_property
    def partition_keys(self) -> tuple[str, ...]:
        """The keys of the Hive partitions that any of the files lies in."""
        return tuple(dict.fromkeys(key for file in self.files if "=" in file.path for key in file.partitions))

    @cached_property
    def has_partitions_above(self) -> bool:
        """Whether a directory above the globs looks like a Hive partition; it is none."""
        return any("=" in file.root for file in self.files)

    @property
    def state(self) -> FilesState:
        """What differs once a file was added, removed or changed."""
        return tuple((file.path, file.state) for file in self.files)

    @property
    def is_state_known(self) -> bool:
        """Whether an equal state means that no file has changed."""
        return all(file.state is not None for file in self.files)


def read_state(file: str) -> FileState | None:
    """Return the state of a local file; None if it cannot be known: reading it raises a better error."""
    try:
        found = os.stat(file)
    except OSError:
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
