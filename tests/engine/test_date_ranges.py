"""A day as a range of a column, in the SQL of each engine."""

from __future__ import annotations

from datetime import date

import pytest

from synth_expectations.engine.date_ranges import compile_date_range, find_date_range
from synth_expectations.engine.dialects.known import DIALECTS
from synth_expectations.engine.schema import Column, Columns, Family
from synth_expectations.errors import ConditionError

DAY = find_date_range(2026, 11, 22)
ZONED = {
    "duckdb": "CAST('2026-11-22 00:00:00Z' AS TIMESTAMPTZ)",
    "postgresql": "CAST('2026-11-22 00:00:00Z' AS TIMESTAMPTZ)",
    "spark": "CAST('2026-11-22 00:00:00Z' AS TIMESTAMP_LTZ)",
    "snowflake": "CAST('2026-11-22 00:00:00Z' AS TIMESTAMPTZ)",
    "bigquery": "CAST('2026-11-22 00:00:00Z' AS TIMESTAMP)",
    "redshift": "CAST('2026-11-22 00:00:00Z' AS TIMESTAMP WITH TIME ZONE)",
    "databricks": "CAST('2026-11-22 00:00:00Z' AS TIMESTAMP_LTZ)",
    "trino": "FROM_ISO8601_TIMESTAMP_NANOS(REPLACE('2026-11-22 00:00:00Z', ' ', 'T'))",
}
NAIVE = {
    **dict.fromkeys(("duckdb", "postgresql", "redshift"), "TIMESTAMP"),
    **dict.fromkeys(("spark", "databricks"), "TIMESTAMP_NTZ"),
    "snowflake": "TIMESTAMPNTZ",
    "bigquery": "DATETIME",
    "trino": "TIMESTAMP(6)",
}


def sql(dialect: str, family: Family) -> str:
    return compile_date_range(Columns([Column("made", family)], "contact"), DIALECTS[dialect], "made", *DAY).replace(
        "`", '"'
    )


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_column_itself_is_compared(dialect: str) -> None:
    end = ZONED[dialect].replace("22", "23")
    assert sql(dialect, Family.ZONED) == f'"made" >= {ZONED[dialect]} AND "made" < {end}'
    of_type = f"'2026-11-22 00:00:00' AS {NAIVE[dialect]}"
    assert sql(dialect, Family.NAIVE).startswith(f'"made" >= CAST({of_type})')
    assert sql(dialect, Family.DATE) == (
        "\"made\" >= CAST('2026-11-22' AS DATE) AND \"made\" < CAST('2026-11-23' AS DATE)"
    )
    # text of another offset may lie a day beside: the day itself is told by the moment
    assert sql(dialect, Family.TEXT).startswith("(\"made\" >= '2026-11-21' AND \"made\" < '2026-11-24') AND (CASE")


def test_months_and_years() -> None:
    assert find_date_range(2026, 12) == (date(2026, 12, 1), date(2027, 1, 1))
    assert find_date_range(2024, 2) == (date(2024, 2, 1), date(2024, 3, 1))
    assert find_date_range(2026) == (date(2026, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize("parts", [(2026, 2, 29), (2026, 13), (0,), (2026, 1, 0)])
def test_no_such_day(parts: tuple[int, ...]) -> None:
    with pytest.raises(ConditionError, match="is not a day, month or year"):
        find_date_range(*parts)


def test_a_column_that_is_no_time() -> None:
    with pytest.raises(ConditionError, match="made of contact is a number, where a time is needed"):
        sql("postgresql", Family.NUMBER)
