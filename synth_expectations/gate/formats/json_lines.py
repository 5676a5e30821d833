"""JSON Lines: an object a line."""

from __future__ import annotations

import json

from synth_expectations.gate.file_loads import FileLoads
from synth_expectations.gate.formats.delimited import name_object
from synth_expectations.gate.formats.nested_records import list_records
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

_MAX_LINE = 4_000_000


def read_json_lines(file: SourceFile, loads: FileLoads) -> None:
    """Add the objects of a file to its loads; an object may hold objects and lists of them.

    Raises:
        UnreadFileError: a line is not an object of JSON, or too long.
    """
    number, name = 0, name_object(file.path)
    with file.open_text() as (stream, _):
        while line := stream.readline(_MAX_LINE):
            number += 1
            if len(line) == _MAX_LINE:
                raise UnreadFileError(f"line {number} has more than {_MAX_LINE:,} characters")
            if not line.strip():
                continue
            try:
                record = json.loads(line, object_pairs_hook=loads.keys.build)
            except (ValueError, RecursionError):
                raise UnreadFileError(f"line {number} is not valid JSON") from None
            if not isinstance(record, dict):
                raise UnreadFileError(f"line {number} is not an object")
            for part in list_records([record], name):
                loads.get(part.object).add(part.values, number, part.reference)
