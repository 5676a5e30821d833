"""The plan of one validation of a batch, with the files that it reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from synth_expectations.engine.plan import Plan
from synth_expectations.errors import QueryError, SynthError
from synth_expectations.redaction import format_crash, mask_literals
from synth_expectations.validation.file_watch import FileWatch


@dataclass
class BatchPlan:
    """The plan of one validation of a batch.

    Attributes:
        plan: the checks.
        batch: what Great Expectations loaded for this validation; each validation loads its own.
        watch: of the files that it reads.
        error: the error that ended the plan, if it was one that the plan did not foresee, or a change of its files.
    """

    plan: Plan
    batch: Callable[[], Any]
    watch: FileWatch
    error: SynthError | None = None

    def call(self, table: str, read: Callable[[], Any]) -> Any:
        """Return what a function reads from the plan; None if an error that the plan did not foresee ended it.

        The error is kept, and the plan is not tried again: Great Expectations calls a metric that raises three times.
        """
        if self.error is None:
            try:
                return read()
            except Exception as error:  # noqa: BLE001 - whatever it is, each expectation reports it
                self.error = QueryError(f"The rules of {table} could not be run: {format_crash(error)}.")
        return None

    def find_change(self) -> SynthError | None:
        """Return the error of the plan: another one, or that its files are not those of its first query any more."""
        if self.plan.adapter and self.error is None:
            self.error = self.watch.find_change(self.plan.adapter.statements.count)
        return self.error

    @property
    def sent_sql(self) -> tuple[str, ...]:
        """The SQL that the plan sent, with each value that was read from the data masked."""
        adapter = self.plan.adapter
        return tuple(mask_literals(sql, self.plan.values_read) for sql in adapter.statements.sent) if adapter else ()
