"""What is asked of an adapter when rows are found by bound values; no library of an engine is needed to say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BOUND = "synth_bound"
"""The column of the bound values."""


@dataclass(frozen=True)
class MatchQuery:
    """Rows of the batch whose value equals a bound one.

    Attributes:
        value: what is compared, in SQL on the batch.
        bound: the values.
        bound_form: the same form of a bound value, in SQL on the column `BOUND`, which is text.
        read: what is read of a row, in SQL on the batch.
        most: the largest number of rows.
        is_counted: whether rows that say the same come as one, with their number as the last value.
    """

    value: str
    bound: Sequence[str]
    bound_form: str
    read: Sequence[str]
    most: int
    is_counted: bool = False

    def columns(self) -> dict[str, str]:
        """Return what is computed of each row, by alias."""
        return {"m": self.value} | {f"v{i}": sql for i, sql in enumerate(self.read)}

    def names(self) -> list[str]:
        """Return the aliases of what is read."""
        return [f"v{i}" for i in range(len(self.read))]


@dataclass(frozen=True)
class TwinQuery:
    """Rows of another table that share an identifier with the rows of a match.

    Attributes:
        match: the rows of the batch; `read` are their identifiers.
        reference: the name of the other table.
        identifiers: the same identifiers, in SQL on the other table.
        read: what is read of a row there, in SQL on it.
        most: the largest number of rows.
    """

    match: MatchQuery
    reference: str
    identifiers: Sequence[str]
    read: Sequence[str]
    most: int

    def columns(self) -> dict[str, str]:
        """Return what is computed of each row of the other table, by alias."""
        return {f"o{i}": sql for i, sql in enumerate(self.identifiers)} | {
            f"r{i}": sql for i, sql in enumerate(self.read)
        }

    def same(self) -> list[str]:
        """Return whether each identifier is the same, in SQL on the two tables joined."""
        return [f"v{i} = o{i}" for i in range(len(self.identifiers))]

    def results(self) -> dict[str, str]:
        """Return what is read of the join, by alias: values, and 1 or 0 for each identifier."""
        values = {f"r{i}": f"r{i}" for i in range(len(self.read))}
        return values | {f"s{i}": f"CASE WHEN {sql} THEN 1 ELSE 0 END" for i, sql in enumerate(self.same())}
