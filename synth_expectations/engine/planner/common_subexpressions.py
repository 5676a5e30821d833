"""Common subexpressions: costly values that several conditions read, computed once a row as columns of a subquery.

Engines recognise a common subexpression only where it is computed for every row. A time in text stands behind a
condition, so each of its uses would parse the text again (10 million rows: 7.7 instead of 4 seconds). The same holds
for a pattern on a normalized value, and for trimming a text. The statement is shorter too, and planned in less time.

Where the dialect says so, the columns are computed in stages, each from those before it: texts, values made from texts,
and comparisons of values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import chain, count
from operator import itemgetter
from typing import Any

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.rendering import quote_column
from synth_expectations.engine.schema import Column, Family
from synth_expectations.engine.translator import DistinctValues
from synth_expectations.errors import ConditionError
from synth_expectations.rules.nodes import (
    AsTimestamp,
    Condition,
    Guarded,
    IsBlank,
    IsOneOf,
    LoweredText,
    MatchesAny,
    Normalized,
    PortableExpression,
    RecordKey,
    TrimmedText,
    find_columns,
    find_expressions,
)
from synth_expectations.rules.nothing import are_words_for_nothing

ENOUGH = 2
"""How many uses make it worth computing a value for every row, including rows outside the population."""


@dataclass(frozen=True)
class CommonSubexpressions:
    """The batch with the values that several conditions read.

    Attributes:
        relation: the adapter's relation; None for the batch as it is.
        columns: the column that holds the value of an expression, by that expression.
    """

    relation: Any = None
    columns: dict[Condition, str] = field(default_factory=dict)


def extract_common_subexpressions(
    adapter: Adapter,
    conditions: Sequence[Condition],
    keys: Set[str],
    as_of: datetime,
    where: str | None = None,
    distinct_values: DistinctValues | None = None,
    conditional: Set[Condition] = frozenset(),
) -> CommonSubexpressions:
    """Return the values that conditions share, on an engine that gains from it.

    Args:
        adapter: the adapter of the batch.
        conditions: the conditions on its records.
        keys: columns that are read beside those of the conditions.
        as_of: the time for which the checks are run.
        where: the records that the conditions are about, in SQL; all if None.
        distinct_values: predicates whose values are known, and which are therefore cheap.
        conditional: those of the conditions that are evaluated for some of these records only.
    """
    dialect = adapter.dialect
    if not dialect.shares_subexpressions and where is None:
        return CommonSubexpressions()
    columns = adapter.columns()
    read = {name for condition in conditions for name in find_columns(condition)} | keys
    known = {}
    for name in sorted(read):
        with suppress(ConditionError):  # the expectation that reads the column reports it
            known[name] = columns.find(name)
    repeating = _repeating(conditions)
    # as they are stored: a value is made text where it is read
    kept = sorted({quote_column(dialect, column.name) for column in known.values()})
    relation = None
    aliases: dict[Condition, str] = {}
    taken = set(map(str.casefold, columns.names))
    free = (name for name in map("synth_m{}".format, count()) if name not in taken)
    frequent = _find_frequent(conditions, known, repeating, dialect, distinct_values or {})
    stages = [frequent]
    if dialect.stages_subexpressions:
        stages = [*_divide_values(frequent), _find_comparisons(frozenset(frequent), conditions, conditional)]
    for stage in stages:
        if sql := _compile(stage, Compiler(columns, dialect, as_of, aliases, repeating)):
            named = dict(zip(sql, free, strict=False))
            values = dict(zip(named.values(), sql.values(), strict=True))
            of_batch = where if relation is None else None
            relation = adapter.project([*kept, *aliases.values()], values, of_batch, relation)
            aliases = aliases | named
    if relation is None and where is not None:
        relation = adapter.project(kept, {}, where)
    return CommonSubexpressions(relation, aliases)


def _compile(expressions: Iterable[Condition], compiler: Compiler) -> dict[Condition, str]:
    """Return the SQL of each expression that can be compiled, in the order of the SQL."""
    sql = {}
    for expression in expressions:
        with suppress(ConditionError):  # the expectation that reads the column reports it
            sql[expression] = compiler.compile(expression)
    return dict(sorted(sql.items(), key=itemgetter(1)))


def _divide_values(values: Sequence[Condition]) -> tuple[list[Condition], list[Condition]]:
    """Return texts, those included that other values read in several places, and the other values."""
    read = [LoweredText(this=value.this.copy()) for value in values if _is_phone(value)]
    texts = [value for value in values if isinstance(value, TrimmedText | LoweredText)]
    return list(dict.fromkeys([*texts, *read])), [value for value in values if value not in texts]


def _find_comparisons(
    values: Set[Condition], conditions: Iterable[Condition], conditional: Set[Condition]
) -> list[Condition]:
    """Return what several conditions compare with patterns or words, if one of them does so for every row."""
    uses: Counter[Condition] = Counter()
    unconditional: set[Condition] = set()
    for condition in dict.fromkeys(conditions):
        for comparison in chain(find_expressions(condition, MatchesAny), find_expressions(condition, IsOneOf)):
            value = comparison.this
            texts = (TrimmedText(this=value.copy()), LoweredText(this=value.copy()))
            if comparison.find_ancestor(Guarded) or values.isdisjoint((value, *texts)):
                continue
            uses[comparison] += 1
            if condition not in conditional and _is_unconditional(comparison):
                unconditional.add(comparison)
    return [comparison for comparison in unconditional if uses[comparison] >= ENOUGH]


def _is_unconditional(expression: Condition) -> bool:
    """Return whether an expression is evaluated wherever its condition is, and not only after what stands before it."""
    while (parent := expression.parent) is not None:
        if isinstance(parent, exp.Connector) and parent.expression is expression:
            return False
        expression = parent
    return True


def _find_frequent(
    conditions: Iterable[Condition],
    known: Mapping[str, Column],
    repeating: Set[str],
    dialect: Dialect,
    distinct_values: DistinctValues,
) -> list[Condition]:
    """Return each costly expression with enough uses, as far as the table has its columns; none if nothing is shared."""
    if not dialect.shares_subexpressions:
        return []
    uses = Counter(
        costly
        for condition in dict.fromkeys(conditions)
        for expression in find_expressions(condition, PortableExpression)
        if not isinstance(expression.parent, MatchesAny) and expression not in distinct_values
        if not expression.find_ancestor(Guarded)  # it is computed once as a whole, and where it is guarded only
        if (costly := _find_costly(expression, known, repeating, dialect)) is not None
        if find_columns(costly) <= known.keys()
    )
    return [expression for expression, number in uses.items() if number >= ENOUGH]


def _find_costly(
    word: PortableExpression, known: Mapping[str, Column], repeating: Set[str], dialect: Dialect
) -> Condition | None:
    """Return the part of an expression that is worth computing once: all of it, the text that it reads, or nothing."""
    value = word.this
    column = known.get(value.name) if isinstance(value, exp.Column) else None
    is_text = column is not None and column.family is Family.TEXT
    return _costly(word, is_text, is_text and value.name in repeating, dialect.is_surely_given is not None)


@lru_cache(maxsize=8192)
def _costly(word: PortableExpression, is_text: bool, is_repeating: bool, tells_given: bool) -> Condition | None:
    """Return what `_find_costly` does; cached, since the tables of a project are checked alike.

    Args:
        word: the expression.
        is_text: whether it reads a column of text alone.
        is_repeating: whether the values of that column repeat.
        tells_given: whether the engine knows a shorter way to tell that a text is not blank.
    """
    value = word.this
    if isinstance(word, MatchesAny) and isinstance(value, Guarded | Normalized) and _is_worth_keeping(value):
        return value  # each of several patterns would compute it again
    if isinstance(word, MatchesAny | IsOneOf) and find_expressions(value, Normalized):
        return word
    if not is_text:
        return None
    form = word.args["kind"].name if isinstance(word, Normalized) else ""
    compared = isinstance(word, IsBlank) and is_repeating  # then it is trimmed and lowered anyway
    if compared or isinstance(word, IsOneOf | LoweredText) or form in {"text", "email"}:
        return LoweredText(this=value.copy())
    # few texts have to be trimmed to answer whether they are blank, where the engine knows a shorter way
    if isinstance(word, AsTimestamp) or (isinstance(word, IsBlank) and tells_given):
        return word
    return (
        TrimmedText(this=value.copy())
        if isinstance(word, IsBlank | MatchesAny | RecordKey) or form == "exact"
        else None
    )


def _is_worth_keeping(value: Guarded | Normalized) -> bool:
    return isinstance(value, Guarded) or _is_phone(value)


def _is_phone(value: Condition) -> bool:
    return isinstance(value, Normalized) and value.args["kind"].name == "phone"


def _repeating(conditions: Iterable[Condition]) -> frozenset[str]:
    """Return the columns that are compared with lists of values: their own values repeat."""
    return frozenset(
        word.this.name
        for condition in conditions
        for word in find_expressions(condition, IsOneOf)
        if isinstance(word.this, exp.Column)
        if not are_words_for_nothing(listed.name for listed in word.expressions)
    )
