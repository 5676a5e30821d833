"""Checks in the SQL of a batch's engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.reference_joins import ReferenceJoin
from synth_expectations.engine.adapters.value_queries import SampleQuery, SharedValuesQuery, ValuesQuery
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.planner.common_subexpressions import extract_common_subexpressions
from synth_expectations.engine.planner.lookup_joins import RECORD_KEY, JoinedCheck, LookupJoinPlanner
from synth_expectations.engine.translator import DistinctValues
from synth_expectations.rules.expressions import field as value_of
from synth_expectations.rules.model import Check, Lookup, LookupCheck, SampleCheck
from synth_expectations.rules.nodes import LookupAttribute, find_expressions
from synth_expectations.rules.samples import Sample, SharedValues


@dataclass(frozen=True, eq=False)
class Source:
    """A relation in which conditions are counted; a source equals only itself.

    Attributes:
        relation: the adapter's relation; None for the batch as it is.
        weight: the column that says how many records a row stands for; None for one.
    """

    relation: Any = None
    weight: str | None = None


@dataclass(frozen=True)
class CountExpression:
    """A condition in SQL, and the source in which it is counted."""

    sql: str
    source: Source


@dataclass
class CompiledCheck:
    """A check in the SQL of the batch's engine.

    Attributes:
        check: the check.
        source: where its rules are counted.
        rules: the rules in SQL.
        shown: the rules as conditions on the table itself, without common subexpressions.
        population: the population in SQL; None where the source holds nothing else.
        records: how the population is counted; None where it is all that the source holds.
        relation: where violating records are read.
        key: the record key, on that relation; None for no keys.
        census: what is counted of the whole batch, by name.
        shares: what is counted of each share of the check, within the population: values, matching ones, traits.
        batch: a source that holds all records of the batch.
        samples: the sample queries of a check that is evaluated from samples, by name.
        shared: the queries of values that its records share with references, by name.
        accounted: the lookups of which is counted what they had to work with, and how they are joined: those that speak
            against a record, and those with keys that may be unreadable.
    """

    check: Check
    source: Source = field(default_factory=Source)
    rules: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    population: str | None = None
    records: CountExpression | None = None
    relation: Any = None
    key: str | None = None
    census: dict[str, CountExpression] = field(default_factory=dict)
    shares: Sequence[Sequence[str]] = ()
    batch: Source | None = None
    samples: dict[str, SampleQuery] = field(default_factory=dict)
    shared: dict[str, SharedValuesQuery] = field(default_factory=dict)
    accounted: Sequence[tuple[Lookup, ReferenceJoin]] = ()

    def rules_within(self) -> list[str]:
        """Return each rule as a condition that is true for records of the population only."""
        return self.within_population(self.rules)

    def within_population(self, conditions: Sequence[str]) -> list[str]:
        """Return conditions that are true for records of the population only."""
        if self.population is None:
            return list(conditions)
        return [f"({self.population}) AND ({sql})" for sql in conditions]

    def judged_rules(self) -> list[str]:
        """Return the rules of which any makes a violation, within the population."""
        return [sql for rule, sql in zip(self.check.rules, self.rules_within(), strict=True) if rule.judged]


def compile_samples(adapter: Adapter, check: SampleCheck, as_of: datetime) -> CompiledCheck:
    """Compile a check that is evaluated from samples.

    Raises:
        ConditionError: a column is missing, or of a type that a sample cannot use.
    """
    return CompiledCheck(
        check,
        samples={sample.name: _compile(adapter, sample, as_of) for sample in check.samples},
        shared={check.shared.name: _compile_shared(adapter, check.shared, as_of)} if check.shared else {},
    )


def compile_lookups(
    adapter: Adapter, check: LookupCheck, as_of: datetime, distinct_values: DistinctValues | None = None
) -> CompiledCheck:
    """Compile a check that looks records up: its source holds what the lookups found.

    Raises:
        ConditionError: a column is missing, or of a type that the check cannot use.
    """
    where = None
    if check.population != exp.true() and not find_expressions(check.population, LookupAttribute):
        # narrowed before anything is computed of the records
        compiler = Compiler(adapter.columns(), adapter.dialect, as_of, distinct_values=distinct_values)
        where = compiler.compile(check.population)
        check = replace(check, population=exp.true())
    # what the batch is made of is counted elsewhere
    conditions = replace(check, census=()).conditions()
    common = extract_common_subexpressions(adapter, conditions, record_keys([check]), as_of, where, distinct_values)
    compiler = Compiler(adapter.columns(), adapter.dialect, as_of, common.columns, distinct_values=distinct_values)
    key = compiler.compile(value_of(check.record_key)) if check.record_key else None
    joined = LookupJoinPlanner(adapter, compiler, as_of, common.relation).plan(check, key)
    compared = {name for share in check.shares for name in share.between or ()}
    source = Source(joined.relation)
    return CompiledCheck(
        check,
        source,
        shares=joined.shares,
        rules=joined.rules,
        shown=joined.rules,
        population=joined.population,
        records=_count_records(joined, source),
        relation=joined.relation,
        key=RECORD_KEY if check.record_key else None,
        accounted=[
            (lookup, join)
            for lookup in check.lookups
            if (join := joined.joins[lookup.name])
            and (lookup.incriminates or join.has_unreadable or join.record_unreadable or lookup.name in compared)
        ],
    )


def _count_records(joined: JoinedCheck, source: Source) -> CountExpression | None:
    """Return how the population of a joined check is counted; None where it is all that the source holds."""
    if joined.is_narrowed:
        return CountExpression("1 = 1", Source())
    return CountExpression(joined.population, source) if joined.population else None


def record_keys(checks: Iterable[Check]) -> set[str]:
    """Return the columns that name violating records."""
    return {check.record_key for check in checks if check.record_key}


def _compile(adapter: Adapter, sample: Sample, as_of: datetime) -> SampleQuery:
    compiler = Compiler(adapter.columns(sample.reference), adapter.dialect, as_of)
    values, order = ([compiler.compile(value) for value in part] for part in (sample.values, sample.order))
    return SampleQuery(values, compiler.compile(sample.where), order, sample.most, sample.reference)


def _compile_shared(adapter: Adapter, shared: SharedValues, as_of: datetime) -> SharedValuesQuery:
    def compile_values(reference: str | None) -> ValuesQuery:
        compiler = Compiler(adapter.columns(reference), adapter.dialect, as_of)
        return ValuesQuery([compiler.compile(value) for value in shared.values], reference)

    batch = Compiler(adapter.columns(), adapter.dialect, as_of)
    where, key, order = map(batch.compile, (shared.where, shared.key, shared.order))
    references = [compile_values(reference) for reference in shared.references]
    return SharedValuesQuery(compile_values(None), references, where, key, order, shared.most)
