"""Where questions about the row alone are counted: all together, in one query, each where it costs least.

On an engine that pays for a scan, that is one scan. Where columns are read lazily and conditions cost more, there are more:
what reads only the marker is counted by its few values, and many rules about one population are asked of its records
alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.compiler import Lowering, Spelled
from synth_expectations.engine.planner.common_subexpressions import Shared, conditions_of, shared
from synth_expectations.engine.planner.compiled_check import Figure, Lowered, Place, keys_of
from synth_expectations.engine.result import Asked
from synth_expectations.engine.schema import Family
from synth_expectations.errors import ConditionError
from synth_expectations.rules.expressions import Among, Blank, Condition, Word, names_in, words_in
from synth_expectations.rules.expressions import field as value_of
from synth_expectations.rules.model import Question

_TABULATED = (Family.TEXT, Family.BOOLEAN, Family.NUMBER)


@dataclass(frozen=True)
class _There:
    """A place, and what is shared there."""

    place: Place
    shared: Shared


class Rows:
    """The places of the questions of a batch.

    Args:
        adapter: of the batch.
        questions: about the row alone, by name.
        as_of: the moment for which time is judged, where a question does not say its own.
        columns: others that are read where all records are.
        spelled: what is known of a column's values.
    """

    def __init__(
        self,
        adapter: Adapter,
        questions: Mapping[Asked, Question],
        as_of: datetime,
        columns: Set[str] = frozenset(),
        spelled: Spelled | None = None,
    ) -> None:
        self._adapter = adapter
        self._spelled = spelled or {}
        self._column = _of_few_values(adapter, questions.values())
        self._values = _values(adapter, self._column, as_of) if self._column else None
        left = {name: question for name, question in questions.items() if not self._of_values(question)}
        self._apart = _populations(adapter, left, as_of, self._spelled)
        rest = {name: question for name, question in left.items() if name not in self._apart}
        asked = [rule.broken for question in rest.values() for rule in question.rules]
        asked += [question.population for question in rest.values() if not self._counts(question.population)]
        asked += [each for question in left.values() for _, each in question.census if not self._counts(each)]
        within = [question.population for question in rest.values()]
        there = shared(adapter, [*asked, *within], keys_of(rest.values()) | columns, as_of, spelled=spelled)
        self._rest = _There(Place(there.relation), there)
        self._everything = self._values if self._values and not asked else self._rest.place

    @property
    def everywhere(self) -> Place:
        """Where all records are, if they are scanned."""
        return self._rest.place

    def lowered(self, name: Asked, question: Question) -> Lowered:
        """A question where it is counted.

        Raises:
            ConditionError: a column is missing, or of a type that the question cannot use.
        """
        apart = self._apart.get(name)
        there = apart or self._rest
        lowering = self._lowering(name.as_of, there.shared)
        alone = Lowering(self._adapter.columns(), self._adapter.dialect, name.as_of)
        census = {said: self._figure(each, name.as_of) for said, each in question.census}
        if self._of_values(question):
            assert self._values is not None
            there, lowering = _There(self._values, Shared()), alone
        every = apart is not None or question.population == exp.true()
        return Lowered(
            question,
            there.place,
            rules=[lowering.sql(rule.broken) for rule in question.rules],
            shown=[alone.sql(rule.broken) for rule in question.rules],
            population=None if every else lowering.sql(question.population),
            records=None if every else self._figure(question.population, name.as_of),
            relation=there.shared.relation,
            key=lowering.sql(value_of(question.record_key)) if question.record_key else None,
            census=census,
            everything=self._everything,
        )

    def _figure(self, condition: Condition, as_of: datetime) -> Figure:
        if self._values and self._counts(condition):
            return Figure(self._lowering(as_of).sql(condition), self._values)
        return Figure(self._lowering(as_of, self._rest.shared).sql(condition), self._rest.place)

    def _lowering(self, as_of: datetime, there: Shared | None = None) -> Lowering:
        shared_values = there.values if there else None
        return Lowering(self._adapter.columns(), self._adapter.dialect, as_of, shared_values, spelled=self._spelled)

    def _counts(self, condition: Condition) -> bool:
        """Whether it is counted by the values of a column."""
        return self._values is not None and _read(condition) == {self._column}

    def _of_values(self, question: Question) -> bool:
        asked = [question.population, *(rule.broken for rule in question.rules)]
        return self._values is not None and all(map(self._counts, (each for each in asked if each != exp.true())))


def _populations(
    adapter: Adapter, questions: Mapping[Asked, Question], as_of: datetime, spelled: Spelled
) -> dict[Asked, _There]:
    """The questions about records that are read by themselves, with where these are."""
    found: dict[Asked, _There] = {}
    alike: dict[tuple[Condition, datetime], list[Asked]] = {}
    for name, question in questions.items():
        alike.setdefault((question.population, name.as_of), []).append(name)
    for (population, moment), names in alike.items():
        rules = list(dict.fromkeys(rule.broken for name in names for rule in questions[name].rules))
        if population == exp.true() or len(rules) < (adapter.dialect.rules_worth_a_scan or len(rules) + 1):
            continue
        try:
            where = Lowering(adapter.columns(), adapter.dialect, moment, spelled=spelled).sql(population)
        except ConditionError:  # each of its questions says so
            continue
        there = shared(adapter, rules, keys_of(questions[name] for name in names), as_of, where, spelled)
        found |= dict.fromkeys(names, _There(Place(there.relation), there))
    return found


def _of_few_values(adapter: Adapter, questions: Iterable[Question]) -> str | None:
    """The column that is compared with lists, and that most conditions read alone; None if that is not worth it."""
    if adapter.dialect.rules_worth_a_scan is None:
        return None
    conditions = {each for question in questions for each in conditions_of(question)}
    reading = Counter(name for each in conditions if len(read := _read(each)) == 1 for name in read)
    for name, count in reading.most_common():
        try:
            fits = adapter.columns().find(name).family in _TABULATED
        except ConditionError:  # the expectation that asks for it says so
            continue
        if fits and count >= adapter.dialect.rules_worth_a_scan:
            return name
    return None


def _read(condition: Condition) -> set[str]:
    """The columns that it compares with lists, in any case; none if it does anything else."""
    alike = all(isinstance(word, Among | Blank) for word in words_in(condition, Word))
    return names_in(condition) if alike else set()


def _values(adapter: Adapter, column: str, as_of: datetime) -> Place:
    """The different values of a column, with how many records have each."""
    weight = adapter.columns().free("synth_n")
    sql = Lowering(adapter.columns(), adapter.dialect, as_of).sql(value_of(column))
    return Place(adapter.tabulated(sql, weight), weight)
