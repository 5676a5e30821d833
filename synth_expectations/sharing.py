"""Costly values that many conditions read, computed once a row: a table of the batch's columns and these values.

Engines find what is common to several conditions only where it is computed for every row. A time in text is behind a
condition wherever it stands, so each of its uses would read the text anew (10 million rows: 7.7 instead of 4 seconds).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlglot import exp

from synth_expectations.conditions import Condition, Moment, moment, names_in, words_in
from synth_expectations.conditions import field as value_of
from synth_expectations.engines.adapter import Adapter
from synth_expectations.engines.columns import Family
from synth_expectations.engines.lowering import Lowering
from synth_expectations.errors import ConditionError
from synth_expectations.rules import Question

ENOUGH = 3
"""How many uses are worth computing a value for every row, also for those outside of the population."""


@dataclass(frozen=True)
class Shared:
    """The batch with the values that are shared.

    Attributes:
        relation: for the adapter; None for the batch as it is.
        moments: the column of a shared moment, by the column that it is read from.
    """

    relation: Any = None
    moments: dict[str, str] = field(default_factory=dict)


def shared(adapter: Adapter, questions: Iterable[Question], lowering: Lowering) -> Shared:
    """What the questions share, on an engine that gains from it."""
    if not adapter.dialect.shares:
        return Shared()
    columns = adapter.columns()
    asked = list(questions)
    conditions = [each for question in asked for each in _conditions(question)]
    uses = Counter(
        word.this.name for each in conditions for word in words_in(each, Moment) if isinstance(word.this, exp.Column)
    )
    read = {name for each in conditions for name in names_in(each)}
    read |= {question.record_key for question in asked if question.record_key}
    found = {}
    for name in sorted(read):
        try:
            found[name] = columns.find(name)
        except ConditionError:  # the expectation that asks for it says so
            continue
    often = [name for name, column in found.items() if column.family is Family.TEXT and uses[name] >= ENOUGH]
    free = (f"synth_m{number}" for number in range(len(often) + len(columns.names)))
    moments = dict(zip(often, (name for name in free if name not in columns.names), strict=False))
    if not moments:
        return Shared()
    values = {alias: lowering.sql(moment(value_of(name))) for name, alias in moments.items()}
    plain = sorted({lowering.sql(value_of(column.name)) for column in found.values()})
    return Shared(adapter.computed(plain, values), moments)


def _conditions(question: Question) -> Iterable[Condition]:
    yield question.population
    yield from (rule.broken for rule in question.rules)
    yield from (condition for _, condition in question.census)
    for lookup in question.lookups:
        yield lookup.key
        if lookup.at:
            yield lookup.at
