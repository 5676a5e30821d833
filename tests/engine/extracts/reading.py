"""Load files as an extract, and read the table back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from synth_expectations.engine.extracts.extract import build_extract
from synth_expectations.engine.extracts.table_loader import load_table
from synth_expectations.engine.extracts.text_stream import ExtractFile


def load(directory: Path, kind: Any, *contents: bytes, types: Any = None, **words: Any) -> list[dict[str, Any]]:
    """Return the rows of files of these contents, in order."""
    files = []
    for number, content in enumerate(contents, start=1):
        path = directory / f"{number}.{kind}"
        path.write_bytes(content)
        files.append(ExtractFile(path.name, partial(path.open, "rb")))
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'America/New_York'")
        loaded = load_table(connection, "an extract", files, build_extract(kind, words, types or {}))
        found = connection.execute(loaded.select())
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
