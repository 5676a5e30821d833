"""Types of columns: what fits is of the type, and what does not is an error that names file, line and column."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.engine.extracts.damage import DamagedExtractError
from tests.engine.extracts.reading import load

FITS = [
    ("text", "12", "12"),
    ("boolean", "TRUE", True),
    ("boolean", "false", False),
    ("integer", "-12", -12),
    ("integer", "007", 7),
    ("number", "1.50", 1.5),
    ("number", "-1e3", -1000.0),
    ("number", ".5", 0.5),
    ("Decimal(6, 2)", "1234.5", Decimal("1234.50")),
    ("decimal(5,0)", "12345", Decimal(12345)),
    ("decimal(5,0)", "-1", Decimal(-1)),
    ("date", "2026-02-28", date(2026, 2, 28)),
    ("timestamp", "2026-02-28T09:30:00.5", datetime(2026, 2, 28, 9, 30, 0, 500_000)),
    ("timestamp", "2026-02-28", datetime(2026, 2, 28)),
    ("timestamptz", "2026-02-28T09:30Z", datetime(2026, 2, 28, 9, 30, tzinfo=UTC)),
    ("timestamptz", "2026-02-28 09:30:00+0200", datetime(2026, 2, 28, 7, 30, tzinfo=UTC)),
    ("timestamptz", "2026-02-28T09:30:00.000-05:00", datetime(2026, 2, 28, 14, 30, tzinfo=UTC)),
    ("timestamptz", "2026-02-28T09:30:00", datetime(2026, 2, 28, 9, 30, tzinfo=UTC)),
    ("timestamptz", "2026-02-28", datetime(2026, 2, 28, tzinfo=UTC)),
    ("integer", "", None),
    ("timestamptz", "", None),
]
UNFIT = [
    ("boolean", "yes"),
    ("boolean", "1"),
    ("integer", "1.5"),
    ("integer", "1e3"),
    ("integer", " 1"),
    ("integer", "99999999999999999999"),
    ("integer", "9999999999999999999"),
    ("number", "1,5"),
    ("number", "1e999"),
    ("number", "NaN"),
    ("number", "inf"),
    ("decimal(6,2)", "1.234"),
    ("decimal(6,2)", "12345"),
    ("date", "2026-02-30"),
    ("date", "28.02.2026"),
    ("date", "2026-02-28T00:00"),
    ("timestamp", "2026-02-28T24:00"),
    ("timestamp", "2026-02-28T09:30Z"),
    ("timestamp", "now"),
    ("timestamptz", "2026-02-28T09:30 Europe/Berlin"),
    ("timestamptz", "2026-02-28Z"),
    ("timestamptz", "infinity"),
]


@pytest.mark.parametrize(("kind", "written", "value"), FITS)
def test_what_fits(tmp_path: Path, kind: str, written: str, value: Any) -> None:
    (row,) = load(tmp_path, "csv", f"id,x\n1,{written}\n".encode(), types={"X": kind})
    assert row["x"] == value


@pytest.mark.parametrize(("kind", "written"), UNFIT)
def test_what_does_not_fit(tmp_path: Path, kind: str, written: str) -> None:
    content = f'id,x\n1,\n"2\n",\n3,"{written}"\n'.encode()
    with pytest.raises(DamagedExtractError) as raised:
        load(tmp_path, "csv", content, types={"x": kind})
    assert str(raised.value).startswith(f"1.csv, line 5: the value of x is not a valid {kind}, such as ")
    assert written not in str(raised.value).removeprefix("1.csv, line 5: ") or len(written) == 1


def test_the_first_of_two_is_named(tmp_path: Path) -> None:
    with pytest.raises(DamagedExtractError, match="line 2: the value of y is not a valid date"):
        load(tmp_path, "csv", b"x,y\n1,no\nno,no\n", types={"x": "integer", "y": "date"})


def test_a_type_of_no_column(tmp_path: Path) -> None:
    with pytest.raises(
        DamagedExtractError, match=r"types names the column amuont, which no file has[.] Nearest: amount"
    ):
        load(tmp_path, "csv", b"id,amount\n1,2\n", types={"amuont": "integer"})


@pytest.mark.parametrize(
    ("types", "sentence"),
    [
        ({"x": "int"}, "'int' is not a type"),
        ({"x": "decimal(2,2)"}, "is not a type"),
        ({"x": "decimal(39,2)"}, "is not a type"),
        ({"x": "integer", "X": "text"}, "named twice"),
    ],
)
def test_what_is_no_type(tmp_path: Path, types: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        load(tmp_path, "csv", b"x\n1\n", types=types)
