"""Find the files of a Parquet asset, and describe what is wrong with them."""

from __future__ import annotations

import glob as globbing
import os
import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from pathlib import Path

import duckdb

from synth_expectations.engine.object_addresses import is_address
from synth_expectations.redaction import mask_credentials
from synth_expectations.validation.sources import object_stores
from synth_expectations.validation.sources.file_listing import list_files
from synth_expectations.validation.sources.file_set import FileSet, FoundFile, read_state
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError

_VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")
_KIND = re.compile(r"^([A-Z][A-Za-z-]* ?)+ Error: ")  # "Invalid Input Error: " and the like


def with_variables(text: str) -> str:
    """Return a text with `${VAR}` and `${VAR:-default}` replaced from the environment.

    Raises:
        UnreadableTableError: a variable is not set, or empty, and has no default.
    """

    def value(match: re.Match[str]) -> str:
        name, default = match.groups()
        found = os.environ.get(name) or default
        if found is None:
            raise UnreadableTableError(f"The variable {name} is not set.", f"Set it: {text} needs it.")
        return found

    return _VARIABLE.sub(value, text)


def base_directory(source: str, path: str, context: object) -> Path:
    """Return the directory that the globs of a data source start from.

    Args:
        source: the name of the data source.
        path: relative to the project's directory, with variables replaced.
        context: the project; one in memory has no directory.

    Raises:
        UnreadableTableError: the path is relative to no project.
    """
    root = getattr(context, "root_directory", None)
    if not Path(path).is_absolute() and root is None:
        raise UnreadableTableError(
            f"The path {path} of {source} is relative, and this context has no directory.", "Give an absolute path."
        )
    return (Path(root or "/") / path).resolve()


def find_files(table: str, base: str, patterns: Iterable[str]) -> FileSet:
    """Return the files of a table, sorted, each once.

    Args:
        table: the name of the table, for errors.
        base: the directory or the address of an object store where patterns start.
        patterns: patterns of names; they may hold `**`, Hive partitions and variables.

    Raises:
        UnreadableTableError: a variable is not set, a pattern matches no file, a directory or a store cannot be listed,
            or what matches is not a file.
    """
    found: dict[str, FoundFile] = {}
    for pattern in map(with_variables, patterns):
        if is_address(pattern) or is_address(base):
            matches = object_stores.find_files(table, base, pattern)
        else:
            matches = _find_local(table, base, pattern)
        if not matches:  # each pattern must match, or a part of the table would be missing silently
            where = pattern if is_address(pattern) else f"{base.rstrip('/')}/{pattern}"
            raise UnreadableTableError(
                f"{table} has no files: nothing matches {mask_credentials(where)}.",
                "Check the path and glob of the table, and that the extract has arrived.",
            )
        found |= {file.path: file for file in matches if file.path not in found}
    return FileSet(tuple(_once(table, base, [found[path] for path in sorted(found)])))


def _once(table: str, base: str, files: Sequence[FoundFile]) -> Iterator[FoundFile]:
    """Yield each file once, whatever patterns match it.

    Raises:
        UnreadableTableError: a link to a file is in the same partition as the file, so that its rows would count twice.
    """
    known: dict[Hashable, FoundFile] = {}
    for file in files:
        first = known.setdefault(file.identity, file)
        if first is file or first.partitions != file.partitions or not _is_linked(first.path, file.path):
            yield file
            continue
        one, other = (os.path.relpath(path, base) for path in (first.path, file.path))
        if one != other:  # else two patterns spell a directory otherwise, such as a/../b
            raise UnreadableTableError(
                f"{table} cannot be read: {one} and {other} are the same file, so its records would count twice.",
                "Remove the link, or narrow the glob.",
            )


def _is_linked(one: str, other: str) -> bool:
    """Return whether symbolic links, or `..`, make two paths one; a hard link is a file in its own right."""
    return os.path.realpath(one) == os.path.realpath(other)


def _find_local(table: str, base: str, pattern: str) -> list[FoundFile]:
    root, files = list_files(table, base, pattern)
    return [FoundFile(file, root, read_state(file)) for file in files]


def quote(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def quote_path(path: str) -> str:
    """Return the path of one file as an SQL literal, of which DuckDB makes no pattern.

    It reads `*`, `?` and `[` in every path that it is given, so `a[1].parquet` would be `a1.parquet`. In brackets each of
    them stands for itself.
    """
    return quote(path if is_address(path) else globbing.escape(path))


def refuse_twins(table: str, names: list[str], files: FileSet) -> None:
    """Refuse a file with two columns whose names differ by case only, or not at all.

    DuckDB calls the second `a_1`: an expectation on `a` would read the first. So only where names look like that the
    files are opened again.

    Raises:
        UnreadableTableError: a file has such columns, or a column and a Hive partition differ so; names both.
    """
    refuse_twin_of_partition(table, names, files.partition_keys, "DuckDB")
    folded = {name.casefold() for name in names}
    renamed = (re.fullmatch(r"(.*)_\d+", name.casefold(), re.DOTALL) for name in names)
    if not any(match and match[1] in folded for match in renamed):
        return
    import pyarrow.parquet as pq

    for file in files.paths:
        seen: dict[str, str] = {}
        with object_stores.open_file(file) as read:
            schema = pq.read_schema(read)
        for name in schema.names:
            if first := seen.get(name.casefold()):
                how = "differ only by case" if first != name else "have the same name"
                raise UnreadableTableError(
                    f"Columns {first} and {name} of {table} {how}: "
                    f"DuckDB reads the first for both. They are in {file}.",
                    "Rename one of them.",
                )
            seen[name.casefold()] = name


def refuse_twin_of_partition(table: str, names: Sequence[str], keys: Iterable[str], engine: str) -> None:
    """Refuse a column whose name differs from that of a Hive partition by case only.

    Raises:
        UnreadableTableError: there is such a column; names both.
    """
    for key in keys:
        same = next((name for name in names if name.casefold() == key.casefold()), key)
        if same != key:
            raise UnreadableTableError(
                f"Column {same} of {table} and its partition {key} differ only by case: "
                f"{engine} reads the partition for both.",
                "Rename one of them.",
            )


def find_damaged_file(files: Iterable[str]) -> str | None:
    """Return the first file that cannot be read to its end. It reads them all: call it only after an error."""
    for file in files:
        connection = duckdb.connect(config={"autoinstall_known_extensions": False})
        try:
            connection.execute("SET enable_progress_bar = false")
            object_stores.register_filesystems(connection, [file])
            connection.execute(f"SELECT sum(hash(t)) FROM read_parquet({quote_path(file)}) AS t").fetchall()
        except duckdb.Error:
            return file
        finally:
            connection.close()
    return None


def describe_error(error: BaseException) -> str:
    """Return an error of DuckDB in one line, without the name of its class."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    candidates = next((line for line in lines[1:] if line.startswith("Candidate bindings")), "")
    return " ".join([_KIND.sub("", lines[0]).rstrip("."), candidates]).strip() if lines else type(error).__name__
