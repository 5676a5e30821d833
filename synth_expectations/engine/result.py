"""What becomes of a question that was asked of a batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from synth_expectations.errors import SynthError


@dataclass(frozen=True)
class Asked:
    """Names a question within a plan: the same rules at the same moment are one question."""

    sha256: str
    as_of: datetime


@dataclass
class Outcome:
    """What became of a question.

    Attributes:
        records: how many the population has; of a question about columns, how many it asks for.
        violating: how many of them break at least one judged rule.
        broken: how many break each rule, in the order of the question.
        error: why it could not be asked; then the numbers mean nothing.
        sql: the condition of each rule, as it was sent.
        census: what the whole batch is made of: `all`, and what the question names; empty for lookups.
        dialect: the engine's.
        query: with lookups the whole query: it says what stands behind the names of what was looked up.
        as_of: the moment for which time was judged.
        figures: what a judge of samples computed, or what became of columns that are lacking; empty for others.
        samples: asks for the keys of violating records, by rule; they are fetched only then.
    """

    records: int = 0
    violating: int = 0
    broken: tuple[int, ...] = ()
    error: SynthError | None = None
    sql: dict[str, str] = field(default_factory=dict)
    census: dict[str, int] = field(default_factory=dict)
    dialect: str = ""
    query: str | None = None
    as_of: datetime | None = None
    figures: dict[str, Any] = field(default_factory=dict)
    samples: Callable[[], dict[str, list[str]]] = dict


def together(outcomes: list[Outcome]) -> Outcome:
    """One outcome of several tables: what is wrong with one is wrong with all, and numbers are added."""
    first, *others = outcomes
    if not others or any(each.error for each in outcomes):
        return next((each for each in outcomes if each.error), first)
    return replace(
        first,
        records=sum(each.records for each in outcomes),
        violating=sum(each.violating for each in outcomes),
        broken=tuple(count for each in outcomes for count in each.broken),
        sql={name: sql for each in outcomes for name, sql in each.sql.items()},
        census={},
        query="\n\n".join(each.query for each in outcomes if each.query) or None,
        samples=lambda: {rule: keys for each in outcomes if each.violating for rule, keys in each.samples().items()},
    )
