"""The command `run`: a checkpoint with its guard."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import WRONG, find_project, is_terminal, say, show, tell
from synth_expectations.cli.garbage import keep_imported
from synth_expectations.cli.interrupt import Interruptible
from synth_expectations.cli.progress import Progress
from synth_expectations.cli.terminal import find_width
from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from synth_expectations.report.model import RunReport, TableReport


class Output(StrEnum):
    """The output format."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


class FailOn(StrEnum):
    """The least severity that fails a run."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


def run(
    checkpoint: Annotated[str, typer.Argument(help="The name of the checkpoint, such as nightly.")],
    project: Project = None,
    batch: Annotated[str | None, typer.Option(help="The day or month to check, such as 2026-11-22.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The time at which records are evaluated (ISO 8601; UTC).")] = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="The lowest severity that fails the run.")] = None,
    table: Annotated[str | None, typer.Option(help="Only tables whose name matches this pattern.")] = None,
    owner: Annotated[str | None, typer.Option(help="Only tables of this owner.")] = None,
    tag: Annotated[str | None, typer.Option(help="Only tables with this tag.")] = None,
    parameter: Annotated[
        list[str] | None, typer.Option(help="The value of a $PARAMETER; may be repeated.", metavar="NAME=VALUE")
    ] = None,
    quarantine: Annotated[
        Path | None, typer.Option(help="Write the keys of all violating records to Parquet files in this directory.")
    ] = None,
    quarantine_identifiers: Annotated[
        bool,
        typer.Option("--quarantine-identifiers", help="Also write the identifiers of these records, in clear text."),
    ] = False,
    openlineage: Annotated[
        bool,
        typer.Option("--openlineage", help="Send the results to OpenLineage, using the configuration of its client."),
    ] = False,
    workers: Annotated[int, typer.Option(help="How many tables to check in parallel.")] = 1,
    through_great_expectations: Annotated[
        bool,
        typer.Option(
            "--through-great-expectations",
            help="Let Great Expectations evaluate all tables, even if they do not need it, to compare the results.",
        ),
    ] = False,
    docs: Annotated[
        bool,
        typer.Option("--docs", help="Also build Great Expectations' Data Docs. Importing it takes about 2 seconds."),
    ] = False,
    output: Annotated[Output, typer.Option(help="The output format.")] = Output.TEXT,
) -> None:
    """Run a checkpoint and report the results. Any checkpoint of a Great Expectations project can be run."""
    try:
        report = _run(
            checkpoint,
            project,
            batch=batch,
            as_of=parse_timestamp(as_of) if as_of else None,
            fail_on=fail_on.value if fail_on else None,
            chosen={"tables": table, "owner": owner, "tag": tag},
            parameters=dict(map(_parse_parameter, parameter or [])),
            quarantine=quarantine,
            quarantine_identifiers=quarantine_identifiers,
            workers=workers,
            through_great_expectations=through_great_expectations,
            docs=docs,
            openlineage=openlineage,
        )
    except SynthError as error:
        if output is Output.JSON:
            from synth_expectations.report.json import error_to_json

            say(error_to_json(error))
            raise typer.Exit(WRONG) from None
        raise
    from synth_expectations.evidence.recorder.publication import publish_run

    match output:
        case Output.JSON:
            from synth_expectations.report.json import to_json

            say(to_json(publish_run(report)))
        case Output.JUNIT:
            from synth_expectations.report.junit import to_junit

            say(to_junit(report))
            publish_run(report)
        case Output.TEXT:
            from synth_expectations.report.text import format_publication, format_report

            for line in format_report(report, find_width()):
                show(line)
            for line in format_publication(report, publish_run(report)):
                show(line)
    raise typer.Exit(report.exit_code)


def _run(
    checkpoint: str, project: Project, chosen: dict[str, str | None], *, openlineage: bool, **given: Any
) -> RunReport:
    """Run the checkpoint with the given options."""
    root = find_project(project)
    if given["quarantine_identifiers"] and given["quarantine"] is None:
        raise SynthError("--quarantine-identifiers needs --quarantine.", "Add --quarantine DIRECTORY.")
    from synth_expectations.runner import Options, Selection
    from synth_expectations.runner import run as run_checkpoint

    keep_imported()
    send = _prepare_lineage() if openlineage else None
    options = Options(selection=Selection(**chosen), **given)

    progress = Progress(sys.stderr, find_width()) if is_terminal() else None

    def work(between: Callable[[], None]) -> RunReport:
        def on_table(table: TableReport) -> None:
            between()
            if progress:
                progress.finish(table.table)
                tell(f"{table.table}: {table.verdict(options.fail_on or 'warning').shown}")

        report = run_checkpoint(checkpoint, root, options, on_table, progress.start if progress else None)
        return send(report) if send else report

    with progress or nullcontext():
        return Interruptible(work).result()


def _prepare_lineage() -> Callable[[RunReport], RunReport]:
    """Open the client of OpenLineage, and return what sends a report with it."""
    from synth_expectations.runner.lineage_events import open_client, send_lineage

    return partial(send_lineage, open_client())


def parse_timestamp(text: str) -> datetime:
    """Parse a timestamp; without an offset it is UTC.

    Raises:
        SynthError: it is none.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SynthError(f"{text} is not a time.", "Write 2026-11-22 or 2026-11-22T00:00:00Z.") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _parse_parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise SynthError(f"{text} is not a parameter.", "Write NAME=VALUE.")
    return name, value
