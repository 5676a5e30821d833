"""Days, months and years of a table on Spark: as ranges of a column, so that partitions and row groups stay unread.

What a day is, is the same on DuckDB: see `datasource_periods`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from synth_expectations.conditions import field, moment
from synth_expectations.engines.columns import Columns, Family
from synth_expectations.engines.dialects import SPARK
from synth_expectations.engines.lowering import Lowering


def within(columns: Columns, column: str, start: date, end: date) -> str:
    """The condition that a column lies in a period, comparing the column itself, so that it can be pushed down.

    Raises:
        ConditionError: there is no such column, or it holds no time.
    """
    found = columns.find(column)
    value = quoted_name(found.name)
    match found.family:
        case Family.DATE:
            return _between(value, f"DATE '{start}'", f"DATE '{end}'")
        case Family.NAIVE:
            return _between(value, f"TIMESTAMP_NTZ '{start} 00:00:00'", f"TIMESTAMP_NTZ '{end} 00:00:00'")
        case Family.ZONED:
            return _between(value, _utc(start), _utc(end))
    exact = _between(f"({moment_of(columns, column)})", _utc(start), _utc(end))
    # Offsets stay below 15 hours: a day more on each side holds all, and is compared as text, which is pushed down.
    first = start - timedelta(days=1) if start > date.min else start
    last = end + timedelta(days=1) if end < date.max else end
    nearly = _between(value, f"'{first}'", f"'{last}'")
    return f"{nearly} AND {exact}"


def moment_of(columns: Columns, column: str) -> str:
    """A column as a moment; NULL where it holds none.

    Raises:
        ConditionError: there is no such column, or it holds no time.
    """
    # as_of is no part of this condition, but lowering wants one
    return Lowering(columns, SPARK, datetime(1970, 1, 1, tzinfo=UTC)).sql(moment(field(column)))


def quoted_name(name: str) -> str:
    """A column's name in Spark's SQL."""
    return "`" + name.replace("`", "``") + "`"


def _utc(day: date) -> str:
    return f"TIMESTAMP_LTZ '{day} 00:00:00Z'"


def _between(value: str, start: str, end: str) -> str:
    return f"{value} >= {start} AND {value} < {end}"
