"""Costly values that many conditions read, computed once a row: a table of the batch's columns and these values.

Engines find what is common to several conditions only where it is computed for every row. A time in text is behind a
condition wherever it stands, so each of its uses would read the text anew (10 million rows: 7.7 instead of 4 seconds);
so would each use of a pattern on a normalised value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlglot import exp

from synth_expectations.conditions import (
    Among,
    Condition,
    Matches,
    Moment,
    Normalised,
    canonical,
    names_in,
    words_in,
)
from synth_expectations.conditions import field as value_of
from synth_expectations.engines.adapter import Adapter
from synth_expectations.engines.columns import Column, Family
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
        values: the column of a shared value, by the canonical text of the word that it is the value of.
    """

    relation: Any = None
    values: dict[str, str] = field(default_factory=dict)


def shared(adapter: Adapter, questions: Iterable[Question], lowering: Lowering) -> Shared:
    """What the questions share, on an engine that gains from it."""
    if not adapter.dialect.shares:
        return Shared()
    columns = adapter.columns()
    asked = list(questions)
    conditions = [each for question in asked for each in _conditions(question)]
    read = {name for each in conditions for name in names_in(each)}
    read |= {question.record_key for question in asked if question.record_key}
    found = {}
    for name in sorted(read):
        try:
            found[name] = columns.find(name)
        except ConditionError:  # the expectation that asks for it says so
            continue
    often = _often(conditions, found, lowering)
    free = (f"synth_m{number}" for number in range(len(often) + len(columns.names)))
    values = dict(zip(often, (name for name in free if name not in columns.names), strict=False))
    if not values:
        return Shared()
    plain = sorted({lowering.sql(value_of(column.name)) for column in found.values()})
    return Shared(adapter.computed(plain, {alias: often[text] for text, alias in values.items()}), values)


def _often(conditions: Iterable[Condition], found: Mapping[str, Column], lowering: Lowering) -> dict[str, str]:
    """The SQL of each costly word with uses enough, by its canonical text; of columns that were found only."""
    words: dict[str, Condition] = {}
    uses: Counter[str] = Counter()
    for each in conditions:
        for word in (word for kind in (Moment, Matches, Among) for word in words_in(each, kind)):
            if names_in(word) <= found.keys() and _costly(word, found):
                text = canonical(word)
                words[text] = word
                uses[text] += 1
    sql = {}
    for text in sorted(words):
        if uses[text] >= ENOUGH:
            with suppress(ConditionError):  # the expectation that asks for it says so
                sql[text] = lowering.sql(words[text])
    return sql


def _costly(word: Condition, found: Mapping[str, Column]) -> bool:
    if isinstance(word, Moment):
        return isinstance(word.this, exp.Column) and found[word.this.name].family is Family.TEXT
    return bool(words_in(word, Normalised))


def _conditions(question: Question) -> Iterable[Condition]:
    yield question.population
    yield from (rule.broken for rule in question.rules)
    yield from (condition for _, condition in question.census)
    for lookup in question.lookups:
        yield lookup.key
        if lookup.at:
            yield lookup.at
