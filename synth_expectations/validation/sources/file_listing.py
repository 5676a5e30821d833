"""List the files that a glob matches below a local directory, and leave none out without a word.

Names that begin with `_` or `.` are not part of a table: they hold what an engine has not finished (`_temporary`) or
keeps for itself (`_SUCCESS`, `.crc`). As in Spark, `_key=value` is a partition all the same. This holds below the
glob's fixed part alone, which are its directories before the first pattern: they are named on purpose.

A name that the glob misses by its capitals or by the ending of a compressed file, and a partition in the place of files,
are errors: whoever wrote the glob did not mean to leave them out.
"""

from __future__ import annotations

import glob as globbing
import os
import re
from collections.abc import Callable, Iterator, Sequence
from fnmatch import translate
from functools import cache

from synth_expectations.validation.sources.table_formats import refuse_format, refuse_format_above
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError

_COMPRESSED = frozenset({".gz", ".bz2", ".zst"})
"""Endings of compressed extracts."""


def is_hidden(name: str) -> bool:
    """Return whether a file or directory of this name is not part of a table."""
    return name.startswith(".") or (name.startswith("_") and "=" not in name)


def split_glob(pattern: str) -> tuple[list[str], list[str]]:
    """Return the directories of a glob before its first pattern, which are fixed, and the parts after them."""
    parts = [part for part in pattern.split("/") if part not in ("", ".")]
    fixed = next((i for i, part in enumerate(parts[:-1]) if globbing.has_magic(part)), len(parts) - 1)
    return parts[:fixed], parts[fixed:]


def list_files(table: str, base: str, pattern: str) -> tuple[str, list[str]]:
    """Return the fixed directory of a glob, and the files that match.

    Args:
        table: the name of the table, for errors.
        base: the directory where the glob starts.
        pattern: the glob; `**` stands for any number of directories.

    Raises:
        UnreadableTableError: a directory cannot be opened, a name that matches is not a file, is not UTF-8 or leads nowhere,
            or the files are those of a table format that keeps removed rows in them; names the path from the base.
    """
    fixed, parts = split_glob(pattern)
    if not parts:
        return base, []
    root = os.path.join("/" if pattern.startswith("/") else base, *fixed)
    return root, sorted(set(_Listing(table, base).files(root, parts)))


class _Listing:
    """Lists the files of one glob; each directory is opened once.

    Args:
        table: the name of the table, for errors.
        base: paths are named from here.
    """

    def __init__(self, table: str, base: str) -> None:
        self._table = table
        self._base = base
        self._entries: dict[str, list[os.DirEntry[str]]] = {}

    def files(self, root: str, parts: Sequence[str]) -> Iterator[str]:
        """Yield the files below a directory that match the parts of a glob."""
        if not self._ask(os.path.isdir, root):
            return
        refuse_format_above(self._table, root, self._format_path(root))
        if len(parts) == 1 and not globbing.has_magic(parts[0]):  # a file that is named in full
            yield from self._named(root, parts[0], [])
        else:
            yield from self._matching(root, parts, descends=False)

    def _matching(self, directory: str, parts: Sequence[str], *, descends: bool) -> Iterator[str]:
        """Yield the files that match; where the glob descends by itself, a directory is never a wrong match."""
        part, rest = parts[0], parts[1:]
        if part == "**":
            yield from self._matching(directory, rest or ["*"], descends=True)
            for entry in self._visible(directory):
                if self._is_directory(entry):
                    self._refuse_loop(entry)
                    yield from self._matching(entry.path, parts, descends=True)
        elif not globbing.has_magic(part):
            if not is_hidden(part):
                yield from self._named(directory, part, rest)
        else:
            matches = _compile(part)
            for entry in self._visible(directory):
                if not matches(entry.name):
                    self._refuse_near_miss(entry, part, rest, descends)
                elif not self._is_directory(entry):
                    if not rest:
                        yield self._checked(entry.path, entry.is_file())
                elif rest:
                    yield from self._matching(self._checked(entry.path), rest, descends=False)
                elif not descends:
                    raise self._error(
                        entry.path, "is a directory", f"Match the files in it: {part}/*{os.path.splitext(part)[1]}"
                    )

    def _refuse_near_miss(self, entry: os.DirEntry[str], part: str, rest: Sequence[str], descends: bool) -> None:
        """Refuse a name that the last part of the glob misses, and that belongs to the table all the same."""
        name = entry.name
        if rest:
            return
        if "=" in name and not descends and self._is_directory(entry):
            raise self._error(entry.path, "is a partition where files are expected", f"Match the files in it: */{part}")
        stem, ending = os.path.splitext(name)
        if ending in _COMPRESSED:
            is_missed = _compile(part)(stem) and not self._ask(os.path.lexists, entry.path.removesuffix(ending))
        else:  # brackets say on purpose which letters are meant
            is_missed = "[" not in part and _compile(part.lower())(name.lower())
        if is_missed and not self._is_directory(entry):
            remedy = (
                f"match it too: {part}{ending}" if ending in _COMPRESSED else "leave it out by [brackets] in the glob"
            )
            raise self._error(entry.path, f"is left out: it is nearly {part}", f"Rename it, or {remedy}.")

    def _named(self, directory: str, name: str, rest: Sequence[str]) -> Iterator[str]:
        path = os.path.join(directory, name)
        if rest:
            if self._ask(os.path.isdir, path):
                yield from self._matching(path, rest, descends=False)
        elif self._ask(os.path.lexists, path):
            yield self._checked(path, self._ask(os.path.isfile, path))

    def _visible(self, directory: str) -> list[os.DirEntry[str]]:
        if directory not in self._entries:
            try:
                with os.scandir(directory) as opened:
                    entries = list(opened)
            except OSError as error:
                raise self._unopened(directory, error) from None
            refuse_format(self._table, directory, self._format_path(directory), {entry.name for entry in entries})
            self._entries[directory] = [entry for entry in entries if not is_hidden(entry.name)]
        return self._entries[directory]

    def _is_directory(self, entry: os.DirEntry[str]) -> bool:
        try:
            if entry.is_symlink():
                os.stat(entry.path)
            return entry.is_dir()
        except PermissionError as error:
            raise self._unopened(entry.path, error) from None
        except OSError:
            raise self._error(entry.path, "is a broken link", "Fix the link, or remove it.") from None

    def _refuse_loop(self, entry: os.DirEntry[str]) -> None:
        if not entry.is_symlink():
            return
        target = os.path.realpath(entry.path)
        if f"{os.path.realpath(os.path.dirname(entry.path))}/".startswith(f"{target}/"):
            raise self._error(entry.path, "is a link to a directory above it", "Remove the link, or narrow the glob.")

    def _ask(self, question: Callable[[str], bool], path: str) -> bool:
        """Return what is asked of a path; os.path says False of what may not be seen."""
        try:
            os.lstat(path)
        except PermissionError as error:
            raise self._unopened(path, error) from None
        except OSError:
            return False
        return question(path)

    def _checked(self, path: str, is_file: bool = True) -> str:
        """Return a path that can be read as a file."""
        try:
            path.encode()
        except UnicodeEncodeError:
            raise self._error(path, "has a name that is not UTF-8", "Rename it.") from None
        if not is_file:
            leads = os.path.islink(path) and not os.path.exists(path)
            raise self._error(path, "is a broken link" if leads else "is not a file", "Fix or remove it.")
        return path

    def _unopened(self, path: str, error: OSError) -> UnreadableTableError:
        if isinstance(error, PermissionError):
            return self._error(path, "may not be opened", "Let the user of the run read it.")
        return self._error(path, f"cannot be opened ({(error.strerror or 'unknown').lower()})", "Run it again.")

    def _error(self, path: str, what: str, hint: str) -> UnreadableTableError:
        return UnreadableTableError(f"{self._table} cannot be read: {self._format_path(path)} {what}.", hint)

    def _format_path(self, path: str) -> str:
        return os.path.relpath(path, self._base).encode(errors="backslashreplace").decode()


@cache
def _compile(part: str) -> Callable[[str], object]:
    return re.compile(translate(part)).match
