"""The interface of an engine: a few methods, the same for all."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from synth_expectations.engine.adapters.draw_queries import DrawnRows, DrawQuery
from synth_expectations.engine.adapters.match_queries import MatchQuery, TwinQuery
from synth_expectations.engine.adapters.reference_joins import Join
from synth_expectations.engine.adapters.value_queries import KeyQuery, SampleQuery, SharedValuesQuery
from synth_expectations.engine.count_query import CountQuery, Counts
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.schema import Columns
from synth_expectations.rules.samples import SampledRows
from synth_expectations.rules.time_limit import TimeLimit


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
    kept_plans: MutableMapping[Hashable, Any] | None
    """What was planned for other batches of the connection, by their form; None where relations name their table."""

    @property
    def described(self) -> Mapping[str | None, Columns]:
        """The columns of the batch, whose name is None, and of the references, as far as they are known by now."""

    def columns(self, reference: str | None = None) -> Columns:
        """Return the names and type families of the batch, or of a reference; reads no data."""

    def on_reference(self, reference: str) -> Adapter:
        """Return the same engine with a reference's rows as the records; `BATCH` is still the batch."""

    def with_files(self) -> Adapter:
        """Return the same batch with the file of each row, where its scan knows that; else the adapter itself."""

    def project(
        self, columns: Sequence[str], values: Mapping[str, str], where: str | None = None, relation: Any = None
    ) -> Any:
        """Return a lazy relation of columns (SQL) with computed values (SQL, by alias).

        Args:
            columns: the columns to keep, in SQL.
            values: the values to compute, in SQL, by alias.
            where: which rows the relation has; all if None.
            relation: another lazy relation, whose rows are read; the batch if None.
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

    def sample_rows(self, query: SampleQuery) -> SampledRows:
        """Fetch the first rows of the batch, or of a reference, in an order.

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
