"""Compare the Hive partitions of files that Spark reads with the columns of the same name in the files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyarrow.parquet as pq

from synth_expectations.engine.adapters.spark import summarize_error
from synth_expectations.gx.datasources.file_set import FoundFile
from synth_expectations.gx.datasources.partition_conflicts import NO_VALUE, refuse_conflict
from synth_expectations.gx.datasources.spark.schemas import escape_signs, quote_name
from synth_expectations.gx.datasources.unreadable_table import UnreadableTableError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def refuse_conflicts(session: SparkSession, table: str, frame: DataFrame, root: str) -> None:
    """Refuse a partition that contradicts a column of its file; Spark would read the partition without a word.

    A job runs only if there are a partition and a column of the same name.

    Args:
        session: the session that made the frame.
        table: the name of the table.
        frame: Parquet files as they were read.
        root: the directory below which partitions lie.

    Raises:
        UnreadableTableError: there is such a partition.
    """
    from pyspark.errors import PySparkException

    # pyspark has no other way to tell the columns of files and of paths apart
    relation = frame._jdf.queryExecution().analyzed().collectLeaves().head().relation()
    in_files = set(relation.dataSchema().fieldNames())
    for key in [name for name in relation.partitionSchema().fieldNames() if name in in_files]:
        try:
            file = _find_conflict(session, frame, key)
        except PySparkException as error:
            raise UnreadableTableError(
                f"{table} cannot be read: its column {key} cannot be compared with the partition {key}: "
                f"{summarize_error(error)}.",
                f"Remove the column {key} from the files, or rename the directories.",
            ) from None
        if file:
            refuse_conflict(table, key, FoundFile(file[max(file.find(root), 0) :], root, None))


def _find_conflict(session: SparkSession, frame: DataFrame, key: str) -> str | None:
    """Return a file with another value in a column than its partition of that name has; None if there is none."""
    from pyspark.sql import functions

    files = [unquote(file) for file in frame.inputFiles()]
    local = [file.removeprefix("file://") for file in files if file.startswith("file:///")]
    having = [file for file in local if key in pq.read_schema(file).names] if len(local) == len(files) else files
    paths = map(escape_signs, having)
    reader = session.read.option("mergeSchema", "true").option("recursiveFileLookup", "true")
    rows = reader.parquet(*paths).select(
        functions.col(quote_name(key)).alias("value"),
        functions.regexp_extract("_metadata.file_path", f".*/{re.escape(key)}=([^/]*)/", 1).alias("part"),
        functions.col("_metadata.file_path").alias("file"),
    )
    # a file is named by its URI, in which the escapes of the partition are escaped once more; + is no space in either
    decoded = "url_decode(replace(url_decode(replace(part, '+', '%2B')), '+', '%2B'))"
    value = f"TRY_CAST(NULLIF({decoded}, '{NO_VALUE}') AS {rows.schema['value'].dataType.simpleString()})"
    different = rows.where(f"NOT ({value} <=> value)").select("file").head()
    return unquote(different["file"]) if different else None
