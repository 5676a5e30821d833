"""Counts of conditions in one relation, as the columns of a query: in several queries where one may not hold them all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from typing import Any

MISSING_KEY = "NULL"
"""What a result shows of a record without a key."""

_PATTERN = re.compile(r" ~ ('(?:[^']|'')*')|('(?:[^']|'')*'), '(?:[^']|'')*', 'g'\)")


@dataclass(frozen=True)
class AggregateRequest:
    """Aggregates that somebody else wants of a batch that is scanned anyway: one row.

    Attributes:
        expressions: the aggregates, as SQLAlchemy elements, or as columns of Spark.
        columns: the columns of the batch that they read.
    """

    expressions: Sequence[Any]
    columns: frozenset[str]


@dataclass
class CountQuery:
    """What is counted in one relation, and whose keys are read in passing.

    Attributes:
        relation: the adapter's relation; None for the batch.
        weight: the column that says how many records a row stands for; None for one.
        conditions: each condition in SQL, with its number.
        any_of: sets of condition numbers, by the number of the set; a row counts where any condition of the set is true.
        key: the record key in SQL; its smallest values are read in passing where the engine can. None for no keys.
        keyed: the numbers of the conditions whose keys are read; None for all.
        most: the largest number of keys of a condition.
        aggregates: what somebody else wants of the same scan.
        is_join: whether the relation is a join, which takes longer to compute again than to keep.
    """

    relation: Any = None
    weight: str | None = None
    conditions: dict[str, int] = field(default_factory=dict)
    any_of: dict[int, Sequence[int]] = field(default_factory=dict)
    key: str | None = None
    keyed: Set[int] | None = None
    most: int = 0
    aggregates: AggregateRequest | None = None
    is_join: bool = False

    @classmethod
    def of(cls, conditions: Iterable[str], relation: Any = None) -> CountQuery:
        """Return a query that counts some conditions in a relation."""
        query = cls(relation)
        for sql in conditions:
            query.add(sql)
        return query

    def add(self, sql: str) -> int:
        """Count a condition, and return its number; a condition that is counted already keeps its number."""
        return self.conditions.setdefault(sql, len(self.conditions))

    def add_any(self, conditions: Iterable[str]) -> int:
        """Count the rows for which any of some conditions is true, and return the number of the set."""
        self.any_of[len(self.any_of)] = sorted({self.add(sql) for sql in conditions})
        return len(self.any_of) - 1

    def split(self, most_patterns: int | None, with_keys: bool = True) -> list[CountQuery]:
        """Split the query so that no part holds more different patterns than the engine keeps compiled.

        Args:
            most_patterns: the engine's limit; None for no limit.
            with_keys: whether the engine can read keys in passing.
        """
        sql_of = {number: sql for sql, number in self.conditions.items()}
        parts: list[CountQuery] = []
        for group in split_by_patterns(list(self.conditions), list(self.any_of.values()), most_patterns):
            members = set(group)
            keyed = [number for number in group if self.keyed is None or number in self.keyed]
            has_keys = bool(with_keys and self.key and keyed)
            parts.append(
                replace(
                    self,
                    conditions={sql_of[number]: number for number in group},
                    any_of={number: numbers for number, numbers in self.any_of.items() if set(numbers) <= members},
                    key=self.key if has_keys else None,
                    keyed=frozenset(keyed) if has_keys else frozenset(),
                    aggregates=None if parts else self.aggregates,
                )
            )
        return parts

    @property
    def patterns(self) -> set[str]:
        """Return the regular expressions of the conditions."""
        return set().union(*map(find_patterns, self.conditions))

    @property
    def reads_flags_again(self) -> bool:
        """Return whether a flag is counted by itself and again with others of a set."""
        return any(len(numbers) > 1 for numbers in self.any_of.values())

    def flags(self) -> dict[str, str]:
        """Return the inner columns: each condition as 1 (or the row's weight) or NULL, the weight and the key."""
        named = {"w": self.weight, "k": self.key}
        columns = {alias: sql for alias, sql in named.items() if sql}
        flagged = {
            f"c{number}": f"CASE WHEN {sql} THEN {self.weight or 1} END" for sql, number in self.conditions.items()
        }
        return columns | flagged

    def counts(self) -> dict[str, str]:
        """Return the outer columns: how many rows there are, have each flag, and have any flag of each set."""
        aggregate = "COALESCE(SUM({}), 0)" if self.weight else "COUNT({})"
        columns = {
            "n": "w" if self.weight else "*",
            **{f"n{number}": f"c{number}" for number in self.conditions.values()},
        }
        counts = {alias: aggregate.format(column) for alias, column in columns.items()}
        for number, members in self.any_of.items():
            flags = ", ".join(f"c{member}" for member in members)
            some = f"COALESCE({flags})" if len(members) > 1 else flags
            counts[f"a{number}"] = aggregate.format(some) if members else "0"
        return counts

    def smallest_keys(self, aggregate: Callable[[str, int], str]) -> dict[str, str]:
        """Return the outer columns of keys, one for each condition whose keys are read.

        Args:
            aggregate: writes the smallest values of an expression as one aggregate of the engine.
        """
        return {
            f"k{number}": aggregate(f"CASE WHEN c{number} IS NOT NULL THEN k END", self.most)
            for number in self._keyed_numbers()
        }

    def keys_of_rows(self, select: Callable[[str, str, int], str], rows: str) -> dict[str, str]:
        """Return the outer columns of keys, where the flags are a relation with a name.

        Args:
            select: writes the smallest keys of a relation by a flag, as one value of the engine.
            rows: the name of the relation.
        """
        return {f"k{number}": select(rows, f"c{number}", self.most) for number in self._keyed_numbers()}

    def read(self, row: Iterator[Any]) -> Counts:
        """Read the counts, the keys and the aggregates from the row that the query returned."""
        numbers = [int(value) for value in islice(row, 1 + len(self.conditions) + len(self.any_of))]
        by_condition = dict(zip(self.conditions.values(), numbers[1:], strict=False))
        by_set = dict(zip(self.any_of, numbers[1 + len(self.conditions) :], strict=True))
        keyed = self._keyed_numbers()
        keys = {
            number: format_smallest_keys(values, by_condition[number], self.most)
            for number, values in zip(keyed, islice(row, len(keyed)), strict=True)
        }
        aggregates = list(islice(row, len(self.aggregates.expressions))) if self.aggregates else None
        return Counts(numbers[0], by_condition, by_set, keys if self.key else None, aggregates)

    def _keyed_numbers(self) -> list[int]:
        if not self.key:
            return []
        return [number for number in self.conditions.values() if self.keyed is None or number in self.keyed]


@dataclass(frozen=True)
class Counts:
    """What a count query found.

    Attributes:
        rows: how many records the relation has.
        by_condition: for how many each condition is true, by its number.
        by_set: for how many any condition of each set is true, by the number of the set.
        keys: the smallest keys by the number of the condition, as text; None if the engine did not read them in passing.
        aggregates: the values of what somebody else wanted; None if that was nothing.
    """

    rows: int
    by_condition: Mapping[int, int]
    by_set: Mapping[int, int]
    keys: Mapping[int, list[str]] | None = None
    aggregates: Sequence[Any] | None = None


def merge_counts(parts: Sequence[Counts]) -> Counts:
    """Return the counts of a query from those of its parts."""
    by_condition = {number: count for part in parts for number, count in part.by_condition.items()}
    by_set = {number: count for part in parts for number, count in part.by_set.items()}
    keyed = [part.keys for part in parts if part.keys is not None]
    keys = {number: values for part in keyed for number, values in part.items()}
    return Counts(parts[-1].rows, by_condition, by_set, keys if keyed else None, parts[0].aggregates)


def pack_queries(queries: Sequence[CountQuery], most_patterns: int | None) -> Iterator[list[CountQuery]]:
    """Group queries that one statement may hold beside each other."""
    if most_patterns is None:
        yield list(queries)
        return
    packed: list[CountQuery] = []
    held: set[str] = set()
    for query in queries:
        if packed and len(held | query.patterns) > most_patterns:
            yield packed
            packed, held = [], set()
        packed.append(query)
        held |= query.patterns
    yield packed


def find_patterns(sql: str) -> set[str]:
    """Return the regular expressions in a condition."""
    return {pattern for pair in _PATTERN.findall(sql) for pattern in pair if pattern}


def split_by_patterns(
    conditions: Sequence[str], any_of: Sequence[Sequence[int]], most_patterns: int | None
) -> list[list[int]]:
    """Return the numbers of conditions in groups, none with more different patterns than the engine keeps compiled.

    The conditions of a set stay together, even if they alone have more.
    """
    if most_patterns is None:
        return [list(range(len(conditions)))]
    groups: list[list[int]] = [[]]
    held: set[str] = set()
    for unit in _units(len(conditions), any_of):
        patterns = set().union(*(find_patterns(conditions[number]) for number in unit))
        if groups[-1] and patterns - held and len(held | patterns) > most_patterns:
            groups.append([])
            held = set()
        groups[-1] += unit
        held |= patterns
    return groups


def _units(count: int, any_of: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return all numbers once, those that share a set beside each other."""
    units: list[set[int]] = []
    for members in filter(None, any_of):
        apart = [unit for unit in units if unit.isdisjoint(members)]
        units = [*apart, set(members).union(*(unit for unit in units if unit not in apart))]
    alone = set(range(count)).difference(*units)
    return [sorted(unit) for unit in sorted([*units, *({number} for number in alone)], key=min)]


def format_smallest_keys(keys: Sequence[Any] | None, count: int, most: int) -> list[str]:
    """Return the smallest record keys as text, from those that an aggregate found.

    An aggregate leaves out rows without a key: they come last, as `NULL`.
    """
    known = list(keys or ())
    return format_keys([*known, *[None] * (min(count, most) - len(known))])


def format_keys(keys: Iterable[Any]) -> list[str]:
    """Return record keys as text, in order: a whole number without a fraction, whatever its type."""
    return [format_key(key) for key in sorted(keys, key=lambda key: (key is None, key))]


def format_key(key: Any) -> str:
    """Return a record key as text; `NULL` for a missing one."""
    if key is None:
        return MISSING_KEY
    return str(int(key)) if isinstance(key, float | Decimal) and key == key // 1 else str(key)
