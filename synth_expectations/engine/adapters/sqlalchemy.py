"""The adapter for everything that SQLAlchemy reaches: warehouses, DuckDB over Parquet, and frames in DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from synth_expectations.engine.adapters.aggregates import on_passed, passed_on
from synth_expectations.engine.adapters.base import Counted, Counting, Join, Sampling, Statements, keys_as_text
from synth_expectations.engine.adapters.batching import Scan, Tally, packed, split
from synth_expectations.engine.adapters.joins import joined
from synth_expectations.engine.adapters.labels import labelled, listed
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.known import by_name
from synth_expectations.engine.schema import Column, Columns
from synth_expectations.errors import QueryError, SynthError
from synth_expectations.redaction import first_line, mask_values
from synth_expectations.rules.model import BATCH, Drawn

Selectable = sa.FromClause


class SqlAdapter:
    """A batch on a SQLAlchemy connection.

    Args:
        connect: opens the connection; closing the context must not lose a caller's transaction.
        batch: the records.
        reference: finds the table of a reference by its name.
        table: what sentences call the batch.
        one_scan: whether a scan is what is paid for, whatever the dialect says: of files that lie far away.
        described: the columns of a table by its name, where they are known without a query.
    """

    def __init__(
        self,
        connect: Callable[[], AbstractContextManager[sa.Connection]],
        batch: Selectable,
        reference: Callable[[str], Selectable],
        table: str,
        one_scan: bool = False,
        described: Callable[[str], Columns | None] | None = None,
    ) -> None:
        self._connect = connect
        self._batch = _from(batch, "batch")
        self._find_reference = reference
        self._table = table
        self._described = described or (lambda _: None)
        self._named = {BATCH: table}
        self._references: dict[str, Selectable] = {BATCH: self._batch}
        self._known: dict[str | None, Columns] = {}
        self.statements = Statements()
        self.dialect = replace(self._dialect(), rules_worth_a_scan=None) if one_scan else self._dialect()

    def _dialect(self) -> Dialect:
        with _sentences(self._table), self._connect() as connection:
            return by_name(connection.dialect.name)

    def columns(self, reference: str | None = None) -> Columns:
        """See `Adapter`: from the description of an empty result."""
        if reference not in self._known:
            table = self._table if reference is None else self._named.get(reference, reference)
            source = self._batch if reference is None else self._reference(reference)
            if known := self._described(table):
                return self._known.setdefault(reference, known)
            everything: sa.Select[Any] = sa.select(sa.literal_column("*")).select_from(source)
            query = everything.where(sa.literal_column("1 = 0"))
            with _sentences(table), self._connect() as connection:
                description = connection.execute(query).cursor.description or ()
            found = [Column(each[0], self.dialect.family(each[1])) for each in description]
            self._known[reference] = Columns(found, table, self.dialect.folds)
        return self._known[reference]

    def about(self, reference: str) -> SqlAdapter:
        """See `Adapter`."""
        turned = copy(self)
        turned._batch, turned._table = self._reference(reference), reference
        turned._known = {name: columns for name, columns in self._known.items() if name is not None}
        return turned

    def _reference(self, name: str) -> Selectable:
        if name not in self._references:
            self._references[name] = _from(self._find_reference(name), "reference")
        return self._references[name]

    def computed(self, columns: Sequence[str], values: Mapping[str, str], where: str | None = None) -> Selectable:
        """See `Adapter`."""
        selected: list[sa.ColumnElement[Any]] = [sa.literal_column(each) for each in columns]
        computed = [labelled(sql, alias) for alias, sql in values.items()]
        rows = sa.select(*selected, *computed).select_from(self._batch)
        return self._fenced(rows.where(sa.literal_column(where)) if where else rows).subquery("batch")

    def tabulated(self, column: str, weight: str) -> Selectable:
        """See `Adapter`."""
        rows = sa.select(sa.literal_column(column), labelled("COUNT(*)", weight)).select_from(self._batch)
        return rows.group_by(sa.literal_column(column)).subquery("synth_values")

    def _fenced(self, query: sa.Select[Any]) -> sa.Select[Any]:
        """The query, so that what it computes is computed there, and not again wherever it is read."""
        return query.offset(sa.literal_column(self.dialect.fence)) if self.dialect.fence else query

    def joined(self, join: Join) -> Selectable:
        """See `Adapter`."""
        return joined(join, self._batch if join.batch is None else join.batch, self._reference)

    def count(self, asked: Sequence[Counting]) -> list[Counted]:
        """See `Adapter`: one query, or as few as the dialect's limit of patterns allows.

        Each condition is a column of an inner query, 1 or NULL, so that those of a set are not computed again.
        """
        tallies = [Tally(each) for each in asked]
        with_keys = self.dialect.smallest is not None
        scans = [scan for tally in tallies for scan in tally.scans(self.dialect.most_patterns, with_keys)]
        for several in packed(scans, self.dialect.most_patterns):
            [row] = self._rows(_beside([self._counts(scan) for scan in several]))
            numbers = iter(row)
            for scan in several:
                scan.read(numbers)
        return [tally.counted() for tally in tallies]

    def _counts(self, scan: Scan) -> _Row:
        source = self._batch if scan.relation is None else scan.relation
        flags = scan.flags()
        passed = passed_on(scan.beside) if scan.beside else {}
        handed_on = [column.label(alias) for alias, column in passed.items()]
        flagged = sa.select(*([listed(flags)] if flags else []), *handed_on).select_from(source)
        if scan.reads_flags_again:
            flagged = self._fenced(flagged)
        inner = flagged.subquery("synth_flags") if flags or passed else source
        keys = scan.smallest(self.dialect.smallest) if self.dialect.smallest else {}
        columns = scan.counts() | keys
        theirs = {f"b{i}": each for i, each in enumerate(on_passed(scan.beside, passed))} if scan.beside else {}
        counts = sa.select(listed(columns), *(each.label(alias) for alias, each in theirs.items()))
        return _Row(counts.select_from(inner), [*columns, *theirs])

    def draw(
        self, values: Sequence[str], where: str, order: Sequence[str], most: int, reference: str | None = None
    ) -> Drawn:
        """See `Adapter`: one query."""
        source = self._batch if reference is None else self._reference(reference)
        within: sa.ColumnElement[bool] = sa.literal_column(where)
        total = sa.select(labelled("COUNT(*)", "n")).select_from(source).where(within).scalar_subquery()
        columns = {f"v{i}": sql for i, sql in enumerate(values)} | {f"o{i}": sql for i, sql in enumerate(order)}
        rows = sa.select(*[labelled(sql, alias) for alias, sql in columns.items()])
        inner = rows.select_from(source).where(within).subquery("synth_rows")
        drawn = sa.select(total.label("n"), *[inner.c[f"v{i}"] for i in range(len(values))])
        by = [inner.c[f"o{i}"].nulls_last() for i in range(len(order))]
        first = drawn.where(inner.c.o0.is_not(None)).order_by(*by).limit(sa.literal_column(str(most)))
        found = self._rows(first) or self._rows(sa.select(total.label("n")))
        return Drawn([tuple(row[1:]) for row in found if len(row) > 1], int(found[0][0]))

    def sample(self, asked: Sequence[Sampling], most: int) -> list[list[list[str]]]:
        """See `Adapter`: violating rows once, then the smallest keys of each condition, in one `UNION ALL`.

        Where an aggregate finds them, as they are counted.
        """
        if self.dialect.smallest:
            counted = self.count([Counting(each.conditions, each.relation, key=each.key, most=most) for each in asked])
            return [list((each.keys or {}).values()) for each in counted]
        found: list[list[list[Any]]] = [[[] for _ in each.conditions] for each in asked]
        places = [keys for each in found for keys in each]
        parts: list[sa.Select[Any]] = []
        for number, each in enumerate(asked):
            bad = self._broken(each, f"synth_broken{number or ''}")
            for i in range(len(each.conditions)):
                one = sa.select(labelled(str(len(parts)), "rule"), bad.c.k)
                of_rule = one.where(bad.c[f"f{i}"] == sa.literal_column("1")).order_by(bad.c.k.nulls_last())
                smallest = of_rule.limit(sa.literal_column(str(most))).subquery(f"s{len(parts)}")
                parts.append(sa.select(smallest.c.rule, smallest.c.k))
        for rule, value in self._rows(sa.union_all(*parts)):
            places[rule].append(value)
        return [[keys_as_text(keys) for keys in each] for each in found]

    def _broken(self, sampling: Sampling, name: str) -> sa.CTE:
        """The rows for which any condition is true, with a flag for each."""
        source = self._batch if sampling.relation is None else sampling.relation
        conditions = sampling.conditions
        flags = [labelled(f"CASE WHEN {sql} THEN 1 ELSE 0 END", f"f{i}") for i, sql in enumerate(conditions)]
        anywhere = sampling.where or " OR ".join(f"({sql})" for sql in conditions)
        broken = sa.select(labelled(sampling.key, "k"), *flags).select_from(source)
        return broken.where(sa.literal_column(anywhere)).cte(name)

    def violating(
        self,
        conditions: Sequence[str],
        values: Sequence[str],
        size: int,
        relation: Selectable | None = None,
        where: str | None = None,
    ) -> Iterator[Sequence[Any]]:
        """See `Adapter`: one query, or as few as the dialect's limit of patterns allows, each read through a cursor."""
        source = self._batch if relation is None else relation
        shown = [labelled(sql, f"v{i}") for i, sql in enumerate(values)]
        groups = split(conditions, [], self.dialect.most_patterns)
        for group in groups:
            asked = [f"CASE WHEN {sql} THEN 1 ELSE 0 END" if i in group else "0" for i, sql in enumerate(conditions)]
            flags = [labelled(sql, f"f{i}") for i, sql in enumerate(asked)]
            anywhere = where if where and len(groups) == 1 else " OR ".join(f"({conditions[i]})" for i in group)
            yield from self._pieces(
                sa.select(*shown, *flags).select_from(source).where(sa.literal_column(anywhere)), size
            )

    def _pieces(self, query: sa.Executable, size: int) -> Iterator[Sequence[Any]]:
        with _sentences(self._table), self._connect() as connection:
            started = perf_counter()
            result = self._executed(connection, query, stream_results=True, yield_per=size)
            pieces = result.partitions()
            while True:
                piece = next(pieces, None)
                self.statements.seconds += perf_counter() - started
                if piece is None:
                    return
                yield piece
                started = perf_counter()

    def _rows(self, query: sa.Executable) -> Sequence[Any]:
        started = perf_counter()
        try:
            with _sentences(self._table), self._connect() as connection:
                return self._executed(connection, query).fetchall()
        finally:
            self.statements.seconds += perf_counter() - started

    def _executed(self, connection: sa.Connection, query: sa.Executable, **options: Any) -> sa.CursorResult[Any]:
        """What was sent is noted as it was: to write a large query for that alone would take milliseconds."""
        try:
            result = connection.execute(query, execution_options=options)
        except DBAPIError as error:
            self.statements.sent.append(str(error.statement))
            raise
        self.statements.sent.append(str(result.context.compiled))
        return result


def _from(selectable: Any, alias: str) -> Selectable:
    """Something that stands in a FROM under a name of ours."""
    return selectable.subquery(alias) if isinstance(selectable, sa.SelectBase) else selectable


@dataclass(frozen=True)
class _Row:
    """A query that has one row, and the names of its columns."""

    query: sa.Select[Any]
    names: Sequence[str]


def _beside(rows: Sequence[_Row]) -> sa.Select[Any]:
    """One row of several queries that each have one."""
    if len(rows) == 1:
        return rows[0].query
    first, *others = [each.query.subquery(f"p{number}") for number, each in enumerate(rows)]
    joined: sa.FromClause = first
    for other in others:
        joined = joined.join(other, sa.literal_column("1 = 1"))
    names = {f"p{number}_{name}": f"p{number}.{name}" for number, row in enumerate(rows) for name in row.names}
    return sa.select(listed(names)).select_from(joined)


class _sentences:  # noqa: N801 - reads as a statement: with _sentences(table): …
    """Turns an engine's errors into one sentence without values of the data, secrets or SQL."""

    def __init__(self, table: str) -> None:
        self._table = table

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, SynthError) or not isinstance(error, SQLAlchemyError):
            return
        origin = error.orig if isinstance(error, DBAPIError) and error.orig else error
        text = mask_values(first_line(origin)).rstrip(".")
        if isinstance(error, DBAPIError) and (error.connection_invalidated or not error.statement):
            raise QueryError(f"The database of {self._table} did not answer: {text}.", _CONNECTION_HINT) from None
        raise QueryError(f"The query on {self._table} failed: {text}.") from None


_CONNECTION_HINT = "Check that it runs, and the address, user and password of its data source."
