"""The ways to spoil a table that change its columns, types, values or rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from synth_expectations.policy.table_entry import Marker, TableEntry

UNREADABLE_TIME = "05/03/1980"
THIRDS = 3
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}
_KINDS = ("synthetic", "real", "partial", "masked")


@dataclass(frozen=True)
class TableWords:
    """What the policy says of a table, as far as changes need it.

    Attributes:
        marker: the column of its marker; None for a table without one.
        meanings: the kind that each value of the marker stands for.
        keys: the columns of its keys, and of those that point into other tables.
    """

    marker: str | None
    meanings: Mapping[str, str]
    keys: frozenset[str]

    @classmethod
    def read(cls, entry: TableEntry) -> TableWords:
        """Return the words of a table of a policy."""
        marker = entry.marker if isinstance(entry.marker, Marker) else Marker()
        values = {str(value): kind for kind in _KINDS for value in getattr(marker, kind) or ()}
        words = {"key", *(entry.references or {})}
        keys = {column for word, column in (entry.columns or {}).items() if word in words and column}
        return cls(marker.column, values, frozenset(keys))

    def find_kind(self, text: str) -> str | None:
        """Return the kind that a marker stands for, in whatever case; None for one that the policy does not know."""
        return self.meanings.get(text.strip().lower())


TableChange = Callable[[pa.Table, TableWords, int], pa.Table]
"""Returns the spoiled table: of a table, of its words, and of the number of the round."""

ColumnChange = Callable[[pa.ChunkedArray], pa.Array | pa.ChunkedArray]


def _replace(table: pa.Table, name: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, values)


def _change_columns(is_chosen: Callable[[pa.DataType], bool], change: ColumnChange) -> TableChange:
    """Return the change of every column of a type."""

    def change_table(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
        for field in table.schema:
            if is_chosen(field.type):
                table = _replace(table, field.name, change(table[field.name]))
        return table

    return change_table


def _change_marker(change: ColumnChange) -> TableChange:
    """Return the change of a table's marker, if it has one."""

    def change_table(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
        if words.marker is None or words.marker not in table.column_names:
            return table
        return _replace(table, words.marker, change(table[words.marker]))

    return change_table


def _map_text(change: Callable[[str], str]) -> ColumnChange:
    return lambda column: pa.array([None if text is None else change(text) for text in column.to_pylist()], pa.string())


def _fill_nulls(text: str) -> ColumnChange:
    return lambda column: pc.fill_null(column, text)


def _is_time(kind: pa.DataType) -> bool:
    return bool(pa.types.is_timestamp(kind) or pa.types.is_date(kind))


# The marker


def rename_marker_values(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    """Write each known value of the marker as a word that the policy does not know."""
    change = _map_text(lambda text: f"{text}-record" if words.find_kind(text) else text)
    return _change_marker(change)(table, words, turn)


def rename_synthetic_value(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    """Write the marker of synthetic records as a word that the policy does not know, and leave the others."""
    change = _map_text(lambda text: "generated" if words.find_kind(text) == "synthetic" else text)
    return _change_marker(change)(table, words, turn)


def number_marker_values(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    """Write the marker as numbers."""
    numbers = {value: number for number, value in enumerate(words.meanings)}

    def change(column: pa.ChunkedArray) -> pa.Array:
        return pa.array([numbers.get(text) for text in column.to_pylist()], pa.int32())

    return _change_marker(change)(table, words, turn)


def tag_all_real(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    """Tag every record as real."""
    real = next((value for value, kind in words.meanings.items() if kind == "real"), None)
    return _change_marker(lambda column: pa.array([real] * len(column), pa.string()))(table, words, turn)


def drop_marker(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    """Drop the column of the marker."""
    return table.drop_columns([words.marker]) if words.marker in table.column_names else table


shout_marker = _change_marker(_map_text(lambda text: f"  {text.upper()}\t"))
widen_marker = _change_marker(_map_text(lambda text: text.translate(_FULL_WIDTH)))
list_marker = _change_marker(lambda column: pa.array([[text] for text in column.to_pylist()], pa.list_(pa.string())))
binary_marker = _change_marker(lambda column: column.cast(pa.binary()))
empty_marker = _change_marker(lambda column: pa.nulls(len(column), pa.string()))

# Text and nothing

binary_text = _change_columns(pa.types.is_string, lambda column: column.cast(pa.binary()))
dictionary_text = _change_columns(pa.types.is_string, lambda column: column.cast(pa.large_string()).dictionary_encode())
blank_nulls = _change_columns(pa.types.is_string, _fill_nulls(" "))
word_for_nulls = _change_columns(pa.types.is_string, _fill_nulls("N/A"))

# Times


def _delay(value: Any) -> Any:
    """Return the same day ten years later; 28 February for a 29th that does not exist."""
    if value is None:
        return None
    try:
        return value.replace(year=value.year + 10)
    except ValueError:
        return value.replace(year=value.year + 10, day=28)


def _write_time(value: Any) -> str | None:
    if value is None:
        return None
    return str(value.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if isinstance(value, datetime) else value.isoformat())


def _write_times(column: pa.ChunkedArray) -> pa.Array:
    return pa.array([_write_time(value) for value in column.to_pylist()], pa.string())


def _cast_to_nanoseconds(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.timestamp("ns"), safe=False)


text_times = _change_columns(_is_time, _write_times)
naive_times = _change_columns(pa.types.is_timestamp, _cast_to_nanoseconds)
unreadable_times = _change_columns(
    _is_time, lambda column: pc.if_else(column.is_valid(), UNREADABLE_TIME, pa.scalar(None, pa.string()))
)
late_times = _change_columns(
    _is_time, lambda column: pa.array([_delay(value) for value in column.to_pylist()], column.type)
)

# Columns


def rename_third(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    """Rename every third column, others in each round."""
    return table.rename_columns(
        [f"{name}_v2" if number % THIRDS == turn else name for number, name in enumerate(table.column_names)]
    )


def empty_third(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    """Empty every third column, others in each round."""
    for field in table.schema.names[turn::THIRDS]:
        table = _replace(table, field, pa.nulls(len(table), table.schema.field(field).type))
    return table


def empty_columns(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    """Empty every column."""
    return pa.table({field.name: pa.nulls(len(table), field.type) for field in table.schema})


def swap_case_of_names(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    """Write the names of columns in the other case."""
    return table.rename_columns([name.swapcase() for name in table.column_names])


def mark_first_name(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    """Begin the name of the first column, which is the key, with a byte order mark."""
    first, *others = table.column_names
    return table.rename_columns([f"\ufeff{first}", *others])


# Rows


def reverse(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    """Write columns and rows in the opposite order."""
    return table.select(table.column_names[::-1]).take(pa.array(range(len(table) - 1, -1, -1)))


def repeat_rows(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    """Write each row twice."""
    return pa.concat_tables([table, table])


def drop_rows(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    """Drop every row."""
    return table.slice(0, 0)


def drop_half(table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    """Drop every second row; the others in the second round."""
    return table.take(pa.array(range(turn, len(table), 2)))


def _change_keys(change: Callable[[str], str], table: pa.Table, words: TableWords, turn: int) -> pa.Table:
    for name in words.keys & set(table.column_names):
        table = _replace(table, name, _map_text(change)(table[name]))
    return table


shorten_keys = partial(_change_keys, lambda key: key[:15] if len(key) == 18 and key.isalnum() else key)
pad_keys = partial(_change_keys, lambda key: f" {key} ")
