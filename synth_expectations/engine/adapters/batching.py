"""What is counted in one relation, as columns of a query; in several queries where one may not hold all patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from synth_expectations.engine.adapters.base import Aggregates, Counted, Counting, smallest

_PATTERN = re.compile(r" ~ ('(?:[^']|'')*')|('(?:[^']|'')*'), '(?:[^']|'')*', 'g'\)")


@dataclass
class Scan:
    """Some conditions of one relation, and sets of them that are whole among these.

    Attributes:
        relation: None for the batch.
        weight: see `Counting`.
        conditions: SQL on it, by their numbers.
        sets: conditions of which any is counted, by the numbers of the sets.
        key: what names a row, in SQL; None for no keys.
        keyed: the conditions that keys are found of, by their numbers.
        most: how many keys of a condition.
        beside: what others want of it.
        found: the numbers, once they are read.
        keys: the smallest by the number of the condition, once they are read.
        aggregated: what others wanted, once it is read.
    """

    relation: Any
    weight: str | None
    conditions: dict[int, str]
    sets: dict[int, Sequence[int]]
    key: str | None = None
    keyed: Sequence[int] = ()
    most: int = 0
    beside: Aggregates | None = None
    found: list[int] = field(default_factory=list)
    keys: dict[int, Sequence[Any] | None] = field(default_factory=dict)
    aggregated: list[Any] | None = None

    def flags(self) -> dict[str, str]:
        """Each condition as a column, NULL where it is not true; what a row weighs, if not one, and its key."""
        named = {"w": self.weight, "k": self.key}
        beside = {alias: sql for alias, sql in named.items() if sql}
        return beside | {f"c{i}": f"CASE WHEN {sql} THEN {self.weight or 1} END" for i, sql in self.conditions.items()}

    @property
    def reads_flags_again(self) -> bool:
        """Whether a flag is counted by itself, and with others of a set."""
        return any(len(members) > 1 for members in self.sets.values())

    def counts(self) -> dict[str, str]:
        """How many rows there are, have each flag, and have any of each set."""
        counted = "COALESCE(SUM({}), 0)" if self.weight else "COUNT({})"
        asked = {"n": "w" if self.weight else "*", **{f"n{number}": f"c{number}" for number in self.conditions}}
        counts = {alias: counted.format(column) for alias, column in asked.items()}
        for number, members in self.sets.items():
            flags = ", ".join(f"c{member}" for member in members)
            some = f"COALESCE({flags})" if len(members) > 1 else flags
            counts[f"a{number}"] = counted.format(some) if members else "0"
        return counts

    def smallest(self, of: Callable[[str, int], str]) -> dict[str, str]:
        """The smallest keys of each condition that has some."""
        return {f"k{number}": of(f"CASE WHEN c{number} IS NOT NULL THEN k END", self.most) for number in self.keyed}

    def read(self, row: Iterator[Any]) -> None:
        """Take its numbers, its keys, and what others wanted, from the row of a query."""
        self.found = [int(each) for each in islice(row, 1 + len(self.conditions) + len(self.sets))]
        self.keys = dict(zip(self.keyed, islice(row, len(self.keyed)), strict=True))
        if self.beside:
            self.aggregated = list(islice(row, len(self.beside.asked)))

    @property
    def patterns(self) -> set[str]:
        """The regular expressions that it holds."""
        return set().union(*map(patterns_in, self.conditions.values()))


class Tally:
    """What is counted in one relation, in as many scans as it takes."""

    def __init__(self, counting: Counting) -> None:
        self._asked = counting
        self._scans: list[Scan] = []

    def scans(self, most_patterns: int | None, with_keys: bool = False) -> list[Scan]:
        """Its scans: none holds more different patterns than an engine keeps compiled."""
        asked = self._asked
        for group in split(asked.conditions, asked.anywhere, most_patterns):
            sets = {number: each for number, each in enumerate(asked.anywhere) if set(each) <= set(group)}
            conditions = {number: asked.conditions[number] for number in group}
            wanted = group if asked.keyed is None else [number for number in group if number in asked.keyed]
            keyed = wanted if asked.key and with_keys else []
            key = asked.key if keyed else None
            beside = None if self._scans else asked.beside
            self._scans.append(Scan(asked.relation, asked.weight, conditions, sets, key, keyed, asked.most, beside))
        return self._scans

    def counted(self) -> Counted:
        """What was found."""
        singly, together, rows = [0] * len(self._asked.conditions), [0] * len(self._asked.anywhere), 0
        keys: dict[int, list[str]] = {}
        for scan in self._scans:
            rows, *numbers = scan.found
            for number, count in zip(scan.conditions, numbers, strict=False):
                singly[number] = count
            for number, count in zip(scan.sets, numbers[len(scan.conditions) :], strict=True):
                together[number] = count
            for number, found in scan.keys.items():
                keys[number] = smallest(found, singly[number], self._asked.most)
        with_keys = any(scan.key for scan in self._scans)
        return Counted(rows, singly, together, keys if with_keys else None, self._scans[0].aggregated)


def packed(scans: Sequence[Scan], most_patterns: int | None) -> Iterator[list[Scan]]:
    """Scans that one query may hold, beside each other."""
    several: list[Scan] = []
    held: set[str] = set()
    for scan in scans:
        if several and most_patterns is not None and len(held | scan.patterns) > most_patterns:
            yield several
            several, held = [], set()
        several.append(scan)
        held |= scan.patterns
    yield several


def patterns_in(sql: str) -> set[str]:
    """The regular expressions in a condition."""
    return {found for pair in _PATTERN.findall(sql) for found in pair if found}


def split(conditions: Sequence[str], anywhere: Sequence[Sequence[int]], most: int | None) -> list[list[int]]:
    """Numbers of conditions in groups, none with more different patterns than the engine keeps compiled.

    Those of a set stay together, even if they alone are more.
    """
    if most is None:
        return [list(range(len(conditions)))]
    groups: list[list[int]] = [[]]
    held: set[str] = set()
    for unit in _units(len(conditions), anywhere):
        patterns = set().union(*(patterns_in(conditions[i]) for i in unit))
        if groups[-1] and patterns - held and len(held | patterns) > most:
            groups.append([])
            held = set()
        groups[-1] += unit
        held |= patterns
    return groups


def _units(count: int, anywhere: Sequence[Sequence[int]]) -> list[list[int]]:
    """All numbers once, those that share a set beside each other."""
    units: list[set[int]] = []
    for members in anywhere:
        apart = [unit for unit in units if unit.isdisjoint(members)]
        units = [*apart, set(members).union(*(unit for unit in units if unit not in apart))]
    alone = set(range(count)).difference(*units)
    return [sorted(unit) for unit in sorted([*units, *({number} for number in alone)], key=min) if unit]
