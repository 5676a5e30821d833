"""The files of a glob, the tables that they make, and their names."""

from __future__ import annotations

import glob as globbing
import os
import re
from collections import defaultdict
from pathlib import Path
from typing import Literal

import pyarrow.parquet as pq

from synth_expectations.errors import nearest
from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.extract_formats import read_names
from synth_expectations.policy.infer.model import ProposalError
from synth_expectations.policy.infer.other_directories import is_data

FileKind = Literal["parquet", "csv", "json"]

_COMPRESSED = {".gz", ".bz2", ".zst"}
HIVE = re.compile(r"^([^=*?\[\]]+)=(.*)$")
_DATED = re.compile(r"^[0-9]{2,}[0-9T_-]*$")  # a directory a day, without a name
_MAGIC = re.compile(r"[*?\[]")
_REMOTE = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+://")
_PART = re.compile(
    r"([-_.]?(part|chunk|batch|file|data)?[-_.]?((?<![a-z])[0-9a-f-]*|[0-9-]*)[0-9][0-9a-f-]*)+$", re.IGNORECASE
)
_SPARK_CODEC = re.compile(r"([-.]c[0-9]{3})?[.](snappy|gz|zstd|lz4|lzo|brotli)$|[-.]c[0-9]{3}$")

_ENDINGS: dict[str, FileKind] = {
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
    **dict.fromkeys((".csv", ".tsv", ".txt"), "csv"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), "json"),
}


def find_kinds(path: str) -> list[tuple[FileKind, str]]:
    """Return the kinds of files that a path, a glob or a directory names, each with its glob.

    Raises:
        ProposalError: it names no file of these kinds.
    """
    if os.path.isdir(os.path.expanduser(path)):
        root = os.path.expanduser(path)
        walked = (os.path.join(directory, name) for directory, _, files in os.walk(root) for name in files)
        below = [file for file in walked if is_data(file, root)]
        found = []
        for ending in sorted({_ending(file) for file in below if Path(_ending(file)).stem.lower() in _ENDINGS}):
            files = [file for file in below if _ending(file) == ending]
            every = os.path.join(globbing.escape(path), "**", f"*{ending}")
            glob = _glob_single(files[0]) if len(files) == 1 else every
            found.append((_ENDINGS[Path(ending).stem.lower()], glob))
    else:
        kind = _ENDINGS.get(Path(_ending(path)).stem.lower())
        found = [(kind, path)] if kind else []
    if not found:
        listed = ", ".join(_ENDINGS)
        raise ProposalError(
            f"{path} names no file that ends in {listed}.", "Say what they are: --csv, --json or --parquet."
        )
    return found


def list_files(glob: str, kind: FileKind = "parquet") -> list[str]:
    """Return the files of a glob, sorted; those of Parquet have readable metadata.

    Raises:
        ProposalError: it is an address or a directory, no file matches, or a file is not readable Parquet.
    """
    if _REMOTE.match(glob):
        raise ProposalError(
            f"{glob} is not a local path, and init reads only local files.",
            "Copy an extract, propose from that, then write the address as the path of its data source.",
        )
    pattern = os.path.expanduser(glob)
    if os.path.isdir(pattern):
        raise ProposalError(f"{glob} is a directory.", f"Name the files: '{os.path.join(glob, f'*.{kind}')}'.")
    files = sorted(file for file in globbing.iglob(pattern, recursive=True) if os.path.isfile(file))
    if "**" in pattern:
        root = pattern.partition("**")[0] or "."
        files = [file for file in files if is_data(file, root)]
    if not files:
        raise ProposalError(f"No file matches {glob}.", _explain_no_match(pattern))
    for file in files if kind == "parquet" else ():
        try:
            pq.read_metadata(file)
        except PermissionError:
            raise ProposalError(f"{file} cannot be read.", "Check its permissions.") from None
        except (OSError, ValueError):  # pyarrow's own errors are of these
            raise ProposalError(f"{file} is not a readable Parquet file.", "Is it complete?") from None
    return files


def split_tables(glob: str, kind: FileKind = "parquet") -> tuple[str, ...]:
    """Return one glob for each table that the files make, sorted; the glob itself if they make one.

    Files below one directory are one table, in Hive partitions or directories by day, unless they have names of their
    own and other columns: `contact.parquet` beside `customer.parquet`.

    Raises:
        ProposalError: no file matches, or a file cannot be read.
    """
    by_directory: dict[str, list[str]] = defaultdict(list)
    for file in list_files(glob, kind):
        by_directory[_find_table_directory(os.path.dirname(file))].append(file)
    globs = []
    for directory, files in by_directory.items():
        by_stem: dict[str, list[str]] = defaultdict(list)
        for file in files:
            by_stem["" if os.path.dirname(file) != directory else _strip_part(file)].append(file)
        shapes = {frozenset(_read_names(paths[0], kind)) for paths in by_stem.values()}
        inner = any(other.startswith(os.path.join(directory, "")) for other in by_directory if other != directory)
        if len(shapes) > 1 or (inner and "" not in by_stem):
            globs += [_glob_stem(directory, stem, paths) for stem, paths in by_stem.items()]
        else:
            globs.append(_glob_directory(directory, files))
    return (glob,) if len(globs) == 1 else tuple(sorted(globs))


def _read_names(file: str, kind: FileKind) -> list[str]:
    return list(pq.read_schema(file).names) if kind == "parquet" else read_names(file, kind)


def locate_table(glob: str) -> tuple[str, str, str]:
    """Return the directory of the data source, the glob below it, and the table's name."""
    parts = Path(os.path.normpath(os.path.expanduser(glob))).parts
    directories = enumerate(parts[:-1])
    fixed = next((i for i, part in directories if _MAGIC.search(part) or _is_part(part)), len(parts) - 1)
    stem = _strip_part(_MAGIC.split(parts[-1])[0])
    if fixed == len(parts) - 1 and stem:  # a name of its own: contact.parquet, contact_*.parquet
        split, name = fixed, stem
    elif fixed and parts[fixed - 1] not in {"/", "..", "."}:
        split, name = fixed - 1, parts[fixed - 1]
    else:
        split, name = fixed, Path.cwd().name if fixed == 0 else ""
    base = os.path.join(*parts[:split]) if split else "."
    return base, "/".join(parts[split:]), "_".join(names.split_words(name)) or "table"


def _explain_no_match(pattern: str) -> str:
    """Explain which part of the path does not exist, and name the nearest one that does."""
    path = Path(os.path.abspath(pattern))
    fixed = Path(path.anchor)
    for part in path.parts[1:]:
        if _MAGIC.search(part):
            break
        if not (fixed / part).exists():
            entries = sorted(entry.name for entry in fixed.iterdir()) if fixed.is_dir() else []
            guess = nearest(part, entries)
            return f"{fixed} has no {part}." + (f" Nearest: {guess}." if guess else "")
        fixed /= part
    return f"{fixed} exists: check the part with * in it."


def _is_part(directory: str) -> bool:
    """Return whether a directory is a part of a table: `extract_date=2026-11-22`, `2026-11-22`."""
    return bool(HIVE.match(directory) or _DATED.match(directory))


def _find_table_directory(directory: str) -> str:
    while _is_part(os.path.basename(directory)):
        directory = os.path.dirname(directory)
    return directory


def _strip_part(file: str) -> str:
    """Return a file's name without its part number: `contact` for `contact-0001.parquet`, nothing for `part-0`."""
    return _PART.sub("", _strip_endings(file)).strip("-_.") if file else ""


def _strip_endings(file: str) -> str:
    """Return a file's name without `.parquet`, both of `.csv.gz`, and all of Spark's `-c000.snappy.parquet`."""
    path = Path(file)
    return _SPARK_CODEC.sub("", (Path(path.stem) if path.suffix in _COMPRESSED else path).stem)


def _ending(file: str) -> str:
    path = Path(file)
    return "".join(path.suffixes[-2:]) if path.suffix in _COMPRESSED else path.suffix


def _glob_single(file: str) -> str:
    """Return the glob of a file that is alone: its directory, if its name is that of a part, which the next run changes."""
    directory = os.path.dirname(file)
    return globbing.escape(file) if _strip_part(file) else _glob_directory(_find_table_directory(directory), [file])


def _glob_directory(directory: str, files: list[str]) -> str:
    parts = os.path.relpath(files[0], directory).split(os.sep)[:-1]
    wild = [f"{match[1]}=*" if (match := HIVE.match(part)) else "*" for part in parts]
    return os.path.join(globbing.escape(directory), *wild, f"*{_ending(files[0])}")


def _glob_stem(directory: str, stem: str, files: list[str]) -> str:
    if not stem:
        return _glob_directory(directory, files)
    name = globbing.escape(os.path.basename(files[0]) if len(files) == 1 else stem)
    return os.path.join(globbing.escape(directory), name if len(files) == 1 else f"{name}*{_ending(files[0])}")
