"""Days, months and years of a table, as Great Expectations names them."""

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

PERIODS = {PARTITIONERS[unit]: parts for unit, parts in PARTS.items()}
"""The parts that name a date range, by Great Expectations' name of the partitioner."""


def asked_of(batch_spec: Mapping[str, Any]) -> tuple[str, date, date] | None:
    """The column of a batch, and where it starts and ends; None for one that is no day, month or year.

    Raises:
        ConditionError: there is no such day, month or year.
    """
    parts = PERIODS.get(batch_spec.get("partitioner_method", ""))
    if parts is None:
        return None
    column = str(batch_spec["partitioner_kwargs"]["column_name"])
    asked = batch_spec["batch_identifiers"][column]
    return (column, *find_date_range(*[_whole_number(part, asked[part]) for part in parts]))


def distinct_parts(columns: Columns, column: str, parts: tuple[str, ...], table: sa.FromClause) -> sa.Select[Any]:
    """The query for all periods that a table of DuckDB has rows of.

    Raises:
        ConditionError: there is no such column, or it holds no time.
    """
    moments = (
        sa.select(sa.literal_column(compile_timestamp(columns, DUCKDB, column)).label("moment"))
        .select_from(table)
        .subquery("moments")
    )
    known = moments.c.moment.isnot(None)
    numbers: list[sa.ColumnElement[Any]] = [sa.literal_column(f"{part}(moment)").label(part) for part in parts]
    found: Any = sa.select(*numbers)  # of as many columns as there are parts
    return found.where(known).distinct()  # type: ignore[no-any-return]


def _whole_number(part: str, value: object) -> int:
    text = str(value)
    if not text.isdecimal():
        raise ConditionError(f"The {part} of the batch is {text!r}, which is no number.", "Write digits only.")
    return int(text)
