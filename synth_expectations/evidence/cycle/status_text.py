"""The status of an audit cycle as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from synth_expectations.evidence.cycle.deadlines import Deadline, DeadlineGap, Outcome, find_gaps
from synth_expectations.evidence.cycle.status import CycleStatus, PeriodStatus

_MOST = 20
"""How many gaps are listed; --json has them all."""


def format_status(status: CycleStatus) -> Iterator[str]:
    """Yield a status for people, a line each."""
    for subject, deadlines in status.deadlines.items():
        counts = Counter(deadline.outcome for deadline in deadlines)
        told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome]) or "nothing due yet"
        gone = "; it has no schedule any more, and nothing more is due" if subject in status.gone else ""
        yield f"{subject.title}: {told}{gone}"
        following = next((deadline for deadline in deadlines if deadline.outcome is Outcome.DUE), None)
        if following:
            yield f"  due      {_format_day(following)} by {following.at:%Y-%m-%d %H:%M} UTC{_format_grace(following)}"
        yield from (
            f"  overdue  {_format_missed(deadline)}" for deadline in deadlines if deadline.outcome is Outcome.OVERDUE
        )
        yield from _format_gaps(
            find_gaps(deadline for deadline in deadlines if deadline.outcome is not Outcome.OVERDUE)
        )
        late = [deadline for deadline in deadlines if deadline.outcome is Outcome.LATE]
        if late:
            yield f"  late     {', '.join(_format_day(deadline) for deadline in late[-3:])}{_more(late, 3)}"
        repeated = [deadline for deadline in deadlines if deadline.repeated]
        if repeated:
            runs = ", ".join(f"{_format_day(deadline)} {deadline.repeated + 1} runs" for deadline in repeated[-3:])
            yield f"  repeated {runs}{_more(repeated, 3)}"
    if killed := status.killed:
        yield f"never ended: {', '.join(run.run_id for run in killed[-5:])}{_more(killed, 5)}"
    for period in status.periods:
        yield f"period {period.period.period.name}: {_format_period(period, status)}"
    gaps = len(status.gaps)
    yield ""
    if status.is_overdue:
        late_periods = sum(period.is_overdue for period in status.periods)
        parts = [f"{len(status.overdue)} {'check' if len(status.overdue) == 1 else 'checks'}"] if status.overdue else []
        parts += [f"{late_periods} {'period' if late_periods == 1 else 'periods'}"] if late_periods else []
        yield f"Overdue: {' and '.join(parts)}. Run what is due, and close what is over."
    elif gaps:
        yield f"Nothing is overdue. {gaps} missed {'deadline has' if gaps == 1 else 'deadlines have'} no explanation on record."
    else:
        yield "Nothing is overdue."


def _format_gaps(gaps: list[DeadlineGap]) -> Iterator[str]:
    for gap in gaps[-_MOST:]:
        yield f"  missed   {gap.days}: {gap.why}"
    if len(gaps) > _MOST:
        yield f"  and {len(gaps) - _MOST} more: --json has them all"


def _format_missed(deadline: Deadline) -> str:
    return f"{_format_day(deadline)}: {deadline.why}"


def _format_day(deadline: Deadline) -> str:
    return f"{deadline.day:%a %Y-%m-%d}"


def _format_grace(deadline: Deadline) -> str:
    return f", in time until {deadline.limit:%Y-%m-%d %H:%M}" if deadline.limit > deadline.at else ""


def _format_period(period: PeriodStatus, status: CycleStatus) -> str:
    days = period.period.period
    if period.closed_by is None:
        if days.end > status.now:
            return f"goes on until {days.last}"
        overdue = "overdue, " if period.is_overdue else ""
        return f"over and not closed, {overdue}to be closed by {period.period.close_by:%Y-%m-%d %H:%M} UTC"
    signed = f"signed as {', '.join(period.signed_as)}" if period.signed_as else "not signed"
    missing = f"; missing: {', '.join(period.missing)}" if period.missing else ""
    return f"closed by entry {period.closed_by}, {signed}{missing}"


def _more(items: Sequence[object], shown: int) -> str:
    return f" and {len(items) - shown} more" if len(items) > shown else ""
