"""The commands `lineage …`: what other tools know of runs and datasets, as tables that a policy can name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from synth_expectations.cli.console import say, tell
from synth_expectations.errors import SynthError

group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_TABLES = """In policy.yml:
  lineage_run: {role: sync_runs, parquet: SOURCE/runs.parquet, columns: {key: run_id, status: status, target: target, \
ended_at: ended_at, rows: rows}}
  lineage_step: {role: lineage, parquet: SOURCE/steps.parquet, columns: {key: step_key, step: step, job: job, \
direction: direction, dataset: dataset}}"""


@group.callback()
def _lineage() -> None:
    """Import lineage from other tools."""


@group.command("import")
def import_(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="OpenLineage events (JSON, JSON Lines), Apache Atlas exports (zip, JSON), or directories of them."
        ),
    ],
    out: Annotated[
        Path, typer.Option(help="The directory for runs.parquet and steps.parquet; existing files are replaced.")
    ],
    skip_unreadable: Annotated[
        bool, typer.Option("--skip-unreadable", help="Write the tables even if some input cannot be read.")
    ] = False,
) -> None:
    """Import runs, and the datasets that they read and wrote, from OpenLineage or Apache Atlas into Parquet tables."""
    from synth_expectations.runner.lineage.files import read_lineage
    from synth_expectations.runner.lineage.tables import RUNS, STEPS, write_tables

    log = read_lineage(paths)
    for problem in log.problems:
        tell(f"NOT READ  {problem}.")
    for note, count in sorted(log.notes.items()):
        tell(f"Note: {note} ({count:,}).")
    if log.problems and not skip_unreadable:
        raise SynthError(
            "Nothing was written: a path through what was not read would be missing from the graph.",
            "Fix or remove it, or accept the gap with --skip-unreadable.",
        )
    if not log.events:
        raise SynthError("Nothing was written: the files tell of no run, no job and no process.")
    written = write_tables(log.runs(), out)
    say(
        f"{log.events:,} events and entities: {written.runs:,} runs, {written.steps:,} steps, {written.datasets:,} datasets."
    )
    say(f"{out / RUNS}\n{out / STEPS}")
    tell(_TABLES)
