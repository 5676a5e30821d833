"""Files that SQL loads: `LOAD DATA INFILE`, `COPY … FROM 'file'`, `BULK INSERT`, `.import`, and scripts that run others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.model import GateNote, UnreadFileError
from synth_expectations.gate.production import Bound, ProductionScope
from synth_expectations.gate.repository import FileTree, SourceFile, resolve

_MAX_BYTES = 4_000_000
"""Bytes of a script that is searched: one that loads files is short."""
_LOADS = (
    re.compile(r"\bLOAD\s+(?:DATA|XML)\s+(?:\w+\s+){0,2}INFILE\s+'([^'\n]+)'", re.IGNORECASE),
    re.compile(r"\bCOPY\s+[^;']{1,2000}?\sFROM\s+'([^'\n]+)'", re.IGNORECASE),
    re.compile(r"^\s*\\copy\s+[^\n']{1,2000}?\sfrom\s+([^\s';]+)", re.IGNORECASE | re.MULTILINE),
    re.compile(r"\bBULK\s+(?:INSERT\s+[^;']{1,500}?\sFROM\s+)?N?'([^'\n]+)'", re.IGNORECASE),
    re.compile(r"^\.import\s+(?:--?\w+\s+)*[\"']?([^\s\"']+)", re.IGNORECASE | re.MULTILINE),
    re.compile(r"^\s*\\ir?\s+'?([^\s';]+)", re.MULTILINE),
    re.compile(r"^(?:source|\.read|:r|@@?)\s*[\"']?([^\s\"';]+\.\w+)", re.IGNORECASE | re.MULTILINE),
)
_NO_FILES = frozenset({"stdin", "pstdin"})


def bind_sql_files(tree: FileTree, scope: ProductionScope) -> None:
    """Take the files that scripts of SQL load which are bound for production, and the scripts that they run."""
    waiting = [
        (file, bound)
        for path, file in tree.files.items()
        if path.casefold().endswith(".sql") and (bound := scope.find(path))
    ]
    seen = {file.path for file, _ in waiting}
    while waiting:
        file, bound = waiting.pop()
        for name in sorted(set(list_files(file))):
            path = _find(tree, file, name)
            if path is None:
                text = f"It loads {name[:200]}, which is not in the repository, so that its records are not seen."
                scope.notes.append(GateNote(file.path, text))
                continue
            taken = Bound(f"{file.path} loads it, and {bound.reason}", bound.is_certain)
            scope.add_file(path, taken)
            if path.casefold().endswith(".sql") and path not in seen:
                seen.add(path)
                waiting.append((tree.files[path], taken))


def list_files(file: SourceFile) -> Iterator[str]:
    """Yield the names of the files that a script loads or runs."""
    if file.size > _MAX_BYTES:
        return
    try:
        text = decode(file.read_bytes(_MAX_BYTES))
    except UnreadFileError:
        return  # reading it says why
    for pattern in _LOADS:
        yield from (name for name in pattern.findall(text) if name.casefold() not in _NO_FILES)


def _find(tree: FileTree, file: SourceFile, name: str) -> str | None:
    """Return the file that a script names: from its folder, from the root, else by the last part of the name beside it."""
    plain = name.replace("\\", "/")
    parts = (plain, plain.rpartition("/")[2])
    for folder, part in ((file.folder, parts[0]), ("", parts[0]), (file.folder, parts[1])):
        path = resolve(folder, part)
        if path in tree.files:
            return path
    return None
