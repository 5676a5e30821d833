"""pandas frames, run in an in-process DuckDB: only the columns that are asked for are handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from synth_expectations.engines.sql import SqlAdapter
from synth_expectations.errors import ConditionError

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
        frame: the records; never changed.
        reference: finds the frame of a reference by its name.
        table: what sentences call the batch.
    """

    def __init__(self, frame: pd.DataFrame, reference: Callable[[str], pd.DataFrame], table: str) -> None:
        self._engine = sa.create_engine("duckdb:///:memory:", poolclass=sa.pool.StaticPool)
        self._frames: dict[str, Any] = {}
        super().__init__(
            connect=self._open,
            batch=self._registered(frame, "batch", table),
            reference=lambda name: self._registered(reference(name), f"reference_{len(self._frames)}", name),
            table=table,
        )

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
    """The frame as DuckDB reads it without guessing: names unique text, object columns of one kind each.

    Raises:
        ConditionError: two columns have one name, or a column mixes kinds of values.
    """
    names = [str(name) for name in frame.columns]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ConditionError(f"{table} has two columns named {twice[0]}.", "Rename one of them.")
    prepared = frame.set_axis(names, axis="columns").reset_index(drop=True)
    changed = {}
    for name in names:
        column = prepared[name]
        if column.dtype == object:
            changed[name] = _of_one_kind(column, name, table)
        elif str(column.dtype).startswith("period"):
            changed[name] = column.astype("string")
        elif str(column.dtype) == "category":
            changed[name] = column.astype(column.cat.categories.dtype)
    return prepared.assign(**changed) if changed else prepared


def _of_one_kind(column: pd.Series[Any], name: str, table: str) -> pd.Series[Any]:
    """An object column with a type: Arrow refuses mixed ones, and a scan by DuckDB samples and may guess wrong."""
    present = column.dropna()
    kinds = {_kind(value) for value in present}
    if not kinds or kinds == {"text"}:
        return column.astype("string")
    if kinds == {"boolean"}:
        return column.astype("boolean")
    if kinds == {"number"}:
        return column.astype("Float64" if any(isinstance(value, float) for value in present) else "object")
    if kinds == {"time"}:
        return _times(column)
    if kinds == {"date"} or kinds == {"other"}:
        return column
    # Markers and the like are compared as text anyway; moments of several kinds have one ISO writing.
    return column.map(_as_text, na_action="ignore").astype("string")


def _kind(value: Any) -> str:
    import numpy as np

    if isinstance(value, np.generic):
        value = value.item()
    return next((kind for types, kind in _KINDS if isinstance(value, types)), "other")


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _times(column: pd.Series[Any]) -> pd.Series[Any]:
    """Moments of several zones, and naive ones, which are UTC, as moments in UTC."""
    import pandas as pd

    return pd.to_datetime(column, utc=True, format="ISO8601") if len(column) else column
