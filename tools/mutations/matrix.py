"""The matrix: what becomes of each planted violation under each spoiling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property

from synth_expectations.demo.manifest import Planted
from synth_expectations.report.expectation_report import ExpectationReport
from synth_expectations.rules.verdict import Verdict
from tools.mutations.crm_copy import CrmCopy, Findings
from tools.mutations.spoilings import Spoiling


class Outcome(IntEnum):
    """What became of a planted violation; a greater one is worse."""

    SAME = 0
    UNNAMED = 1
    OTHERWISE = 2
    ERRORED = 3
    NOTHING_TO_CHECK = 4
    NOT_ASKED = 5
    MISSED = 6
    PASSED = 7

    @property
    def is_hole(self) -> bool:
        """Whether the violation went by without a word, which needs a reason."""
        return self > Outcome.ERRORED


@dataclass(frozen=True)
class Violation:
    """A row of the matrix: planted records of one kind in one table, with each rule that they break."""

    table: str
    kind: str
    planted: tuple[Planted, ...]


@dataclass(frozen=True)
class Cell:
    """What became of a planted violation.

    Attributes:
        outcome: the worst of all rounds and rules.
        sentence: of the error, or how the records were found or lost.
        expectation: of the worst outcome.
    """

    outcome: Outcome
    sentence: str = ""
    expectation: str = ""


Cells = Mapping[str, Sequence[Cell | None]]
"""By the name of the spoiling: the cell of each violation."""


def list_violations(planted: Iterable[Planted]) -> list[Violation]:
    """Return the rows of the matrix."""
    rows: dict[tuple[str, str], list[Planted]] = {}
    for entry in planted:
        if not entry.negative:
            rows.setdefault((entry.table, entry.kind), []).append(entry)
    return [Violation(table, kind, tuple(entries)) for (table, kind), entries in rows.items()]


@dataclass(frozen=True)
class Part:
    """One run of a spoiling.

    Attributes:
        spoiled: the tables that are spoiled.
        judged: the tables that are run.
        turn: its number among the rounds of the spoiling.
        spoils_all: whether every judged violation stands in a spoiled table; else those count that use one.
    """

    spoiled: frozenset[str]
    judged: frozenset[str]
    turn: int
    spoils_all: bool = True


class Matrix:
    """What becomes of the demo's planted violations.

    Args:
        crm: the demo, which is copied for each run.
    """

    def __init__(self, crm: CrmCopy) -> None:
        self.crm = crm
        self.violations = list_violations(crm.manifest.planted)

    @cached_property
    def uses(self) -> frozenset[tuple[str, str]]:
        """Each table with a table that its planted violations are looked up in."""
        return frozenset((entry.table, name) for entry in self.crm.manifest.planted for name in self._references(entry))

    def group(self, tables: Iterable[str]) -> Sequence[frozenset[str]]:
        """Return tables in a few groups, so that none holds a table and what its violations are looked up in."""
        groups: list[set[str]] = []
        for table in sorted(tables):
            apart = {used for user, used in self.uses if user == table} | {
                user for user, used in self.uses if used == table
            }
            group = next((group for group in groups if not group & apart), None)
            if group is None:
                groups.append(group := set())
            group.add(table)
        return [frozenset(group) for group in groups]

    def run_column(self, spoiling: Spoiling) -> list[Cell | None]:
        """Return the cell of each violation; None where nothing around it was spoiled."""
        cells: list[list[Cell]] = [[] for _ in self.violations]
        if spoiling.needs_files and not self.crm.store.has_files:
            return [None] * len(cells)
        for part in self._parts(spoiling):
            with self.crm.duplicate() as copy:
                spoiling.change(copy, part.spoiled, part.turn)
                findings = copy.run(part.judged)
            for violation, of_violation in zip(self.violations, cells, strict=True):
                for entry in violation.planted:
                    if entry.table in part.judged and (part.spoils_all or self._references(entry) & part.spoiled):
                        cell = judge(entry, findings, spoiling.respell)
                        # the page is the same wherever the copy lies
                        of_violation.append(replace(cell, sentence=cell.sentence.replace(f"{copy.root}/", "")))
        return [max(of_violation, key=lambda cell: cell.outcome, default=None) for of_violation in cells]

    def _parts(self, spoiling: Spoiling) -> Iterator[Part]:
        every = frozenset(self.crm.compiled.policy.tables)
        for turn in range(spoiling.rounds):
            if spoiling.around == "tables":
                yield Part(every, every, turn)
            else:
                for references in self.group({used for _, used in self.uses}):
                    users = frozenset(user for user, used in self.uses if used in references)
                    yield Part(references, users - references, turn, spoils_all=False)

    def _references(self, planted: Planted) -> frozenset[str]:
        return self.crm.references[planted.table, planted.expectation]


def judge(planted: Planted, findings: Findings, respell: Callable[[str], str]) -> Cell:
    """Return what became of one rule that planted records break."""
    name = planted.table, planted.expectation
    report = findings.reports.get(name)
    keys = frozenset(map(respell, planted.keys))
    if report and report.error:
        return Cell(Outcome.ERRORED, report.error, planted.expectation)
    if keys <= findings.keys.get(name, {}).get(planted.rule or "", frozenset()):
        return Cell(Outcome.SAME, "", planted.expectation)
    elsewhere = {
        f"{expectation}: {rule}": keys & found
        for (table, expectation), rules in findings.keys.items()
        for rule, found in rules.items()
        if table == planted.table and keys & found
    }
    if keys <= frozenset[str]().union(*elsewhere.values()):
        return Cell(Outcome.OTHERWISE, "; ".join(elsewhere), planted.expectation)
    counts = {rule.name: rule.count for rule in report.rules} if report else {}
    is_named = any(findings.keys.get(name, {}).values())
    counted = counts.get(planted.rule or "", 0) if is_named else (report and report.unexpected_count) or 0
    if counted >= len(keys):
        return Cell(Outcome.UNNAMED, "", planted.expectation)
    if findings.errors:
        return Cell(Outcome.ERRORED, findings.errors[0], planted.expectation)
    found = len(frozenset[str]().union(*elsewhere.values()))
    return Cell(_explain_loss(report), f"{planted.rule}: {found} of {len(keys)} found", planted.expectation)


def _explain_loss(report: ExpectationReport | None) -> Outcome:
    if report is None:
        return Outcome.NOT_ASKED
    if report.verdict is Verdict.FAILED:
        return Outcome.MISSED
    return Outcome.PASSED if report.verdict is Verdict.PASSED else Outcome.NOTHING_TO_CHECK
