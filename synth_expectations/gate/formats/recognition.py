"""What format a file has: told by its ending, and where that says nothing, by its beginning."""

from __future__ import annotations

import re
from enum import Enum

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.exclusions import is_code
from synth_expectations.gate.formats.delimited import looks_delimited
from synth_expectations.gate.packing import strip_packing
from synth_expectations.gate.repository import SourceFile


class LoadFormat(Enum):
    """A format that the gate reads."""

    JSON = "json"
    JSON_LINES = "json lines"
    TABLE = "table"
    PARQUET = "parquet"
    SPREADSHEET = "spreadsheet"
    SQL = "sql"
    YAML = "yaml"
    XML = "xml"


_ENDINGS = {
    **dict.fromkeys(("json", "geojson"), LoadFormat.JSON),
    **dict.fromkeys(("jsonl", "ndjson", "ldjson", "jsonlines", "jl"), LoadFormat.JSON_LINES),
    **dict.fromkeys(("csv", "tsv"), LoadFormat.TABLE),
    "parquet": LoadFormat.PARQUET,
    **dict.fromkeys(("xlsx", "xlsm"), LoadFormat.SPREADSHEET),
    **dict.fromkeys(("jsonc", "json5"), LoadFormat.JSON),
    "sql": LoadFormat.SQL,
    **dict.fromkeys(("yml", "yaml"), LoadFormat.YAML),
    "xml": LoadFormat.XML,
}


_BEGINNINGS = (
    (re.compile(b"PAR1"), LoadFormat.PARQUET),
    (re.compile(rb"<\?xml"), LoadFormat.XML),
    (re.compile(rb"\{\s*\"|\[\s*[\[{]"), LoadFormat.JSON),
    (re.compile(rb".*(INSERT\s+INTO\s|(PostgreSQL database|MySQL|MariaDB) dump)", re.DOTALL), LoadFormat.SQL),
)


_CERTAIN = (
    (re.compile(rb"<\?xml\s"), LoadFormat.XML),
    (re.compile(rb"\{\s*\"[^\"\n]{1,200}\"\s*:|\[\s*\{\s*\""), LoadFormat.JSON),
    (re.compile(rb"(--[^\n]*\n\s*)*(INSERT\s+INTO|CREATE\s+TABLE)\s", re.IGNORECASE), LoadFormat.SQL),
)
"""Beginnings that no table has."""


def tell_by_name(file: SourceFile) -> LoadFormat | None:
    """Return the format that a file's ending says, or None."""
    return _ENDINGS.get(file.extension)


def tell_other(file: SourceFile) -> LoadFormat | None:
    """Return the format of a file that is called a table, and begins like JSON, XML or SQL; else None."""
    head = file.beginning.lstrip()
    return next((kind for mark, kind in _CERTAIN if mark.match(head)), None)


def tell_by_beginning(file: SourceFile) -> LoadFormat | None:
    """Return the format of a file whose ending says nothing, such as `.txt`, `.dat` or none; None if it looks like no load."""
    head = file.beginning.lstrip()
    if not head or is_code(strip_packing(file.path)) or "\0" in decode(file.head):
        return None
    for mark, kind in _BEGINNINGS:
        if mark.match(head):
            return kind
    return LoadFormat.TABLE if looks_delimited(file) else None
