"""All questions about one batch, asked of the engine once, together.

Questions are registered first. The first outcome asked for runs the plan: every row rule of every question in one
query. A question with lookups or samples costs queries of its own, when its outcome is asked for; one about columns costs
none. Nothing here raises for what is wrong with a table: the outcome of the question says it, and the others are not
touched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlglot import exp
from sqlglot.errors import SqlglotError

from synth_expectations.engines.adapter import Adapter
from synth_expectations.engines.lowering import Lowering
from synth_expectations.errors import SynthError
from synth_expectations.joining import RECORD_KEY, Joining
from synth_expectations.rules import Question, Sample
from synth_expectations.sharing import Shared, shared

SAMPLE_SIZE = 20
"""How many record keys a failing rule shows."""


@dataclass(frozen=True)
class Asked:
    """Names a question within a plan: the same rules at the same moment are one question."""

    sha256: str
    as_of: datetime


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


@dataclass
class Lowered:
    """A question in the SQL of the batch's engine; `shown` is that of its rules without what others share."""

    question: Question
    rules: list[str]
    shown: list[str]
    population: str | None = None  # None where the relation holds nothing else
    relation: Any = None
    key: str | None = None
    census: dict[str, str] = field(default_factory=dict)
    draws: list[Draw] = field(default_factory=list)

    def conditions(self) -> list[str]:
        """What is counted: each rule, the population (if the relation holds more), and the census."""
        if self.population is None:
            return [*self.rules, *self.census.values()]
        within = [f"({self.population}) AND ({sql})" for sql in self.rules]
        return [*within, self.population, *self.census.values()]

    def judged(self) -> list[str]:
        """Those of its conditions of which any makes a violation."""
        rules = zip(self.question.rules, self.conditions(), strict=False)
        return [sql for rule, sql in rules if rule.judged]


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


class Plan:
    """The questions about one batch.

    Args:
        open_adapter: connects to the batch; called once, when the plan runs.
        as_of: the moment for which time is judged, where a question does not say its own.
    """

    def __init__(self, open_adapter: Callable[[], Adapter], as_of: datetime) -> None:
        self._open_adapter = open_adapter
        self._adapter: Adapter | None = None
        self.as_of = as_of
        self._asked: dict[Asked, Question] = {}
        self._outcomes: dict[Asked, Outcome] = {}
        self._lowered: dict[Asked, Lowered] = {}
        self._samples: dict[Asked, dict[str, list[str]]] = {}
        self._shared = Shared()
        self.has_run = False

    @property
    def adapter(self) -> Adapter | None:
        """The engine, once the plan has run."""
        return self._adapter

    def ask(self, question: Question, as_of: datetime | None = None) -> Callable[[], Outcome]:
        """Add a question; what is returned gives its outcome, and runs the plan when first called.

        Raises:
            RuntimeError: the plan has run already.
        """
        if self.has_run:
            raise RuntimeError("A plan that has run is never added to: start a new one.")
        name = Asked(question.sha256, as_of or self.as_of)
        self._asked[name] = question
        return lambda: self._outcome(name)

    def errors(self) -> list[SynthError]:
        """What was wrong with its questions, once it has run."""
        return [outcome.error for outcome in self._outcomes.values() if outcome.error]

    def check(self) -> dict[str, SynthError]:
        """What is wrong with its questions, by their digest; names and types are looked at, and no data is read.

        Raises:
            SynthError: the batch cannot be read.
        """
        self._adapter = self._open_adapter()
        self._adapter.columns()
        wrong: dict[str, SynthError] = {}
        for name, question in self._asked.items():
            try:
                if question.of_columns:
                    self._of_columns(question)
                else:
                    self._lower(question, name.as_of)
                for other in question.others:
                    wrong.update((name.sha256, error) for error in self._about(other, name.as_of).check().values())
            except (SynthError, SqlglotError) as error:
                wrong[name.sha256] = error if isinstance(error, SynthError) else SynthError(str(error))
        return wrong

    def _outcome(self, name: Asked) -> Outcome:
        if not self.has_run:
            self.has_run = True
            self._run()
        if name not in self._outcomes:
            lowered = self._lowered[name]
            drawn = bool(lowered.draws)
            outcome = self._judge(name, lowered) if drawn else self._count([(name, lowered)])[name]
            self._outcomes[name] = outcome
            others = (self._about(other, name.as_of).ask(other) for other in lowered.question.others)
            self._outcomes[name] = together([outcome, *(each() for each in others)])
        return self._outcomes[name]

    def _about(self, question: Question, as_of: datetime) -> Plan:
        """A plan whose records are the rows of a reference, with its question."""
        assert self._adapter is not None and question.of is not None
        adapter, of = self._adapter, question.of
        plan = Plan(lambda: adapter.about(of), as_of)
        plan.ask(question)
        return plan

    def _run(self) -> None:
        """Lower every question, and count those about the row alone."""
        try:
            self._adapter = self._open_adapter()
            self._adapter.columns()
        except SynthError as error:
            self._outcomes = {name: Outcome(error=error) for name in self._asked}
            return
        together = []
        self._shared = self._sharing([question for question in self._asked.values() if question.of_rows_alone])
        for name, question in self._asked.items():
            try:
                if question.of_columns:
                    self._outcomes[name] = self._of_columns(question)
                    continue
                lowered = self._lower(question, name.as_of)
            except (SynthError, SqlglotError) as error:
                wrong = error if isinstance(error, SynthError) else SynthError(str(error))
                self._outcomes[name] = Outcome(error=wrong)
                continue
            self._lowered[name] = lowered
            if question.of_rows_alone:
                together.append((name, lowered))
        if together:
            self._outcomes |= self._count(together)

    def _lower(self, question: Question, as_of: datetime) -> Lowered:
        assert self._adapter is not None
        if question.samples:
            return Lowered(question, [], [], draws=[self._draw(sample, as_of) for sample in question.samples])
        sharing = self._sharing([question]) if question.lookups else self._shared
        columns, dialect = self._adapter.columns(), self._adapter.dialect
        lowering = Lowering(columns, dialect, as_of, sharing.values)
        key = lowering.sql(exp.column(question.record_key, quoted=True)) if question.record_key else None
        if question.lookups:
            joined = Joining(self._adapter, lowering, as_of, sharing.relation).joined(question, key)
            sample_key = RECORD_KEY if key else None
            return Lowered(
                question, joined.rules, joined.rules, joined.population, relation=joined.relation, key=sample_key
            )
        rules = [lowering.sql(rule.broken) for rule in question.rules]
        alone = Lowering(columns, dialect, as_of)
        return Lowered(
            question,
            rules=rules,
            shown=[alone.sql(rule.broken) for rule in question.rules] if sharing.values else rules,
            population=None if question.population == exp.true() else lowering.sql(question.population),
            relation=sharing.relation,
            key=key,
            census={name: lowering.sql(each) for name, each in question.census},
        )

    def _of_columns(self, question: Question) -> Outcome:
        """What becomes of rules about columns: a column each, and no query."""
        assert self._adapter is not None
        columns = self._adapter.columns()
        asked = {rule.name: rule.broken for rule in question.rules}
        found = {name: columns.lacking(each.name, each.args["kind"].name) for name, each in asked.items()}
        lacking = {name: asked[name].name for name, how in found.items() if how}
        return Outcome(
            records=len(found),
            violating=len(lacking),
            broken=tuple(int(name in lacking) for name in found),
            dialect=self._adapter.dialect.name,
            figures={"columns": {column: found[name] for name, column in lacking.items()}} if lacking else {},
            samples=lambda: {name: [column] for name, column in lacking.items()},
        )

    def _draw(self, sample: Sample, as_of: datetime) -> Draw:
        assert self._adapter is not None
        there = Lowering(self._adapter.columns(sample.reference), self._adapter.dialect, as_of)
        values, order = ([there.sql(each) for each in several] for several in (sample.values, sample.order))
        return Draw(values, there.sql(sample.where), order, sample.most, sample.reference)

    def _judge(self, name: Asked, lowered: Lowered) -> Outcome:
        """Draw the samples of a question, and let its judge decide."""
        assert self._adapter is not None and lowered.question.judge is not None
        named = dict(zip([sample.name for sample in lowered.question.samples], lowered.draws, strict=True))
        try:
            drawn = {each: self._adapter.draw(**vars(draw)) for each, draw in named.items()}
            judged = lowered.question.judge(drawn)
        except SynthError as error:
            return Outcome(error=error)
        return Outcome(
            judged.records,
            judged.violating,
            judged.broken,
            sql={f"sample: {each}": draw.shown for each, draw in named.items()},
            dialect=self._adapter.dialect.name,
            as_of=name.as_of,
            figures=judged.figures,
            samples=lambda: {rule: sorted(keys)[:SAMPLE_SIZE] for rule, keys in judged.keys.items() if keys},
        )

    def _sharing(self, questions: list[Question]) -> Shared:
        assert self._adapter is not None
        return shared(self._adapter, questions, self.as_of)

    def _count(self, asked: list[tuple[Asked, Lowered]]) -> dict[Asked, Outcome]:
        """Count the questions of one relation in one query; if it fails, it fails once, for all of them."""
        assert self._adapter is not None
        places: dict[str, int] = {}
        for _, lowered in asked:
            for sql in lowered.conditions():
                places.setdefault(sql, len(places))
        judged = [sorted({places[sql] for sql in lowered.judged()}) for _, lowered in asked]
        try:
            rows, *counted = self._adapter.count(list(places), asked[0][1].relation, judged)
        except SynthError as error:
            return {name: Outcome(error=error) for name, _ in asked}
        outcomes = {}
        for (name, lowered), violating in zip(asked, counted[len(places) :], strict=True):
            numbers = [counted[places[sql]] for sql in lowered.conditions()]
            rules = len(lowered.rules)
            records = rows if lowered.population is None else numbers.pop(rules)
            shown = dict(zip([rule.name for rule in lowered.question.rules], lowered.shown, strict=True))
            census = dict(zip(lowered.census, numbers[rules:], strict=True))
            outcomes[name] = Outcome(
                records,
                violating=violating,
                broken=tuple(numbers[:rules]),
                census={} if lowered.question.lookups else {"all": rows, **census},
                sql=shown,
                dialect=self._adapter.dialect.name,
                query=self._adapter.statements.sent[-1] if lowered.question.lookups else None,
                as_of=name.as_of,
                samples=partial(self._sample, name),
            )
        return outcomes

    def _sample(self, name: Asked) -> dict[str, list[str]]:
        """Keys of violating records by rule: asked once for all failing row rules that share a record key."""
        assert self._adapter is not None
        lowered = self._lowered[name]
        if lowered.key is None:
            return {}
        if lowered.question.lookups:
            return self._sampled([(name, lowered)])[name]
        if name not in self._samples:
            same = [
                each for each in self._lowered.items() if each[1].key == lowered.key and not each[1].question.lookups
            ]
            self._samples |= self._sampled(same)
        return self._samples[name]

    def _sampled(self, asked: list[tuple[Asked, Lowered]]) -> dict[Asked, dict[str, list[str]]]:
        assert self._adapter is not None
        wanted = []
        within: dict[str, list[str]] = {}
        for name, lowered in asked:
            population = f"({lowered.population}) AND " if lowered.population else ""
            for rule, sql, broken in zip(
                lowered.question.rules, lowered.rules, self._outcomes[name].broken[: len(lowered.rules)], strict=True
            ):
                if broken and rule.judged:
                    wanted.append((name, rule.name, f"{population}({sql})"))
                    within.setdefault(population, []).append(f"({sql})")
        found: dict[Asked, dict[str, list[str]]] = {name: {} for name, _ in asked}
        if wanted:
            first = asked[0][1]
            # a population is asked once, not for each of its rules
            where = " OR ".join(f"({population}({' OR '.join(rules)}))" for population, rules in within.items())
            conditions = [sql for *_, sql in wanted]
            keys = self._adapter.sample(conditions, first.key or "", SAMPLE_SIZE, first.relation, where)
            for (name, broken_rule, _), sampled in zip(wanted, keys, strict=True):
                found[name][broken_rule] = sampled
        return found
