"""A question with lookups, as a join of the records of its population with what each lookup finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter, Join, ReferenceJoin, ThroughJoin
from synth_expectations.engine.compiler import Lowering
from synth_expectations.rules.expressions import Condition, Looked, words_in
from synth_expectations.rules.model import Lookup, Question, Through

RECORD_KEY = "record_key"
"""The alias of the record's key in a joined relation."""


@dataclass(frozen=True)
class Joined:
    """A question on the relation of its join: that holds the population, and nothing else where this is None."""

    relation: Any
    rules: list[str]
    population: str | None = None


class Joining:
    """Turns a question with lookups into a join: what is of the record alone becomes a column of the records' side.

    Only computed aliases leave either side, so names of two tables never meet.
    """

    def __init__(self, adapter: Adapter, record: Lowering, as_of: datetime, batch: Any = None) -> None:
        self._adapter = adapter
        self._record = record
        self._as_of = as_of
        self._batch = batch
        self._columns: dict[str, str] = {}
        self._joins: dict[str, ReferenceJoin] = {}

    def joined(self, question: Question, key: str | None) -> Joined:
        """The question on the joined relation.

        Raises:
            ConditionError: a column of a lookup is missing, or its reference cannot be found.
        """
        if key:
            self._columns[RECORD_KEY] = key
        for number, lookup in enumerate(question.lookups):
            self._joins[lookup.name] = self._join(lookup, f"r{number}")
        rules = [self._outer(rule.broken) for rule in question.rules]
        population, where = None, question.population
        if words_in(where, Looked):  # what was looked up is known only once it is joined
            population, where = self._outer(where), exp.true()
        join = Join(self._columns, self._record.sql(where), list(self._joins.values()), self._batch)
        return Joined(self._adapter.joined(join), rules, population)

    def _alias(self, sql: str, prefix: str) -> str:
        for alias, same in self._columns.items():
            if same == sql and alias.startswith(prefix):
                return alias
        alias = f"{prefix}{len(self._columns)}"
        self._columns[alias] = sql
        return alias

    def _outer(self, node: Condition) -> str:
        """A condition on the joined relation: flags of the record, and what lookups found."""
        if not words_in(node, Looked):
            return f"{self._alias(_flag(self._record.sql(node)), 'c')} = 1"
        match node:
            case Looked():
                join = self._joins[node.this.name]
                return f"COALESCE({join.column(node.args['attribute'].name)}, 0) = 1"
            case exp.Not():
                return f"NOT ({self._outer(node.this)})"
            case exp.Paren():
                return f"({self._outer(node.this)})"
            case exp.And() | exp.Or():
                return f"({self._outer(node.this)}) {node.key.upper()} ({self._outer(node.expression)})"
        raise TypeError(f"What a lookup found stands under and, or, not; not under {type(node).__name__}.")

    def _join(self, lookup: Lookup, prefix: str) -> ReferenceJoin:
        columns = self._adapter.columns(lookup.reference)
        there = Lowering(columns, self._adapter.dialect, self._as_of)
        start, end = lookup.valid
        return ReferenceJoin(
            reference=lookup.reference,
            prefix=prefix,
            record_key=self._alias(self._record.sql(lookup.key), "k"),
            key=there.sql(lookup.reference_key),
            own_key=columns.free("synth_key"),
            attributes={name: _flag(there.sql(each)) for name, each in lookup.attributes.items()},
            more_than=lookup.more_than,
            where=there.sql(lookup.where) if lookup.where else None,
            record_at=self._alias(self._at(lookup.at), "t") if lookup.at else None,
            valid_from=there.sql(start) if start else None,
            valid_until=there.sql(end) if end else None,
            through=self._through(lookup.through) if lookup.through else None,
        )

    def _through(self, through: Through) -> ThroughJoin:
        between = Lowering(self._adapter.columns(through.reference), self._adapter.dialect, self._as_of)
        return ThroughJoin(through.reference, between.sql(through.key), between.sql(through.leads_to))

    def _at(self, moment: Condition) -> str:
        """Never NULL, so that a record without it still finds its key (NULL joins nothing)."""
        dialect = self._adapter.dialect
        earliest = exp.cast(exp.Literal.string("0001-01-01 00:00:00" + dialect.literal_suffix), dialect.timestamp_type)
        return dialect.render(exp.Coalesce(this=self._record.lower(moment), expressions=[earliest]))


def _flag(sql: str) -> str:
    return f"CASE WHEN {sql} THEN 1 ELSE 0 END"
