"""A column that has one type in one file and another in the next: what is read, the same on DuckDB and on Spark."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.gx.datasources.duckdb.reading import write

TIME = datetime(2026, 11, 1, 9, 30)
_NAN = pa.array([float("nan")])
_BYTES = pa.array(["José".encode()])
_NAIVE = pa.array([TIME], pa.timestamp("us"))

READ_AS_TEXT = [
    pytest.param(_NAN, pa.array(["2026-02-01"]), [None, "2026-02-01"], id="all NaN beside text"),
    pytest.param(_NAN, pa.array([date(2026, 2, 1)]), [None, "2026-02-01"], id="all NaN beside dates"),
    pytest.param(_NAN, _NAIVE, [None, "2026-11-01 09:30:00"], id="all NaN beside times"),
    pytest.param(pa.array([7]), pa.array(["x"]), ["7", "x"], id="whole numbers beside text"),
    pytest.param(pa.array([7.0]), pa.array(["7"]), ["7", "7"], id="floating-point numbers beside text"),
    pytest.param(pa.array([Decimal("1.50")]), pa.array(["x"]), ["1.5", "x"], id="decimal numbers beside text"),
    pytest.param(pa.array([True]), pa.array(["x"]), ["true", "x"], id="true or false beside text"),
    pytest.param(pa.array([True]), pa.array([1]), ["1", "true"], id="true or false beside numbers"),
    pytest.param(pa.array([date(2026, 2, 1)]), pa.array(["x"]), ["2026-02-01", "x"], id="dates beside text"),
    pytest.param(_NAIVE, pa.array(["x"]), ["2026-11-01 09:30:00", "x"], id="times beside text"),
    pytest.param(_BYTES, pa.array(["Zoë"]), ["José", "Zoë"], id="bytes beside text"),
    pytest.param(_BYTES, pa.array([7]), ["7", "José"], id="bytes beside numbers"),
    pytest.param(pa.array([7]), pa.array([date(2026, 2, 1)]), ["2026-02-01", "7"], id="numbers beside dates"),
    pytest.param(pa.array(["a"]).dictionary_encode(), _NAN, [None, "a"], id="dictionary beside NaN"),
    pytest.param(pa.array(["a"], pa.large_string()), pa.array([7]), ["7", "a"], id="large text beside numbers"),
    pytest.param(pa.array([b"ab"], pa.binary(2)), pa.array(["c"]), ["ab", "c"], id="bytes of fixed length beside text"),
    pytest.param(pa.nulls(1), pa.array(["c"]), [None, "c"], id="no type beside text"),
    pytest.param(pa.array([1.5], pa.float16()), pa.array(["c"]), ["1.5", "c"], id="half floats beside text"),
]

REFUSED = [
    pytest.param(pa.array([["a"]]), pa.array(["a"]), "column c is of another type and text", id="lists beside text"),
    pytest.param(
        pa.array([{"a": 1}]), pa.array([1]), "column c is a number and of another type", id="structs beside numbers"
    ),
    pytest.param(pa.array([["a"]]), pa.array([{"a": 1}]), "t cannot be read", id="lists beside structs"),
]


def write_both(root: Path, first: pa.Array, second: pa.Array) -> None:
    write(root / "t/day=2026-11-01/a.parquet", Id=[1], c=first)
    write(root / "t/day=none/b.parquet", Id=[2], c=second)


def sort_texts(values: list[Any]) -> list[Any]:
    return sorted(values, key=lambda value: (value is not None, value))
