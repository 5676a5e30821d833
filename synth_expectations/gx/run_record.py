"""The record of a run that Great Expectations itself made: the one way from this room up to the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from great_expectations.checkpoint import CheckpointResult
from great_expectations.data_context import FileDataContext

if TYPE_CHECKING:
    from synth_expectations.gx.guard import Problem


def record_run(
    context: Any, result: CheckpointResult, problems: Sequence[Problem], fail_on: Literal["critical", "warning", "info"]
) -> tuple[str, ...]:
    """Record a run in the ledger of its project, and return what else makes it errored, a sentence each.

    A project that is not on disk has no ledger.

    Args:
        context: of Great Expectations.
        result: of the checkpoint.
        problems: that the guard found.
        fail_on: the least severity that fails the run.
    """
    if not isinstance(context, FileDataContext):
        return ()
    # late: the runner and its models load when a run is over, and the project's door imports the guard
    from synth_expectations.gx.addresses import note_variables
    from synth_expectations.gx.plain_run import PlainRun
    from synth_expectations.gx.project import GxProject
    from synth_expectations.runner.guarded_run import record_guarded_run

    note_variables(context)
    project = GxProject(Path(context.root_directory), context)

    def open_run(name: str) -> PlainRun:
        return PlainRun.of(project.read_checkpoint(result.checkpoint_config.name), name, result)

    return record_guarded_run(project, open_run, problems, fail_on)
