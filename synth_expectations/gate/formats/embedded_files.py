"""Files within a document: the `data` of a ConfigMap or Secret of Kubernetes, by name."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

from synth_expectations.gate.file_loads import FileLoads
from synth_expectations.gate.formats.delimited import name_object, read_rows
from synth_expectations.gate.formats.json_stream import read_json_values
from synth_expectations.gate.formats.nested_records import list_records


def list_files(document: Any) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the files that a document of Kubernetes holds, of lists of documents too."""
    if not isinstance(document, dict):
        return
    if document.get("kind") == "List" and isinstance(document.get("items"), list):
        for item in document["items"]:
            yield from list_files(item)
    if document.get("kind") not in {"ConfigMap", "Secret"}:
        return
    for key in ("data", "stringData", "binaryData"):
        part = document.get(key)
        is_encoded = key == "binaryData" or (key == "data" and document["kind"] == "Secret")
        for name, text in part.items() if isinstance(part, dict) else ():
            if isinstance(text, str):
                yield str(name), _decode(text) if is_encoded else text


def _decode(text: str) -> str:
    try:
        return base64.b64decode(text).decode(errors="replace")
    except ValueError:
        return ""


def read_embedded(name: str, text: str, loads: FileLoads) -> None:
    """Add the records of a file within a document: CSV, TSV, JSON and JSON Lines, by its ending; SQL is noted.

    Raises:
        UnreadFileError: it is none.
    """
    ending = name.rpartition(".")[2].casefold()
    if ending in {"csv", "tsv", "psv"} and text.strip():
        read_rows(io.StringIO(text, newline=""), loads.get(name_object(name)))
    elif ending in {"json", "jsonl", "ndjson"} and text.strip():
        for value, _ in read_json_values(io.StringIO(text), loads.keys.build):
            for record in list_records(
                [value] if ending != "json" or text.lstrip()[:1] == "[" else value, name_object(name)
            ):
                loads.get(record.object).add(record.values, None, record.reference)
    elif ending == "sql" and text.strip():
        loads.note(f"The file {name[:80]} within it is not read: of those within a document, CSV and JSON are.")
