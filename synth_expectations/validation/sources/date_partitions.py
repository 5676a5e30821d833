"""The days, months and years of a table, as Great Expectations names them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.date_ranges import compile_timestamp, find_date_range
from synth_expectations.engine.dialects.duckdb import DIALECT as DUCKDB
from synth_expectations.engine.schema import Columns
from synth_expectations.errors import ConditionError
from synth_expectations.rules.partitions import PARTITIONERS, PARTS

PARTITION_PARTS = {PARTITIONERS[unit]: parts for unit, parts in PARTS.items()}
"""The parts that name a date range, by Great Expectations' name of the partitioner."""


def find_date_range_of(batch_spec: Mapping[str, Any]) -> tuple[str, date, date] | None:
    """Return the column of a daily, monthly or yearly batch, its first day and the day after its last.

    Other batches have no such range: None.

    Raises:
        ConditionError: the day, month or year does not exist.
    """
    parts = PARTITION_PARTS.get(batch_spec.get("partitioner_method", ""))
    if parts is None:
        return None
    column = str(batch_spec["partitioner_kwargs"]["column_name"])
    identifiers = batch_spec["batch_identifiers"][column]
    return (column, *find_date_range(*[_whole_number(part, identifiers[part]) for part in parts]))


def select_partitions(columns: Columns, column: str, parts: tuple[str, ...], table: sa.FromClause) -> sa.Select[Any]:
    """Return the query for all days, months or years that a DuckDB table has rows of.

    Raises:
        ConditionError: the column is missing, or holds no time.
    """
    timestamps = (
        sa.select(sa.literal_column(compile_timestamp(columns, DUCKDB, column)).label("timestamp"))
        .select_from(table)
        .subquery("timestamps")
    )
    is_known = timestamps.c.timestamp.isnot(None)
    numbers: list[sa.ColumnElement[Any]] = [sa.literal_column(f"{part}(timestamp)").label(part) for part in parts]
    query: Any = sa.select(*numbers)  # of as many columns as there are parts
    return query.where(is_known).distinct()  # type: ignore[no-any-return]


def _whole_number(part: str, value: object) -> int:
    text = str(value)
    if not text.isdecimal():
        raise ConditionError(f"The {part} of the batch is {text!r}, which is not a number.", "Write digits only.")
    return int(text)
