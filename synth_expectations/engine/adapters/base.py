"""What is asked of an engine: a few methods, the same on all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.schema import Columns
from synth_expectations.rules.model import Drawn


@dataclass(frozen=True)
class ThroughJoin:
    """A table between the records and a reference: SQL on its own columns.

    Attributes:
        reference: its name.
        key: what the record's key is found in.
        leads_to: the key of the reference.
    """

    reference: str
    key: str
    leads_to: str


@dataclass(frozen=True)
class ReferenceJoin:
    """One reference as it is joined to the records: all SQL, on the reference's own columns.

    Attributes:
        reference: its name.
        prefix: of the columns that it adds: `<prefix>_found` and one for each attribute.
        record_key: the alias, on the record's side, of the key that is looked up.
        key: the key of a row of the reference.
        own_key: a name for it that no column of the reference has.
        attributes: 1 or 0 for a row of the reference, by name.
        more_than: limits of how many rows may share the key, by name.
        where: which rows take part.
        record_at: the alias, on the record's side, of the moment at which attributes must hold.
        valid_from: the moment from which a row's attributes hold; None is always.
        valid_until: the moment before which they hold; None is for ever.
        through: the table between; then `key` is what that one leads to.
    """

    reference: str
    prefix: str
    record_key: str
    key: str
    own_key: str
    attributes: Mapping[str, str]
    more_than: Mapping[str, int]
    where: str | None = None
    record_at: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    through: ThroughJoin | None = None

    def row(self) -> dict[str, str]:
        """What is asked of a row of the reference beside its key, by alias."""
        parts = {f"is_{name}": sql for name, sql in self.attributes.items()}
        bounds = {"valid_from": self.valid_from, "valid_until": self.valid_until}
        return parts | {name: sql for name, sql in bounds.items() if sql}

    def flags(self) -> list[str]:
        """What is told of the rows with a key: attributes, and with a table between, whether one is lost."""
        return [*self.attributes, *(["lost"] if self.through else [])]

    def column(self, name: str) -> str:
        """The column of an attribute in the joined relation."""
        return f"{self.prefix}_{name}"

    def during(self, at: str) -> str:
        """Whether a row of the reference is valid at a moment: SQL on the two inner tables' aliases."""
        bounds = []
        if self.valid_from:
            bounds.append(f"(valid_from IS NULL OR valid_from <= {at})")
        if self.valid_until:
            bounds.append(f"(valid_until IS NULL OR {at} < valid_until)")
        return " AND ".join(bounds) or "1 = 1"


@dataclass(frozen=True)
class Join:
    """The records of a population with what lookups found for them.

    Attributes:
        columns: SQL on the record's columns, by alias: keys, moments, flags (1 or 0), and the record key.
        where: the population.
        references: what is joined.
        batch: the relation that has the record's columns; None for the batch as it is.
    """

    columns: Mapping[str, str]
    where: str
    references: Sequence[ReferenceJoin]
    batch: Any = None


@dataclass(frozen=True)
class Aggregates:
    """What others want of a batch that is scanned anyway: one row.

    Attributes:
        asked: aggregates, as the engine's library has them.
        columns: of the batch, which they read.
    """

    asked: Sequence[Any]
    columns: frozenset[str]


@dataclass(frozen=True)
class Counting:
    """What is counted in one relation.

    Attributes:
        conditions: SQL on the relation.
        relation: None for the batch.
        anywhere: sets of conditions, by their numbers; rows are counted for which any of a set is true.
        weight: the column of the relation that says how many rows a row stands for; None for one.
        key: what names a row, in SQL: the smallest are found in passing, where the engine can; None for no keys.
        keyed: the conditions that keys are found of, by their numbers; None for all.
        most: how many keys of a condition.
        beside: what others want of the same scan.
    """

    conditions: Sequence[str]
    relation: Any = None
    anywhere: Sequence[Sequence[int]] = ()
    weight: str | None = None
    key: str | None = None
    keyed: Set[int] | None = None
    most: int = 0
    beside: Aggregates | None = None


@dataclass(frozen=True)
class Counted:
    """How many rows a relation has, for how many each condition is true, and for how many any of each set.

    Attributes:
        rows: of the relation.
        singly: of each condition.
        together: of each set.
        keys: the smallest by the number of the condition, as text; None if the engine has to be asked for them.
        beside: the values of what others wanted; None if that was nothing.
    """

    rows: int
    singly: Sequence[int]
    together: Sequence[int]
    keys: Mapping[int, list[str]] | None = None
    beside: Sequence[Any] | None = None


@dataclass(frozen=True)
class Sampling:
    """What is sampled in one relation.

    Attributes:
        conditions: SQL on the relation, each of which gets a sample of its own.
        key: what names a row, in SQL.
        relation: None for the batch.
        where: true for all rows for which any condition is, where the caller knows a shorter way to say so.
    """

    conditions: Sequence[str]
    key: str
    relation: Any = None
    where: str | None = None


@dataclass
class Statements:
    """What was sent to an engine: so that queries are counted, and shown, not guessed."""

    sent: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def count(self) -> int:
        """How many queries read data."""
        return len(self.sent)


def keys_as_text(keys: Iterable[Any]) -> list[str]:
    """Record keys as samples show them, in order: a whole number without a fraction, whatever its type."""
    return [key_as_text(key) for key in sorted(keys, key=lambda key: (key is None, key))]


def smallest(found: Sequence[Any] | None, count: int, most: int) -> list[str]:
    """The smallest keys of rows, as text, from those that an aggregate found: it leaves out rows without one."""
    known = list(found or ())
    return keys_as_text([*known, *[None] * (min(count, most) - len(known))])


def key_as_text(key: Any) -> str:
    """One of them."""
    if key is None:
        return "NULL"
    return str(int(key)) if isinstance(key, float | Decimal) and key == key // 1 else str(key)


class Adapter(Protocol):
    """An engine and one batch of it.

    Every method may raise `ConditionError` for what the table or a reference has not, and `QueryError` for what the
    engine refused. Neither carries a value of the data.
    """

    dialect: Dialect
    statements: Statements

    def columns(self, reference: str | None = None) -> Columns:
        """Names and families of the batch, or of a reference; reads no data."""

    def about(self, reference: str) -> Adapter:
        """The same engine with a reference's rows as the records; `BATCH` is still the batch."""

    def computed(self, columns: Sequence[str], values: Mapping[str, str], where: str | None = None) -> Any:
        """The relation of the batch's columns (SQL) with more values (SQL, by alias), lazily.

        `where`, on the batch, says which rows it has; all if None.
        """

    def tabulated(self, column: str, weight: str) -> Any:
        """The relation of the different values of a column (SQL), with how many rows of the batch have each, lazily."""

    def joined(self, join: Join) -> Any:
        """The relation of a join, lazily."""

    def count(self, asked: Sequence[Counting]) -> list[Counted]:
        """What is asked of several relations, in one query."""

    def draw(
        self, values: Sequence[str], where: str, order: Sequence[str], most: int, reference: str | None = None
    ) -> Drawn:
        """The values of the first so many rows of the batch, or of a reference, in an order; NULLs come last.

        Rows whose first value in the order is NULL are counted in the total, and not drawn.
        """

    def sample(self, asked: Sequence[Sampling], most: int) -> list[list[list[str]]]:
        """For each condition of each relation the smallest keys of rows for which it is true, as text, at most so many.

        All in one query.
        """

    def violating(
        self,
        conditions: Sequence[str],
        values: Sequence[str],
        size: int,
        relation: Any = None,
        where: str | None = None,
    ) -> Iterator[Sequence[Sequence[Any]]]:
        """Rows for which any condition is true: their values, then for each condition 1 or 0. All, and unordered.

        They come in pieces of at most so many, and are never held at once. A row may come more than once, its
        conditions then divided among its comings. `where` is as in `Sampling`.
        """
