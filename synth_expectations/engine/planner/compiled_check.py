"""Questions in the SQL of a batch's engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.compiler import Lowering, Spelled
from synth_expectations.engine.planner.common_subexpressions import conditions_of, shared
from synth_expectations.engine.planner.lookup_joins import RECORD_KEY, Joining
from synth_expectations.rules.expressions import Looked, words_in
from synth_expectations.rules.expressions import field as value_of
from synth_expectations.rules.model import Question, Sample


@dataclass(frozen=True)
class Draw:
    """A sample in the SQL of the batch's engine: the arguments of `Adapter.draw`."""

    values: list[str]
    where: str
    order: list[str]
    most: int
    reference: str | None

    @property
    def shown(self) -> str:
        """As the result shows it."""
        return f"{self.where} ORDER BY {', '.join(self.order)} LIMIT {self.most}"


@dataclass(frozen=True, eq=False)
class Place:
    """Where conditions are counted: each is itself, and equal to no other.

    Attributes:
        relation: of the adapter; None for the batch as it is.
        weight: its column that says how many records a row stands for; None for one.
    """

    relation: Any = None
    weight: str | None = None


@dataclass(frozen=True)
class Figure:
    """A condition, and where it is counted."""

    sql: str
    place: Place


@dataclass
class Lowered:
    """A question in the SQL of the batch's engine.

    Attributes:
        question: what is asked.
        place: where its rules are counted.
        rules: in SQL.
        shown: the rules on the table itself, without what others share.
        population: in SQL; None where the place holds nothing else.
        records: how the population is counted; None for all that the place holds.
        relation: where violating records are found.
        key: of the record, on that relation; None for no samples.
        census: by name.
        everything: a place that holds all records of the batch.
        draws: the samples of a question that is judged by them.
    """

    question: Question
    place: Place = field(default_factory=Place)
    rules: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    population: str | None = None
    records: Figure | None = None
    relation: Any = None
    key: str | None = None
    census: dict[str, Figure] = field(default_factory=dict)
    everything: Place | None = None
    draws: list[Draw] = field(default_factory=list)

    def within(self) -> list[str]:
        """Each rule, for records of the population."""
        if self.population is None:
            return self.rules
        return [f"({self.population}) AND ({sql})" for sql in self.rules]

    def judged(self) -> list[str]:
        """Those of which any makes a violation."""
        return [sql for rule, sql in zip(self.question.rules, self.within(), strict=True) if rule.judged]


def of_samples(adapter: Adapter, question: Question, as_of: datetime) -> Lowered:
    """A question that is judged by samples.

    Raises:
        ConditionError: a column is missing, or of a type that the question cannot use; as the others below.
    """
    return Lowered(question, draws=[_draw(adapter, sample, as_of) for sample in question.samples])


def of_lookups(adapter: Adapter, question: Question, as_of: datetime, spelled: Spelled | None = None) -> Lowered:
    """A question that looks records up: its relation holds what was found for them."""
    where = None
    if question.population != exp.true() and not words_in(question.population, Looked):
        # narrowed before anything is computed of the records
        where = Lowering(adapter.columns(), adapter.dialect, as_of, spelled=spelled).sql(question.population)
        question = replace(question, population=exp.true())
    sharing = shared(adapter, conditions_of(question), keys_of([question]), as_of, where, spelled)
    lowering = Lowering(adapter.columns(), adapter.dialect, as_of, sharing.values, spelled=spelled)
    key = lowering.sql(value_of(question.record_key)) if question.record_key else None
    joined = Joining(adapter, lowering, as_of, sharing.relation).joined(question, key)
    place = Place(joined.relation)
    return Lowered(
        question,
        place,
        rules=joined.rules,
        shown=joined.rules,
        population=joined.population,
        records=Figure(joined.population, place) if joined.population else None,
        relation=joined.relation,
        key=RECORD_KEY if question.record_key else None,
    )


def keys_of(questions: Iterable[Question]) -> set[str]:
    """The columns that name violating records."""
    return {question.record_key for question in questions if question.record_key}


def _draw(adapter: Adapter, sample: Sample, as_of: datetime) -> Draw:
    there = Lowering(adapter.columns(sample.reference), adapter.dialect, as_of)
    values, order = ([there.sql(each) for each in several] for several in (sample.values, sample.order))
    return Draw(values, there.sql(sample.where), order, sample.most, sample.reference)
