"""Frames as people have them: what DuckDB would guess, refuse or get wrong is typed before it sees it."""

from __future__ import annotations

import datetime as dt
import gc
import uuid
import weakref
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from synth_expectations.engine.adapters.pandas import FrameAdapter, readable
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.schema import Family
from synth_expectations.errors import ConditionError
from synth_expectations.rules.expressions import field, is_blank, is_given
from synth_expectations.rules.model import RowCheck, Rule

EAST = dt.timezone(dt.timedelta(hours=2))
FRAMES = {
    "text with NaN": (["a", None, np.nan], object, Family.TEXT, ["a", None, None]),
    "booleans with None": ([True, None, False], object, Family.BOOLEAN, ["true", None, "false"]),
    "nullable booleans": ([True, None], "boolean", Family.BOOLEAN, ["true", None]),
    "integers with None": ([1, None], object, Family.NUMBER, ["1", None]),
    "integers of numpy": ([np.int64(1), np.int32(2)], object, Family.NUMBER, ["1", "2"]),
    "nullable integers": ([1, None], "Int64", Family.NUMBER, ["1", None]),
    "integers without end": ([1, 2**70], object, Family.TEXT, ["1", str(2**70)]),
    "floats": ([1.5, np.nan], "float64", Family.FLOAT, ["1.5", None]),
    "decimals": ([Decimal("1.50"), None], object, Family.DECIMAL, ["1.50", None]),
    "decimals of other scales": ([Decimal("1.5")] * 3000 + [Decimal("12345678.123456")], object, Family.DECIMAL, None),
    "decimals and integers": ([Decimal("1.5"), 2], object, Family.DECIMAL, ["1.5", "2.0"]),
    "decimals that are none": ([Decimal("1.5"), Decimal("NaN")], object, Family.DECIMAL, ["1.5", None]),
    "decimals and floats": ([Decimal("1.5"), 2.5], object, Family.FLOAT, ["1.5", "2.5"]),
    "a marker of all kinds": ([True, "yes", 1.0, 1, None], object, Family.TEXT, ["True", "yes", "1.0", "1", None]),
    "dates": ([dt.date(2026, 1, 1), None], object, Family.DATE, ["2026-01-01", None]),
    "dates and times": (
        [dt.date(2026, 1, 1), dt.datetime(2026, 1, 1, 5)],
        object,
        Family.TEXT,
        ["2026-01-01", "2026-01-01T05:00:00"],
    ),
    "times of several zones": (
        [dt.datetime(2026, 1, 1, tzinfo=EAST), dt.datetime(2026, 1, 1), pd.NaT, pd.NA],
        object,
        Family.ZONED,
        ["2025-12-31 17:00:00-05", "2025-12-31 19:00:00-05", None, None],
    ),
    "times far away": ([dt.datetime(9999, 12, 31), dt.datetime(1, 1, 1)], object, Family.ZONED, None),
    "times and text": (
        [pd.Timestamp("2026-01-01", tz="UTC"), "2026-01-01"],
        object,
        Family.TEXT,
        ["2026-01-01T00:00:00+00:00", "2026-01-01"],
    ),
    "nanoseconds": (
        [pd.Timestamp("2026-01-01 05:00"), None],
        "datetime64[ns]",
        Family.NAIVE,
        ["2026-01-01 05:00:00", None],
    ),
    "periods": (pd.period_range("2026-01", periods=2, freq="M"), None, Family.TEXT, ["2026-01", "2026-02"]),
    "categories of text": (["a", None], "category", Family.TEXT, ["a", None]),
    "categories of numbers with gaps": ([1, None, 2], "category", Family.NUMBER, ["1", None, "2"]),
    "categories of all kinds": (pd.Categorical([True, "x", None]), None, Family.TEXT, ["True", "x", None]),
    "lists": ([[1], None], object, Family.TEXT, ["[1]", None]),
    "dictionaries of several shapes": ([{"a": 1}, {"b": "x"}], object, Family.TEXT, ["{'a': 1}", "{'b': 'x'}"]),
    "UUIDs": ([uuid.UUID(int=1), None], object, Family.TEXT, [str(uuid.UUID(int=1)), None]),
    "bytes": ([b"a", None], object, Family.TEXT, ["a", None]),
    "nothing": ([None, None], object, Family.TEXT, [None, None]),
    "sparse": (pd.arrays.SparseArray([1.0, np.nan]), None, Family.FLOAT, ["1.0", None]),
    "complex": ([1j], "complex128", Family.TEXT, ["1j"]),
    "intervals": (pd.interval_range(0, 1), None, Family.TEXT, ["(0, 1]"]),
}


def counted(adapter: FrameAdapter, condition: str) -> tuple[int, int]:
    """How many rows there are, and for how many the condition is true."""
    [found] = adapter.count([CountQuery.of([condition])])
    return found.rows, found.by_condition[0]


@pytest.mark.parametrize("name", FRAMES)
def test_columns_are_typed(name: str) -> None:
    values, dtype, family, shown = FRAMES[name]
    frame = pd.DataFrame({"x": pd.Series(values, dtype=dtype)})
    before = frame.copy(deep=True)
    adapter = FrameAdapter(frame, lambda _: frame, "contacts")
    assert adapter.columns().find("x").family is family
    with adapter._open() as connection:
        found = [value for (value,) in connection.exec_driver_sql("SELECT CAST(x AS VARCHAR) FROM batch").fetchall()]
    assert shown is None or found == shown
    assert counted(adapter, "x IS NULL") == (len(frame), int(frame.x.isna().sum()))
    pd.testing.assert_frame_equal(frame, before)


def test_an_index_and_names_that_are_no_text() -> None:
    frame = pd.DataFrame({0: ["a", "b"], "x": [1, 2]}, index=["x", "y"])
    adapter = FrameAdapter(frame, lambda _: frame, "contacts")
    assert adapter.columns().names == ["0", "x"]
    assert counted(adapter, "\"0\" = 'a'") == (2, 1)


def test_two_columns_of_one_name_are_refused() -> None:
    frame = pd.DataFrame([[1, 2]], columns=["a", "a"])
    with pytest.raises(ConditionError, match="contacts has two columns named a"):
        FrameAdapter(frame, lambda _: frame, "contacts")


def test_one_value_among_many_gaps_is_seen() -> None:
    values = np.full(200_000, None, dtype=object)
    values[123_457] = dt.date(2026, 1, 1)
    frame = pd.DataFrame({"x": values})
    adapter = FrameAdapter(frame, lambda _: frame, "contacts")
    assert counted(adapter, "x >= DATE '2026-01-01'") == (200_000, 1)


def test_no_cache_keeps_the_records_of_a_frame() -> None:
    is_alive = _evaluate_and_forget(pd.DataFrame({"id": ["c1"], "told": ["never before"]}))
    gc.collect()
    assert is_alive() is None


def _evaluate_and_forget(frame: pd.DataFrame) -> weakref.ref[FrameAdapter]:
    adapter = FrameAdapter(frame, lambda _: frame, "contact")
    # a time of its own, so that its condition is compiled here
    plan = Plan(lambda: adapter, dt.datetime(2026, 11, 30, 0, 0, 0, 77, tzinfo=dt.UTC))
    check = RowCheck(rules=(Rule("told", is_blank(field("told"))),), population=is_given(field("id")), record_key="id")
    assert plan.result(plan.add(check)).records == 1
    return weakref.ref(adapter)


def test_adapters_share_a_database_and_nothing_else() -> None:
    frames = [pd.DataFrame({"x": [1]}), pd.DataFrame({"x": [1, 2, 3]})]
    adapters = [FrameAdapter(frame, lambda _: frames[0], "contacts", database="shared") for frame in frames]
    assert [counted(adapter, "x > 1") for adapter in adapters] == [(1, 0), (3, 2)]


def test_names_of_columns_become_text() -> None:
    frame = readable(pd.DataFrame([[1, "a"], [2, "b"]], columns=[0, "name"]), "batch")
    assert [type(name) for name in frame.columns] == [str, str]


def test_lists_and_dictionaries_of_nothing_are_blank() -> None:
    values = [[], [None, ""], {"a": {"b": None}}, ["x"], None]
    frame = readable(pd.DataFrame({"value": pd.Series(values, dtype=object)}), "batch")
    assert frame["value"].fillna("missing").tolist() == ["", "", "", "['x']", "missing"]
