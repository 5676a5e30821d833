"""Files whose columns have other types: read by themselves, so that Spark may widen numbers, as DuckDB does.

Extracts drift: a column without values is of no type, and whole numbers with gaps become floating-point ones. Spark's
own merging of schemas refuses both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from synth_expectations.engine.adapters.spark import columns_of
from synth_expectations.engine.schema import Family
from synth_expectations.gx.datasources.unreadable_table import UnreadableTableError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

ALIKE = (
    *({family} for family in Family),
    {Family.NUMBER, Family.DECIMAL, Family.FLOAT},
    {Family.DATE, Family.NAIVE},
)
"""Families that have values in common."""


def alike(files: Sequence[str]) -> list[tuple[list[str], list[str]]]:
    """Files of this machine grouped by the types of their columns, and of each group the columns of no type."""
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for file in files:
        schema = pq.read_schema(file)
        groups.setdefault(tuple(sorted((each.name, str(each.type)) for each in schema)), []).append(file)
    null = str(pa.null())
    return [(several, [name for name, kind in kinds if kind == null]) for kinds, several in groups.items()]


def refuse_other_families(table: str, frames: Sequence[DataFrame]) -> None:
    """Refuse columns that have no values in common: Spark would read them as text, or fail in the middle of a query.

    Raises:
        UnreadableTableError: there is such a column; names both its types.
    """
    kinds: dict[str, set[Family]] = {}
    for frame in frames:
        known = columns_of(frame, table)
        for name in known.names:
            families = kinds.setdefault(name.casefold(), set())
            families.add(known.find(name).family)
            if not any(families <= each for each in ALIKE):
                said = " and ".join(sorted(each.value for each in families))
                hint = "Write that column with one type in all files."
                raise UnreadableTableError(f"{table} cannot be read: in its files, column {name} is {said}.", hint)
