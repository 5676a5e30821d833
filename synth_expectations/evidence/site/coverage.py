"""What was checked and what not: of the plans, of the tables, of the days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta

from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.site.check_state import CheckState, PlanState
from synth_expectations.evidence.site.run_summary import RunSummary
from synth_expectations.evidence.site.state import ExclusionState, SiteState
from synth_expectations.rules.verdict import Verdict


@dataclass(frozen=True)
class PlannedItem:
    """A planned check that the newest run of its checkpoint did not evaluate, and why."""

    table: str
    type: str
    status: EvidenceStatus
    why: str
    last: CheckState | None = None


@dataclass(frozen=True)
class ExclusionRow:
    """An exclusion of the policy, with the days that are left of it.

    Attributes:
        days_left: negative beyond its last day; None if it has none.
    """

    exclusion: ExclusionState
    days_left: int | None

    @property
    def is_expired(self) -> bool:
        """Whether its last day is over."""
        return self.exclusion.expired or (self.days_left is not None and self.days_left < 0)


@dataclass
class CheckCoverage:
    """The planned checks of the newest plan of every checkpoint, by what became of them.

    Attributes:
        not_planned: tables of the newest policy that no plan has a check of, and that no run read.
    """

    planned: int = 0
    done: list[CheckState] = field(default_factory=list)
    not_done: list[PlannedItem] = field(default_factory=list)
    not_read: list[CheckState] = field(default_factory=list)
    errored: list[CheckState] = field(default_factory=list)
    nothing: list[CheckState] = field(default_factory=list)
    exclusions: list[ExclusionRow] = field(default_factory=list)
    not_covered: list[ExclusionState] = field(default_factory=list)
    not_planned: list[str] = field(default_factory=list)

    @property
    def not_checked(self) -> list[PlannedItem]:
        """All that was not checked, and why: planned and not done, errored, left out, narrowed and not covered."""
        errored = [PlannedItem(check.table, check.type, check.status, check.why, check) for check in self.errored]
        left_out = [
            PlannedItem(row.exclusion.table, row.exclusion.type, EvidenceStatus.EXCLUDED, row.exclusion.reason)
            for row in self.exclusions
        ]
        missing = [PlannedItem(item.table, item.type, EvidenceStatus.NOT_RUN, item.reason) for item in self.not_covered]
        return [*self.not_done, *errored, *left_out, *missing]

    @property
    def is_whole(self) -> bool:
        """Whether every planned check was evaluated, and the policy leaves nothing out."""
        return self.planned == len(self.done) > 0 and not (
            self.errored or self.exclusions or self.not_covered or self.not_planned
        )


def read_coverage(state: SiteState, day: date) -> CheckCoverage:
    """Return the coverage of the newest plans.

    Args:
        state: of the ledger.
        day: for which days that are left are counted.
    """
    coverage = CheckCoverage()
    for plan in state.plans.values():
        for key in plan.checks:
            coverage.planned += 1
            _sort_check(coverage, plan, key, state.checks.get(key))
    rows = {(item.table, item.type, item.reason): item for items in state.exclusions.values() for item in items}
    for item in sorted(rows.values(), key=lambda item: (item.table, item.type)):
        coverage.exclusions.append(ExclusionRow(item, (item.until - day).days if item.until else None))
    missing = {(item.table, item.type): item for items in state.not_covered.values() for item in items}
    coverage.not_covered = sorted(missing.values(), key=lambda item: (item.table, item.type))
    planned = {table for plan in state.plans.values() for table in plan.tables.values()}
    coverage.not_planned = sorted({row.table for row in state.ownership} - planned - {*state.tables, *state.references})
    return coverage


def _sort_check(coverage: CheckCoverage, plan: PlanState, key: str, check: CheckState | None) -> None:
    table, type_name = plan.tables[key], plan.checks[key]
    if not plan.is_finished:
        why = f"Run {plan.seen.run_id} was started and has no end on record."
        coverage.not_done.append(PlannedItem(table, type_name, EvidenceStatus.NOT_RUN, why, check))
        return
    if key in plan.not_selected:
        why = f"Run {plan.seen.run_id} did not select it."
        coverage.not_done.append(PlannedItem(table, type_name, EvidenceStatus.NOT_RUN, why, check))
        return
    if check is None or check.verdict is None or check.status is EvidenceStatus.NOT_READ:
        status = check.status if check else EvidenceStatus.NOT_RUN
        why = check.why if check else "No result of it is on record."
        coverage.not_done.append(PlannedItem(table, type_name, status, why, check))
        if check and status is EvidenceStatus.NOT_READ:
            coverage.not_read.append(check)
        return
    coverage.done.append(check)
    if check.verdict is Verdict.ERRORED:
        coverage.errored.append(check)
    elif check.verdict is Verdict.NOTHING_TO_CHECK:
        coverage.nothing.append(check)


@dataclass(frozen=True)
class CalendarCell:
    """A table on a day: the worst that a run of the day says of it.

    Attributes:
        label: a word, of which `short` is the sign in the calendar.
    """

    label: str
    short: str


NO_RUN = CalendarCell("no run", "·")
_CELLS = {
    "not ended": CalendarCell("not ended", "✕"),
    "errored": CalendarCell("errored", "E"),
    "failed": CalendarCell("failed", "F"),
    "nothing to check": CalendarCell("nothing to check", "0"),
    "passed": CalendarCell("passed", "P"),
    "not in the run": CalendarCell("not in the run", "-"),
}
_WORST_FIRST = list(_CELLS)
LEGEND = (*_CELLS.values(), NO_RUN)


@dataclass(frozen=True)
class CalendarMonth:
    """The days of a month, and for each table a cell a day.

    Attributes:
        month: as `2026-09`.
        rows: a table, and a cell for each day.
        last: the last day that the ledger knows of; days behind it have no cell.
    """

    month: str
    days: tuple[date, ...]
    rows: tuple[tuple[str, tuple[CalendarCell | None, ...]], ...]


def draw_month(
    month: str, runs: Sequence[RunSummary], last: date, gaps: Mapping[tuple[str, date], CalendarCell] | None = None
) -> CalendarMonth:
    """Return the calendar of a month.

    Args:
        month: as `2026-09`.
        runs: all runs that started in it.
        last: the day of the last entry, in UTC.
        gaps: the days on which a table was due and not checked.
    """
    first = date.fromisoformat(f"{month}-01")
    days = []
    while first.strftime("%Y-%m") == month:
        days.append(first)
        first += timedelta(days=1)
    named = {table for run in runs for table in (*run.planned_tables, *(item.table for item in run.tables))}
    tables = sorted(named | {table for table, day in gaps or () if f"{day:%Y-%m}" == month})
    labels: dict[tuple[str, date], list[str]] = {}
    for run in runs:
        day = run.started_at.astimezone(UTC).date()
        for table, label in _label_tables(run):
            labels.setdefault((table, day), []).append(label)
    rows = tuple(
        (
            table,
            tuple(
                None if day > last else _find_cell(labels.get((table, day)), (gaps or {}).get((table, day), NO_RUN))
                for day in days
            ),
        )
        for table in tables
    )
    return CalendarMonth(month, tuple(days), rows)


def _label_tables(run: RunSummary) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for table in run.tables:
        label = table.verdict.shown if table.verdict else "errored"
        label = "errored" if not table.is_read else label
        known = seen.get(table.table, label)
        seen[table.table] = min(known, label, key=_WORST_FIRST.index)
    for table_name in run.planned_tables:
        missing = "not ended" if run.finished_seq is None else "not in the run"
        yield table_name, seen.get(table_name, missing)
    for table_name in seen.keys() - set(run.planned_tables):
        yield table_name, seen[table_name]


def _find_cell(labels: list[str] | None, without: CalendarCell) -> CalendarCell:
    if not labels:
        return without
    return _CELLS[min(labels, key=_WORST_FIRST.index)]
