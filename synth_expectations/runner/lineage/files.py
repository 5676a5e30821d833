"""Find the files of lineage and read them: JSON, JSON Lines, and zips of them, none of which fills the memory."""

from __future__ import annotations

import codecs
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from synth_expectations.errors import SynthError
from synth_expectations.gate.formats.json_stream import read_json_values
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.runner.lineage.atlas import LISTINGS, AtlasEntities, is_atlas
from synth_expectations.runner.lineage.openlineage import UnreadableEventError, is_openlineage, read_event
from synth_expectations.runner.lineage.run_log import RunLog

ENDINGS = (".json", ".jsonl", ".ndjson", ".zip")
"""Of the files of a directory that are read; a file that is named itself may be called as it likes."""

MOST_ENTRIES = 1_000_000
"""Files in one zip: an export of Atlas has one for each entity."""
MOST_UNPACKED = 4 << 30
"""Bytes that one zip may unpack to."""
MOST_RATIO = 500
"""How often a file of a zip may be larger than it is packed; text of Atlas is some 10 to 30 times."""
_SMALL = 16 << 20
"""Bytes up to which nobody asks how well a file of a zip was packed."""
_MOST_PROBLEMS = 20
_ZIP = b"PK"
_DAMAGED = (zlib.error, lzma.LZMAError)
"""What packed bytes that were altered end in."""


def read_lineage(paths: Sequence[Path]) -> RunLog:
    """Return the runs that files, and the files of directories, tell of.

    Raises:
        SynthError: there is no such file, or none in a directory.
    """
    log, entities = RunLog(), AtlasEntities()
    for name, path in _find_files(paths, log):
        reader = _FileReader(name, log, entities)
        try:
            with path.open("rb") as file:
                packed = file.read(len(_ZIP)) == _ZIP
                file.seek(0)
                reader.read_zip(file) if packed else reader.read_text(file, name)
        except OSError as error:
            log.problems.append(f"{name} cannot be read: {error.strerror or str(error)}")  # bz2 gives no strerror
    entities.tell(log)
    return log


def _find_files(paths: Sequence[Path], log: RunLog) -> Iterator[tuple[str, Path]]:
    """Yield each file once, with its name for sentences."""
    known: set[Path] = set()
    for path in paths:
        if path.is_dir():
            inside = sorted(_walk(path, log))
            files = [file for file in inside if file.suffix.casefold() in ENDINGS]
            if others := len(inside) - len(files):
                log.notes[f"files of {path.name or path} do not end in {', '.join(ENDINGS)}, and were left out"] += (
                    others
                )
            if not files:
                raise SynthError(f"{path} has no file of lineage.", f"They end in {', '.join(ENDINGS)}.")
            named = [(file.relative_to(path).as_posix(), file) for file in files]
        elif path.exists() or path.is_symlink():
            named = [(path.name, path)]
        else:
            raise SynthError(f"There is no {path}.", "Name a file of events, an export, or a directory of them.")
        for name, file in named:
            if (whole := file.resolve()) not in known:
                known.add(whole)
                yield name, file


def _walk(directory: Path, log: RunLog) -> Iterator[Path]:
    """Yield the files below a directory; what is not looked into becomes a problem, because runs may lie there."""

    def report(error: OSError) -> None:
        log.problems.append(f"{Path(error.filename).name} cannot be read: {error.strerror}")

    for folder, folders, files in os.walk(directory, onerror=report):
        yield from (Path(folder, name) for name in files)
        for name in folders:
            if Path(folder, name).is_symlink():
                log.problems.append(f"{name} is a link to a directory, which is not followed: name the directory")


@dataclass(frozen=True)
class _FileReader:
    """Reads one file into a log; what cannot be read of it becomes a problem.

    Attributes:
        name: for sentences.
        log: takes what the file tells.
        entities: those of all files of Atlas.
    """

    name: str
    log: RunLog
    entities: AtlasEntities

    def read_text(self, file: IO[bytes] | io.RawIOBase, name: str) -> None:
        """Read a file of JSON."""
        head = file.read(4) or b""
        encoding = "utf-16" if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
        joined = io.BufferedReader(_Prefixed(head, file))
        line = 0
        try:
            for document, line in read_json_values(io.TextIOWrapper(joined, encoding)):
                if reason := self._read_document(document):
                    self._report(f"{name}, line {line}: {reason}")
        except UnreadFileError as error:
            self._report(f"{name}: {error}")
        except UnicodeDecodeError:
            self._report(f"{name}: after line {line}, it is not text in UTF-8")
        else:
            if not line:
                self._report(f"{name} is empty")

    def read_zip(self, file: IO[bytes]) -> None:
        """Read a zip of files of JSON, such as an export of Atlas."""
        unpacked = 0
        try:
            with zipfile.ZipFile(file) as archive:
                entries = [entry for entry in archive.infolist() if not entry.is_dir()]
                if len(entries) > MOST_ENTRIES:
                    self._report(f"{self.name} has {len(entries):,} files, more than {MOST_ENTRIES:,}")
                    return
                for entry in entries:
                    if Path(entry.filename).name.partition(".")[0] in LISTINGS:
                        continue
                    with archive.open(entry) as content:
                        limit = min(max(_SMALL, entry.compress_size * MOST_RATIO), MOST_UNPACKED - unpacked)
                        bounded = _Bounded(content, limit)
                        self.read_text(bounded, f"{self.name}: {entry.filename}")
                        unpacked += bounded.read_bytes
        except _ExplodingZipError:
            self._report(f"{self.name} unpacks to far more than it holds, and was not read on")
        except (zipfile.BadZipFile, *_DAMAGED, RuntimeError, EOFError, ValueError) as error:
            self._report(f"{self.name} is not a zip that can be read: {str(error).rstrip('.')}")

    def _read_document(self, document: object) -> str:
        """Take in a JSON value; return why it tells nothing, or an empty text."""
        if isinstance(document, dict) and is_openlineage(document):
            try:
                read_event(document, self.log)
            except UnreadableEventError as error:
                return str(error)
            self.log.events += 1
            return ""
        if isinstance(document, dict) and is_atlas(document):
            self.entities.read(document, self.log)
            return ""
        return "it is neither an event of OpenLineage nor an entity of Atlas"

    def _report(self, problem: str) -> None:
        if len(self.log.problems) < _MOST_PROBLEMS:
            self.log.problems.append(problem)
        else:
            self.log.notes["further problems of reading are not listed"] += 1


class _ExplodingZipError(Exception):
    """A file of a zip is larger than any text would be that was packed so small."""


class _Prefixed(io.RawIOBase):
    """A stream that begins with bytes that were read already."""

    def __init__(self, head: bytes, rest: IO[bytes] | io.RawIOBase) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = self._head[: len(buffer)] or self._rest.read(len(buffer)) or b""
        self._head = self._head[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


class _Bounded(io.RawIOBase):
    """A file of a zip that ends with an error where it unpacks to more than a limit."""

    def __init__(self, content: IO[bytes], limit: int) -> None:
        self._content, self._limit = content, limit
        self.read_bytes = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._content.read(min(size, 1 << 20) if size >= 0 else 1 << 20)
        self.read_bytes += len(piece)
        if self.read_bytes > self._limit:
            raise _ExplodingZipError
        return piece
