"""A day as a range of a column, in the SQL of each engine."""

from __future__ import annotations

from datetime import date

import pytest
import sqlglot
from sqlglot import exp
from syrupy.assertion import SnapshotAssertion

from synth_expectations.engine.date_ranges import compile_date_range, find_date_range
from synth_expectations.engine.dialects.registry import built_in_dialects, by_name
from synth_expectations.engine.schema import Column, Columns, Family
from synth_expectations.errors import ConditionError

DAY = find_date_range(2026, 11, 22)


def sql(dialect: str, family: Family) -> str:
    return compile_date_range(Columns([Column("made", family)], "contact"), by_name(dialect), "made", *DAY)


@pytest.mark.parametrize("dialect", built_in_dialects())
@pytest.mark.parametrize("family", [Family.ZONED, Family.NAIVE, Family.DATE])
def test_the_column_itself_is_compared(dialect: str, family: Family, snapshot: SnapshotAssertion) -> None:
    condition = sql(dialect, family)
    assert condition == snapshot  # `--snapshot-update` writes it anew
    range_ = sqlglot.parse_one(condition, dialect=by_name(dialect).sqlglot)
    assert isinstance(range_, exp.And)
    for bound, kind, day in ((range_.left, exp.GTE, "2026-11-22"), (range_.right, exp.LT, "2026-11-23")):
        assert isinstance(bound, kind)
        assert bound.left == exp.column("made", quoted=True)
        assert bound.right.find(exp.Literal).name.startswith(day)


@pytest.mark.parametrize("dialect", built_in_dialects())
def test_text_is_compared_as_text_first(dialect: str) -> None:
    # text of another offset may lie a day beside: the day itself is told by the timestamp
    condition = sql(dialect, Family.TEXT).replace("`", '"').replace(' COLLATE "C"', "")
    extended = "(\"made\" >= '2026-11-21' AND \"made\" < '2026-11-24')"
    basic = "(\"made\" >= '20261121' AND \"made\" < '20261124')"
    assert condition.startswith(f"({extended} OR {basic}) AND (CASE")


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
