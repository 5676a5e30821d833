"""Group files by the types of their columns, so that Spark may widen numbers, as DuckDB does.

Extracts drift: a column without values has no type, and whole numbers with gaps become floating-point ones. Spark
cannot merge such schemas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from synth_expectations.engine.adapters.spark import columns_of
from synth_expectations.engine.schema import Family
from synth_expectations.gx.datasources.unreadable_table import UnreadableTableError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_SIGN = re.compile(r"([\\{}\[\]*?])")
ALIKE = (
    *({family} for family in Family),
    {Family.NUMBER, Family.DECIMAL, Family.FLOAT},
    {Family.DATE, Family.NAIVE},
)
"""Type families that have values in common."""


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


def refuse_other_families(table: str, frames: Sequence[DataFrame]) -> None:
    """Refuse columns whose types have no values in common: Spark would read them as text, or fail in the middle of a query.

    Raises:
        UnreadableTableError: there is such a column; names its types.
    """
    kinds: dict[str, set[Family]] = {}
    for frame in frames:
        columns = columns_of(frame, table)
        for name in columns.names:
            families = kinds.setdefault(name.casefold(), set())
            families.add(columns.find(name).family)
            if not any(families <= alike for alike in ALIKE):
                types = " and ".join(sorted(family.value for family in families))
                hint = "Write that column with one type in all files."
                raise UnreadableTableError(f"{table} cannot be read: in its files, column {name} is {types}.", hint)
