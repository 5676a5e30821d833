"""All questions about one batch, asked of the engine once, together.

Questions are registered first. The first outcome asked for runs the plan, or who wants more of its scan does: every row
rule of every question in one query; where the engine gains by it, one before says how values are written. A question with
lookups or samples costs queries of its own, when its outcome is asked for; one about columns costs none. Nothing here raises
for what is wrong with a table: the outcome of the question says it, and the others are not touched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from datetime import datetime
from typing import Any

from sqlglot.errors import SqlglotError

from synth_expectations.engine.adapters.base import Adapter, Aggregates
from synth_expectations.engine.compiler import Spelled
from synth_expectations.engine.executor import SAMPLE_SIZE, Beside, count, sample
from synth_expectations.engine.planner.compiled_check import Lowered, of_lookups, of_samples
from synth_expectations.engine.planner.distinct_values import spelled
from synth_expectations.engine.planner.row_checks import Rows
from synth_expectations.engine.result import Asked, Outcome, together
from synth_expectations.errors import SynthError
from synth_expectations.rules.model import Question


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
        self._spelled: Spelled = {}
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

    def run(self, beside: Aggregates | None = None) -> Sequence[Any] | None:
        """Count the questions about the row alone, and what others want of the same scan: its values.

        None if no scan reads all records, or if it could not be computed with them.

        Raises:
            RuntimeError: the plan has run already.
        """
        if self.has_run:
            raise RuntimeError("A plan runs once.")
        self.has_run = True
        return self._run(beside)

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
                    _of_columns(self._adapter, question)
                else:
                    self._lower(name, question)
                for other in question.others:
                    wrong.update((name.sha256, error) for error in self._about(other, name.as_of).check().values())
            except (SynthError, SqlglotError) as error:
                wrong[name.sha256] = error if isinstance(error, SynthError) else SynthError(str(error))
        return wrong

    def _outcome(self, name: Asked) -> Outcome:
        if not self.has_run:
            self.run()
        if name not in self._outcomes:
            lowered = self._lowered[name]
            outcome = self._judge(name, lowered) if lowered.draws else self._count(name, lowered)
            self._outcomes[name] = outcome
            others = (self._about(other, name.as_of).ask(other) for other in lowered.question.others)
            self._outcomes[name] = together([outcome, *(each() for each in others)])
        return self._outcomes[name]

    def _count(self, name: Asked, lowered: Lowered) -> Outcome:
        assert self._adapter is not None
        return count(self._adapter, {name: lowered}, self._sample)[name]

    def _about(self, question: Question, as_of: datetime) -> Plan:
        """A plan whose records are the rows of a reference, with its question."""
        assert self._adapter is not None and question.of is not None
        adapter, of = self._adapter, question.of
        plan = Plan(lambda: adapter.about(of), as_of)
        plan.ask(question)
        return plan

    def _run(self, wanted: Aggregates | None) -> Sequence[Any] | None:
        """Lower every question, and count those about the row alone."""
        try:
            self._adapter = adapter = self._open_adapter()
            adapter.columns()
        except SynthError as error:
            self._outcomes = {name: Outcome(error=error) for name in self._asked}
            return None
        alone = {name: question for name, question in self._asked.items() if question.of_rows_alone}
        self._spelled = spelled(adapter, self._asked.values(), self.as_of)
        rows = Rows(adapter, alone, self.as_of, wanted.columns if wanted else frozenset(), self._spelled)
        for name, question in self._asked.items():
            try:
                if question.of_columns:
                    self._outcomes[name] = _of_columns(adapter, question)
                elif question.of_rows_alone:
                    self._lowered[name] = rows.lowered(name, question)
                else:
                    self._lowered[name] = self._lower(name, question)
            except (SynthError, SqlglotError) as error:
                wrong = error if isinstance(error, SynthError) else SynthError(str(error))
                self._outcomes[name] = Outcome(error=wrong)
        counted = {name: lowered for name, lowered in self._lowered.items() if name in alone}
        beside = Beside(wanted, rows.everywhere) if wanted else None
        if counted:
            self._outcomes |= count(adapter, counted, self._sample, beside)
        return beside.found if beside else None

    def _lower(self, name: Asked, question: Question) -> Lowered:
        """One that is asked by itself."""
        assert self._adapter is not None
        if question.samples:
            return of_samples(self._adapter, question, name.as_of)
        if question.lookups:
            return of_lookups(self._adapter, question, name.as_of, self._spelled)
        return Rows(self._adapter, {name: question}, name.as_of).lowered(name, question)

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

    def _sample(self, name: Asked, unkeyed: Set[Asked]) -> dict[str, list[str]]:
        """Keys of violating records by rule: asked once for all failing row rules that share a record key.

        Args:
            name: of the question.
            unkeyed: the questions of which no keys were found while they were counted.
        """
        assert self._adapter is not None
        lowered = self._lowered[name]
        if lowered.key is None:
            return {}
        if name not in self._samples:
            alike = {each: self._lowered[each] for each in unkeyed if self._lowered[each].key == lowered.key}
            self._samples |= sample(self._adapter, alike, self._outcomes)
        return self._samples[name]


def _of_columns(adapter: Adapter, question: Question) -> Outcome:
    """What becomes of rules about columns: a column each, and no query."""
    columns = adapter.columns()
    asked = {rule.name: rule.broken for rule in question.rules}
    found = {name: columns.lacking(each.name, each.args["kind"].name) for name, each in asked.items()}
    lacking = {name: asked[name].name for name, how in found.items() if how}
    return Outcome(
        records=len(found),
        violating=len(lacking),
        broken=tuple(int(name in lacking) for name in found),
        dialect=adapter.dialect.name,
        figures={"columns": {column: found[name] for name, column in lacking.items()}} if lacking else {},
        samples=lambda: {name: [column] for name, column in lacking.items()},
    )
