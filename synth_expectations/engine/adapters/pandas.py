"""The adapter for pandas frames, run in an in-process DuckDB that scans only the columns it reads."""

from __future__ import annotations

import datetime as dt
import re
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from numbers import Integral
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlalchemy as sa

from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.engine.memory_database import open_memory_database
from synth_expectations.errors import ConditionError
from synth_expectations.rules.time_limit import TimeLimit

if TYPE_CHECKING:
    import pandas as pd

_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "boolean"),
    (str, "text"),
    ((int, float, Decimal), "number"),
    (dt.datetime, "time"),
    (dt.date, "date"),
)


class FrameAdapter(SqlAdapter):
    """A batch that is a pandas frame.

    Args:
        frame: the records; left unchanged.
        reference: finds the frame of a reference by its name.
        table: the name of the batch in sentences.
        limit: how long a query may take; None for any time.
        database: the name of a database that it shares with other adapters while one is open; empty for one of its own.
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        reference: Callable[[str], pd.DataFrame],
        table: str,
        limit: TimeLimit | None = None,
        database: str = "",
    ) -> None:
        self._engine = open_memory_database(database)
        weakref.finalize(self, self._engine.dispose)  # also at exit: DuckDB complains of connections left open
        self._frames: dict[str, Any] = {}
        super().__init__(
            connect=self._open,
            batch=self._registered(frame, "batch", table),
            reference=lambda name: self._registered(reference(name), f"reference_{len(self._frames)}", name),
            table=table,
            limit=limit,
        )
        self.dialect = replace(self.dialect, keeps_dictionaries=False)  # a frame's texts stand one by one

    @contextmanager
    def _open(self) -> Iterator[sa.Connection]:
        with self._engine.connect() as connection:
            yield connection

    def _registered(self, frame: pd.DataFrame, view: str, table: str) -> sa.FromClause:
        prepared = readable(frame, table)
        self._frames[view] = prepared  # DuckDB keeps no reference to what it scans
        with self._engine.connect() as connection:
            connection.connection.driver_connection.register(view, prepared)  # type: ignore[union-attr]
        return sa.table(view)


def readable(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return the frame as DuckDB reads it without guessing: unique text names, and one type it knows for each column.

    Raises:
        ConditionError: two columns have one name.
    """
    names = [str(name) for name in frame.columns]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ConditionError(f"{table} has two columns named {twice[0]}.", "Rename one of them.")
    prepared = frame.set_axis(names, axis="columns").reset_index(drop=True)
    changed = {name: _typed(prepared[name]) for name in names if not _PLAIN.fullmatch(str(prepared[name].dtype))}
    return prepared.assign(**changed) if changed else prepared


_PLAIN = re.compile(
    r"bool(ean)?|u?int\d+|U?Int\d+|float(32|64)|Float\d+|str|string|(datetime64|timedelta64)\[.*|(?!halffloat).*\[pyarrow\]"
)
"""The pandas types that DuckDB reads as they are."""


def _typed(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column of another type (object, category, period, interval, sparse …) typed by its values.

    DuckDB infers the type of objects from a sample, and fails at the first value that does not fit.
    """
    if str(column.dtype) == "category" and _PLAIN.fullmatch(str(column.cat.categories.dtype)):
        column = column.astype("string") if column.cat.categories.dtype == "str" else column.astype(object)
        if column.dtype != object:
            return column
    values = column.astype(object).where(column.notna(), None)
    match {_kind(value) for value in values if value is not None}:
        case kinds if kinds == {"boolean"}:
            return values.astype("boolean")
        case kinds if kinds == {"number"}:
            return _numbers(values)
        case kinds if kinds == {"time"}:
            return _times(values)
        case kinds if kinds == {"date"}:
            return _arrow(values, pa.date32())
    # Markers are compared as text anyway; timestamps of several kinds have one ISO spelling.
    return values.map(_as_text, na_action="ignore").astype("string")


def _kind(value: Any) -> str:
    import numpy as np

    if isinstance(value, np.generic):
        value = value.item()
    return next((kind for types, kind in _KINDS if isinstance(value, types)), "other")


def _as_text(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if _is_hollow(value):
        return ""  # blank, as in SQL
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _is_hollow(value: Any) -> bool:
    """Return whether a list or a dictionary holds nothing but missing values and empty texts."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, Sized) and isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return all(map(_is_hollow, value))
    if isinstance(value, str | None):
        return not value
    import pandas as pd

    return bool(pd.api.types.is_scalar(value)) and bool(pd.isna(value))


def _numbers(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return numbers as floats if one is a float, as exact decimals or as integers; as text if none of these fits."""
    present = values.dropna()
    decimals = [value for value in present if isinstance(value, Decimal)]
    if not all(isinstance(value, Decimal | Integral) for value in present) or not all(map(Decimal.is_finite, decimals)):
        return values.astype("Float64")
    try:
        if not decimals:
            return values.astype("Int64")
        exact = values.map(lambda value: Decimal(str(value)), na_action="ignore")
        kind = pa.array(exact.dropna()).type
        if pa.types.is_decimal128(kind):
            return _arrow(exact, kind)
    except (pa.ArrowInvalid, OverflowError):
        pass
    return values.map(str, na_action="ignore").astype("string")  # too many digits


def _times(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return timestamps of several zones, and naive ones, which are UTC, as timestamps in UTC."""
    import pandas as pd

    return pd.to_datetime(values, utc=True, format="ISO8601")


def _arrow(values: pd.Series[Any], kind: pa.DataType) -> pd.Series[Any]:
    import pandas as pd

    return values.astype(pd.ArrowDtype(kind))
