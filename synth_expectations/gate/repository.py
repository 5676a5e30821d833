"""The tree of files that the gate looks at."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO, TextIO

from synth_expectations.errors import SynthError
from synth_expectations.gate.decoding import Encoding, decode, detect
from synth_expectations.gate.model import UnreadFile, UnreadFileError
from synth_expectations.gate.packing import is_called_packed, open_unpacked, strip_packing

SKIPPED = frozenset(
    {".git", ".hg", ".svn", "node_modules", ".sfdx", ".sf", ".venv", "venv", "__pycache__", ".tox", ".mypy_cache"}
)
"""Directories that hold no source: what tools keep, and other people's packages."""
_MAX_DEPTH = 200
HEAD = 4096
"""Bytes of a file by which its format is told."""


@dataclass(frozen=True)
class SourceFile:
    """A file of the tree.

    Attributes:
        path: relative to the root, with `/`; bytes that are not UTF-8 are surrogates, as Python reads them.
        location: where it is.
        size: bytes.
    """

    path: str
    location: Path
    size: int

    @cached_property
    def head(self) -> bytes:
        """The first bytes; empty if the file cannot be read, which reading it says."""
        try:
            with self.open_bytes() as stream:
                return stream.read(HEAD)
        except (OSError, UnreadFileError):
            return b""

    @cached_property
    def beginning(self) -> bytes:
        """The first bytes as UTF-8, whatever the encoding, without a mark and without zeros: formats are told by it."""
        return decode(self.head).lstrip("\ufeff").replace("\0", "").encode("utf-8", "replace")

    @property
    def folder(self) -> str:
        """The directory, relative to the root; empty for the root."""
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def extension(self) -> str:
        """The ending of its name in lower case, without that of a packed file: `Contact.csv.gz` has `csv`."""
        return strip_packing(self.name).rpartition(".")[2].casefold() if "." in strip_packing(self.name) else ""

    @property
    def is_packed(self) -> bool:
        """Whether its name says that it is packed, so that its size is not that of its contents."""
        return is_called_packed(self.name)

    def open_bytes(self) -> BinaryIO:
        """Open it for its contents, which are unpacked if its name says that it is packed.

        Raises:
            UnreadFileError: it is called packed, and is not.
            OSError: it cannot be opened.
        """
        return open_unpacked(self.location) if self.is_packed else self.location.open("rb")

    @contextmanager
    def open_text(self, newline: str | None = None) -> Iterator[tuple[TextIO, Encoding]]:
        """Open it as text, in the encoding that its bytes show.

        Raises:
            UnreadFileError: it cannot be read.
        """
        try:
            encoding = detect(self.open_bytes, self.head)
            with io.TextIOWrapper(self.open_bytes(), encoding.name, errors="replace", newline=newline) as stream:
                yield stream, encoding
        except OSError as error:
            raise UnreadFileError(f"the system reports: {error.strerror}") from None

    def read_bytes(self, limit: int) -> bytes:
        """Return the contents.

        Raises:
            UnreadFileError: it is larger than the limit, or cannot be read.
        """
        if self.size > limit:
            raise UnreadFileError(f"it has {self.size // 1_000_000:,} MB, and at most {limit // 1_000_000:,} are read")
        try:
            with self.open_bytes() as stream:
                content = stream.read(limit + 1)
        except OSError as error:
            raise UnreadFileError(f"the system reports: {error.strerror}") from None
        if len(content) > limit:
            raise UnreadFileError(f"it has more than {limit // 1_000_000:,} MB, and no more are read")
        return content


@dataclass
class FileTree:
    """The files below a root.

    Attributes:
        root: the directory that paths are relative to.
        files: by path.
        unread: what lies in the tree and is not a file of it: links that lead out, pipes, closed directories.
        links: to directories of the tree, by path, with the path of the directory.
        wanted: prefixes of the paths that results are about; empty for all.
        doubt: why the root may be another than was meant, as a sentence; empty if it is certain.
    """

    root: Path
    files: dict[str, SourceFile] = field(default_factory=dict)
    unread: list[UnreadFile] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    wanted: tuple[str, ...] = ()
    doubt: str = ""

    def is_wanted(self, path: str) -> bool:
        """Return whether results about a file were asked for."""
        return not self.wanted or any(path == prefix or path.startswith(f"{prefix}/") for prefix in self.wanted)

    def is_named(self, path: str) -> bool:
        """Return whether the file itself was named, and not only a directory."""
        return path in self.wanted

    def find(self, folder: str, name: str) -> SourceFile | None:
        """Return the file that a file in a folder means by a relative name, or None."""
        return self.files.get(resolve(folder, name) or "")

    def list_folder(self, folder: str) -> Iterator[SourceFile]:
        """Yield the files that lie directly in a folder."""
        return iter(self._by_folder.get(folder, []))

    def list_aliases(self) -> Iterator[tuple[str, str]]:
        """Yield other paths of files, by the links to their directories, and their own."""
        for link, target in self.links.items():
            if target != "." and not f"{link}/".startswith(f"{target}/"):
                for path in self.files:
                    if path.startswith(f"{target}/"):
                        yield f"{link}{path[len(target) :]}", path

    def find_ending(self, ending: str) -> Iterator[str]:
        """Yield the paths that end with a path, which may begin with folders."""
        plain = ending.strip("/")
        for path in self._by_name.get(plain.rpartition("/")[2], ()):
            if f"/{path}".endswith(f"/{plain}"):
                yield path

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for path in self.files:
            names.setdefault(path.rpartition("/")[2], []).append(path)
        return names

    @cached_property
    def _by_folder(self) -> dict[str, list[SourceFile]]:
        folders: dict[str, list[SourceFile]] = {}
        for file in self.files.values():
            folders.setdefault(file.folder, []).append(file)
        return folders


def resolve(folder: str, name: str) -> str | None:
    """Return the path that a relative name means in a folder, or None if it leads out of the tree."""
    if PurePosixPath(name).is_absolute():
        return None
    parts = [part for part in folder.split("/") if part]
    for part in name.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def read_tree(paths: list[Path], root: Path | None = None) -> FileTree:
    """List the files of the repository that the paths lie in.

    Context such as `export.json` may lie outside the paths, so the whole repository is listed.

    Args:
        paths: files and directories that results are about.
        root: the root, if it is to be another.

    Raises:
        SynthError: a path is not there, or they lie in different repositories.
    """
    located = []
    for path in paths:
        if not path.exists():
            raise SynthError(f"{path} is not there.", "Name a file or a directory.")
        located.append(path.resolve())
    roots = {find_root(path) if root is None else (root.resolve(), "") for path in located}
    if len({directory for directory, _ in roots}) > 1:
        raise SynthError("The paths lie in different repositories.", "Run the gate once for each, or name --root.")
    directory, doubt = max(roots, key=lambda found: found[1])
    tree = FileTree(directory, doubt=doubt)
    if outside := [path for path in located if not path.is_relative_to(tree.root)]:
        raise SynthError(f"{outside[0]} lies outside of the root {tree.root}.", "Name another root.")
    relative = [path.relative_to(tree.root).as_posix() for path in located]
    tree.wanted = () if "." in relative else tuple(relative)
    _walk(tree, tree.root, "")
    for name in relative:
        if SKIPPED & set(name.split("/")):  # who names a path means it
            _add_skipped(tree, name)
    return tree


def _add_skipped(tree: FileTree, path: str) -> None:
    """List what is named and lies in a directory that is skipped otherwise."""
    location = tree.root / path
    if location.is_dir():
        _walk(tree, location, f"{path}/")
    else:
        tree.files[path] = SourceFile(path, location, location.stat().st_size)


def find_root(path: Path) -> tuple[Path, str]:
    """Return the directory that results about a path are relative to, and a doubt about it as a sentence.

    It is the nearest directory above with a `.git`, else the working directory if the path lies in it, else the path
    itself; then files outside of it, which may say what is bound for production, are not seen, and the doubt says so.
    """
    directory = path if path.is_dir() else path.parent
    for candidate in (directory, *directory.parents):
        if os.path.lexists(candidate / ".git"):
            return candidate, ""
    here = Path.cwd()
    root, name = (here, "the working directory") if directory.is_relative_to(here) else (directory, "the path itself")
    return root, f"No .git was found above, so the root is {name}: what lies outside is not seen. Name it with --root."


def _walk(tree: FileTree, directory: Path, prefix: str) -> None:
    if prefix.count("/") > _MAX_DEPTH:
        tree.unread.append(UnreadFile(prefix.rstrip("/"), f"it lies more than {_MAX_DEPTH} directories deep"))
        return
    try:
        entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
    except OSError as error:
        tree.unread.append(UnreadFile(prefix.rstrip("/") or ".", f"the system reports: {error.strerror}"))
        return
    for entry in entries:
        path = f"{prefix}{entry.name}"
        try:
            if entry.is_symlink():
                _follow(tree, entry, path)
            elif entry.is_dir():
                if entry.name not in SKIPPED:
                    _walk(tree, Path(entry.path), f"{path}/")
            elif entry.is_file():
                tree.files[path] = SourceFile(path, Path(entry.path), entry.stat().st_size)
            else:
                tree.unread.append(UnreadFile(path, "it is not a file: a pipe, a socket or a device"))
        except OSError as error:
            tree.unread.append(UnreadFile(path, f"the system reports: {error.strerror}"))


def _follow(tree: FileTree, link: os.DirEntry[str], path: str) -> None:
    """Take a link to a file of the tree; name one that leads out, to nothing, or to a directory."""
    target = Path(os.path.realpath(link.path))
    if not target.is_relative_to(tree.root):
        tree.unread.append(UnreadFile(path, "it is a link that leads out of the repository"))
        return
    try:
        found = target.stat()
    except OSError:
        tree.unread.append(UnreadFile(path, "it is a link to a file that is not there"))
        return
    if stat.S_ISREG(found.st_mode):
        tree.files[path] = SourceFile(path, target, found.st_size)
    elif stat.S_ISDIR(found.st_mode):  # its files are listed where it is
        tree.links[path] = target.relative_to(tree.root).as_posix()
    else:
        tree.unread.append(UnreadFile(path, "it is a link to no file: a pipe, a socket or a device"))
