"""Which keys and values of records are read, in SQL on the batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class KeyQuery:
    """Whose record keys are read in one relation.

    Attributes:
        conditions: SQL on the relation; each gets keys of its own.
        key: the record key in SQL.
        relation: the adapter's relation; None for the batch.
        where: true for every row for which any condition is, where the caller knows a shorter way to write it.
    """

    conditions: Sequence[str]
    key: str
    relation: Any = None
    where: str | None = None


@dataclass(frozen=True)
class ValuesQuery:
    """The values of one table in the SQL of the batch's engine; `reference` is None for the batch."""

    values: list[str]
    reference: str | None = None


@dataclass(frozen=True)
class SharedValuesQuery:
    """Values that the batch shares with references, in SQL.

    Attributes:
        batch: what is compared of the batch.
        references: what is compared of each reference.
        where: the records of the batch that take part.
        key: the record key.
        order: what the combinations of values are sorted by.
        most: the largest number of combinations.
    """

    batch: ValuesQuery
    references: list[ValuesQuery]
    where: str
    key: str
    order: str
    most: int

    @property
    def sql(self) -> str:
        """Return the query's condition, values and limit, as the result shows them."""
        return f"{self.where} GROUP BY {', '.join(self.batch.values)} LIMIT {self.most}"


@dataclass(frozen=True)
class SampleQuery:
    """The first rows of a table in an order, in SQL on its columns.

    Attributes:
        values: what is read of each row.
        where: the rows that take part.
        order: what they are sorted by; NULLs come last.
        most: the largest number of rows.
        reference: the name of the table; None for the batch.
        descending: whether the largest come first.
    """

    values: Sequence[str]
    where: str
    order: Sequence[str]
    most: int
    reference: str | None = None
    descending: bool = False

    def columns(self) -> dict[str, str]:
        """Return what is computed of each row, by alias: values, and what orders them."""
        values = {f"v{i}": sql for i, sql in enumerate(self.values)}
        return values | {f"o{i}": sql for i, sql in enumerate(self.order)}

    @property
    def sql(self) -> str:
        """Return the query's condition, order and limit, as the result shows them."""
        return f"{self.where} ORDER BY {', '.join(self.order)} LIMIT {self.most}"
