"""JSON Lines: an object a line."""

from __future__ import annotations

import json

from synth_expectations.gate.decoding import detect
from synth_expectations.gate.file_loads import FileLoads
from synth_expectations.gate.formats.nested_records import list_records
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

_MAX_LINE = 4_000_000


def read_json_lines(file: SourceFile, loads: FileLoads) -> None:
    """Add the objects of a file to its loads; an object may hold objects and lists of them.

    Raises:
        UnreadFileError: a line is no object of JSON, or too long.
    """
    encoding = detect(file.location, file.head)
    number = 0
    try:
        with file.location.open(encoding=encoding.name, errors="replace") as stream:
            while line := stream.readline(_MAX_LINE):
                number += 1
                if len(line) == _MAX_LINE:
                    raise UnreadFileError(f"line {number} has more than {_MAX_LINE:,} characters")
                if not line.strip():
                    continue
                try:
                    record = json.loads(line)
                except (ValueError, RecursionError):
                    raise UnreadFileError(f"line {number} is not valid JSON") from None
                if not isinstance(record, dict):
                    raise UnreadFileError(f"line {number} is no object")
                for part in list_records([record], file.name):
                    loads.get(part.object).add(part.values, number, part.reference)
    except OSError as error:
        raise UnreadFileError(f"the system says: {error.strerror}") from None
