"""Parquet, if pyarrow is installed: rows are read in batches, and of the columns those that tell of people or a marker."""

from __future__ import annotations

from synth_expectations.gate.fields import classify
from synth_expectations.gate.load import Load
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

_BATCH = 8_192


def read_parquet(file: SourceFile, load: Load) -> None:
    """Add the rows of a Parquet file to a load.

    Raises:
        UnreadFileError: pyarrow is not installed, or the file is no Parquet.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise UnreadFileError("install pyarrow to have it read") from None
    try:
        with ParquetFile(file.location, memory_map=False) as table:
            wanted = [name for name in table.schema_arrow.names if classify(name) or load.words.is_marker(name)]
            row = 0
            for batch in table.iter_batches(batch_size=_BATCH, columns=wanted, use_threads=False):
                for record in batch.to_pylist():
                    row += 1
                    load.add(record, None)
            if not wanted:
                load.total += table.metadata.num_rows
    except (ArrowException, OSError, ValueError, RuntimeError):
        raise UnreadFileError("it is not valid Parquet") from None
