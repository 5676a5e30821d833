"""What a lineage file says: runs of jobs, the datasets that they read and wrote, and how they ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class RunStatus(StrEnum):
    """How a run ended, as the table of runs says it."""

    SUCCEEDED = "succeeded"
    ABORTED = "aborted"
    FAILED = "failed"
    UNFINISHED = "unfinished"
    """It began, and nobody said how it ended."""
    DESCRIBED = "described"
    """The job was described, and no run of it told."""


_WORST_LAST = (RunStatus.SUCCEEDED, RunStatus.ABORTED, RunStatus.FAILED)
"""The ends of a run: of two at the same time, the later one here counts."""


@dataclass(frozen=True)
class WrittenDataset:
    """A dataset that a run wrote.

    Attributes:
        name: in its one spelling.
        rows: how many rows the run wrote; None if nobody said so.
    """

    name: str
    rows: int | None = None


@dataclass(frozen=True)
class LineageEvent:
    """One thing that was told of a run, or of a job.

    Attributes:
        source: the tool that told it: `openlineage` or `atlas`.
        job: in its one spelling.
        run_id: of the run; None where a job is described without a run.
        end: how the run ended; None if the event is no end.
        starts: whether it says that the run began.
        at: when, in UTC; None if it does not say so.
        inputs: the datasets that it reads.
        outputs: the datasets that it writes.
    """

    source: str
    job: str
    run_id: str | None = None
    end: RunStatus | None = None
    starts: bool = False
    at: datetime | None = None
    inputs: tuple[str, ...] = ()
    outputs: tuple[WrittenDataset, ...] = ()


def _order(at: datetime | None) -> float:
    """Return a sort key of times: what has none comes first."""
    return at.timestamp() if at else float("-inf")


@dataclass
class LineageRun:
    """All that was told of one run, in whatever order and however often.

    Attributes:
        source: the tool that told it.
        job: in its one spelling.
        run_id: None for a job that was described without a run.
        started_at: the first time that it was told to begin.
        ended_at: of the last end.
        status: that of the last end.
        inputs: the datasets that it read.
        outputs: the rows of each dataset that it wrote: of the last event that knows them.
    """

    source: str
    job: str
    run_id: str | None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    status: RunStatus = RunStatus.UNFINISHED
    inputs: set[str] = field(default_factory=set)
    outputs: dict[str, int | None] = field(default_factory=dict)
    _counted: dict[str, tuple[float, int]] = field(default_factory=dict, repr=False)

    def add(self, event: LineageEvent) -> None:
        """Take in an event: the order in which events come does not matter, nor that they come again."""
        if event.starts and event.at and (self.started_at is None or event.at < self.started_at):
            self.started_at = event.at
        if event.end and self._is_later(event):
            self.status, self.ended_at = event.end, event.at
        self.inputs.update(event.inputs)
        for written in event.outputs:
            self.outputs.setdefault(written.name, None)
            if written.rows is not None:
                known = self._counted.get(written.name)
                counted = (_order(event.at), written.rows)
                if known is None or counted > known:
                    self._counted[written.name] = counted
                    self.outputs[written.name] = written.rows

    def _is_later(self, event: LineageEvent) -> bool:
        if self.status not in _WORST_LAST or event.end not in _WORST_LAST:
            return self.status not in _WORST_LAST
        mine = (_order(self.ended_at), _WORST_LAST.index(self.status))
        return (_order(event.at), _WORST_LAST.index(event.end)) > mine
