"""The files of a Parquet asset: where they are, and what is wrong with them, as a sentence."""

from __future__ import annotations

import glob as globbing
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from synth_expectations.gx.datasources import object_stores
from synth_expectations.gx.datasources.unreadable_table import UnreadableTableError
from synth_expectations.redaction import mask_credentials

_VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")
_KIND = re.compile(r"^([A-Z][A-Za-z-]* ?)+ Error: ")  # "Invalid Input Error: " and the like


def with_variables(text: str) -> str:
    """A text with `${VAR}` and `${VAR:-default}` read from the environment.

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
    """The directory that globs of a data source start from.

    Args:
        source: its name.
        path: relative to the project's directory, variables read.
        context: of Great Expectations; one in memory has no directory.

    Raises:
        UnreadableTableError: the path is relative to no project.
    """
    root = getattr(context, "root_directory", None)
    if not Path(path).is_absolute() and root is None:
        raise UnreadableTableError(
            f"The path {path} of {source} is relative, and this context has no directory.", "Give an absolute path."
        )
    return (Path(root or "/") / path).resolve()


def matching_files(table: str, base: str, patterns: Iterable[str]) -> list[str]:
    """The files of a table, sorted, each once.

    Args:
        table: what sentences call it.
        base: where patterns start: a directory, or an address of an object store.
        patterns: of names; `**` and Hive partitions are read, and variables.

    Raises:
        UnreadableTableError: a variable is not set, a pattern matches no file, or a store does not answer.
    """
    files: set[str] = set()
    for pattern in map(with_variables, patterns):
        remote = object_stores.is_address(pattern) or object_stores.is_address(base)
        found = object_stores.matching(base, pattern) if remote else _matching(base, pattern)
        if not found:  # each pattern must match, or a part of the table would be missing without a word
            where = pattern if object_stores.is_address(pattern) else f"{base.rstrip('/')}/{pattern}"
            raise UnreadableTableError(
                f"{table} has no files: nothing matches {mask_credentials(where)}.",
                "Check the path and glob of the table, and that the extract has arrived.",
            )
        files |= found
    return sorted(files)


def _matching(base: str, pattern: str) -> set[str]:
    # only the pattern is one: brackets in the base are brackets
    full = os.path.join(globbing.escape(base), pattern)
    return {each for each in globbing.iglob(full, recursive=True) if os.path.isfile(each)}


def state_of(files: Sequence[str]) -> tuple[object, ...] | None:
    """What is another one once one of some files has changed; None where that cannot be told."""
    if any(map(object_stores.is_address, files)):
        return None
    try:
        seen = [os.stat(each) for each in files]
    except OSError:  # whoever reads it says so
        return None
    return tuple((each, stat.st_ino, stat.st_size, stat.st_mtime_ns) for each, stat in zip(files, seen, strict=True))


def scan(files: Iterable[str]) -> str:
    """DuckDB's SQL for all rows of some files: columns by name, where files differ; Hive partitions as columns."""
    # DuckDB takes a name with brackets or stars in it as it is, if there is such a file
    listed = ", ".join(quoted(each) for each in files)
    return f"SELECT * FROM read_parquet([{listed}], union_by_name = true, hive_partitioning = true)"


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def refuse_twins(table: str, names: list[str], files: Sequence[str]) -> None:
    """Refuse a file with two columns whose names differ by case only, or not at all.

    DuckDB calls the second `a_1`: an expectation on `a` would read the first. So only where names look like that the
    files are opened again.

    Raises:
        UnreadableTableError: a file has such columns, or one that differs from a Hive partition so; names both.
    """
    refuse_twin_of_partition(table, names, files[0], "DuckDB")
    known = {name.casefold() for name in names}
    renamed = (re.fullmatch(r"(.*)_\d+", name.casefold(), re.DOTALL) for name in names)
    if not any(match and match[1] in known for match in renamed):
        return
    for file in files:
        seen: dict[str, str] = {}
        with object_stores.opened(file) as read:
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


def refuse_twin_of_partition(table: str, names: Iterable[str], file: str, engine: str) -> None:
    """Refuse a column whose name differs from that of a Hive partition by case only.

    Raises:
        UnreadableTableError: there is one; names both.
    """
    for key in (part.split("=")[0] for part in Path(file).parent.parts if "=" in part):
        same = next((name for name in names if name.casefold() == key.casefold()), key)
        if same != key:
            raise UnreadableTableError(
                f"Column {same} of {table} and its partition {key} differ only by case: "
                f"{engine} reads the partition for both.",
                "Rename one of them.",
            )


def damaged_file(files: Iterable[str]) -> str | None:
    """The first file that cannot be read to its end; reads them all, so only after something failed."""
    for file in files:
        connection = duckdb.connect(config={"autoinstall_known_extensions": False})
        try:
            object_stores.register(connection, [file])
            connection.execute(f"SELECT sum(hash(t)) FROM read_parquet({quoted(file)}) AS t").fetchall()
        except duckdb.Error:
            return file
        finally:
            connection.close()
    return None


def said(error: BaseException) -> str:
    """What DuckDB said, in one line, without the name of the error."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    candidates = next((line for line in lines[1:] if line.startswith("Candidate bindings")), "")
    return " ".join([_KIND.sub("", lines[0]).rstrip("."), candidates]).strip() if lines else type(error).__name__
