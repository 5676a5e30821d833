"""Parquet files as one Spark DataFrame: which, how Spark is told of them, and what it cannot read as a sentence.

What a session is set to never leaves records out: files that are missing or damaged are errors, and so is a file that
Spark would not look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from synth_expectations.engine.adapters.spark import columns_of, said
from synth_expectations.errors import ConditionError
from synth_expectations.gx.datasources.files import refuse_twin_of_partition
from synth_expectations.gx.datasources.object_stores import is_address
from synth_expectations.gx.datasources.spark.schemas import ALIKE, alike, refuse_other_families
from synth_expectations.gx.datasources.unreadable_table import UnreadableTableError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_OPTIONS = {
    "mergeSchema": "true",  # columns by name, where files differ
    "ignoreCorruptFiles": "false",
    "ignoreMissingFiles": "false",
    "timeZone": "UTC",  # of a partition that is a time
}
_SIGN = re.compile(r"([\\{}\[\]*?])")
_PATTERN = re.compile(r"[*?{\[=]")


def read(session: SparkSession, table: str, files: Sequence[str]) -> DataFrame:
    """All rows of some files, columns by name, Hive partitions as columns. Their footers are read.

    Args:
        session: that reads them.
        table: what sentences call them.
        files: absolute paths of this machine, or addresses, in which Spark reads patterns.

    Raises:
        UnreadableTableError: Spark cannot read one, or would leave one out.
    """
    if session.conf.get("spark.sql.parquet.inferTimestampNTZ.enabled", "true") == "false":
        raise UnreadableTableError(
            "Spark reads times without zone in the session's time zone.",
            "Set spark.sql.parquet.inferTimestampNTZ.enabled to true.",
        )
    by_root: dict[str, list[str]] = {}
    for file in files:
        by_root.setdefault(_above_partitions(file), []).append(file)
    frames = [frame for root, several in by_root.items() for frame in _frames(session, table, root, several)]
    refuse_mixed_partitions(table, [file for frame in frames for file in frame.inputFiles()])
    if not is_address(files[0]) and "=" in files[0]:
        refuse_twin_of_partition(table, pq.read_schema(files[0]).names, files[0], "Spark")
    return _together(table, frames)


def with_first_of(frame: DataFrame, table: str, first_of: Mapping[str, Sequence[str]]) -> DataFrame:
    """A frame with columns computed, each the first of several that is not NULL.

    One that names a column which the table does not have is left out, so that only what asks for it says so.

    Raises:
        UnreadableTableError: the columns of one have no value in common.
    """
    from pyspark.sql import functions

    known = columns_of(frame, table)
    for alias, names in first_of.items():
        try:
            found = [known.find(name) for name in names]
        except ConditionError:
            continue
        if not any({each.family for each in found} <= families for families in ALIKE):
            kinds = " and ".join(f"{each.name} is {each.family.value}" for each in found)
            hint = f"They are {alias}: name one of them, or make their types the same."
            raise UnreadableTableError(f"Columns of {table} have no value in common: {kinds}.", hint)
        first = functions.expr(f"coalesce({', '.join(quoted_name(each.name) for each in found)})")
        frame = frame.withColumn(alias, first)
    return frame


def refuse_mixed_partitions(table: str, files: Iterable[str]) -> None:
    """Refuse files of which some lie in Hive partitions, and others not, or in others.

    Raises:
        UnreadableTableError: there are such; names one.
    """
    keys: dict[tuple[str, ...], str] = {}
    for file in files:
        folders = PurePosixPath(file).parts[:-1]
        keys.setdefault(tuple(part.partition("=")[0] for part in folders if "=" in part), file)
    if len(keys) > 1:
        [*_, (odd, file)] = keys.items()
        lies = f"the partition {'/'.join(odd)}" if odd else "no partition"
        hint = "Others lie in another: narrow the glob."
        raise UnreadableTableError(f"{table} cannot be read: {file} lies in {lies}.", hint)


def quoted_name(name: str) -> str:
    """A column's name in Spark's SQL."""
    return "`" + name.replace("`", "``") + "`"


def _frames(session: SparkSession, table: str, root: str, files: Sequence[str]) -> list[DataFrame]:
    """One frame; or several, where files hold columns of other types."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        return [_frame(session, table, root, files)]
    except (PySparkException, Py4JError) as error:
        groups = alike(files) if "CANNOT_MERGE" in str(error) and not is_address(root) else []
        if len(groups) < 2:
            raise UnreadableTableError(f"{table} cannot be read: {said(error)}.", _hint(str(error))) from None
    # a column of no type has no values: NULL, whatever it is elsewhere
    return [_frame(session, table, root, several).drop(*empty) for several, empty in groups]


def _frame(session: SparkSession, table: str, root: str, files: Sequence[str]) -> DataFrame:
    reader = session.read.options(**_OPTIONS).option("basePath", root)
    frame = (
        reader.parquet(*files) if is_address(root) else reader.parquet(*[_SIGN.sub(r"\\\1", each) for each in files])
    )
    seen = len(frame.inputFiles())
    if not is_address(root) and seen != len(files):
        raise UnreadableTableError(
            f"{table} cannot be read: Spark looks at {seen} of its {len(files)} files.",
            "It leaves out names that begin with _ or a dot: rename them, or narrow the glob.",
        )
    return frame


def _together(table: str, frames: Sequence[DataFrame]) -> DataFrame:
    if len(frames) > 1:
        refuse_other_families(table, frames)
    return reduce(lambda one, other: one.unionByName(other, allowMissingColumns=True), frames)


def _above_partitions(path: str) -> str:
    """The directory from which partitions are counted: above all that is one, or a pattern of an address."""
    *folders, _ = path.split("/")
    kept = []
    for each in folders:
        if "=" in each or (is_address(path) and _PATTERN.search(each)):
            break
        kept.append(each)
    return "/".join(kept) or "/"


def _hint(error: str) -> str:
    if "TIMESTAMP(NANOS" in error:
        return "Spark reads no nanoseconds: write them as microseconds, or leave the table to DuckDB."
    return "Extract it again, or correct the glob."
