"""Costly values that many conditions read, computed once a row: a table of the batch's columns and these values.

Engines find what is common to several conditions only where it is computed for every row. A time in text is behind a
condition wherever it stands, so each of its uses would read the text anew (10 million rows: 7.7 instead of 4 seconds);
so would each use of a pattern on a normalised value, and each use of a text trim it anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.compiler import Lowering, Spelled
from synth_expectations.engine.schema import Column, Family
from synth_expectations.errors import ConditionError
from synth_expectations.rules.expressions import (
    Among,
    Blank,
    Condition,
    Lowered,
    Matches,
    Moment,
    Normalised,
    Trimmed,
    Word,
    names_in,
    words_in,
)
from synth_expectations.rules.expressions import field as value_of
from synth_expectations.rules.model import Question

ENOUGH = 2
"""How many uses are worth computing a value for every row, also for those outside of the population."""


@dataclass(frozen=True)
class Shared:
    """The batch with the values that are shared.

    Attributes:
        relation: for the adapter; None for the batch as it is.
        values: the column of a shared value, by the word that it is the value of.
    """

    relation: Any = None
    values: dict[Condition, str] = field(default_factory=dict)


def shared(
    adapter: Adapter,
    conditions: Sequence[Condition],
    keys: Set[str],
    as_of: datetime,
    where: str | None = None,
    spelled: Spelled | None = None,
) -> Shared:
    """What conditions share, on an engine that gains from it.

    Args:
        adapter: of the batch.
        conditions: what is asked of its records.
        keys: columns that are read beside those of the conditions.
        as_of: the moment for which time is judged.
        where: the records that are asked, in SQL; all if None.
        spelled: words that are nothing to share, as the values are known.
    """
    if not adapter.dialect.shares_subexpressions and where is None:
        return Shared()
    columns = adapter.columns()
    read = {name for each in conditions for name in names_in(each)} | keys
    found = {}
    for name in sorted(read):
        try:
            found[name] = columns.find(name)
        except ConditionError:  # the expectation that asks for it says so
            continue
    repeating = _repeating(conditions)
    lowering = Lowering(columns, adapter.dialect, as_of, repeating=repeating)
    often = (
        _often(conditions, found, repeating, lowering, spelled or {}) if adapter.dialect.shares_subexpressions else {}
    )
    free = (f"synth_m{number}" for number in range(len(often) + len(columns.names)))
    values = dict(zip(often, (name for name in free if name not in columns.names), strict=False))
    if not values and where is None:
        return Shared()
    plain = sorted({lowering.sql(value_of(column.name)) for column in found.values()})
    return Shared(adapter.computed(plain, {alias: often[word] for word, alias in values.items()}, where), values)


def _often(
    conditions: Iterable[Condition],
    found: Mapping[str, Column],
    repeating: Set[str],
    lowering: Lowering,
    spelled: Spelled,
) -> dict[Condition, str]:
    """The SQL of each costly word with uses enough; of columns that were found only."""
    uses = Counter(
        word
        for each in dict.fromkeys(conditions)
        for asked in words_in(each, Word)
        if not isinstance(asked.parent, Matches) and asked not in spelled
        if (word := _costly(asked, found, repeating)) is not None
        if names_in(word) <= found.keys()
    )
    sql = {}
    for word, count in uses.items():
        if count >= ENOUGH:
            with suppress(ConditionError):  # the expectation that asks for it says so
                sql[word] = lowering.sql(word)
    return dict(sorted(sql.items(), key=itemgetter(1)))


def _costly(word: Word, found: Mapping[str, Column], repeating: Set[str]) -> Condition | None:
    """What of a word is worth computing once: all of it, the text that it reads, or nothing."""
    value = word.this
    if isinstance(word, Matches | Among) and words_in(value, Normalised):
        return word
    if not (isinstance(value, exp.Column) and value.name in found and found[value.name].family is Family.TEXT):
        return None
    if isinstance(word, Moment):
        return word
    form = word.args["kind"].name if isinstance(word, Normalised) else ""
    compared = isinstance(word, Blank) and value.name in repeating  # then it is trimmed and lowered anyway
    if compared or isinstance(word, Among | Lowered) or form in {"text", "email"}:
        return Lowered(this=value.copy())
    return Trimmed(this=value.copy()) if isinstance(word, Blank | Matches) or form == "exact" else None


def _repeating(conditions: Iterable[Condition]) -> frozenset[str]:
    """Columns that are compared with lists: what they hold repeats."""
    return frozenset(
        word.this.name for each in conditions for word in words_in(each, Among) if isinstance(word.this, exp.Column)
    )


def conditions_of(question: Question) -> list[Condition]:
    """All that a question asks of a record."""
    asked = [question.population, *(rule.broken for rule in question.rules)]
    asked += [condition for _, condition in question.census]
    for lookup in question.lookups:
        asked += [lookup.key, *([lookup.at] if lookup.at else [])]
    return asked
