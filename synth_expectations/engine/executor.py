"""Questions of one or several relations, counted and sampled in one query each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from synth_expectations.engine.adapters.base import Adapter, Aggregates, Counting, Sampling
from synth_expectations.engine.planner.compiled_check import Figure, Lowered, Place
from synth_expectations.engine.result import Asked, Outcome
from synth_expectations.errors import SynthError

SAMPLE_SIZE = 20
"""How many record keys a failing rule shows."""


@dataclass
class _Tally:
    """The conditions that are counted in one place, each once; and sets of them, of which any is counted."""

    place: Place
    asked: dict[Asked, Lowered] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    sets: dict[Asked, list[int]] = field(default_factory=dict)
    beside: Aggregates | None = None

    def ask(self, name: Asked, lowered: Lowered) -> None:
        self.asked[name] = lowered
        self.numbered(lowered.within())
        self.sets[name] = sorted(set(self.numbered(lowered.judged())))

    def numbered(self, conditions: Sequence[str]) -> list[int]:
        return [self.numbers.setdefault(sql, len(self.numbers)) for sql in conditions]

    def counting(self) -> Counting:
        """With keys where each row is one record: to read the records again would cost as much as to count them."""
        keys = {each.key for each in self.asked.values() if each.key}
        key = keys.pop() if len(keys) == 1 and not self.place.weight else None
        keyed = {self.numbers[sql] for each in self.asked.values() if each.key for sql in each.judged()}
        sets = list(self.sets.values())
        of = self.place
        return Counting(list(self.numbers), of.relation, sets, of.weight, key, keyed, SAMPLE_SIZE, self.beside)


@dataclass
class Beside:
    """What others want of a place, if it is scanned.

    Attributes:
        asked: it.
        place: where its columns are.
        found: its values, once they are computed.
    """

    asked: Aggregates
    place: Place
    found: Sequence[Any] | None = None


def count(
    adapter: Adapter,
    asked: Mapping[Asked, Lowered],
    samples: Callable[[Asked, Set[Asked]], dict[str, list[str]]],
    beside: Beside | None = None,
) -> dict[Asked, Outcome]:
    """Count questions in one query; if it fails, it fails once, for all of them.

    Args:
        adapter: of the batch.
        asked: by name.
        samples: finds the keys of violating records of a question, by rule, and those of others of which none were
            found in passing.
        beside: what others want; what is wrong with it is theirs to find, and costs the questions nothing.
    """
    tallies = {place: _Tally(place) for place in {each.everything for each in asked.values() if each.everything}}
    for name, lowered in asked.items():
        tallies.setdefault(lowered.place, _Tally(lowered.place)).ask(name, lowered)
        for figure in (*lowered.census.values(), *([lowered.records] if lowered.records else [])):
            tallies.setdefault(figure.place, _Tally(figure.place)).numbered([figure.sql])
    if beside and beside.place not in tallies:
        beside = None
    if beside:
        tallies[beside.place].beside = beside.asked
    try:
        found = adapter.count([tally.counting() for tally in tallies.values()])
    except SynthError as error:
        return count(adapter, asked, samples) if beside else {name: Outcome(error=error) for name in asked}
    counted = dict(zip(tallies, found, strict=True))
    if beside:
        beside.found = counted[beside.place].beside

    unkeyed = {name for name, lowered in asked.items() if counted[lowered.place].keys is None}

    def keys(name: Asked, lowered: Lowered) -> dict[str, list[str]]:
        """What was found in passing; asked for otherwise."""
        here, numbers = counted[lowered.place].keys, tallies[lowered.place].numbers
        if here is None:
            return samples(name, unkeyed)
        if lowered.key is None:
            return {}
        found = zip(lowered.question.rules, lowered.within(), strict=True)
        return {rule.name: here[numbers[sql]] for rule, sql in found if rule.judged and here[numbers[sql]]}

    def number(figure: Figure) -> int:
        return counted[figure.place].singly[tallies[figure.place].numbers[figure.sql]]

    outcomes = {}
    for place, tally in tallies.items():
        for (name, lowered), violating in zip(tally.asked.items(), counted[place].together, strict=True):
            census = {said: number(each) for said, each in lowered.census.items()}
            if lowered.everything:
                census["all"] = counted[lowered.everything].rows
            outcomes[name] = Outcome(
                records=number(lowered.records) if lowered.records else counted[place].rows,
                violating=violating,
                broken=tuple(number(Figure(sql, place)) for sql in lowered.within()),
                census=census,
                sql=dict(zip([rule.name for rule in lowered.question.rules], lowered.shown, strict=True)),
                dialect=adapter.dialect.name,
                query=adapter.statements.sent[-1] if lowered.question.lookups else None,
                as_of=name.as_of,
                samples=partial(keys, name, lowered),
            )
    return outcomes


def sample(
    adapter: Adapter, asked: Mapping[Asked, Lowered], outcomes: Mapping[Asked, Outcome]
) -> dict[Asked, dict[str, list[str]]]:
    """Keys of the records that break judged rules, by question and rule, in one query; none if no rule is broken.

    Args:
        adapter: of the batch.
        asked: questions with a record key.
        outcomes: what was counted of them.
    """
    found: dict[Asked, dict[str, list[str]]] = {name: {} for name in asked}
    wanted: dict[int, list[tuple[Asked, str, str]]] = {}
    within: dict[int, dict[str | None, list[str]]] = {}
    first: dict[int, Lowered] = {}
    for name, lowered in asked.items():
        here = id(lowered.relation)
        first.setdefault(here, lowered)
        named = zip(lowered.question.rules, lowered.within(), lowered.rules, outcomes[name].broken, strict=False)
        for rule, sql, alone, broken in named:
            if broken and rule.judged:
                wanted.setdefault(here, []).append((name, rule.name, sql))
                within.setdefault(here, {}).setdefault(lowered.population, []).append(f"({alone})")
    sampled = (
        adapter.sample(
            [
                Sampling(
                    [sql for *_, sql in several], first[here].key or "", first[here].relation, _anywhere(within[here])
                )
                for here, several in wanted.items()
            ],
            SAMPLE_SIZE,
        )
        if wanted
        else []
    )
    for several, keys_of_each in zip(wanted.values(), sampled, strict=True):
        for (name, rule_name, _), keys in zip(several, keys_of_each, strict=True):
            found[name][rule_name] = keys
    return found


def _anywhere(within: Mapping[str | None, list[str]]) -> str:
    """All records that break any rule; a population is asked once, not for each of its rules."""
    return " OR ".join(
        f"(({population}) AND ({' OR '.join(rules)}))" if population else f"({' OR '.join(rules)})"
        for population, rules in within.items()
    )
