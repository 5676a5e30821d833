"""A check with lookups, as a join of the records of its population with what each lookup finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.reference_joins import Join, ReferenceJoin, ThroughJoin
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.key_types import read_beside_numbers, require_fitting_types
from synth_expectations.engine.rendering import render
from synth_expectations.engine.schema import Columns, Family
from synth_expectations.engine.unreadable_keys import find_unreadable
from synth_expectations.rules.expressions import any_of, normalize
from synth_expectations.rules.expressions import field as value_of
from synth_expectations.rules.model import BATCH, Lookup, LookupCheck, Through
from synth_expectations.rules.nodes import Condition, LookupAttribute, find_expressions

RECORD_KEY = "record_key"
"""The alias of the record's key in a joined relation."""


@dataclass(frozen=True)
class JoinedCheck:
    """A check on the relation of its join.

    Attributes:
        relation: the adapter's relation.
        rules: the rules in SQL on that relation.
        population: the population in SQL; None where the relation holds nothing else.
        is_narrowed: whether the relation may lack records that break no rule.
        joins: how each reference is joined, by the name of the lookup.
        shares: what is counted of each share, in SQL on that relation.
    """

    relation: Any
    rules: list[str]
    population: str | None = None
    is_narrowed: bool = False
    joins: Mapping[str, ReferenceJoin] = field(default_factory=dict)
    shares: list[list[str]] = field(default_factory=list)


class LookupJoinPlanner:
    """Turns a check with lookups into a join: what concerns the record alone becomes a column of the records' side.

    Only computed aliases leave either side, so names of two tables never meet.

    Args:
        adapter: the adapter of the batch.
        compiler: compiles expressions on the record.
        as_of: the time for which the check is run.
        batch: the relation that has the record's columns; None for the batch as it is.
        carried: columns of the record (SQL, by alias) that no rule reads and the relation keeps.
        counterparts: columns of references that name what was found, by lookup; the relation has them too.
    """

    def __init__(
        self,
        adapter: Adapter,
        compiler: Compiler,
        as_of: datetime,
        batch: Any = None,
        carried: Mapping[str, str] | None = None,
        counterparts: Mapping[str, str] | None = None,
    ) -> None:
        self._adapter = adapter
        self._record = compiler
        self._as_of = as_of
        self._batch = batch
        self._columns: dict[str, str] = dict(carried or {})
        self._joins: dict[str, ReferenceJoin] = {}
        self._counterparts = counterparts or {}

    def plan(self, check: LookupCheck, key: str | None) -> JoinedCheck:
        """Return the check on the joined relation.

        Raises:
            ConditionError: a column of a lookup is missing, or its reference cannot be found.
        """
        if key:
            self._columns[RECORD_KEY] = key
        asked = _find_asked_attributes(check)
        for number, lookup in enumerate(check.lookups):
            lookup_join = self._join(lookup, f"r{number}")
            only_limits = asked[lookup.name] <= lookup.more_than.keys() and not lookup.incriminates
            self._joins[lookup.name] = replace(
                lookup_join, asks_limits_only=only_limits and lookup_join.may_ask_limits_only
            )
        rules = [self._on_joined(rule.broken) for rule in check.rules]
        shares = [[self._on_joined(condition) for condition in share.conditions()] for share in check.shares]
        population, where = None, check.population
        if find_expressions(where, LookupAttribute):  # what was looked up is known only once it is joined
            population, where = self._on_joined(where), exp.true()
        joins = list(self._joins.values())
        crowd = self._find_crowd(check)
        join = Join(self._columns, self._record.compile(where), joins, self._batch, crowd)
        return JoinedCheck(self._adapter.join(join), rules, population, crowd is not None, self._joins, shares)

    def _find_crowd(self, check: LookupCheck) -> ReferenceJoin | None:
        """Return the one lookup, if no rule can be broken by records whose key is not crowded; see `Join.crowd`."""
        is_of_batch = check.reference is None  # else the records are the rows of a reference
        if not is_of_batch or self._adapter.dialect.hash_of is None or self._batch is not None or len(self._joins) != 1:
            return None
        [join] = self._joins.values()
        if check.population != exp.true() or check.shares or not (join.is_own_key and join.asks_limits_only):
            return None
        is_of_crowd = not join.where and all(_requires_lookup(rule.broken) for rule in check.rules)
        return join if is_of_crowd else None

    def _alias(self, sql: str, prefix: str) -> str:
        for alias, known in self._columns.items():
            if known == sql and alias.startswith(prefix):
                return alias
        alias = f"{prefix}{len(self._columns)}"
        self._columns[alias] = sql
        return alias

    def _on_joined(self, node: Condition) -> str:
        """Compile a condition on the joined relation: flags of the record, and what lookups found."""
        if not find_expressions(node, LookupAttribute):
            return f"{self._alias(_flag(self._record.compile(node)), 'c')} = 1"
        match node:
            case LookupAttribute():
                join = self._joins[node.this.name]
                return f"COALESCE({join.column(node.args['attribute'].name)}, 0) = 1"
            case exp.Not():
                return f"NOT ({self._on_joined(node.this)})"
            case exp.Paren():
                return f"({self._on_joined(node.this)})"
            case exp.And() | exp.Or():
                return f"({self._on_joined(node.this)}) {node.key.upper()} ({self._on_joined(node.expression)})"
        raise TypeError(f"What a lookup found stands under and, or, not; not under {type(node).__name__}.")

    def _join(self, lookup: Lookup, prefix: str) -> ReferenceJoin:
        columns = self._adapter.columns(lookup.reference)
        compiler = Compiler(columns, self._adapter.dialect, self._as_of)
        require_fitting_types(lookup, self._adapter.columns)
        lookup = read_beside_numbers(lookup, self._adapter.columns)
        start, end = lookup.valid
        unreadable = find_unreadable(lookup.reference_key, compiler)
        record_unreadable = find_unreadable(lookup.key, self._record)
        counterpart = self._counterparts.get(lookup.name)
        return ReferenceJoin(
            reference=lookup.reference,
            prefix=prefix,
            record_key=self._alias(self._record.compile(lookup.key), "k"),
            key=compiler.compile(lookup.reference_key),
            own_key=columns.free("synth_key"),
            attributes={name: _flag(compiler.compile(condition)) for name, condition in lookup.attributes.items()},
            more_than=lookup.more_than,
            where=compiler.compile(lookup.where) if lookup.where else None,
            known=compiler.compile(lookup.known) if lookup.known else None,
            record_at=self._alias(self._at(lookup.at), "t") if lookup.at else None,
            valid_from=compiler.compile(start) if start else None,
            valid_until=compiler.compile(end) if end else None,
            through=self._through(lookup.through) if lookup.through else None,
            record=self._record_of(lookup, columns, compiler) if lookup.more_than else None,
            unreadable=compiler.compile(unreadable) if unreadable else None,
            record_unreadable=self._on_joined(record_unreadable) if record_unreadable else None,
            as_written={name: compiler.compile(condition) for name, condition in lookup.as_written.items()},
            counterpart=self._as_text(compiler, counterpart) if counterpart else None,
            is_own_key=lookup.reference == BATCH and lookup.key == lookup.reference_key and not lookup.through,
        )

    def _as_text(self, compiler: Compiler, column: str) -> str:
        """Compile a column as the text that it is written as: not every engine has the smallest of two UUIDs."""
        return render(self._adapter.dialect, exp.cast(compiler.translate(value_of(column)), "TEXT"))

    def _record_of(self, lookup: Lookup, columns: Columns, compiler: Compiler) -> str:
        """Return what names the record of a row of the reference.

        Without a key it is what the row says, dates and times left out: daily snapshots of one record differ in the day
        of the extract and the time of the last change, two records at least in an id or a name.
        """
        if lookup.record:
            return compiler.compile(lookup.record)
        dated = {Family.DATE, Family.NAIVE, Family.ZONED}
        names = [name for name in columns.names if columns.find(name).family not in dated]
        values = [compiler.translate(normalize(value_of(name), "exact")) for name in names]
        texts: list[exp.Expr] = [exp.Coalesce(this=value, expressions=[exp.Literal.string("")]) for value in values]
        separator = exp.Literal.string("\x1f")
        content: exp.Expr = separator
        for text in texts:
            content = exp.DPipe(this=exp.DPipe(this=content, expression=text), expression=separator.copy())
        return render(self._adapter.dialect, content)

    def _through(self, through: Through) -> ThroughJoin:
        compiler = Compiler(self._adapter.columns(through.reference), self._adapter.dialect, self._as_of)
        found = (find_unreadable(key, compiler) for key in (through.key, through.leads_to))
        doubtful = [unreadable for unreadable in found if unreadable is not None]
        return ThroughJoin(
            through.reference,
            compiler.compile(through.key),
            compiler.compile(through.leads_to),
            compiler.compile(any_of(doubtful)) if doubtful else None,
        )

    def _at(self, timestamp: Condition) -> str:
        """Compile the record's time, never NULL, so that a record without it still finds its key."""
        dialect = self._adapter.dialect
        earliest = exp.cast(exp.Literal.string("0001-01-01 00:00:00" + dialect.literal_suffix), dialect.timestamp_type)
        return render(dialect, exp.Coalesce(this=self._record.translate(timestamp), expressions=[earliest]))


def _find_asked_attributes(check: LookupCheck) -> dict[str, set[str]]:
    """Return what a check asks of each of its lookups."""
    asked: dict[str, set[str]] = {lookup.name: set() for lookup in check.lookups}
    for condition in check.conditions():
        for looked_up in find_expressions(condition, LookupAttribute):
            asked[looked_up.this.name].add(looked_up.args["attribute"].name)
    for share in check.shares:
        for name in share.between or ():
            asked[name].add("found")
    return asked


def _requires_lookup(node: Condition) -> bool:
    """Return whether a condition is never true where none of its lookups found anything."""
    match node:
        case LookupAttribute():
            return True
        case exp.Paren():
            return _requires_lookup(node.this)
        case exp.And():
            return _requires_lookup(node.this) or _requires_lookup(node.expression)
        case exp.Or():
            return _requires_lookup(node.this) and _requires_lookup(node.expression)
    return False


def _flag(sql: str) -> str:
    return f"CASE WHEN {sql} THEN 1 ELSE 0 END"
