"""Group files by the types of their columns, so that Spark reads each as what it is, as DuckDB does.

Extracts drift: a column without values has no type, whole numbers with gaps become floating-point ones, and times become
text. Spark cannot merge such schemas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from synth_expectations.engine.adapters.spark_schema import read_columns
from synth_expectations.engine.date_ranges import compile_text
from synth_expectations.engine.dialects.spark import DIALECT as SPARK
from synth_expectations.engine.schema import Column, Family
from synth_expectations.validation.sources.mixed_types import find_mixed_columns

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

EPOCH = "TIMESTAMP_NTZ '1970-01-01 00:00:00'"
_SIGN = re.compile(r"([\\{}\[\]*?])")


def quote_name(name: str) -> str:
    """Return the name of a column in Spark's SQL."""
    return "`" + name.replace("`", "``") + "`"


def escape_signs(path: str) -> str:
    """Return a path in which no character is a pattern of Hadoop's."""
    return _SIGN.sub(r"\\\1", path)


def group_by_types(files: Sequence[str]) -> list[tuple[list[str], list[str]]]:
    """Return local files grouped by the types of their columns, and the columns of each group that have no type."""
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for file in files:
        schema = pq.read_schema(file)
        groups.setdefault(tuple(sorted((column.name, str(column.type)) for column in schema)), []).append(file)
    null = str(pa.null())
    return [(alike_files, [name for name, kind in kinds if kind == null]) for kinds, alike_files in groups.items()]


def align_types(table: str, frames: Sequence[DataFrame]) -> list[DataFrame]:
    """Return frames in which a column whose types have no values in common is text: Spark would fail, or show local time.

    Raises:
        UnreadableTableError: such a column is a list, a map or a struct in one of them; names its types.
    """
    from pyspark.sql import functions

    tables = [read_columns(frame, table) for frame in frames]
    mixed = find_mixed_columns(table, [[columns.find(name) for name in columns.names] for columns in tables])
    aligned = []
    for frame, columns in zip(frames, tables, strict=True):
        for name in (name for name in columns.names if name.casefold() in mixed):
            sql = _write_in_utc(columns.find(name)) or compile_text(columns, SPARK, name)
            frame = frame.withColumn(name, functions.expr(sql))  # noqa: PLW2901 - of this frame, column by column
        aligned.append(frame)
    return aligned


def _write_in_utc(column: Column) -> str | None:
    """Return the SQL of a time with zone as text in UTC; its cast to text is in the session's time zone."""
    if column.family is not Family.ZONED:
        return None
    since_epoch = f"UNIX_MICROS({quote_name(column.name)})"
    return f"CAST(TIMESTAMPADD(MICROSECOND, {since_epoch}, {EPOCH}) AS STRING)"
