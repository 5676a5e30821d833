"""Compare the Hive partitions of files that Spark reads with the columns of the same name in the files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyarrow.parquet as pq

from synth_expectations.engine.adapters.spark_errors import summarize_error
from synth_expectations.gx.datasources.spark.schemas import escape_signs, quote_name
from synth_expectations.validation.sources.file_set import FoundFile
from synth_expectations.validation.sources.partition_conflicts import NO_VALUE, refuse_conflict
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def refuse_conflicts(session: SparkSession, table: str, frame: DataFrame, root: str) -> None:
    """Refuse a partition that contradicts a column of its file; Spark would read the partition without a word.

    Rows are read only if a partition and a column have the same name.

    Args:
        session: the session that made the frame.
        table: the name of the table.
        frame: Parquet files as they were read.
        root: the directory below which partitions lie.

    Raises:
        UnreadableTableError: there is such a partition.
    """
    from pyspark.errors import PySparkException

    files = [unquote(file) for file in frame.inputFiles()]
    keys = {key for file in files for key in find_partition(file, root).split("/") if key}
    if not keys:
        return
    rows = _read_without_partitions(session, files)
    for key in sorted(keys.intersection(rows.columns)):
        try:
            file = _find_conflict(session, files, key)
        except PySparkException as error:
            raise UnreadableTableError(
                f"{table} cannot be read: its column {key} cannot be compared with the partition {key}: "
                f"{summarize_error(error)}.",
                f"Remove the column {key} from the files, or rename the directories.",
            ) from None
        if file:
            refuse_conflict(table, key, FoundFile(file[max(file.find(root), 0) :], root, None))


def find_partition(file: str, root: str) -> str:
    """Return the keys of the partitions of a file below a directory, such as `year/month`; Spark names files by URI."""
    above = sum("=" in folder for folder in root.split("/"))
    keys = [folder.partition("=")[0] for folder in PurePosixPath(file).parts[:-1] if "=" in folder]
    return "/".join(keys[above:])


def _read_without_partitions(session: SparkSession, files: Sequence[str]) -> DataFrame:
    """Return files as they are, with the columns that any of them has; only footers are read."""
    reader = session.read.option("mergeSchema", "true").option("recursiveFileLookup", "true")
    return reader.parquet(*map(escape_signs, files))


def _find_conflict(session: SparkSession, files: Sequence[str], key: str) -> str | None:
    """Return a file with another value in a column than its partition of that name has; None if there is none."""
    from pyspark.sql import functions

    local = [file.removeprefix("file://") for file in files if file.startswith("file:///")]
    having = [file for file in local if key in pq.read_schema(file).names] if len(local) == len(files) else files
    rows = _read_without_partitions(session, having).select(
        functions.col(quote_name(key)).alias("value"),
        functions.regexp_extract("_metadata.file_path", f".*/{re.escape(key)}=([^/]*)/", 1).alias("part"),
        functions.col("_metadata.file_path").alias("file"),
    )
    # a file is named by its URI, in which the escapes of the partition are escaped once more; + is not a space in either
    decoded = "url_decode(replace(url_decode(replace(part, '+', '%2B')), '+', '%2B'))"
    value = f"TRY_CAST(NULLIF({decoded}, '{NO_VALUE}') AS {rows.schema['value'].dataType.simpleString()})"
    different = rows.where(f"NOT ({value} <=> value)").select("file").head()
    return unquote(different["file"]) if different else None
