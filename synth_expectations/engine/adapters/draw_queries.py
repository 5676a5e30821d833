"""Which records are drawn for a sample, and what comes back of a draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DrawQuery:
    """Which records are drawn, in SQL on the batch.

    Attributes:
        rank: what the records are sorted by: a hash of their key. Rows for which it is NULL are counted only.
        key: the record key.
        values: what is read of each record beside that.
        where: the records that take part.
        most: the largest number of rows; of each value of `by`, if that is given.
        by: the value whose rows are drawn apart from those of others; None for all together.
    """

    rank: str
    key: str
    values: Sequence[str]
    where: str
    most: int
    by: str | None = None

    def columns(self) -> dict[str, str]:
        """Return what is computed of each row, by alias."""
        by = {"g": self.by} if self.by else {}
        return {"h": self.rank, "k": self.key} | by | {f"v{i}": sql for i, sql in enumerate(self.values)}

    def read(self) -> list[str]:
        """Return the aliases of what is read of each row."""
        return ["h", "k", *(f"v{i}" for i in range(len(self.values)))]


@dataclass(frozen=True)
class DrawnRows:
    """The rows of a draw, or of one value of it.

    Attributes:
        value: the value of `by`, as text; None without one.
        rows: how many rows take part; `with_key` of them have a key.
        drawn: of the first ones in the order of the draw: hash, key and values.
    """

    value: str | None
    rows: int
    with_key: int
    drawn: Sequence[Sequence[Any]]
