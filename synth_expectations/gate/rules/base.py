"""What the rules of the gate share, and how they are found."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import ClassVar

from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.load import Load
from synth_expectations.gate.model import GateFinding, GateNote, Level, RecordPlace, RecordSet
from synth_expectations.gate.production import Bound

_MAX_NAMES = 20
"""Objects that a sentence names at most."""


class GateRule:
    """A rule: the docstring's first line says what it finds, the rest why it matters.

    Attributes:
        id: `SD` and a number.
        name: what it finds, in a few words with dashes.
        level: of its results.
        fix: what to do about a result, in Markdown.
        never: what it does not find, in Markdown.
    """

    id: ClassVar[str]
    name: ClassVar[str]
    level: ClassVar[Level]
    fix: ClassVar[str]
    never: ClassVar[str]

    def judge(self, inspection: Inspection) -> Iterator[GateFinding | GateNote]:
        """Yield the results, at most one for each file, and what the rule could not see."""
        raise NotImplementedError

    def build_finding(
        self,
        path: str,
        message: str,
        records: RecordSet | Iterable[RecordPlace],
        *,
        bound: Bound | None = None,
        total: int | None = None,
        level: Level | None = None,
    ) -> GateFinding:
        """Return a result. A file that is only possibly bound for production gets the level below."""
        chosen = level or self.level
        if bound and not bound.is_certain and chosen is Level.ERROR:
            chosen = Level.WARNING
        found = records if isinstance(records, RecordSet) else RecordSet.of(records)
        return GateFinding(self.id, path, chosen, message, bound.reason if bound else "", found, total)


@cache
def all_rules() -> tuple[GateRule, ...]:
    """Return every rule, by id: the classes of the modules `sd…` of this package."""
    package = __name__.rpartition(".")[0]
    names = [module.name for module in pkgutil.iter_modules(importlib.import_module(package).__path__)]
    rules = []
    for name in sorted(names):
        if name.startswith("sd"):
            module = importlib.import_module(f"{package}.{name}")
            rules += [
                value()
                for value in vars(module).values()
                if isinstance(value, type) and issubclass(value, GateRule) and value.__module__ == module.__name__
            ]
    return tuple(rules)


def group_by_file(loads: Iterable[Load]) -> dict[str, list[Load]]:
    """Return loads by the path of their file."""
    files: dict[str, list[Load]] = {}
    for load in loads:
        files.setdefault(load.path, []).append(load)
    return files


def merge_records(sets: Iterable[RecordSet]) -> RecordSet:
    """Return the records of several sets as one."""
    merged = RecordSet()
    for records in sets:
        merged.merge(records)
    return merged


def count_records(count: int, loads: Iterable[Load], plural: str, singular: str) -> str:
    """Return a sentence's beginning: "3 of 5 records of Contact and Lead have no tag".

    Args:
        count: of records.
        loads: that they are of.
        plural: what several records do.
        singular: what one record does.
    """
    totals: Counter[str] = Counter()
    for load in loads:
        totals[load.object] += load.people
    names = sorted(totals)
    if len(names) > _MAX_NAMES:
        names = [*names[:_MAX_NAMES], f"{len(names) - _MAX_NAMES:,} other objects"]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "no object"
    noun = "record" if totals.total() == 1 else "records"
    return f"{count:,} of {totals.total():,} {noun} of {listed} {singular if count == 1 else plural}"
