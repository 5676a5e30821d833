"""Gathers events into runs, and datasets with several names into one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from synth_expectations.runner.lineage.model import LineageEvent, LineageRun, RunStatus


@dataclass
class RunLog:
    """The runs of all files.

    Attributes:
        notes: what was odd and was read all the same, with how often.
        problems: what could not be read, as sentences: paths through it are missing from the graph.
        events: how many events and entities were read.
    """

    notes: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    events: int = 0
    _runs: dict[tuple[str, ...], LineageRun] = field(default_factory=dict, repr=False)
    _same: dict[str, str] = field(default_factory=dict, repr=False)

    def add(self, event: LineageEvent) -> None:
        """Take in an event."""
        if event.run_id is None:  # a job that reads and writes other datasets is told of as another run
            shape = (*sorted(event.inputs), "", *sorted(written.name for written in event.outputs))
            key = (event.source, event.job, "", *shape)
        else:
            key = (event.source, event.job, event.run_id)
        if (run := self._runs.get(key)) is None:
            run = self._runs[key] = LineageRun(event.source, event.job, event.run_id)
            if event.run_id is None:
                run.status = RunStatus.DESCRIBED
        run.add(event)

    def add_alias(self, name: str, other: str) -> None:
        """Take in that two names are of one dataset: it is called by the first of them in the alphabet."""
        first, second = sorted((self._find(name), self._find(other)))
        if first != second:
            self._same[second] = first

    def runs(self) -> Iterator[LineageRun]:
        """Yield the runs, sorted, with one name for each dataset."""
        for key in sorted(self._runs):
            run = self._runs[key]
            outputs: dict[str, int | None] = {}
            for name, rows in sorted(run.outputs.items()):
                known = self._find(name)
                outputs[known] = rows if outputs.get(known) is None else outputs[known]
            yield replace(run, inputs={self._find(name) for name in run.inputs}, outputs=outputs)

    def _find(self, name: str) -> str:
        while (other := self._same.get(name)) is not None:
            name = other
        return name
