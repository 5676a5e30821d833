"""The adapter for everything that SQLAlchemy reaches: warehouses, DuckDB over Parquet, and frames in DuckDB."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from copy import copy
from time import perf_counter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from synth_expectations.engines.adapter import Join, ReferenceJoin, Statements, count_any, keys_as_text
from synth_expectations.engines.columns import Column, Columns
from synth_expectations.engines.dialect import Dialect
from synth_expectations.engines.known import by_name
from synth_expectations.errors import QueryError, SynthError
from synth_expectations.rules import BATCH, Drawn

Selectable = sa.FromClause


class SqlAdapter:
    """A batch on a SQLAlchemy connection.

    Args:
        connect: opens the connection; closing the context must not lose a caller's transaction.
        batch: the records.
        reference: finds the table of a reference by its name.
        table: what sentences call the batch.
    """

    def __init__(
        self,
        connect: Callable[[], AbstractContextManager[sa.Connection]],
        batch: Selectable,
        reference: Callable[[str], Selectable],
        table: str,
    ) -> None:
        self._connect = connect
        self._batch = _from(batch, "batch")
        self._find_reference = reference
        self._table = table
        self._named = {BATCH: table}
        self._references: dict[str, Selectable] = {BATCH: self._batch}
        self._known: dict[str | None, Columns] = {}
        self.statements = Statements()
        self.dialect = self._dialect()

    def _dialect(self) -> Dialect:
        with _sentences(self._table), self._connect() as connection:
            return by_name(connection.dialect.name)

    def columns(self, reference: str | None = None) -> Columns:
        """See `Adapter`: from the description of an empty result."""
        if reference not in self._known:
            table = self._table if reference is None else self._named.get(reference, reference)
            source = self._batch if reference is None else self._reference(reference)
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

    def computed(self, columns: Sequence[str], values: Mapping[str, str]) -> Selectable:
        """See `Adapter`."""
        selected: list[sa.ColumnElement[Any]] = [sa.literal_column(each) for each in columns]
        computed = [_label(sql, alias) for alias, sql in values.items()]
        return self._fenced(sa.select(*selected, *computed).select_from(self._batch)).subquery("batch")

    def _fenced(self, query: sa.Select[Any]) -> sa.Select[Any]:
        """The query, so that what it computes is computed there, and not again wherever it is read."""
        return query.offset(sa.literal_column("0")) if self.dialect.fences else query

    def joined(self, join: Join) -> Selectable:
        """See `Adapter`: records as a CTE, each reference narrowed to their keys and grouped, left joined."""
        columns = [_label(sql, alias) for alias, sql in join.columns.items()]
        population = sa.select(*columns).where(sa.literal_column(join.where))
        population = population.select_from(self._batch if join.batch is None else join.batch)
        records = population.cte("synth_records")  # a name that no reference has: it would hide it
        relation: Selectable = records
        for each in join.references:
            found = self._grouped(each, records).subquery(each.prefix)
            on = records.c[each.record_key] == found.c[f"{each.prefix}_key"]
            if each.record_at:
                on &= records.c[each.record_at] == found.c[f"{each.prefix}_at"]
            relation = relation.outerjoin(found, on)
        return relation

    def _grouped(self, join: ReferenceJoin, records: sa.CTE) -> sa.Select[Any]:
        """One row a key (and moment) of the records: what all rows of the reference with that key say."""
        inner = self._rows_of(join).subquery(f"{join.prefix}_rows")
        source: Selectable = inner
        by = [inner.c.ref_key.label(f"{join.prefix}_key")]
        holds = "1 = 1"
        if join.record_at:
            key, at = records.c[join.record_key], records.c[join.record_at]
            asked = sa.select(key.label("asked_key"), at.label("asked_at")).distinct().subquery(f"{join.prefix}_asked")
            source = asked.join(inner, asked.c.asked_key == inner.c.ref_key)
            by.append(asked.c.asked_at.label(f"{join.prefix}_at"))
            holds = join.during("asked_at")
        selected = [*by, _label("1", join.column("found"))]
        selected += [
            _label(f"MAX(CASE WHEN is_{name} = 1 AND {holds} THEN 1 ELSE 0 END)", join.column(name))
            for name in join.flags()
        ]
        selected += [
            _label(f"CASE WHEN COUNT(*) > {limit} THEN 1 ELSE 0 END", join.column(name))
            for name, limit in join.more_than.items()
        ]
        grouped = sa.select(*selected).select_from(source).group_by(*[each.element for each in by])
        if not join.record_at:
            # Only keys that records ask for are grouped: a reference of millions is streamed, not hashed.
            grouped = grouped.where(inner.c.ref_key.in_(sa.select(records.c[join.record_key])))
        return grouped

    def _rows_of(self, join: ReferenceJoin) -> sa.Select[Any]:
        """Rows of the reference: their key and what is asked of them; with a table between, its rows with these."""
        rows = sa.select(*[_label(sql, alias) for alias, sql in {"ref_key": join.key, **join.row()}.items()])
        rows = rows.select_from(self._reference(join.reference))
        if join.where:
            rows = rows.where(sa.literal_column(join.where))
        if join.through is None:
            return rows
        keys = {"ref_key": join.through.key, "leads_to": join.through.leads_to}
        between = sa.select(*[_label(sql, alias) for alias, sql in keys.items()])
        start = between.select_from(self._reference(join.through.reference)).subquery(f"{join.prefix}_between")
        end = rows.subquery(f"{join.prefix}_end")
        lost = sa.case((end.c.ref_key.is_(None), sa.literal_column("1")), else_=sa.literal_column("0"))
        selected = [start.c.ref_key, lost.label("is_lost"), *[end.c[alias] for alias in join.row()]]
        return sa.select(*selected).select_from(start.outerjoin(end, start.c.leads_to == end.c.ref_key))

    def count(
        self, conditions: Sequence[str], relation: Selectable | None = None, anywhere: Sequence[Sequence[int]] = ()
    ) -> list[int]:
        """See `Adapter`: one query, or as few as the dialect's limit of patterns allows.

        Each condition is a column of an inner query, 1 or NULL, so that those of a set are not computed again.
        """
        source = self._batch if relation is None else relation
        rows, singly, together = 0, [0] * len(conditions), [0] * len(anywhere)
        for group in _split(conditions, anywhere, self.dialect.most_patterns):
            flags = [_label(f"CASE WHEN {conditions[i]} THEN 1 END", f"c{i}") for i in group]
            inner = self._flagged(flags, source) if flags else source
            sets = [number for number, members in enumerate(anywhere) if set(members) <= set(group)]
            columns = [_label("COUNT(*)", "n"), *(_label(f"COUNT(c{i})", f"n{i}") for i in group)]
            columns += [_label(count_any(anywhere[number]), f"a{number}") for number in sets]
            [row] = self._rows(sa.select(*columns).select_from(inner))
            rows = int(row[0])
            for number, count in zip(group, row[1:], strict=False):
                singly[number] = int(count)
            for number, count in zip(sets, row[1 + len(group) :], strict=True):
                together[number] = int(count)
        return [rows, *singly, *together]

    def _flagged(self, flags: list[sa.Label[Any]], source: Selectable) -> Selectable:
        return self._fenced(sa.select(*flags).select_from(source)).subquery("synth_flags")

    def draw(
        self, values: Sequence[str], where: str, order: Sequence[str], most: int, reference: str | None = None
    ) -> Drawn:
        """See `Adapter`: one query."""
        source = self._batch if reference is None else self._reference(reference)
        within: sa.ColumnElement[bool] = sa.literal_column(where)
        total = sa.select(_label("COUNT(*)", "n")).select_from(source).where(within).scalar_subquery()
        columns = {f"v{i}": sql for i, sql in enumerate(values)} | {f"o{i}": sql for i, sql in enumerate(order)}
        rows = sa.select(*[_label(sql, alias) for alias, sql in columns.items()])
        inner = rows.select_from(source).where(within).subquery("synth_rows")
        drawn = sa.select(total.label("n"), *[inner.c[f"v{i}"] for i in range(len(values))])
        by = [inner.c[f"o{i}"].nulls_last() for i in range(len(order))]
        first = drawn.where(inner.c.o0.is_not(None)).order_by(*by).limit(sa.literal_column(str(most)))
        found = self._rows(first) or self._rows(sa.select(total.label("n")))
        return Drawn([tuple(row[1:]) for row in found if len(row) > 1], int(found[0][0]))

    def sample(
        self,
        conditions: Sequence[str],
        key: str,
        most: int,
        relation: Selectable | None = None,
        where: str | None = None,
    ) -> list[list[str]]:
        """See `Adapter`: violating rows once, then the smallest keys of each condition, in one `UNION ALL`."""
        source = self._batch if relation is None else relation
        flags = [_label(f"CASE WHEN {sql} THEN 1 ELSE 0 END", f"f{i}") for i, sql in enumerate(conditions)]
        anywhere: sa.ColumnElement[bool] = sa.literal_column(where or " OR ".join(f"({sql})" for sql in conditions))
        bad = sa.select(_label(key, "k"), *flags).select_from(source).where(anywhere).cte("synth_broken")
        parts = []
        for i in range(len(conditions)):
            one = sa.select(_label(str(i), "rule"), bad.c.k).where(bad.c[f"f{i}"] == sa.literal_column("1"))
            smallest = one.order_by(bad.c.k.nulls_last()).limit(sa.literal_column(str(most))).subquery(f"s{i}")
            parts.append(sa.select(smallest.c.rule, smallest.c.k))
        found: list[list[Any]] = [[] for _ in conditions]
        for rule, value in self._rows(sa.union_all(*parts)):
            found[rule].append(value)
        return [keys_as_text(keys) for keys in found]

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
        shown = [_label(sql, f"v{i}") for i, sql in enumerate(values)]
        groups = _split(conditions, [], self.dialect.most_patterns)
        for group in groups:
            asked = [f"CASE WHEN {sql} THEN 1 ELSE 0 END" if i in group else "0" for i, sql in enumerate(conditions)]
            flags = [_label(sql, f"f{i}") for i, sql in enumerate(asked)]
            anywhere = where if where and len(groups) == 1 else " OR ".join(f"({conditions[i]})" for i in group)
            yield from self._pieces(
                sa.select(*shown, *flags).select_from(source).where(sa.literal_column(anywhere)), size
            )

    def _pieces(self, query: sa.Executable, size: int) -> Iterator[Sequence[Any]]:
        with _sentences(self._table), self._connect() as connection:
            self.statements.sent.append(str(query.compile(dialect=connection.dialect)))  # type: ignore[attr-defined]
            started = perf_counter()
            result = connection.execute(query, execution_options={"stream_results": True, "yield_per": size})
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
                self.statements.sent.append(str(query.compile(dialect=connection.dialect)))  # type: ignore[attr-defined]
                return connection.execute(query).fetchall()
        finally:
            self.statements.seconds += perf_counter() - started


def _from(selectable: Any, alias: str) -> Selectable:
    """Something that stands in a FROM under a name of ours."""
    return selectable.subquery(alias) if isinstance(selectable, sa.SelectBase) else selectable


def _label(sql: str, alias: str) -> sa.Label[Any]:
    # literal_column, never text: in text a colon starts a parameter
    return sa.literal_column(sql).label(alias)


_PATTERN = re.compile(r" ~ ('(?:[^']|'')*')|('(?:[^']|'')*'), '(?:[^']|'')*', 'g'\)")


def _split(conditions: Sequence[str], anywhere: Sequence[Sequence[int]], most: int | None) -> list[list[int]]:
    """Numbers of conditions in groups, none with more different patterns than the engine keeps compiled.

    Those of a set stay together, even if they alone are more.
    """
    if most is None:
        return [list(range(len(conditions)))]
    groups: list[list[int]] = [[]]
    held: set[str] = set()
    for unit in _units(len(conditions), anywhere):
        patterns = {found for i in unit for pair in _PATTERN.findall(conditions[i]) for found in pair if found}
        if groups[-1] and patterns - held and len(held | patterns) > most:
            groups.append([])
            held = set()
        groups[-1] += unit
        held |= patterns
    return groups


def _units(count: int, anywhere: Sequence[Sequence[int]]) -> list[list[int]]:
    """All numbers once, those that share a set beside each other."""
    units: list[set[int]] = []
    for members in anywhere:
        apart = [unit for unit in units if unit.isdisjoint(members)]
        units = [*apart, set(members).union(*(unit for unit in units if unit not in apart))]
    alone = set(range(count)).difference(*units)
    return [sorted(unit) for unit in sorted([*units, *({number} for number in alone)], key=min) if unit]


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
        message = next((line.strip() for line in str(origin).splitlines() if line.strip()), type(origin).__name__)
        text = without_values(message).rstrip(".")
        if isinstance(error, DBAPIError) and (error.connection_invalidated or not error.statement):
            raise QueryError(f"The database of {self._table} did not answer: {text}.", _CONNECTION_HINT) from None
        raise QueryError(f"The query on {self._table} failed: {text}.") from None


_CONNECTION_HINT = "Check that it runs, and the address, user and password of its data source."


def without_values(message: str) -> str:
    """An engine's message without quoted values, which may be a person's, and without passwords in addresses."""
    message = re.sub(r"://[^@/\s]+@", "://…@", message)
    message = re.sub(r"'[^']*'", "'…'", message)
    return re.sub(r'"[^"]*[@0-9 ][^"]*"', '"…"', message)
