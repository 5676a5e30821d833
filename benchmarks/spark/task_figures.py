"""What the tasks of a Spark application have done, from Spark's own status store."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

_NANOSECONDS = 1e9


@dataclass(frozen=True)
class TaskFigures:
    """The sums of all tasks of an application.

    Attributes:
        cpu: the processor seconds of the tasks; those of the driver, of Java's compiler and its collector are not among them.
        records: how many records the tasks have read from files.
        shuffled: how many megabytes they have written for other tasks.
        stages: in how many stages that was.
    """

    cpu: float
    records: int
    shuffled: float
    stages: int

    @classmethod
    def read(cls, session: Any) -> TaskFigures:
        """Return the figures of a session's application up to now."""
        context = session.sparkContext
        context._jsc.sc().listenerBus().waitUntilEmpty()  # the store learns of tasks a little later
        java, gateway = context._jvm, context._gateway
        nothing = java.java.util.ArrayList()
        stages = (
            context._jsc.sc().statusStore().stageList(nothing, False, False, gateway.new_array(java.double, 0), nothing)
        )
        done = [stages.apply(number) for number in range(stages.size())]
        return cls(
            sum(stage.executorCpuTime() for stage in done) / _NANOSECONDS,
            sum(stage.inputRecords() for stage in done),
            sum(stage.shuffleWriteBytes() for stage in done) / 2**20,
            len(done),
        )

    def plain(self) -> dict[str, Any]:
        """Return the figures as plain data."""
        return asdict(self)
