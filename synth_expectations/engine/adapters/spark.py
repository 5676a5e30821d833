"""The adapter for a Spark DataFrame."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from copy import copy
from functools import reduce
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Any

from synth_expectations.engine.adapters.base import Statements
from synth_expectations.engine.adapters.draw_queries import DrawnRows, DrawQuery
from synth_expectations.engine.adapters.draws import COUNTED, RANKED, read_draw
from synth_expectations.engine.adapters.java_methods import divide_condition, divide_flags, divide_values
from synth_expectations.engine.adapters.match_queries import MatchQuery, TwinQuery
from synth_expectations.engine.adapters.matches import match_frame, match_twins, read_match
from synth_expectations.engine.adapters.reference_joins import Join
from synth_expectations.engine.adapters.smallest_keys import read_smallest_keys
from synth_expectations.engine.adapters.spark_errors import summarize_error
from synth_expectations.engine.adapters.spark_joins import join_references, to_column
from synth_expectations.engine.adapters.spark_query import SparkQuery
from synth_expectations.engine.adapters.spark_schema import read_columns
from synth_expectations.engine.adapters.value_queries import KeyQuery, SampleQuery, SharedValuesQuery
from synth_expectations.engine.columns_without_values import has_values
from synth_expectations.engine.count_query import CountQuery, Counts, merge_counts
from synth_expectations.engine.dialects.spark import DIALECT as SPARK
from synth_expectations.engine.schema import Columns
from synth_expectations.errors import ConditionError, QueryError
from synth_expectations.rules.model import BATCH
from synth_expectations.rules.samples import SampledRows
from synth_expectations.rules.time_limit import TimeLimit

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class SparkAdapter:
    """A batch that is a Spark DataFrame, in the session that made it.

    Args:
        frame: the records.
        reference: finds the DataFrame of a reference by its name.
        table: the name of the batch in sentences.
        limit: how long a query may take; None for any time.
    """

    dialect = SPARK
    file_name: str | None = None
    snapshot: str | None = None
    kept_plans: MutableMapping[Hashable, Any] | None = None

    def __init__(
        self,
        frame: DataFrame,
        reference: Callable[[str], DataFrame],
        table: str,
        limit: TimeLimit | None = None,
    ) -> None:
        self._frame = frame
        self._find_reference = reference
        self._table = table
        self.limit = limit
        self._named = {BATCH: table}
        self._references: dict[str, DataFrame] = {BATCH: frame}
        self.statements = Statements()

    @property
    def described(self) -> Mapping[str | None, Columns]:
        """See `Adapter`."""
        return {None if name == BATCH else name: read_columns(frame, name) for name, frame in self._references.items()}

    def columns(self, reference: str | None = None) -> Columns:
        """See `Adapter`: from the DataFrame's schema."""
        frame = self._frame if reference is None else self._reference(reference)
        columns = read_columns(frame, self._table if reference is None else self._named.get(reference, reference))
        rows = self if reference is None else self.on_reference(reference)
        return columns.asking(lambda column: has_values(rows, columns, column))

    def on_reference(self, reference: str) -> SparkAdapter:
        """See `Adapter`."""
        turned = copy(self)
        turned._frame, turned._table = self._reference(reference), reference
        return turned

    def with_files(self) -> SparkAdapter:
        """See `Adapter`: from the scan; rows that come from no file have none."""
        turned = copy(self)
        turned.file_name = "NULLIF(input_file_name(), '')"
        return turned

    def _reference(self, name: str) -> DataFrame:
        if name not in self._references:
            self._references[name] = self._find_reference(name)
        return self._references[name]

    def project(
        self, columns: Sequence[str], values: Mapping[str, str], where: str | None = None, relation: Any = None
    ) -> DataFrame:
        """See `Adapter`."""
        source = self._frame if relation is None else relation
        rows = source.where(to_column(where)) if where else source
        computed = divide_values(values, columns)
        return rows.select(*map(to_column, columns), *[to_column(sql, alias) for alias, sql in computed.items()])

    def value_counts(self, value: str, weight: str, name: str | None = None) -> DataFrame:
        """See `Adapter`."""
        return self._frame.groupBy(to_column(value, name)).agg(to_column("COUNT(*)", weight))

    def join(self, join: Join) -> DataFrame:
        """See `Adapter`."""
        batch = self._frame if join.batch is None else join.batch
        return join_references(join, batch, self._reference)

    def count(self, queries: Sequence[CountQuery]) -> list[Counts]:
        """See `Adapter`: one aggregation over the conditions as columns, 1 or NULL; side by side if several."""
        parts = [part for query in queries for part in query.split(None, with_keys=False)]
        with self._running(None):  # aggregates of others may read what is not there
            aggregated = reduce(lambda one, other: one.crossJoin(other), map(self._counts, parts))
        [row] = self._rows(aggregated, [sql for part in parts for sql in part.conditions])
        values = iter(row)
        return [merge_counts([part.read(values)]) for part in parts]

    def _counts(self, query: CountQuery) -> DataFrame:
        source = self._frame if query.relation is None else query.relation
        flags = {alias: to_column(sql, alias) for alias, sql in divide_flags(query, source.columns).items()}
        counts = [to_column(sql, alias) for alias, sql in query.counts().items()]
        if query.aggregates is None:
            return source.select(*flags.values()).agg(*counts)
        if taken := {name.casefold() for name in source.columns} & flags.keys():
            raise ConditionError(
                f"{self._table} has columns of names that its query needs: {', '.join(sorted(taken))}."
            )
        return source.select("*", *flags.values()).agg(*counts, *query.aggregates.expressions)

    def sample_rows(self, query: SampleQuery) -> SampledRows:
        """See `Adapter`: a count, and the rows."""
        frame = self._frame if query.reference is None else self._reference(query.reference)
        source = frame.where(to_column(query.where))
        [counted] = self._rows(source.agg(to_column("COUNT(*)", "n")), [query.where])
        inner = source.select(*[to_column(sql, alias) for alias, sql in query.columns().items()])
        ordered = [inner[f"o{i}"] for i in range(len(query.order))]
        by = [value.desc_nulls_last() if query.descending else value.asc_nulls_last() for value in ordered]
        first = inner.where("o0 IS NOT NULL").orderBy(*by).limit(query.most)
        drawn = self._rows(first.select(*[f"v{i}" for i in range(len(query.values))]), [*query.values, *query.order])
        return SampledRows([tuple(row) for row in drawn], int(counted[0]))

    def draw(self, query: DrawQuery) -> list[DrawnRows]:
        """See `Adapter`: the first rows are chosen by workers; without `by`, counts are joined to them."""
        within = self._frame.where(to_column(query.where))
        rows = within.select(*[to_column(sql, alias) for alias, sql in query.columns().items()])
        if query.by is None:
            counts = within.select(to_column(query.key, "k")).agg(
                to_column("COUNT(*)", "n"), to_column("COUNT(k)", "m")
            )
            first = rows.where("h IS NOT NULL").orderBy("h", "k").limit(query.most).select(*query.read())
            drawn = counts.join(first, to_column("1 = 1"), "left").select(
                "n", "m", to_column("NULL", "g"), *query.read()
            )
        else:
            counted = [to_column(sql, alias) for alias, sql in COUNTED.items()]
            ranked = rows.select("*", *counted, to_column(RANKED, "r"))
            of_value = ranked.where(f"r <= {query.most} AND (h IS NOT NULL OR r = 1)")
            drawn = of_value.select("n", "m", "g", *query.read())
        return read_draw(map(tuple, self._rows(drawn, [query.where, query.rank])))

    def match(self, query: MatchQuery) -> tuple[list[str | None], list[Sequence[Any]]]:
        """See `Adapter`."""
        return read_match([tuple(row) for row in self._rows(match_frame(query, self._frame), [query.value])])

    def find_twins(self, query: TwinQuery) -> list[Sequence[Any]]:
        """See `Adapter`."""
        twins = match_twins(query, self._frame, self._reference(query.reference))
        return [tuple(row) for row in self._rows(twins, [query.match.value, *query.identifiers])]

    def shared_values(self, query: SharedValuesQuery) -> SampledRows:
        """See `Adapter`: the groups are counted and sorted by workers, and cut before they reach the driver."""
        from pyspark.sql import functions as spark

        counted = range(1 + len(query.references))

        def select_values(rows: DataFrame, values: Sequence[str], number: int, key: str, order: str) -> DataFrame:
            ones = [to_column("1" if i == number else "0", f"n{i}") for i in counted]
            compared = [to_column(sql, f"v{i}") for i, sql in enumerate(values)]
            return rows.select(*compared, to_column(key, "k"), to_column(order, "o"), *ones)

        every = select_values(self._frame.where(to_column(query.where)), query.batch.values, 0, query.key, query.order)
        for i, table in enumerate(query.references, 1):
            rows = self._reference(table.reference or "")
            every = every.unionAll(select_values(rows, table.values, i, "CAST(NULL AS STRING)", "CAST(NULL AS STRING)"))
        sums = [to_column(f"SUM(n{i})", f"n{i}") for i in counted]
        groups = every.groupBy(*[f"v{i}" for i in range(len(query.batch.values))])
        shared = groups.agg(to_column("MIN(k)", "k"), to_column("MIN(o)", "o"), *sums).where(
            "n0 > 0 AND (" + " OR ".join(f"n{i} > 0" for i in counted[1:]) + ")"
        )
        by = [spark.col("o").asc_nulls_last(), spark.col("k").asc_nulls_last()]
        conditions = [query.where, *query.batch.values]
        [total] = self._rows(shared.agg(to_column("COUNT(*)", "n")), conditions)
        first = self._rows(shared.orderBy(*by).limit(query.most).select("k", *[f"n{i}" for i in counted]), conditions)
        return SampledRows([tuple(row) for row in first], int(total[0]))

    def smallest_keys(self, queries: Sequence[KeyQuery], most: int) -> list[list[list[str]]]:
        """See `Adapter`: violating rows once, each with the rules that it breaks, ranked by key within a rule.

        A union of one query a rule would read the table as often; ranks are cut before rows move between workers.
        """
        ranked, first = [], 0
        for query in queries:
            ranked.append(self._ranked(query, first).where(f"n <= {most}").select("rule", "k"))
            first += len(query.conditions)
        conditions = [sql for query in queries for sql in query.conditions]
        keys = self._rows(reduce(lambda one, other: one.unionAll(other), ranked), conditions)
        return read_smallest_keys(queries, keys)

    def _ranked(self, query: KeyQuery, first: int) -> DataFrame:
        """Return the rules of violating rows, numbered from the first, each with the key and its rank in the rule."""
        source = self._frame if query.relation is None else query.relation
        where = query.where or " OR ".join(f"({sql})" for sql in query.conditions)
        violating = source.where(to_column(divide_condition(query, where, source.columns)))
        rules = ", ".join(f"CASE WHEN {sql} THEN {i} END" for i, sql in enumerate(query.conditions, first))
        exploded = violating.select(to_column(query.key, "k"), to_column(f"EXPLODE(ARRAY({rules}))", "rule"))
        rank = to_column("ROW_NUMBER() OVER (PARTITION BY rule ORDER BY k ASC NULLS LAST)", "n")
        return exploded.where("rule IS NOT NULL").select("rule", "k", rank)

    def stream_violations(
        self,
        conditions: Sequence[str],
        values: Sequence[str],
        size: int,
        relation: DataFrame | None = None,
        where: str | None = None,
    ) -> Iterator[list[Any]]:
        """See `Adapter`: brings one partition at a time to the driver."""
        source = self._frame if relation is None else relation
        columns = {f"v{i}": sql for i, sql in enumerate(values)}
        columns |= {f"f{i}": f"CASE WHEN {sql} THEN 1 ELSE 0 END" for i, sql in enumerate(conditions)}
        anywhere = where or " OR ".join(f"({sql})" for sql in conditions)
        broken = source.where(to_column(anywhere)).select(*[to_column(sql, alias) for alias, sql in columns.items()])
        sent = f"SELECT {', '.join(values)} FROM `{self._table}` WHERE {anywhere}"
        query = self._start_query()
        with self._running([sent]), query.running():
            rows = broken.toLocalIterator()
        while True:
            with self._running(None), query.running():
                piece = list(islice(rows, size))
            if not piece:
                return
            yield piece

    def _rows(self, frame: DataFrame, conditions: Sequence[str]) -> list[Any]:
        with self._running(conditions), self._start_query().running():
            return frame.collect()

    def _start_query(self) -> SparkQuery:
        return SparkQuery(self._frame.sparkSession, self._table, self.limit)

    @contextmanager
    def _running(self, conditions: Sequence[str] | None) -> Iterator[None]:
        """Time a call of the engine, note its conditions as a statement, and turn its errors into sentences."""
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        started = perf_counter()
        if conditions is not None:  # None goes on with a statement that was noted
            self.statements.sent.append("\n".join(conditions))
        try:
            yield
        except (PySparkException, Py4JError) as error:
            raise QueryError(f"The query on {self._table} failed: {summarize_error(error)}.") from None
        finally:
            self.statements.seconds += perf_counter() - started
