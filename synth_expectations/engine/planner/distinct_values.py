"""The distinct values of the most-compared column, read once before everything else.

A marker is compared in lower case and without white space around it, in each query, for every record. Where that costs
more than reading the record, the comparison is made with the distinct values instead; records are then compared with
the values as they are written.

A value that comes into the table afterwards, written as none was before, belongs to the next run;
`expect_records_to_be_tagged` counts it as unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import chain, islice

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.schema import Family
from synth_expectations.engine.translator import DistinctValues
from synth_expectations.errors import ConditionError, SynthError
from synth_expectations.rules.expressions import field as value_of
from synth_expectations.rules.model import Check
from synth_expectations.rules.nodes import IsBlank, IsOneOf, find_expressions

MOST = 50
"""The largest number of distinct values that are compared one by one."""
_ENOUGH = 4
"""How many checks must compare a column to make a query of its values worthwhile."""


def read_distinct_values(adapter: Adapter, checks: Iterable[Check], as_of: datetime) -> DistinctValues:
    """Read the distinct values of the most-compared column, and evaluate each predicate on them.

    Returns:
        The values for which each predicate is true. Empty where the engine gains nothing, where the column is not text
        or has too many values, or where it cannot be read: the expectations report what is wrong.
    """
    if not adapter.dialect.reads_distinct_values:
        return {}
    comparisons = [_comparisons(check) for check in checks]
    uses = Counter(name for predicates in comparisons for name in {predicate.this.name for predicate in predicates})
    for name, count in uses.most_common():
        try:
            column = adapter.columns().find(name)
        except ConditionError:
            continue
        if count >= _ENOUGH and column.family is Family.TEXT:
            of_column = [predicate for group in comparisons for predicate in group if predicate.this.name == name]
            return _evaluate(adapter, name, of_column, as_of)
    return {}


def _comparisons(check: Check) -> list[exp.Expr]:
    """Return the predicates of a check that compare the text of a column."""
    predicates = [
        predicate
        for condition in check.conditions()
        for kind in (IsOneOf, IsBlank)
        for predicate in find_expressions(condition, kind)
    ]
    return [predicate for predicate in predicates if isinstance(predicate.this, exp.Column)]


def _evaluate(adapter: Adapter, name: str, predicates: list[exp.Expr], as_of: datetime) -> DistinctValues:
    predicates = list(dict.fromkeys(predicates))
    compiler = Compiler(adapter.columns(), adapter.dialect, as_of)
    column = compiler.compile(value_of(name))
    values = adapter.value_counts(column, adapter.columns().free("synth_n"))
    conditions = [compiler.compile(predicate) for predicate in predicates]
    try:
        pieces = adapter.stream_violations(conditions, [column], MOST + 1, values, where="1 = 1")
        rows = list(islice(chain.from_iterable(pieces), MOST + 1))
    except SynthError:
        return {}
    if not rows or len(rows) > MOST:
        return {}
    return {
        predicate: tuple(sorted(row[0] for row in rows if row[0] is not None and row[number]))
        for number, predicate in enumerate(predicates, start=1)
    }
