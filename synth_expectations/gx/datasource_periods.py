"""Days, months and years of a table: as ranges of a column, so that DuckDB leaves other files and row groups unread.

A day is a day of UTC, whatever the column is: a date, a time with or without zone, text in ISO 8601, or a Hive
partition of these. Rows without a readable moment belong to no day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlglot import exp

from synth_expectations.conditions import field, moment
from synth_expectations.engines.columns import Columns, Family
from synth_expectations.engines.dialects import DUCKDB
from synth_expectations.engines.lowering import Lowering
from synth_expectations.gx.datasource_files import UnreadableTableError, quoted

PERIODS = {
    "partition_on_year": ("year",),
    "partition_on_year_and_month": ("year", "month"),
    "partition_on_year_and_month_and_day": ("year", "month", "day"),
}
"""The parts that name a period, by Great Expectations' name of the partitioner."""


def period(year: int, month: int | None = None, day: int | None = None) -> tuple[date, date]:
    """The first day of a year, month or day, and of the next one.

    Raises:
        UnreadableTableError: there is no such day.
    """
    try:
        start = date(year, month or 1, 1 if day is None else day)
        if day is not None:
            return start, start + timedelta(days=1)
        if month is not None:
            return start, date(year + month // 12, month % 12 + 1, 1)
        return start, date(year + 1, 1, 1)
    except (ValueError, OverflowError):
        asked = "-".join(str(part) for part in (year, month, day) if part is not None)
        raise UnreadableTableError(f"The batch {asked} is no day, month or year.", "Ask for one that exists.") from None


def whole_number(part: str, value: object) -> int:
    """A part of a period as it was asked for.

    Raises:
        UnreadableTableError: it is no number.
    """
    text = str(value)
    if not text.isdecimal():
        raise UnreadableTableError(f"The {part} of the batch is {text!r}, which is no number.", "Write digits only.")
    return int(text)


def within(columns: Columns, column: str, start: date, end: date) -> sa.ColumnElement[bool]:
    """The condition that a column lies in a period, comparing the column itself, so that it can be pushed down.

    Raises:
        ConditionError: there is no such column, or it holds no time.
    """
    found = columns.find(column)
    value: sa.ColumnElement[Any] = sa.column(sa.quoted_name(found.name, quote=True))
    match found.family:
        case Family.DATE:
            return _between(value, f"DATE '{start}'", f"DATE '{end}'")
        case Family.NAIVE:
            return _between(value, f"TIMESTAMP '{start} 00:00:00'", f"TIMESTAMP '{end} 00:00:00'")
        case Family.ZONED:
            return _between(value, f"TIMESTAMPTZ '{start} 00:00:00+00'", f"TIMESTAMPTZ '{end} 00:00:00+00'")
    exact = _between(
        sa.literal_column(f"({_moment(columns, column)})"),
        f"TIMESTAMP '{start} 00:00:00'",
        f"TIMESTAMP '{end} 00:00:00'",
    )
    # Offsets stay below 15 hours: a day more on each side holds all, and is compared as text, which is pushed down.
    first = start - timedelta(days=1) if start > date.min else start
    last = end + timedelta(days=1) if end < date.max else end
    return sa.and_(_between(value, quoted(first.isoformat()), quoted(last.isoformat())), exact)


def distinct_parts(columns: Columns, column: str, parts: tuple[str, ...], table: sa.FromClause) -> sa.Select[Any]:
    """The query for all periods that a table has rows of.

    Raises:
        ConditionError: there is no such column, or it holds no time.
    """
    moments = (
        sa.select(sa.literal_column(_moment(columns, column)).label("moment")).select_from(table).subquery("moments")
    )
    known = moments.c.moment.isnot(None)
    numbers: list[sa.ColumnElement[Any]] = [sa.literal_column(f"{part}(moment)").label(part) for part in parts]
    found: Any = sa.select(*numbers)  # of as many columns as there are parts
    return found.where(known).distinct()  # type: ignore[no-any-return]


def _moment(columns: Columns, column: str) -> str:
    # as_of is no part of this condition, but lowering wants one
    lowered = Lowering(columns, DUCKDB, datetime(1970, 1, 1, tzinfo=UTC)).lower(moment(field(column)))
    return DUCKDB.render(exp.cast(lowered, "TIMESTAMP"))


def _between(value: sa.ColumnElement[object], start: str, end: str) -> sa.ColumnElement[bool]:
    return sa.and_(value >= sa.literal_column(start), value < sa.literal_column(end))
