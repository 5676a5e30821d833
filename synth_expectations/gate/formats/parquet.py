"""Parquet, if pyarrow is installed: rows are read in batches, and of the columns those that tell of people or a marker.

A column may hold structures, lists and maps: their fields count like columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from synth_expectations.gate.fields import classify
from synth_expectations.gate.file_loads import FileLoads
from synth_expectations.gate.formats.delimited import name_object
from synth_expectations.gate.formats.nested_records import list_records
from synth_expectations.gate.marker import MarkerWords
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 8_192


def read_parquet(file: SourceFile, loads: FileLoads) -> None:
    """Add the rows of a Parquet file to its loads.

    Raises:
        UnreadFileError: pyarrow is not installed, or the file is not Parquet.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise UnreadFileError("install pyarrow to have it read") from None
    try:
        with ParquetFile(file.location, memory_map=False) as table:
            words = loads.words
            wanted = [column.name for column in table.schema_arrow if _is_telling(column.name, column.type, words)]
            if len(set(wanted)) < len(wanted):
                raise UnreadFileError("it has several columns of one name")
            for batch in table.iter_batches(batch_size=_BATCH, columns=wanted, use_threads=False):
                for row in batch.to_pylist():
                    values = {name: _simplify(value) for name, value in row.items()}
                    for record in list_records([values], name_object(file.path)):
                        loads.get(record.object).add(record.values, None, record.reference)
            if not wanted:
                loads.get(name_object(file.path)).total += table.metadata.num_rows
    except (ArrowException, OSError, ValueError, RuntimeError):
        raise UnreadFileError("it is not valid Parquet") from None


def _is_telling(name: str, kind: pa.DataType, words: MarkerWords) -> bool:
    """Return whether a column, or a field within it, is called like a person's or a marker; the keys of maps are values."""
    from pyarrow import types

    if types.is_map(kind):
        return True
    if types.is_nested(kind):
        fields = [kind.field(number) for number in range(kind.num_fields)]
        if any(_is_telling(field.name, field.type, words) for field in fields):
            return True
    return classify(name) is not None or words.is_marker(name)


def _simplify(value: Any) -> Any:
    """Return a value of a column with maps as objects and text that is stored as bytes."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, dict):
        return {key: _simplify(part) for key, part in value.items()}
    if isinstance(value, list):
        if value and all(isinstance(part, tuple) for part in value):
            return {str(_simplify(key)): _simplify(part) for key, part in value}
        return [_simplify(part) for part in value]
    return value
