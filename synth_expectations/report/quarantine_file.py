"""The quarantine file: violating records in Parquet, a row for each record and rule that it breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from synth_expectations.engine.atomic_file import PRIVATE, replaced_file
from synth_expectations.engine.violations import ViolationPiece

COLUMNS = ("table", "expectation", "severity", "rule", "key_column", "key", "file", "reference", "reference_key")
"""What each row says; columns of identifiers, where they were asked for, are called `identifier_` and their name."""


class QuarantineFile:
    """A file that exists as a whole or not at all: it gets its name after the last piece is written.

    It holds keys of records as they are, with which data is fixed, so only its owner may read it.

    Args:
        path: of the file; nothing is made before there is a row.
        identifiers: the columns of identifiers that pieces may have.
        about: what the file says of its run.
    """

    def __init__(self, path: Path, identifiers: Sequence[str], about: Mapping[str, str]) -> None:
        self.path = path
        self.rows = 0
        names = [*COLUMNS, *map(_column, identifiers)]
        self._schema = pa.schema([(name, pa.string()) for name in names], metadata={**about})
        self._open_files = ExitStack()
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open_files.__exit__(kind, error, trace)

    def write(self, piece: ViolationPiece) -> None:
        """Add the records of a piece, once for each rule that they break.

        Raises:
            OSError: it cannot be written.
        """
        keys = pa.array(piece.keys, pa.string())
        identifiers = {_column(name): pa.array(values, pa.string()) for name, values in piece.identifiers.items()}
        files, traces = pa.array(piece.traces.files, pa.string()), piece.traces
        parts = []
        for wanted, rule, flags in piece.breaks:
            chosen = pc.equal(pa.array(flags, pa.int8()), 1)
            count = pc.sum(chosen).as_py() or 0
            if count:
                texts = (piece.table, wanted.expectation, wanted.severity, rule, piece.key_column)
                columns = {name: pa.repeat(pa.scalar(text), count) for name, text in zip(COLUMNS, texts, strict=False)}
                columns["key"] = keys.filter(chosen)
                columns |= {name: values.filter(chosen) for name, values in identifiers.items()}
                if traces.files:
                    columns["file"] = files.filter(chosen)
                if rule in traces.references:
                    columns["reference"] = pa.repeat(pa.scalar(traces.references[rule]), count)
                if rule in traces.reference_keys:
                    columns["reference_key"] = pa.array(traces.reference_keys[rule], pa.string()).filter(chosen)
                # a record of another table has not all identifiers of this one
                filled = [columns.get(name, pa.nulls(count, pa.string())) for name in self._schema.names]
                parts.append(pa.table(filled, self._schema))
        if parts:
            table = pa.concat_tables(parts)
            self._open().write_table(table)
            self.rows += table.num_rows

    def _open(self) -> pq.ParquetWriter:
        if self._writer is None:
            temporary = self._open_files.enter_context(replaced_file(self.path, PRIVATE))
            self._writer = self._open_files.enter_context(pq.ParquetWriter(temporary, self._schema))
        return self._writer


def _column(identifier: str) -> str:
    return f"identifier_{identifier}"
