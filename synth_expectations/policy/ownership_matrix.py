"""Who answers for what: a matrix of tables and checks, and how many of its teams are trained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.ownership import FUNCTIONS, RESPONSIBILITIES, TableOwnership, Team


@dataclass(frozen=True)
class OwnershipRow:
    """A line of the matrix: a table, or a check of which others answer for something; an empty cell names nobody.

    Attributes:
        type: of the check; empty for all checks of the table that have no line of their own.
    """

    table: str
    type: str
    accountable: str
    operator: str
    approver: str
    reviewer: str

    @property
    def empty(self) -> tuple[str, ...]:
        """The responsibilities that nobody has."""
        return tuple(name for name in RESPONSIBILITIES if not getattr(self, name))


@dataclass(frozen=True)
class TrainingCount:
    """How many of the teams of a function are trained on a day: counts, and no names.

    Attributes:
        trained: how many are.
        over: how many were, and the last day is over.
        unknown: of how many the policy does not say.
    """

    function: str
    trained: int
    over: int
    unknown: int


def list_ownership(policy: Policy) -> Iterator[OwnershipRow]:
    """Yield the matrix of a policy: a line for each table, and for each of its checks that others answer for."""
    for name, entry in sorted(policy.tables.items()):
        named = entry.ownership or TableOwnership()
        table = OwnershipRow(
            name,
            "",
            accountable=named.accountable or entry.owner or policy.words.owner,
            operator=named.operator or "",
            approver=named.approver or "",
            reviewer=named.reviewer or "",
        )
        yield table
        for type_name, check in sorted(named.checks.items()):
            cells = {cell: getattr(check, cell) or getattr(table, cell) for cell in RESPONSIBILITIES}
            yield OwnershipRow(name, type_name, **cells)


def count_training(teams: Mapping[str, Team], day: date) -> list[TrainingCount]:
    """Return how many teams of each function are trained on a day in UTC."""
    counts: dict[str, Counter[str]] = {function: Counter() for function in FUNCTIONS}
    for team in teams.values():
        until = team.trained_until
        state = "unknown" if until is None else "trained" if day <= until else "over"
        counts[team.function][state] += 1
    return [
        TrainingCount(function, counted["trained"], counted["over"], counted["unknown"])
        for function, counted in counts.items()
        if counted
    ]


def describe_empty_cells(rows: Iterable[OwnershipRow]) -> Iterator[str]:
    """Yield a sentence for each responsibility that nobody has for some table or check.

    A policy that names owners alone has no matrix to complete, so nothing is said of it; the page `people.html` shows it.
    """
    listed = list(rows)
    if not any(getattr(row, name) for row in listed for name in RESPONSIBILITIES if name != "accountable"):
        return
    for name in RESPONSIBILITIES:
        missing = [f"{row.table}/{row.type}" if row.type else row.table for row in listed if name in row.empty]
        if not missing:
            continue
        more = f" and {len(missing) - 10} more" if len(missing) > 10 else ""
        yield (
            f"Nobody is named as {name} of {', '.join(missing[:10])}{more}. "
            f"Name a team: tables.{missing[0].partition('/')[0]}.ownership.{name}, or defaults.ownership.{name}"
        )


def list_named(rows: Iterable[OwnershipRow]) -> set[str]:
    """Return everybody that the matrix names."""
    return {getattr(row, name) for row in rows for name in RESPONSIBILITIES} - {""}
