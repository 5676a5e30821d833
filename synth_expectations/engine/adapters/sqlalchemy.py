"""The adapter for everything that SQLAlchemy reaches: warehouses, DuckDB over Parquet, and frames in DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import replace
from time import perf_counter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from synth_expectations.engine.adapters.base import Statements
from synth_expectations.engine.adapters.counts import fence, reads_keys_in_passing, select_counts
from synth_expectations.engine.adapters.draw_queries import DrawnRows, DrawQuery
from synth_expectations.engine.adapters.draws import (
    MOST_IN_PASSING,
    read_draw,
    read_draw_in_passing,
    select_draw,
    select_draw_in_passing,
)
from synth_expectations.engine.adapters.driver_errors import DriverErrors
from synth_expectations.engine.adapters.hidden_rows import describe_all_rows
from synth_expectations.engine.adapters.joins import join_references
from synth_expectations.engine.adapters.labels import label, label_all
from synth_expectations.engine.adapters.match_queries import MatchQuery, TwinQuery
from synth_expectations.engine.adapters.matches import read_match, select_match, select_twins
from synth_expectations.engine.adapters.query_timer import QueryTimer, timed_query
from synth_expectations.engine.adapters.reference_joins import Join
from synth_expectations.engine.adapters.samples import count_sampled, select_sample
from synth_expectations.engine.adapters.shared_rows import SharedRows
from synth_expectations.engine.adapters.shared_values import select_shared_values
from synth_expectations.engine.adapters.smallest_keys import read_smallest_keys, select_smallest_keys
from synth_expectations.engine.adapters.snapshot import read_snapshot
from synth_expectations.engine.adapters.value_queries import KeyQuery, SampleQuery, SharedValuesQuery
from synth_expectations.engine.adapters.violating_rows import select_violating_rows
from synth_expectations.engine.columns_without_values import has_values
from synth_expectations.engine.count_query import (
    CountQuery,
    Counts,
    merge_counts,
    pack_queries,
    split_by_patterns,
)
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.registry import by_name
from synth_expectations.engine.memory_database import KEPT_SQL
from synth_expectations.engine.schema import Column, Columns
from synth_expectations.rules.model import BATCH
from synth_expectations.rules.samples import SampledRows
from synth_expectations.rules.time_limit import TimeLimit

Selectable = sa.FromClause

FILE_NAME = "synth_file"
"""The column that says in which file a row lies."""


class SqlAdapter:
    """A batch on a SQLAlchemy connection.

    Args:
        connect: opens the connection; closing the context must not lose a caller's transaction.
        batch: the records; shared ones are read by the name that their parameters give.
        reference: finds the table of a reference by its name.
        table: the name of the batch in sentences.
        one_scan: whether a scan is what costs, whatever the dialect says, as for files on an object store.
        described: returns the columns of a table by its name, where they are known without a query.
        accepts_row_security: whether the database may hide rows of a table from its user, by the table's name.
        limit: how long a query may take; None for any time.
        add_files: returns records with the column `FILE_NAME`; None where their files are not known.
    """

    file_name: str | None = None
    snapshot: str | None = None

    def __init__(
        self,
        connect: Callable[[], AbstractContextManager[sa.Connection]],
        batch: Selectable | SharedRows,
        reference: Callable[[str], Selectable],
        table: str,
        one_scan: bool = False,
        described: Callable[[str], Columns | None] | None = None,
        accepts_row_security: Callable[[str], bool] = lambda _: False,
        limit: TimeLimit | None = None,
        add_files: Callable[[Selectable], Selectable | None] = lambda _: None,
    ) -> None:
        self._connect = connect
        self._shared = batch if isinstance(batch, SharedRows) else None
        self._batch = _as_from(self._shared.selectable if self._shared else batch, "batch")
        self._parameters = self._shared.parameters if self._shared else None
        self.kept_plans = self._shared.kept_plans if self._shared else None
        self._find_reference = reference
        self._table = table
        self._described = described or (lambda _: None)
        self._accepts_row_security = accepts_row_security
        self.limit = limit
        self._add_files = add_files
        self._named = {BATCH: table}
        self._references: dict[str, Selectable] = {BATCH: self._batch}
        self._known: dict[str | None, Columns] = {}
        self.statements = Statements()
        self.dialect = replace(self._dialect(), rules_worth_a_scan=None) if one_scan else self._dialect()

    def _dialect(self) -> Dialect:
        with DriverErrors(self._table), self._connect() as connection:
            dialect = by_name(connection.dialect.name)
            return dialect.adapt(dialect, connection) if dialect.adapt else dialect

    @property
    def described(self) -> Mapping[str | None, Columns]:
        """See `Adapter`."""
        return dict(self._known)

    def columns(self, reference: str | None = None) -> Columns:
        """See `Adapter`: from the description of an empty result."""
        if reference not in self._known:
            table = self._table if reference is None else self._named.get(reference, reference)
            source = self._batch if reference is None else self._reference(reference)
            if known := self._described(table):
                return self._known.setdefault(reference, self._ask_of(reference, known))
            everything: sa.Select[Any] = sa.select(sa.literal_column("*")).select_from(source)
            query = everything.where(sa.literal_column("1 = 0"))
            setting = self.dialect.row_security_off
            with DriverErrors(table), self._connect() as connection, self._timed(connection) as timer, timer.running():
                if setting and not self._accepts_row_security(table):
                    description = describe_all_rows(connection, query, setting, table)
                else:
                    description = connection.execute(query, self._parameters).cursor.description or ()
                if reference is None:
                    self.snapshot = read_snapshot(connection, self.dialect)
            columns = [Column(column[0], self.dialect.type_family(column[1])) for column in description]
            self._known[reference] = self._ask_of(reference, Columns(columns, table, self.dialect.name_folding))
        return self._known[reference]

    def _ask_of(self, reference: str | None, columns: Columns) -> Columns:
        rows = self if reference is None else self.on_reference(reference)
        return columns.asking(lambda column: has_values(rows, columns, column))

    def on_reference(self, reference: str) -> SqlAdapter:
        """See `Adapter`."""
        turned = copy(self)
        turned._batch, turned._table = self._reference(reference), reference
        turned._shared = turned.kept_plans = None  # the parameters stay, for `BATCH`
        turned._known = {name: columns for name, columns in self._known.items() if name is not None}
        return turned

    def with_files(self) -> SqlAdapter:
        """See `Adapter`."""
        with_files = self._add_files(self._shared.name_rows() if self._shared else self._batch)
        if with_files is None:
            return self
        turned = copy(self)
        turned._batch, turned.file_name = with_files, FILE_NAME
        turned._shared = turned.kept_plans = None
        return turned

    def _reference(self, name: str) -> Selectable:
        if name not in self._references:
            self._references[name] = _as_from(self._find_reference(name), "reference")
        return self._references[name]

    def project(
        self, columns: Sequence[str], values: Mapping[str, str], where: str | None = None, relation: Any = None
    ) -> Selectable:
        """See `Adapter`."""
        kept: list[sa.ColumnElement[Any]] = [sa.literal_column(", ".join(columns))] if columns else []
        source = self._batch if relation is None else relation
        rows = sa.select(*kept, *([label_all(values)] if values else [])).select_from(source)
        return fence(rows.where(sa.literal_column(where)) if where else rows, self.dialect).subquery("batch")

    def value_counts(self, value: str, weight: str, name: str | None = None) -> Selectable:
        """See `Adapter`."""
        column = label(value, name) if name else sa.literal_column(value)
        rows = sa.select(column, label("COUNT(*)", weight)).select_from(self._batch)
        return rows.group_by(sa.literal_column(value)).subquery("synth_values")

    def join(self, join: Join) -> Selectable:
        """See `Adapter`."""
        batch = self._batch if join.batch is None else join.batch
        return join_references(join, batch, self._reference, self.dialect.hash_of)

    def count(self, queries: Sequence[CountQuery]) -> list[Counts]:
        """See `Adapter`: one statement, or as few as the dialect's limit of patterns allows."""
        most = self.dialect.max_patterns
        parts = [query.split(most, reads_keys_in_passing(query, self.dialect)) for query in queries]
        counts: dict[int, Counts] = {}
        for packed in pack_queries([part for split in parts for part in split], most):
            [row] = self._rows(select_counts(packed, self._batch, self.dialect), names_columns=True)
            values = iter(row)
            counts |= {id(part): part.read(values) for part in packed}
        return [merge_counts([counts[id(part)] for part in split]) for split in parts]

    def sample_rows(self, query: SampleQuery) -> SampledRows:
        """See `Adapter`: one statement."""
        source = self._batch if query.reference is None else self._reference(query.reference)
        fetched = self._rows(select_sample(query, source)) or self._rows(sa.select(count_sampled(query, source)))
        return SampledRows([tuple(row[1:]) for row in fetched if len(row) > 1], int(fetched[0][0]))

    def draw(self, query: DrawQuery) -> list[DrawnRows]:
        """See `Adapter`: in one scan, where the engine has an aggregate for the smallest values."""
        smallest = self.dialect.smallest_values
        if smallest and query.by is None and query.most <= MOST_IN_PASSING:
            [row] = self._rows(select_draw_in_passing(query, self._batch, smallest))
            return read_draw_in_passing(row)
        return read_draw(self._rows(select_draw(query, self._batch)))

    def match(self, query: MatchQuery) -> tuple[list[str | None], list[Sequence[Any]]]:
        """See `Adapter`."""
        return read_match(self._rows(select_match(query, self._batch)))

    def find_twins(self, query: TwinQuery) -> list[Sequence[Any]]:
        """See `Adapter`."""
        return list(self._rows(select_twins(query, self._batch, self._reference(query.reference))))

    def shared_values(self, query: SharedValuesQuery) -> SampledRows:
        """See `Adapter`: one statement."""
        groups = self._rows(select_shared_values(query, self._batch, self._reference))
        return SampledRows([tuple(row[1:]) for row in groups], int(groups[0][0]) if groups else 0)

    def smallest_keys(self, queries: Sequence[KeyQuery], most: int) -> list[list[list[str]]]:
        """See `Adapter`: violating rows once, then the smallest keys of each condition, in one `UNION ALL`.

        Where the engine has an aggregate for it, keys are read as conditions are counted.
        """
        if self.dialect.smallest_values:
            return self._smallest_keys_in_passing(queries, most)
        return read_smallest_keys(queries, self._rows(select_smallest_keys(queries, most, self._batch)))

    def _smallest_keys_in_passing(self, queries: Sequence[KeyQuery], most: int) -> list[list[list[str]]]:
        counting = [CountQuery(query.relation, key=query.key, most=most) for query in queries]
        numbers = [[count.add(sql) for sql in query.conditions] for query, count in zip(queries, counting, strict=True)]
        counts = self.count(counting)
        return [
            [(count.keys or {}).get(number, []) for number in of_query]
            for of_query, count in zip(numbers, counts, strict=True)
        ]

    def stream_violations(
        self,
        conditions: Sequence[str],
        values: Sequence[str],
        size: int,
        relation: Selectable | None = None,
        where: str | None = None,
    ) -> Iterator[Sequence[Any]]:
        """See `Adapter`: one query, or as few as the dialect's limit of patterns allows, each read through a cursor."""
        source = self._batch if relation is None else relation
        groups = split_by_patterns(conditions, [], self.dialect.max_patterns)
        of_all = where if len(groups) == 1 else None
        for group in groups:
            yield from self._pieces(select_violating_rows(conditions, group, values, source, of_all), size)

    def _pieces(self, query: sa.Executable, size: int) -> Iterator[Sequence[Any]]:
        with DriverErrors(self._table), self._connect() as connection, self._timed(connection) as timer:
            started = perf_counter()
            with timer.running():
                result = self._executed(connection, query, stream_results=True, yield_per=size)
            pieces = result.partitions()
            while True:
                with timer.running():
                    piece = next(pieces, None)
                self.statements.seconds += perf_counter() - started
                if piece is None:
                    return
                yield piece
                started = perf_counter()

    def _rows(self, query: sa.Executable, *, names_columns: bool = False) -> Sequence[Any]:
        started = perf_counter()
        try:
            with (
                DriverErrors(self._table),
                self._connect() as connection,
                self._timed(connection) as timer,
                timer.running(),
            ):
                kept = connection.get_execution_options().get(KEPT_SQL) if names_columns else None
                options = {} if kept is None else {"compiled_cache": kept}
                return self._executed(connection, query, **options).fetchall()
        finally:
            self.statements.seconds += perf_counter() - started

    def _timed(self, connection: sa.Connection) -> AbstractContextManager[QueryTimer]:
        return timed_query(connection, self.dialect, self._table, self.limit)

    def _executed(self, connection: sa.Connection, query: sa.Executable, **options: Any) -> sa.CursorResult[Any]:
        """Execute a query, and note what was sent: to write a large query for the note alone would take milliseconds."""
        try:
            result = connection.execute(query, self._parameters, execution_options=options)
        except DBAPIError as error:
            self.statements.sent.append(str(error.statement))
            raise
        self.statements.sent.append(result.context.statement)
        return result


def _as_from(selectable: Any, alias: str) -> Selectable:
    """Return something that can stand in a FROM clause, under a name that we choose."""
    return selectable.subquery(alias) if isinstance(selectable, sa.SelectBase) else selectable
