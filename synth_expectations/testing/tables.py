"""Small typed tables in Arrow, from which every engine receives the same values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pyarrow as pa


class Kind(StrEnum):
    """The type of a column, as case files name it."""

    TEXT = "text"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    FLOAT = "float"
    DECIMAL = "decimal"
    DATE = "date"
    TIMESTAMP = "timestamp"
    TIMESTAMPTZ = "timestamptz"
    BINARY = "binary"
    LIST = "list"
    VOID = "void"

    @property
    def arrow(self) -> pa.DataType:
        """Return the Arrow type."""
        return _ARROW[self]

    def read(self, written: Any) -> Any:
        """Return a value from what a case file says; NULL stays None.

        Raises:
            ValueError: it is not a value of this type. Types are never guessed: text stands in quotes.
        """
        if written is None:
            return None
        if not isinstance(written, _WRITTEN[self]) or (isinstance(written, bool) and self is not Kind.BOOLEAN):
            raise ValueError(
                f"{written!r} is not a {self.value}" + (": write it in quotes" if self is Kind.TEXT else "")
            )
        return self._typed(written)

    def _typed(self, written: Any) -> Any:
        match self:
            case Kind.DECIMAL:
                return Decimal(str(written)).quantize(Decimal("0.0001"))
            case Kind.FLOAT:
                return float(written)
            case Kind.DATE:
                return written if isinstance(written, date) else date.fromisoformat(written)
            case Kind.TIMESTAMP | Kind.TIMESTAMPTZ:
                return self._check_zone(written if isinstance(written, datetime) else datetime.fromisoformat(written))
            case Kind.BINARY:
                return written.encode()
        return written

    def _check_zone(self, timestamp: datetime) -> datetime:
        if (timestamp.tzinfo is not None) != (self is Kind.TIMESTAMPTZ):
            raise ValueError(f"{timestamp} is not a {self.value}: a timestamptz has an offset, a timestamp has none")
        return timestamp.astimezone(UTC) if timestamp.tzinfo else timestamp


_ARROW = {
    Kind.TEXT: pa.string(),
    Kind.BOOLEAN: pa.bool_(),
    Kind.INTEGER: pa.int64(),
    Kind.FLOAT: pa.float64(),
    Kind.DECIMAL: pa.decimal128(18, 4),
    Kind.DATE: pa.date32(),
    Kind.TIMESTAMP: pa.timestamp("us"),
    Kind.TIMESTAMPTZ: pa.timestamp("us", tz="UTC"),
    Kind.BINARY: pa.binary(),
    Kind.LIST: pa.list_(pa.string()),
    Kind.VOID: pa.null(),
}
_WRITTEN: dict[Kind, type | tuple[type, ...]] = {
    Kind.TEXT: str,
    Kind.BOOLEAN: bool,
    Kind.INTEGER: int,
    Kind.FLOAT: (int, float),
    Kind.DECIMAL: (int, float, str, Decimal),
    Kind.DATE: (str, date),
    Kind.TIMESTAMP: (str, datetime),
    Kind.TIMESTAMPTZ: (str, datetime),
    Kind.BINARY: str,
    Kind.LIST: list,
    Kind.VOID: (),
}


@dataclass(frozen=True)
class Table:
    """Rows with a type for each column.

    Attributes:
        kinds: of the columns, by name, in order.
        rows: the values of each row, in the order of the columns.
    """

    kinds: Mapping[str, Kind]
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    @classmethod
    def of(cls, kinds: Mapping[str, str], rows: Iterable[Mapping[str, Any]] = ()) -> Table:
        """Return a table from rows as a case file writes them; a column that a row does not name is NULL.

        Raises:
            ValueError: a row names an unknown column, or a value is not of its column's type.
        """
        typed = {name: Kind(kind) for name, kind in kinds.items()}
        return cls(typed, [_row(typed, row) for row in rows])

    def arrow(self) -> pa.Table:
        """Return the table as an Arrow table."""
        columns = [
            pa.array([row[place] for row in self.rows], type=kind.arrow, from_pandas=False)
            for place, kind in enumerate(self.kinds.values())
        ]
        return pa.Table.from_arrays(columns, names=list(self.kinds))


def _row(kinds: Mapping[str, Kind], row: Mapping[str, Any]) -> tuple[Any, ...]:
    unknown = [name for name in row if name not in kinds]
    if unknown:
        raise ValueError(f"a row names {unknown[0]!r}, which is not among the columns {', '.join(kinds)}")
    try:
        return tuple(kind.read(row.get(name)) for name, kind in kinds.items())
    except ValueError as error:
        raise ValueError(f"row {dict(row)}: {error}") from error
