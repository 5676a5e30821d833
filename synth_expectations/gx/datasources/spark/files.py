"""Read Parquet files as one Spark DataFrame, or raise why that cannot be done.

No setting of a session leaves records out: a missing or damaged file is an error, and so is a file that Spark would
skip.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from synth_expectations.engine.adapters.spark_errors import summarize_error
from synth_expectations.engine.adapters.spark_schema import read_columns
from synth_expectations.engine.adapters.spark_sizes import MOST_BYTES
from synth_expectations.engine.object_addresses import is_address
from synth_expectations.engine.schema import ALIKE
from synth_expectations.errors import ConditionError
from synth_expectations.gx.datasources.spark.partitions import find_partition, refuse_conflicts
from synth_expectations.gx.datasources.spark.schemas import (
    align_types,
    escape_signs,
    group_by_types,
    quote_name,
)
from synth_expectations.validation.sources.file_set import FileSet
from synth_expectations.validation.sources.files import refuse_twin_of_partition
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_MOST_FOOTERS = 32
"""Of how many files the footers are read: a table of more is taken for large."""
_OPTIONS = {
    "mergeSchema": "true",  # columns by name, where files differ
    "ignoreCorruptFiles": "false",
    "ignoreMissingFiles": "false",
    "timeZone": "UTC",  # of a partition that is a time
}


def read_files(session: SparkSession, table: str, files: FileSet) -> DataFrame:
    """Return all rows of files: columns are matched by name, Hive partitions are columns. Only footers are read.

    Args:
        session: the session that reads them.
        table: the name of the table, for errors.
        files: local files; or addresses, which may be patterns.

    Raises:
        UnreadableTableError: Spark cannot read a file, or would leave one out.
    """
    if session.conf.get("spark.sql.parquet.inferTimestampNTZ.enabled", "true") == "false":
        raise UnreadableTableError(
            "Spark reads times without zone in the session's time zone.",
            "Set spark.sql.parquet.inferTimestampNTZ.enabled to true.",
        )
    by_root: dict[str, list[str]] = {}
    for file in files.files:
        by_root.setdefault(file.root, []).append(file.path)
    frames: list[DataFrame] = []
    partitions: list[tuple[str, str]] = []
    for root, paths in by_root.items():
        of_root = _frames(session, table, root, paths)
        partitions += [(file, find_partition(file, root)) for frame in of_root for file in frame.inputFiles()]
        for frame in of_root:
            refuse_conflicts(session, table, frame, root)
        frames += of_root
    refuse_mixed_partitions(table, partitions)
    if not is_address(files.paths[0]) and files.partition_keys:
        refuse_twin_of_partition(table, pq.read_schema(files.paths[0]).names, files.partition_keys, "Spark")
    return _union(table, frames)


def measure_files(files: FileSet) -> tuple[int, int] | None:
    """Return how many rows files have, and how many bytes before compression; None if that is not cheap to know."""
    paths = files.paths
    if is_address(paths[0]) or len(paths) > _MOST_FOOTERS:
        return None
    try:
        if sum(map(os.path.getsize, paths)) > MOST_BYTES:
            return None
        footers = [pq.read_metadata(path) for path in paths]
    except (OSError, pa.ArrowException):  # a file has changed meanwhile: reading it raises a better error
        return None
    groups = [footer.row_group(number) for footer in footers for number in range(footer.num_row_groups)]
    return sum(footer.num_rows for footer in footers), sum(group.total_byte_size for group in groups)


def add_first_of(frame: DataFrame, table: str, first_of: Mapping[str, Sequence[str]]) -> DataFrame:
    """Return a frame with computed columns, each the first of several columns that is not NULL.

    It is left out if the table lacks one of them, so that only expectations on it are errored.

    Raises:
        UnreadableTableError: the columns of one have types without a value in common.
    """
    from pyspark.sql import functions

    table_columns = read_columns(frame, table)
    for alias, names in first_of.items():
        if len(names) == 1:
            frame = _add_field(frame, alias)
            continue
        try:
            columns = [table_columns.find(name) for name in names]
        except ConditionError:
            continue
        if not any({column.family for column in columns} <= families for families in ALIKE):
            kinds = " and ".join(f"{column.name} is {column.family.value}" for column in columns)
            hint = f"They are {alias}: name one of them, or make their types the same."
            raise UnreadableTableError(f"Columns of {table} have no value in common: {kinds}.", hint)
        first = functions.expr(f"coalesce({', '.join(quote_name(column.name) for column in columns)})")
        frame = frame.withColumn(alias, first)
    return frame


def _add_field(frame: DataFrame, path: str) -> DataFrame:
    """Return a frame with a field of a nested column under its path; unchanged if it has no such field, or such a column."""
    from pyspark.sql import functions
    from pyspark.sql.types import DataType, StructType

    if path.casefold() in {name.casefold() for name in frame.columns}:
        return frame
    kind: DataType = frame.schema
    sql: list[str] = []
    for part in path.split("."):
        fields = {field.name.casefold(): field for field in kind.fields} if isinstance(kind, StructType) else {}
        if part.casefold() not in fields:
            return frame
        sql.append(quote_name(fields[part.casefold()].name))
        kind = fields[part.casefold()].dataType
    return frame.withColumn(path, functions.expr(".".join(sql)))


def refuse_mixed_partitions(table: str, files: Iterable[tuple[str, str]]) -> None:
    """Refuse files that do not all lie in the same Hive partitions.

    Args:
        table: the name of the table.
        files: each with the keys of its partitions, such as `year/month`.

    Raises:
        UnreadableTableError: they do not; names one file.
    """
    keys: dict[str, str] = {}
    for file, partition in files:
        keys.setdefault(partition, file)
    if len(keys) > 1:
        [*_, (partition, file)] = keys.items()
        lies = f"the partition {partition}" if partition else "no partition"
        hint = "Others lie in another: narrow the glob."
        raise UnreadableTableError(f"{table} cannot be read: {file} lies in {lies}.", hint)


def _frames(session: SparkSession, table: str, root: str, files: Sequence[str]) -> list[DataFrame]:
    """Return one frame; or several, if the types of columns differ between files."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        return [_frame(session, table, root, files)]
    except (PySparkException, Py4JError) as error:
        groups = group_by_types(files) if "CANNOT_MERGE" in str(error) and not is_address(root) else []
        if len(groups) < 2:
            raise UnreadableTableError(
                f"{table} cannot be read: {summarize_error(error)}.", _hint(str(error))
            ) from None
    # a column without type has no values: it is NULL, whatever type it has in other files
    return [_frame(session, table, root, alike_files).drop(*empty) for alike_files, empty in groups]


def _frame(session: SparkSession, table: str, root: str, files: Sequence[str]) -> DataFrame:
    reader = session.read.options(**_OPTIONS).option("basePath", root)
    frame = reader.parquet(*files) if is_address(root) else reader.parquet(*map(escape_signs, files))
    seen = len(frame.inputFiles())
    if not is_address(root) and seen != len(files):
        raise UnreadableTableError(
            f"{table} cannot be read: Spark looks at {seen} of its {len(files)} files.",
            "It leaves out names that begin with _ or a dot, and some others: rename them, or narrow the glob.",
        )
    return frame


def _union(table: str, frames: Sequence[DataFrame]) -> DataFrame:
    from pyspark.errors import PySparkException

    if len(frames) == 1:
        return frames[0]
    try:
        return reduce(
            lambda first, second: first.unionByName(second, allowMissingColumns=True), align_types(table, frames)
        )
    except PySparkException as error:  # lists, maps and structs of several types
        raise UnreadableTableError(
            f"{table} cannot be read: {summarize_error(error)}.", "Write each column with one type in all files."
        ) from None


def _hint(error: str) -> str:
    if "TIMESTAMP(NANOS" in error:
        return "Spark reads no nanoseconds: write them as microseconds, or leave the table to DuckDB."
    return "Extract it again, or correct the glob."
