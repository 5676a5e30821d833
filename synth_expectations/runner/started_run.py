"""A run that has begun: all that its record and its report say beside what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from synth_expectations.report.expectation_report import Severity
from synth_expectations.runner.compiled_project import Compiled
from synth_expectations.runner.options import Options
from synth_expectations.runner.table_run import Definition

if TYPE_CHECKING:
    from synth_expectations.runner.checkpoint_run import CheckpointRun
    from synth_expectations.runner.project import Project


@dataclass(frozen=True)
class StartedRun:
    """A run of a checkpoint that has begun.

    Attributes:
        project: that is open.
        compiled: the policy, as it was compiled.
        running: the run of the checkpoint.
        definitions: of the checkpoint.
        selected: those of them that are run.
        options: how the checkpoint is run.
        fail_on: the least severity that fails the run.
    """

    project: Project
    compiled: Compiled
    running: CheckpointRun
    definitions: Sequence[Definition]
    selected: Sequence[Definition]
    options: Options
    fail_on: Severity

    @property
    def as_of(self) -> datetime:
        """Return the time for which expectations are evaluated."""
        return self.options.as_of or self.running.started
