"""The interface of an engine: a few methods, the same for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from synth_expectations.engine.adapters.match_queries import MatchQuery, TwinQuery
from synth_expectations.engine.count_query import CountQuery, Counts
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.schema import Columns
from synth_expectations.rules.samples import SampledRows
from synth_expectations.rules.time_limit import TimeLimit


@dataclass(frozen=True)
class ThroughJoin:
    """A table between the records and a reference, in SQL on its own columns.

    Attributes:
        reference: the name of the table.
        key: the value that the record's key is compared with.
        leads_to: the key of the reference.
        unreadable: which rows have one of these keys given, and it cannot be read; None where every key can.
    """

    reference: str
    key: str
    leads_to: str
    unreadable: str | None = None


@dataclass(frozen=True)
class ReferenceJoin:
    """One reference as it is joined to the records, in SQL on the reference's own columns.

    Attributes:
        reference: the name of the reference.
        prefix: the prefix of the columns that it adds: `<prefix>_found` and one for each attribute.
        record_key: the alias, on the record's side, of the key that is looked up.
        key: the key of a row of the reference.
        own_key: a name for that key that no column of the reference has.
        attributes: 1 or 0 for a row of the reference, by name.
        more_than: limits of how many records may share the key, by name.
        record: what names the record of a row; rows for which it is NULL count one each. None without limits.
        where: which rows take part.
        record_at: the alias, on the record's side, of the time at which attributes must hold.
        valid_from: from when a row's attributes hold; None for always.
        valid_until: until when (exclusive) they hold; None for ever.
        through: the table between; `key` is then what the table between leads to.
        known: which rows are of a kind that is understood; it takes no part in the join.
        unreadable: which rows have a key that is given and cannot be read; None where every key can. No part either.
        record_unreadable: the same of the records, in SQL on the joined relation.
        as_written: which rows have a value that is found only where it is written alike, by what it is. No part either.
        counterpart: the key of a row of the reference as it is written, so that a finding can be fixed; None if nobody
            asks for it.
        asks_limits_only: whether the limits are all that is asked of the lookup, and not whether it found anything.
        is_own_key: whether the reference is the batch itself, with the record's key: each record then finds its own row.
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
    known: str | None = None
    record: str | None = None
    unreadable: str | None = None
    record_unreadable: str | None = None
    as_written: Mapping[str, str] = field(default_factory=dict)
    counterpart: str | None = None
    asks_limits_only: bool = False
    is_own_key: bool = False

    @property
    def has_unreadable(self) -> bool:
        """Whether rows of the reference, or of the table between, may have keys that cannot be read."""
        return bool(self.unreadable or (self.through and self.through.unreadable))

    @property
    def may_ask_limits_only(self) -> bool:
        """Whether nothing but limits is computed of what the lookup finds, and nothing of it has to be accounted for."""
        others = (self.attributes, self.record_at, self.through, self.counterpart, self.record_unreadable)
        return bool(self.more_than) and not any(others) and not self.has_unreadable

    def row(self) -> dict[str, str]:
        """Return what is computed of a row of the reference beside its key, by alias."""
        parts = {f"is_{name}": sql for name, sql in self.attributes.items()}
        bounds = {"valid_from": self.valid_from, "valid_until": self.valid_until}
        others = {"record": self.record, "counterpart": self.counterpart}
        return parts | {name: sql for name, sql in (bounds | others).items() if sql}

    def flags(self) -> list[str]:
        """Return the flags of the rows with a key: attributes and, with a table between, whether one is lost."""
        return [*self.attributes, *(["lost"] if self.through else [])]

    def of_rows(self) -> ReferenceJoin:
        """Return the join without what names a record: it is computed only of rows whose key is crowded."""
        return replace(self, record=None)

    def of_records(self) -> ReferenceJoin:
        """Return the join with nothing of a row but its key and what names its record."""
        return replace(self, attributes={}, valid_from=None, valid_until=None, counterpart=None)

    def crowded(self) -> str:
        """Return whether more rows than the smallest limit share a key: an aggregate, 1 or 0.

        Only the records of such keys are counted: that costs more than to count rows, and few keys need it.
        """
        return f"CASE WHEN COUNT(*) > {min(self.more_than.values())} THEN 1 ELSE 0 END"

    def limits(self) -> dict[str, str]:
        """Return whether more records than each limit share a key: aggregates, 1 or 0, by column."""
        records = "COUNT(DISTINCT record) + COUNT(*) - COUNT(record)"
        return {
            self.column(name): f"CASE WHEN {records} > {limit} THEN 1 ELSE 0 END"
            for name, limit in self.more_than.items()
        }

    def column(self, name: str) -> str:
        """Return the column of an attribute in the joined relation."""
        return f"{self.prefix}_{name}"

    def during(self, at: str) -> str:
        """Return whether a row of the reference is valid at a time: SQL on the aliases of the two inner tables."""
        bounds = []
        if self.valid_from:
            bounds.append(f"(valid_from IS NULL OR valid_from <= {at})")
        if self.valid_until:
            bounds.append(f"(valid_until IS NULL OR {at} < valid_until)")
        return " AND ".join(bounds) or "1 = 1"


@dataclass(frozen=True)
class Join:
    """The records of a population with what lookups find for them.

    Attributes:
        columns: SQL on the record's columns, by alias: keys, times, flags (1 or 0) and the record key.
        where: the population.
        references: the references to join.
        batch: the relation that has the record's columns; None for the batch as it is.
        crowd: the one lookup, of the batch in itself, whose limits each rule asks for: an engine may leave out records
            whose key is not crowded. None for others.
    """

    columns: Mapping[str, str]
    where: str
    references: Sequence[ReferenceJoin]
    batch: Any = None
    crowd: ReferenceJoin | None = None


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


@dataclass
class Statements:
    """The statements that were sent to an engine, so that queries are counted and shown rather than guessed."""

    sent: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def count(self) -> int:
        """Return how many queries read data."""
        return len(self.sent)


class Adapter(Protocol):
    """An engine and one batch of it.

    Every method may raise `ConditionError` for what a table or a reference lacks, and `QueryError` for what the engine
    refused. Neither carries a value of the data. A query that takes longer than the limit is cancelled.
    """

    dialect: Dialect
    statements: Statements
    limit: TimeLimit | None
    file_name: str | None
    """The file of a row in SQL on the batch; None unless `with_files` knows it."""
    snapshot: str | None
    """The database's own name of the state that was read; None if it has none, or nothing was read."""

    @property
    def described(self) -> Mapping[str | None, Columns]:
        """The columns of the batch, whose name is None, and of the references, as far as they are known by now."""

    def columns(self, reference: str | None = None) -> Columns:
        """Return the names and type families of the batch, or of a reference; reads no data."""

    def on_reference(self, reference: str) -> Adapter:
        """Return the same engine with a reference's rows as the records; `BATCH` is still the batch."""

    def with_files(self) -> Adapter:
        """Return the same batch with the file of each row, where its scan knows that; else the adapter itself."""

    def project(self, columns: Sequence[str], values: Mapping[str, str], where: str | None = None) -> Any:
        """Return a lazy relation of the batch's columns (SQL) with computed values (SQL, by alias).

        Args:
            columns: the columns to keep, in SQL.
            values: the values to compute, in SQL, by alias.
            where: which rows of the batch the relation has; all if None.
        """

    def value_counts(self, value: str, weight: str, name: str | None = None) -> Any:
        """Return a lazy relation of the different values of a column and how many rows of the batch have each.

        Args:
            value: the column, or an expression (SQL).
            weight: the name of the counts.
            name: of the values; needed for an expression, while a column keeps its own.
        """

    def join(self, join: Join) -> Any:
        """Return the lazy relation of a join."""

    def count(self, queries: Sequence[CountQuery]) -> list[Counts]:
        """Count what is asked of several relations, in one statement."""

    def sample_rows(
        self,
        values: Sequence[str],
        where: str,
        order: Sequence[str],
        most: int,
        reference: str | None = None,
        *,
        descending: bool = False,
    ) -> SampledRows:
        """Fetch the first rows of the batch, or of a reference, in an order; NULLs come last.

        Rows whose first value in the order is NULL count towards the total and are not fetched.
        """

    def draw(self, query: DrawQuery) -> list[DrawnRows]:
        """Draw the first rows in the order of their ranks, in one statement; without `by`, the list has one item.

        Values of `by` come in no order.
        """

    def match(self, query: MatchQuery) -> tuple[list[str | None], list[Sequence[Any]]]:
        """Find rows by bound values; return the comparable form of each value, and what is read of the rows.

        The values stand in no statement, so that no log has them.
        """

    def find_twins(self, query: TwinQuery) -> list[Sequence[Any]]:
        """Find rows of another table that share an identifier with the rows of a match, and return what is read of them."""

    def shared_values(self, query: SharedValuesQuery) -> SampledRows:
        """Group all records by their values; return the groups that a record of the batch and a row of a reference have.

        Of each: its smallest record key, how many records have the values, and how many rows of each reference. NULL
        equals NULL. The total is the number of groups, those beyond the limit included.
        """

    def smallest_keys(self, queries: Sequence[KeyQuery], most: int) -> list[list[list[str]]]:
        """Read the smallest record keys, as text, for each condition of each relation, in one statement."""

    def stream_violations(
        self,
        conditions: Sequence[str],
        values: Sequence[str],
        size: int,
        relation: Any = None,
        where: str | None = None,
    ) -> Iterator[Sequence[Sequence[Any]]]:
        """Stream all rows for which any condition is true: their values, then 1 or 0 for each condition. Unordered.

        Rows come in pieces of at most `size` and are never held at once. A row may come more than once, with its
        conditions divided among its appearances. `where` is as in `KeyQuery`.
        """
